import { readLabels } from '../build/labels.ts';
import { namespaced } from '../build/namespace.ts';
import type { NavigationItem, PageLayout, PageModel } from './page-model.ts';
import { readFlexiPages } from './read-flexipages.ts';
import { readFlows } from './read-flows.ts';
import { readObjects } from './read-objects.ts';
import { elements, readMetadata, text, texts, type MetadataFile } from './read-xml.ts';

/** The API version of the package's source. */
const apiVersion = '66.0';

const navigationItem = (
  tab: string,
  pageTabs: ReadonlyMap<string, { label: string; page: string }>,
  namespace: string,
): NavigationItem => {
  const page = pageTabs.get(tab);
  if (page !== undefined) return { name: tab, label: page.label, opens: { kind: 'page', page: page.page } };
  if (tab === 'standard-home') return { name: tab, label: 'Home', opens: { kind: 'home' } };
  const object = namespaced(tab.replace(/^standard-/, ''), namespace);
  return { name: tab, label: null, opens: { kind: 'object', object } };
};

/** The home page of the app: what it assigns to the home tab, else the package's only home page. */
const homeOf = (pages: readonly PageLayout[]): PageLayout | null =>
  pages.find((page) => page.type === 'HomePage') ?? pages.find((page) => page.type === 'AppPage') ?? null;

const visibleTabs = (permissionSet: MetadataFile): string[] =>
  elements(permissionSet.root, 'tabSettings')
    .filter((setting) => text(setting, 'visibility') === 'Visible')
    .map((setting) => text(setting, 'tab') ?? '');

const givenPermissions = (permissionSet: MetadataFile): string[] =>
  elements(permissionSet.root, 'customPermissions')
    .filter((permission) => text(permission, 'enabled') === 'true')
    .map((permission) => text(permission, 'name') ?? '');

/** The texts of `{!$Label.…}` in flows; one that is not defined is refused. */
const labelsIn = (flows: PageModel['flows'], sourceFolders: readonly string[]): Record<string, string> => {
  const labels = readLabels(sourceFolders);
  const names = new Set([...JSON.stringify(flows).matchAll(/\$Label\.(\w+)/g)].map(([, name = '']) => name));
  return Object.fromEntries(
    [...names].map((name) => {
      const words = labels.get(name);
      if (words === undefined) throw new Error(`A flow shows the label ${name}, which no CustomLabels file defines.`);
      return [name, words];
    }),
  );
};

/**
 * Reads what the pages are made of from the package's source: the app, its tabs, Lightning pages, layouts, list views,
 * buttons and flows.
 *
 * @throws where a page uses something that these pages would not show as the platform does.
 */
export const readPackage = (sourceFolders: readonly string[], namespace: string): PageModel => {
  const flows = readFlows(sourceFolders, namespace);
  const pages = readFlexiPages(sourceFolders, namespace);
  const app = readMetadata(sourceFolders, 'app')[0];
  const pageTabs = new Map(
    readMetadata(sourceFolders, 'tab').flatMap((tab) => {
      const page = text(tab.root, 'flexiPage');
      return page === undefined ? [] : [[tab.name, { label: text(tab.root, 'label') ?? tab.name, page }] as const];
    }),
  );
  const permissionSets = readMetadata(sourceFolders, 'permissionset');
  const tabs = app === undefined ? ['standard-home'] : texts(app.root, 'tabs');
  return {
    apiVersion,
    app: {
      name: app?.name ?? 'Tandem',
      label: app === undefined ? 'Tandem' : (text(app.root, 'label') ?? app.name),
      navigation: tabs.map((tab) => navigationItem(tab, pageTabs, namespace)),
    },
    tabsOfPermissionSets: Object.fromEntries(permissionSets.map((set) => [set.name, visibleTabs(set)])),
    customPermissionsOfPermissionSets: Object.fromEntries(
      permissionSets.map((set) => [set.name, givenPermissions(set)]),
    ),
    home: homeOf(pages),
    pages: Object.fromEntries(pages.map((page) => [page.name, page])),
    objects: readObjects(sourceFolders, pages, namespace),
    flows,
    flowLabels: labelsIn(flows, sourceFolders),
  };
};
