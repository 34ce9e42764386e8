import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** What the Metadata API's WSDL says about one child element. */
export interface SchemaElement {
  type: string;
  required: boolean;
  many: boolean;
}

/** A complex type with its children, or a closed list of values. */
export type SchemaType = { elements: Map<string, SchemaElement> } | { values: Set<string> };

export type Schema = Map<string, SchemaType>;

const require = createRequire(import.meta.url);

const PRIMITIVES = new Set(['string', 'number', 'boolean', 'Date', 'any', 'ID']);

export const isPrimitive = (type: string): boolean => PRIMITIVES.has(type);

/**
 * Where the WSDL differs from what a source file holds. `targetConfigs` is base64 on the wire and XML in source;
 * its content is checked by the rule for component bundles.
 */
const IN_SOURCE: [type: string, element: string, typeInSource: string][] = [
  ['LightningComponentBundle', 'targetConfigs', 'any'],
];

/** Kinds of folders: the WSDL has them without elements of their own, and the declarations as mere texts. */
const FOLDERS = ['DashboardFolder', 'ReportFolder'];

const ALIAS = /^export type (\w+) = (?:ID|string);$/;
const VALUES = /^export type (\w+) = ('.*');$/;
const START = /^export type (\w+) = (?:(\w+) & )?\{$/;
const ELEMENT = /^ {4}(\w+)(\??): (\w+)(\[\])?;$/;
/** The declarations end with an index of themselves. */
const INDEX = 'export type ApiSchemaTypes = {';

/**
 * Reads the declarations that Salesforce generates from the WSDL (`@salesforce/types/metadata`). They are one
 * declaration after another in a fixed form, so lines suffice; a line of another form is an error, not a skip.
 */
export const readSchema = (declarations: string): Schema => {
  const schema: Schema = new Map();
  const bases = new Map<string, string>();
  let current: Map<string, SchemaElement> | undefined;
  for (const line of declarations.split('\n')) {
    if (line === INDEX) break;
    const values = VALUES.exec(line);
    const start = START.exec(line);
    const element = ELEMENT.exec(line);
    if (element && current) {
      const [, name = '', optional, type = '', many] = element;
      current.set(name, { type, required: optional === '' && many === undefined, many: many !== undefined });
    } else if (start) {
      const [, name = '', base] = start;
      current = new Map();
      schema.set(name, { elements: current });
      if (base) bases.set(name, base);
    } else if (values) {
      const [, name = '', list = ''] = values;
      schema.set(name, { values: new Set(list.split(' | ').map((value) => value.slice(1, -1))) });
    } else if (line !== '' && line !== '};' && !ALIAS.test(line) && !line.startsWith('//')) {
      throw new Error(`@salesforce/types has a line of a form that is not known: ${line.slice(0, 100)}`);
    }
  }
  for (const [name, base] of bases) inherit(schema, bases, name, base);
  const folder = schema.get('Folder');
  if (folder) for (const name of FOLDERS) schema.set(name, folder);
  for (const [type, element, typeInSource] of IN_SOURCE) {
    const known = schema.get(type);
    if (known && 'elements' in known) known.elements.set(element, { type: typeInSource, required: false, many: false });
  }
  return schema;
};

/** Copies what a type inherits. A base that is no type with elements (WSDL's empty ones) adds nothing. */
const inherit = (schema: Schema, bases: Map<string, string>, name: string, base: string): void => {
  const type = schema.get(name);
  const parent = schema.get(base);
  if (!type || !parent || !('elements' in type) || !('elements' in parent)) return;
  for (const [element, about] of parent.elements) {
    if (!type.elements.has(element)) type.elements.set(element, about);
  }
  const grandparent = bases.get(base);
  if (grandparent) inherit(schema, bases, name, grandparent);
};

/** The schema of the installed `@salesforce/types`. */
export const loadSchema = (): Schema =>
  readSchema(readFileSync(require.resolve('@salesforce/types/metadata').replace(/\.js$/, '.d.ts'), 'utf8'));
