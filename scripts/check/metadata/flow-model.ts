import type { ParsedFile } from './project.ts';
import { children, textOf, walk, type XmlElement } from './xml.ts';

/** Flow elements that are steps: they have a place on the canvas and connectors. */
export const STEP_LISTS = [
  'actionCalls',
  'assignments',
  'collectionProcessors',
  'decisions',
  'loops',
  'recordCreates',
  'recordDeletes',
  'recordLookups',
  'recordUpdates',
  'screens',
  'subflows',
  'waits',
];
/** Flow elements that hold or work out a value. */
export const RESOURCE_LISTS = [
  'choices',
  'constants',
  'dynamicChoiceSets',
  'formulas',
  'stages',
  'textTemplates',
  'variables',
];

/** Elements by which a step names the next one. */
const CONNECTORS = new Set([
  'connector',
  'defaultConnector',
  'faultConnector',
  'nextValueConnector',
  'noMoreValuesConnector',
]);

/** A flow's steps and resources by name. */
export interface FlowModel {
  file: ParsedFile;
  steps: Map<string, XmlElement>;
  resources: Map<string, XmlElement>;
  /** Input fields of screens, which are read by their own name. */
  screenFields: Map<string, XmlElement>;
  /** Names that stand for more than one thing. */
  duplicates: XmlElement[];
}

/** Where a step goes next. */
export const targetsOf = (step: XmlElement): { connector: XmlElement; target: string }[] =>
  [...walk(step)]
    .filter((element) => CONNECTORS.has(element.name))
    .map((connector) => ({ connector, target: textOf(connector, 'targetReference') ?? '' }));

export const readFlow = (file: ParsedFile): FlowModel => {
  const model: FlowModel = { file, steps: new Map(), resources: new Map(), screenFields: new Map(), duplicates: [] };
  const known = new Set<string>();
  const add = (into: Map<string, XmlElement>, element: XmlElement): void => {
    const name = textOf(element, 'name') ?? '';
    if (known.has(name)) model.duplicates.push(element);
    known.add(name);
    into.set(name, element);
  };
  for (const list of STEP_LISTS) for (const step of children(file.root, list)) add(model.steps, step);
  for (const list of RESOURCE_LISTS) for (const resource of children(file.root, list)) add(model.resources, resource);
  for (const screen of children(file.root, 'screens')) {
    for (const field of children(screen, 'fields')) add(model.screenFields, field);
  }
  for (const decision of children(file.root, 'decisions')) {
    for (const rule of children(decision, 'rules')) add(new Map(), rule);
  }
  return model;
};
