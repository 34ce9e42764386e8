import type { ObjectAccess } from '../engine/engine.ts';
import type { FieldSchema, ObjectSchema, OrgSchema } from '../schema/types.ts';

/** The describe result of one object as one user sees it: hidden fields are not in it. */
export const describeObject = (
  schema: OrgSchema,
  object: ObjectSchema,
  access: ObjectAccess,
  version: string,
): Record<string, unknown> => ({
  ...describeBrief(object, access, version),
  fields: object.fields
    .filter((field) => access.field(field.name).readable)
    .map((field) => describeField(object, field, access)),
  childRelationships: object.childRelationships.map((child) => ({
    cascadeDelete: child.cascadeDelete,
    childSObject: child.childObject,
    deprecatedAndHidden: false,
    field: child.field,
    relationshipName: child.relationshipName ?? null,
    restrictedDelete: child.restrictedDelete,
  })),
  recordTypeInfos: [
    {
      active: true,
      available: true,
      defaultRecordTypeMapping: true,
      developerName: 'Master',
      master: true,
      name: 'Master',
    },
    ...object.recordTypes.map((type) => ({
      active: type.active,
      available: true,
      defaultRecordTypeMapping: false,
      developerName: type.developerName,
      master: false,
      name: type.label,
    })),
  ],
  namespace: schema.namespace ?? null,
});

/** What describe-global says of an object. */
export const describeBrief = (object: ObjectSchema, access: ObjectAccess, version: string): Record<string, unknown> => {
  const base = `/services/data/v${version}/sobjects/${object.name}`;
  return {
    name: object.name,
    label: object.label,
    labelPlural: object.labelPlural,
    keyPrefix: object.keyPrefix,
    custom: object.custom,
    customSetting: false,
    createable: access.createable,
    updateable: access.updateable,
    deletable: access.deletable,
    undeletable: false,
    queryable: access.readable,
    retrieveable: access.readable,
    searchable: false,
    layoutable: !object.setup,
    triggerable: !object.setup,
    replicateable: !object.setup,
    mergeable: false,
    feedEnabled: false,
    activateable: false,
    deprecatedAndHidden: false,
    urls: { sobject: base, describe: `${base}/describe`, rowTemplate: `${base}/{ID}` },
  };
};

const SOAP_TYPES: Readonly<Record<FieldSchema['type'], string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  anyType: 'xsd:anyType',
  address: 'urn:address',
  string: 'xsd:string',
  textarea: 'xsd:string',
  url: 'xsd:string',
  email: 'xsd:string',
  phone: 'xsd:string',
  picklist: 'xsd:string',
  multipicklist: 'xsd:string',
};

const describeField = (object: ObjectSchema, field: FieldSchema, access: ObjectAccess): Record<string, unknown> => {
  const rights = access.field(field.name);
  return {
    name: field.name,
    label: field.label,
    type: field.type,
    soapType: SOAP_TYPES[field.type],
    length: field.length ?? 0,
    byteLength: (field.length ?? 0) * 3,
    precision: field.precision ?? 0,
    scale: field.scale ?? 0,
    digits: field.type === 'int' ? (field.precision ?? 0) : 0,
    custom: field.custom,
    createable: rights.createable,
    updateable: rights.updateable,
    nillable: !field.required && field.type !== 'boolean' && field.type !== 'id' && !field.name.startsWith('Created'),
    defaultedOnCreate:
      field.type === 'boolean' ||
      field.defaultFormula !== undefined ||
      field.autoNumber !== undefined ||
      field.name === 'OwnerId',
    defaultValueFormula: field.defaultFormula ?? null,
    calculated: field.formula !== undefined,
    calculatedFormula: field.formula ?? null,
    autoNumber: field.autoNumber !== undefined,
    unique: field.unique,
    caseSensitive: field.caseSensitive,
    externalId: field.externalId,
    idLookup: field.externalId || field.type === 'id',
    nameField: field.isNameField,
    filterable: field.filterable,
    sortable: field.sortable,
    groupable: field.filterable && field.type !== 'multipicklist',
    aggregatable: field.filterable,
    permissionable: field.permissionable,
    restrictedPicklist: field.picklist?.restricted ?? false,
    picklistValues: (field.picklist?.values ?? []).map((value) => ({
      active: value.active,
      defaultValue: value.isDefault,
      label: value.label,
      validFor: null,
      value: value.value,
    })),
    referenceTo: field.reference?.to ?? [],
    relationshipName: field.reference?.relationshipName ?? null,
    relationshipOrder: field.reference?.masterDetail === true ? 0 : null,
    cascadeDelete: field.reference?.onDelete === 'cascade',
    restrictedDelete: field.reference?.onDelete === 'restrict',
    writeRequiresMasterRead: field.reference?.writeRequiresMasterRead ?? false,
    compoundFieldName: compoundOf(object, field),
    htmlFormatted: field.isHtml,
    extraTypeInfo: field.isHtml ? 'richtextarea' : field.type === 'textarea' ? 'plaintextarea' : null,
    inlineHelpText: field.inlineHelpText ?? null,
    polymorphicForeignKey: (field.reference?.to.length ?? 0) > 1,
    namePointing: (field.reference?.to.length ?? 0) > 1,
    encrypted: false,
    dependentPicklist: false,
    deprecatedAndHidden: false,
  };
};

const compoundOf = (object: ObjectSchema, field: FieldSchema): string | null =>
  object.fields.find((each) => Object.values(each.compound ?? {}).includes(field.name))?.name ?? null;
