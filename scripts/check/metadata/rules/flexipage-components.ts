import { childRelationships, fieldOf, objectExists } from '../objects.ts';
import { PAGE_COMPONENTS, STANDARD_ACTIONS, TARGET_OF_PAGE } from '../page-components.ts';
import type { ParsedFile, Project } from '../project.ts';
import { problemAt, type Problem } from '../rule.ts';
import { STANDARD_OBJECTS } from '../standard-objects.ts';
import { child, children, textOf, textsOf, walk, type XmlElement } from '../xml.ts';

/** The page a component stands on. */
export interface PageContext {
  project: Project;
  file: ParsedFile;
  pageType: string;
  /** The object of a record page; empty on other pages. */
  object: string;
  facets: Set<string>;
  usedFacets: Set<string>;
}

/** Checks one component of a page: it exists, may stand there, and its properties make sense. */
export function* checkComponent(context: PageContext, element: XmlElement): Generator<Problem> {
  const name = textOf(element, 'componentName') ?? '';
  const properties = children(element, 'componentInstanceProperties');
  const standard = PAGE_COMPONENTS[name];
  if (standard) {
    yield* knownProperties(context, name, properties, new Set(standard.properties));
    yield* standardProperties(context, element, standard.facets ?? []);
  } else if (name.includes(':')) {
    yield problemAt(
      context.file,
      element,
      `places ${name}, of which the check knows nothing`,
      'correct the name, or add the component to page-components.ts',
    );
  } else {
    yield* ownComponent(context, element, name, properties);
  }
}

function* knownProperties(
  context: PageContext,
  name: string,
  properties: XmlElement[],
  known: Set<string>,
): Generator<Problem> {
  for (const property of properties) {
    const key = textOf(property, 'name') ?? '';
    if (!known.has(key)) {
      yield problemAt(
        context.file,
        property,
        `sets the property ${key}, which ${name} does not have`,
        known.size > 0 ? `it has: ${[...known].join(', ')}` : 'it has none',
      );
    }
  }
}

function* ownComponent(
  context: PageContext,
  element: XmlElement,
  name: string,
  properties: XmlElement[],
): Generator<Problem> {
  const meta = context.project.bundles.get(name)?.meta?.root;
  if (!meta) {
    yield problemAt(
      context.file,
      element,
      `places the component ${name}, which does not exist`,
      'correct <componentName>, or add the component to an lwc folder',
    );
    return;
  }
  const target = TARGET_OF_PAGE[context.pageType] ?? '';
  if (textOf(meta, 'isExposed') !== 'true' || !textsOf(child(meta, 'targets'), 'target').includes(target)) {
    yield problemAt(
      context.file,
      element,
      `places ${name}, which does not offer ${target}`,
      `add the target to ${name}.js-meta.xml and expose the component`,
    );
  }
  const configs = children(child(meta, 'targetConfigs'), 'targetConfig').filter((config) =>
    (config.attributes['targets'] ?? '').split(',').includes(target),
  );
  const declared = configs.flatMap((config) =>
    children(config, 'property').map((property) => property.attributes['name'] ?? ''),
  );
  yield* knownProperties(context, name, properties, new Set(declared));
  const objects = configs.flatMap((config) =>
    [...walk(config)].filter((one) => one.name === 'object').map((one) => one.text),
  );
  if (context.object !== '' && objects.length > 0 && !objects.includes(context.object)) {
    yield problemAt(
      context.file,
      element,
      `places ${name} on a page of ${context.object}, but it is made for ${objects.join(', ')}`,
      `add the object to ${name}.js-meta.xml or move the component`,
    );
  }
}

function* standardProperties(context: PageContext, element: XmlElement, facets: string[]): Generator<Problem> {
  const { project, file } = context;
  const entries = children(element, 'componentInstanceProperties');
  const entryOf = (name: string): XmlElement | undefined => entries.find((entry) => textOf(entry, 'name') === name);
  const valueOf = (name: string): string => textOf(entryOf(name), 'value') ?? '';
  const valuesOf = (name: string): string[] =>
    children(child(entryOf(name), 'valueList'), 'valueListItems').map((item) => textOf(item, 'value') ?? '');
  for (const name of facets) {
    if (!context.facets.has(valueOf(name)))
      yield problemAt(
        file,
        entryOf(name) ?? element,
        `shows the facet "${valueOf(name)}", which the page does not define`,
        'add a region of type Facet with that name',
      );
  }
  const object = valueOf('entityName');
  if (object !== '') {
    if (!objectExists(project, object))
      yield problemAt(file, entryOf('entityName'), `lists ${object}, which does not exist`, 'correct entityName');
    else if (!project.find('ListView', `${object}.${valueOf('filterName')}`)) {
      yield problemAt(
        file,
        entryOf('filterName') ?? element,
        `shows the list view ${object}.${valueOf('filterName')}, which the package does not hold`,
        'name one of its list views',
      );
    }
  }
  for (const action of valuesOf('actionNames')) {
    if (!STANDARD_ACTIONS.has(action) && !project.find('QuickAction', action))
      yield problemAt(
        file,
        entryOf('actionNames'),
        `offers the action ${action}, which does not exist`,
        'name a quick action as <object>.<action>',
      );
  }
  const list = valueOf('relatedListApiName');
  if (list !== '') yield* relatedList(context, element, list, valuesOf('relatedListFieldAliases'));
}

function* relatedList(context: PageContext, element: XmlElement, list: string, columns: string[]): Generator<Problem> {
  const { project, file, object } = context;
  if (STANDARD_OBJECTS[object]?.childRelationships?.includes(list)) return;
  const relationship = childRelationships(project, object).find((field) => `${field.relationshipName}__r` === list);
  if (!relationship) {
    yield problemAt(
      file,
      element,
      `shows the related list ${list}, which ${object} does not have`,
      'write <relationship name>__r',
    );
    return;
  }
  const childObject = relationship.file?.object ?? '';
  for (const column of columns) {
    if (!fieldOf(project, childObject, column))
      yield problemAt(
        file,
        element,
        `the related list shows ${childObject}.${column}, which does not exist`,
        'correct relatedListFieldAliases',
      );
  }
}
