import { namespaced } from '../build/namespace.ts';
import type { PageLayout, PageNode } from './page-model.ts';
import { elements, readMetadata, text, type MetadataFile, type XmlElement } from './read-xml.ts';

const propertiesOf = (instance: XmlElement): Record<string, string | string[]> =>
  Object.fromEntries(
    elements(instance, 'componentInstanceProperties').map((property) => {
      const list = elements(property, 'valueList').flatMap((values) =>
        elements(values, 'valueListItems').map((item) => text(item, 'value') ?? ''),
      );
      return [text(property, 'name') ?? '', list.length > 0 ? list : (text(property, 'value') ?? '')];
    }),
  );

const conditionsOf = (instance: XmlElement, namespace: string, file: MetadataFile): PageNode['when'] =>
  elements(instance, 'visibilityRule').flatMap((rule) => {
    const logic = text(rule, 'booleanFilter');
    if (logic !== undefined && /OR|NOT/i.test(logic)) {
      throw new Error(
        `${file.path}: a visibility rule with "${logic}" is not shown faithfully here; use conditions that all hold.`,
      );
    }
    return elements(rule, 'criteria').map((criterion) => ({
      left: (text(criterion, 'leftValue') ?? '').replace(/[\w.]+/g, (name) => namespaced(name, namespace)),
      operator: text(criterion, 'operator') ?? 'EQUAL',
      right: text(criterion, 'rightValue') ?? '',
    }));
  });

/** Names of objects, fields and relationships in component properties follow the namespace; labels and numbers do not look like them. */
const namespacedProperty = (value: string | string[], namespace: string): string | string[] =>
  Array.isArray(value) ? value.map((item) => namespaced(item, namespace)) : namespaced(value, namespace);

/** Inside its own package a component is named without a namespace; here it gets the one that components are imported by. */
const componentName = (name: string): string => (name.includes(':') ? name : `c:${name}`);

const readPage = (file: MetadataFile, namespace: string): PageLayout => {
  const regions = new Map(
    elements(file.root, 'flexiPageRegions').map((region) => [text(region, 'name') ?? '', region]),
  );

  const nodesOf = (region: XmlElement): PageNode[] =>
    elements(region, 'itemInstances').flatMap((item) => [
      ...elements(item, 'componentInstance').map((instance) => componentNode(instance)),
      ...elements(item, 'fieldInstance').map((instance) => fieldNode(instance)),
    ]);

  const componentNode = (instance: XmlElement): PageNode => {
    const all = Object.entries(propertiesOf(instance));
    const isFacet = ([, value]: [string, string | string[]]): boolean =>
      typeof value === 'string' && regions.has(value) && text(regions.get(value) ?? {}, 'type') === 'Facet';
    return {
      component: componentName(text(instance, 'componentName') ?? ''),
      properties: Object.fromEntries(
        all.filter((entry) => !isFacet(entry)).map(([name, value]) => [name, namespacedProperty(value, namespace)]),
      ),
      facets: Object.fromEntries(
        all.filter(isFacet).map(([name, value]) => [name, nodesOf(regions.get(String(value)) ?? {})]),
      ),
      when: conditionsOf(instance, namespace, file),
    };
  };

  const fieldNode = (instance: XmlElement): PageNode => ({
    component: 'field',
    properties: {
      ...Object.fromEntries(
        elements(instance, 'fieldInstanceProperties').map((property) => [
          text(property, 'name') ?? '',
          text(property, 'value') ?? '',
        ]),
      ),
      name: namespaced((text(instance, 'fieldItem') ?? '').replace(/^Record\./, ''), namespace),
    },
    facets: {},
    when: conditionsOf(instance, namespace, file),
  });

  const object = text(file.root, 'sobjectType');
  return {
    name: file.name,
    label: text(file.root, 'masterLabel') ?? file.name,
    type: text(file.root, 'type') ?? '',
    object: object === undefined ? null : namespaced(object, namespace),
    template: elements(file.root, 'template').map((template) => text(template, 'name') ?? '')[0] ?? '',
    regions: [...regions]
      .filter(([, region]) => text(region, 'type') === 'Region')
      .map(([name, region]) => ({ name, nodes: nodesOf(region) })),
  };
};

/** The package's Lightning pages. */
export const readFlexiPages = (sourceFolders: readonly string[], namespace: string): PageLayout[] =>
  readMetadata(sourceFolders, 'flexipage').map((file) => readPage(file, namespace));
