import { basename, dirname } from 'node:path';
import type { ObjectDefinition } from './definition.ts';
import { field } from './fields.ts';
import { loadField, loadValueSet } from './load-fields.ts';
import { packageNames, type PackageNames } from './names.ts';
import {
  childrenOf,
  isTrue,
  numberOf,
  readSourceFiles,
  textOf,
  type SourceFile,
  type SourceFolder,
} from './source-files.ts';
import type { FieldSchema, RecordTypeSchema, SharingModel, ValidationRule } from './types.ts';

/** What source folders say about objects: whole custom objects, and additions to objects that exist already. */
export interface LoadedObjects {
  readonly names: PackageNames;
  readonly objects: readonly (ObjectDefinition & { readonly activities: boolean })[];
  readonly additions: readonly {
    readonly object: string;
    readonly fields: readonly FieldSchema[];
    readonly validationRules: readonly ValidationRule[];
    readonly recordTypes: readonly RecordTypeSchema[];
    /** Standard fields whose history is kept, and whether the object keeps any. */
    readonly tracked: readonly string[];
    readonly keepsHistory: boolean;
  }[];
}

const SHARING: Readonly<Record<string, SharingModel>> = {
  Private: 'private',
  Read: 'read',
  ReadWrite: 'read-write',
  ControlledByParent: 'parent',
};

/** Reads `objects/**` and global value sets. Kinds of objects that are not imitated stop the start with their file's name. */
export const loadObjects = (folders: readonly SourceFolder[], namespace: string | undefined): LoadedObjects => {
  const files = readSourceFiles(folders, ['object', 'field', 'validationRule', 'recordType', 'globalValueSet']);
  const names = packageNames(namespace, declaredNames(files));
  const valueSets = new Map(
    files.filter((file) => file.kind === 'globalValueSet').map((file) => [file.name, loadValueSet(file)]),
  );
  const byObject = new Map<string, SourceFile[]>();
  for (const file of files.filter((candidate) => candidate.kind !== 'globalValueSet')) {
    const object = names.inOrg(objectNameOf(file));
    byObject.set(object, [...(byObject.get(object) ?? []), file]);
  }

  const objects: (ObjectDefinition & { activities: boolean })[] = [];
  const additions: LoadedObjects['additions'][number][] = [];
  for (const [name, parts] of byObject) {
    const ofFields = parts.filter((part) => part.kind === 'field');
    const details = {
      fields: ofFields.filter(isCustomField).map((part) => loadField(part, names, valueSets)),
      validationRules: parts
        .filter((part) => part.kind === 'validationRule')
        .map((part) => loadValidationRule(part, names)),
      recordTypes: parts.filter((part) => part.kind === 'recordType').map(loadRecordType),
    };
    const head = parts.find((part) => part.kind === 'object');
    if (head !== undefined && /__c$/.test(name)) objects.push(loadObject(name, head, details));
    else {
      const tracked = ofFields.filter((part) => isTrue(part.root, 'trackHistory')).map((part) => part.name);
      checkTracked(name, tracked);
      const keepsHistory = head !== undefined && isTrue(head.root, 'enableHistory');
      const standard = tracked.filter((field) => !field.endsWith('__c'));
      additions.push({ object: name, ...details, tracked: standard, keepsHistory });
    }
  }
  return { names, objects, additions };
};

/** A file of a standard field says no more than what an administrator set on it: here, whether its history is kept. */
const isCustomField = (file: SourceFile): boolean => file.name.endsWith('__c');

/** An org tracks 20 fields of an object at most (Salesforce Help, "Field History Tracking"). */
const checkTracked = (object: string, fields: readonly string[]): void => {
  if (fields.length > 20)
    throw new Error(`The source folders track ${fields.length} fields of ${object}; an org takes 20 at most.`);
};

/** The object a file belongs to: the folder below `objects/`. */
const objectNameOf = (file: SourceFile): string =>
  file.kind === 'object' ? file.name : basename(dirname(dirname(file.path)));

const declaredNames = (files: readonly SourceFile[]): Set<string> =>
  new Set(
    files
      .filter((file) => file.packaged && ['object', 'field'].includes(file.kind) && /__(c|e|mdt)$/.test(file.name))
      .map((file) => file.name),
  );

const loadObject = (
  name: string,
  file: SourceFile,
  details: { fields: FieldSchema[]; validationRules: ValidationRule[]; recordTypes: RecordTypeSchema[] },
): ObjectDefinition & { activities: boolean } => {
  const xml = file.root;
  if (textOf(xml, 'customSettingsType') !== undefined)
    throw new Error(`${file.path}: custom settings are not offered here.`);
  const master = details.fields.find((candidate) => candidate.reference?.masterDetail);
  const model = SHARING[textOf(xml, 'sharingModel') ?? 'ReadWrite'];
  if (model === undefined) throw new Error(`${file.path}: sharing model ${textOf(xml, 'sharingModel')} is unknown.`);
  if ((master !== undefined) !== (model === 'parent'))
    throw new Error(`${file.path}: ControlledByParent sharing and a master-detail field belong together.`);
  return {
    name,
    label: textOf(xml, 'label') ?? name,
    labelPlural: textOf(xml, 'pluralLabel') ?? name,
    description: textOf(xml, 'description'),
    custom: true,
    sharing: model,
    ...(master === undefined ? {} : { masterField: master.name }),
    owned: master === undefined,
    packaged: file.packaged,
    activities: isTrue(xml, 'enableActivities'),
    ...details,
    fields: [nameField(file), ...details.fields],
  };
};

const nameField = (file: SourceFile): FieldSchema => {
  const xml = childrenOf(file.root, 'nameField')[0] ?? {};
  const label = textOf(xml, 'label') ?? 'Name';
  if (textOf(xml, 'type') === 'AutoNumber')
    return field('Name', label, 'string', {
      length: 80,
      isNameField: true,
      permissionable: false,
      autoNumber: { format: textOf(xml, 'displayFormat') ?? '{0}', start: numberOf(xml, 'startingNumber') ?? 1 },
    });
  return field('Name', label, 'string', { length: 80, isNameField: true, permissionable: false });
};

const loadValidationRule = (file: SourceFile, names: PackageNames): ValidationRule => {
  const formula = textOf(file.root, 'errorConditionFormula');
  if (formula === undefined) throw new Error(`${file.path}: the rule has no errorConditionFormula.`);
  const errorField = textOf(file.root, 'errorDisplayField');
  return {
    name: file.name,
    active: isTrue(file.root, 'active'),
    formula: names.formulaInOrg(formula),
    message: textOf(file.root, 'errorMessage') ?? '',
    errorField: errorField === undefined ? undefined : names.inOrg(errorField),
  };
};

const loadRecordType = (file: SourceFile): RecordTypeSchema => ({
  developerName: file.name,
  label: textOf(file.root, 'label') ?? file.name,
  active: isTrue(file.root, 'active'),
  description: textOf(file.root, 'description'),
});
