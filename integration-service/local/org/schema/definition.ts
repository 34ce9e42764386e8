import type { FieldSchema, RecordTypeSchema, SharingModel, ValidationRule } from './types.ts';

/** An object as its source describes it, before system fields, relationships and share objects are worked out. */
export interface ObjectDefinition {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly description?: string | undefined;
  /** Absent for custom objects: the org hands prefixes out as objects are first seen. */
  readonly keyPrefix?: string;
  readonly custom: boolean;
  readonly sharing: SharingModel;
  readonly masterField?: string;
  readonly owned: boolean;
  readonly createable?: boolean;
  readonly updateable?: boolean;
  readonly deletable?: boolean;
  readonly setup?: boolean;
  readonly sharedObject?: string;
  readonly historyOf?: string;
  readonly keepsHistory?: boolean;
  /** Standard fields whose history is kept. */
  readonly tracked?: readonly string[];
  readonly fields: readonly FieldSchema[];
  readonly validationRules: readonly ValidationRule[];
  readonly recordTypes: readonly RecordTypeSchema[];
  readonly packaged: boolean;
}

/** A standard object; `rest` overrides the defaults of an ordinary, owned, private one. */
export const standardObject = (
  name: string,
  keyPrefix: string,
  labels: readonly [singular: string, plural: string],
  fields: readonly FieldSchema[],
  rest: Partial<ObjectDefinition> = {},
): ObjectDefinition => ({
  name,
  label: labels[0],
  labelPlural: labels[1],
  keyPrefix,
  custom: false,
  sharing: 'private',
  owned: true,
  fields,
  validationRules: [],
  recordTypes: [],
  packaged: false,
  ...rest,
});

/** A set-up object: written by administrators only, outside record sharing. */
export const setupObject = (
  name: string,
  keyPrefix: string,
  labels: readonly [singular: string, plural: string],
  fields: readonly FieldSchema[],
  rest: Partial<ObjectDefinition> = {},
): ObjectDefinition =>
  standardObject(name, keyPrefix, labels, fields, { sharing: 'none', owned: false, setup: true, ...rest });
