import path from 'node:path';
import { namespaced } from '../build/namespace.ts';
import type { FlowAction, LayoutSection, ObjectPages, PageLayout, RelatedListLayout } from './page-model.ts';
import { elements, readMetadata, text, texts, type MetadataFile, type XmlElement } from './read-xml.ts';
import { standardPages } from './standard-pages.ts';

/** The object a file below `objects/<name>/…` belongs to. */
const objectOf = (file: MetadataFile): string => /[\\/]objects[\\/]([^\\/]+)[\\/]/.exec(file.path)?.[1] ?? '';

const sectionsOf = (layout: XmlElement): LayoutSection[] =>
  elements(layout, 'layoutSections')
    .map((section) => ({
      label: text(section, 'label') ?? '',
      columns: elements(section, 'layoutColumns').map((column) =>
        elements(column, 'layoutItems').flatMap((item) => {
          const field = text(item, 'field');
          if (field === undefined) return [];
          const behavior = text(item, 'behavior') ?? 'Edit';
          return [{ field, readOnly: behavior === 'Readonly', required: behavior === 'Required' }];
        }),
      ),
    }))
    .filter((section) => section.columns.some((column) => column.length > 0));

/** `ReferralValue__c.Referral__c` (by the lookup) or a relationship's own name, as layouts write it. */
const relatedListsOf = (layout: XmlElement, relationshipOf: (reference: string) => string): RelatedListLayout[] =>
  elements(layout, 'relatedLists').map((list) => ({
    relationship: relationshipOf(text(list, 'relatedList') ?? ''),
    fields: texts(list, 'fields').map((field) => (field === 'NAME' ? 'Name' : field)),
  }));

/** `Custom15: People` → `custom:custom15`. */
const iconOf = (motif: string | undefined): string => {
  const number = /^Custom(\d+)/.exec(motif ?? '')?.[1];
  return number === undefined ? 'standard:default' : `custom:custom${number}`;
};

const flowOfAction = (file: MetadataFile): FlowAction | undefined => {
  const flow = text(file.root, 'flowDefinition');
  if (flow === undefined) return undefined;
  const name = file.name.split('.').at(-1) ?? file.name;
  return { name, label: text(file.root, 'label') ?? name, flow };
};

/** List buttons are web links whose address opens a flow: `/flow/<name>?…`. */
const flowOfWebLink = (file: MetadataFile): FlowAction | undefined => {
  const flow = /\/flow\/(?:\w+\/)?(\w+)/.exec(text(file.root, 'url') ?? '')?.[1];
  if (flow === undefined || text(file.root, 'displayType') !== 'massActionButton') return undefined;
  return { name: file.name, label: text(file.root, 'masterLabel') ?? file.name, flow };
};

/** Everything the package says about showing its objects, and the standard ones the main job passes. */
export const readObjects = (
  sourceFolders: readonly string[],
  pages: readonly PageLayout[],
  namespace: string,
): Record<string, ObjectPages> => {
  const named = (name: string): string => namespaced(name, namespace);
  const icons = new Map(readMetadata(sourceFolders, 'tab').map((tab) => [tab.name, iconOf(text(tab.root, 'motif'))]));
  const layouts = readMetadata(sourceFolders, 'layout');
  const compacts = readMetadata(sourceFolders, 'compactLayout');
  const listViews = readMetadata(sourceFolders, 'listView');
  const webLinks = readMetadata(sourceFolders, 'webLink');
  const actions = readMetadata(sourceFolders, 'quickAction');
  const fields = readMetadata(sourceFolders, 'field');
  const objects = readMetadata(sourceFolders, 'object');

  const relationshipOf = (reference: string): string => {
    const [child = '', lookup] = reference.split('.');
    if (lookup === undefined) return named(child);
    const field = fields.find((file) => objectOf(file) === child && file.name === lookup);
    const relationship = field === undefined ? undefined : text(field.root, 'relationshipName');
    return relationship === undefined ? named(reference) : named(`${relationship}__r`);
  };

  const compactOf = (object: string): string[] => {
    const assigned = objects.find((file) => file.name === object);
    const name = assigned === undefined ? undefined : text(assigned.root, 'compactLayoutAssignment');
    const compact = compacts.find((file) => objectOf(file) === object && file.name === name);
    return compact === undefined ? [] : texts(compact.root, 'fields').filter((field) => field !== 'Name');
  };

  const describe = (object: string): ObjectPages => {
    const layout = layouts.find((file) => path.basename(file.path).startsWith(`${object}-`));
    const standard = standardPages[object];
    const isCustom = object.endsWith('__c');
    const sections = layout === undefined ? (standard?.sections ?? []) : sectionsOf(layout.root);
    const lists = layout === undefined ? (standard?.relatedLists ?? []) : relatedListsOf(layout.root, relationshipOf);
    const packaged = listViews
      .filter((file) => objectOf(file) === object)
      .map((file) => ({ name: file.name, label: text(file.root, 'label') ?? file.name }));
    return {
      apiName: named(object),
      icon: (isCustom ? icons.get(object) : standard?.icon) ?? 'standard:default',
      highlights: (isCustom ? compactOf(object) : (standard?.highlights ?? [])).map(named),
      sections: sections.map((section) => ({
        ...section,
        columns: section.columns.map((column) => column.map((item) => ({ ...item, field: named(item.field) }))),
      })),
      relatedLists: lists.map((list) => ({ relationship: named(list.relationship), fields: list.fields.map(named) })),
      listViews: [...packaged, ...(standard?.listViews ?? [])],
      listButtons: webLinks.filter((file) => objectOf(file) === object).flatMap((file) => flowOfWebLink(file) ?? []),
      quickActions: actions
        .filter((file) => file.name.startsWith(`${object}.`))
        .flatMap((file) => flowOfAction(file) ?? []),
      recordPage: pages.find((page) => page.type === 'RecordPage' && page.object === named(object)) ?? null,
    };
  };

  const names = new Set([...Object.keys(standardPages), ...objects.map((file) => file.name)]);
  return Object.fromEntries([...names].map((name) => [named(name), describe(name)]));
};
