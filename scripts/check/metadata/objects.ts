import type { Project, ParsedFile } from './project.ts';
import { CUSTOM_OBJECT_COLUMNS, CUSTOM_OBJECT_SYSTEM_FIELDS, STANDARD_OBJECTS } from './standard-objects.ts';
import { children, child, isTrue, textOf, textsOf } from './xml.ts';

/** What rules need to know about a field, wherever it is defined. */
export interface Field {
  name: string;
  /** Metadata field type for our fields; `standard` for the platform's. */
  type: string;
  file: ParsedFile | undefined;
  /** Every record has a value, so no permission set may name the field. */
  alwaysVisible: boolean;
  referenceTo: string | undefined;
  relationshipName: string | undefined;
  /** Values of a restricted picklist. */
  values: Set<string> | undefined;
}

const isCustomName = (name: string): boolean => name.endsWith('__c');

/** Whether an object of that name exists: ours, or one of the platform's that the tables know. */
export const objectExists = (project: Project, name: string): boolean =>
  name in STANDARD_OBJECTS || (isCustomName(name) && project.find('CustomObject', name) !== undefined);

/** Our fields of one object. */
export const ownFields = (project: Project, object: string): Field[] =>
  project
    .ofType('CustomField')
    .filter((file) => file.object === object)
    .map(toField);

const toField = (file: ParsedFile): Field => {
  const type = textOf(file.root, 'type') ?? '';
  const valueSet = child(file.root, 'valueSet');
  const restricted = isTrue(valueSet, 'restricted');
  return {
    name: file.name,
    type,
    file,
    alwaysVisible: isTrue(file.root, 'required') || type === 'MasterDetail',
    referenceTo: textOf(file.root, 'referenceTo'),
    relationshipName: textOf(file.root, 'relationshipName'),
    values: restricted
      ? new Set(
          children(child(valueSet, 'valueSetDefinition'), 'value').map((value) => textOf(value, 'fullName') ?? ''),
        )
      : undefined,
  };
};

const standardField = (name: string, alwaysVisible: boolean): Field => ({
  name,
  type: 'standard',
  file: undefined,
  alwaysVisible,
  referenceTo: undefined,
  relationshipName: undefined,
  values: undefined,
});

/** The field of that API name on that object. */
export const fieldOf = (project: Project, object: string, name: string): Field | undefined => {
  const own = project.find('CustomField', `${object}.${name}`);
  if (own) return toField(own);
  const standard = STANDARD_OBJECTS[object];
  if (standard) {
    if (standard.always.includes(name)) return standardField(name, true);
    return standard.grantable.includes(name) ? standardField(name, false) : undefined;
  }
  if (!objectExists(project, object) || !CUSTOM_OBJECT_SYSTEM_FIELDS.includes(name)) return undefined;
  return name === 'OwnerId' && isDetail(project, object) ? undefined : standardField(name, true);
};

/** Whether the object is the detail side of a master-detail relationship. */
export const isDetail = (project: Project, object: string): boolean =>
  ownFields(project, object).some((field) => field.type === 'MasterDetail');

/** The field at the end of a path such as `Opportunity__r.Account.Name`. */
export const fieldAt = (project: Project, object: string, path: string): Field | undefined => {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) return fieldOf(project, object, first);
  const parent = parentOf(project, object, first);
  return parent === undefined ? undefined : fieldAt(project, parent, rest.join('.'));
};

const parentOf = (project: Project, object: string, relationship: string): string | undefined => {
  const standard = STANDARD_OBJECTS[object]?.parents[relationship];
  if (standard) return standard;
  if (relationship === 'CreatedBy' || relationship === 'LastModifiedBy' || relationship === 'Owner') return 'User';
  if (!relationship.endsWith('__r')) return undefined;
  return fieldOf(project, object, relationship.replace(/__r$/, '__c'))?.referenceTo;
};

/** The field behind a column of a list view or related list. */
export const fieldOfColumn = (project: Project, object: string, column: string): Field | undefined => {
  const name =
    STANDARD_OBJECTS[object]?.columns?.[column] ?? (isCustomName(object) ? CUSTOM_OBJECT_COLUMNS[column] : undefined);
  if (name !== undefined) return fieldOf(project, object, name);
  return isCustomName(column) ? fieldOf(project, object, column) : undefined;
};

/** Lookup and master-detail fields that point at an object. */
export const childRelationships = (project: Project, parent: string): Field[] =>
  project
    .ofType('CustomField')
    .filter((file) => textsOf(file.root, 'referenceTo').includes(parent))
    .map(toField);
