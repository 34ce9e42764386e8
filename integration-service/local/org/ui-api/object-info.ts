import { createHash } from 'node:crypto';
import type { Engine, ObjectAccess, RequestContext } from '../engine/engine.ts';
import { OrgError } from '../engine/errors.ts';
import type { FieldSchema, FieldType, ObjectSchema, PicklistValue } from '../schema/types.ts';
import { MASTER_RECORD_TYPE } from './records.ts';

const DATA_TYPE: Readonly<Record<FieldType, string>> = {
  id: 'String',
  string: 'String',
  textarea: 'TextArea',
  url: 'Url',
  email: 'Email',
  phone: 'Phone',
  boolean: 'Boolean',
  int: 'Int',
  double: 'Double',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'DateTime',
  picklist: 'Picklist',
  multipicklist: 'MultiPicklist',
  reference: 'Reference',
  address: 'Address',
  anyType: 'AnyType',
};

const eTagOf = (value: unknown): string => createHash('md5').update(JSON.stringify(value)).digest('hex');

/** An object the user may at least read; an object that is hidden looks like one that does not exist. */
export const visibleObject = async (
  engine: Engine,
  context: RequestContext,
  name: string,
): Promise<{ object: ObjectSchema; access: ObjectAccess }> => {
  const object = engine.schema.object(name, context.defaultNamespace);
  const access = object && (await engine.accessOf(context, object.name));
  // The past of records is outside the UI API (its developer guide, "Supported Objects").
  if (!object || !access?.readable || object.historyOf !== undefined)
    throw new OrgError('INVALID_TYPE', `Object ${name} is not supported in UI API`, { httpStatus: 404 });
  return { object, access };
};

const nameFieldsOf = (object: ObjectSchema | undefined): string[] => {
  if (!object?.nameField) return [];
  return object.field('LastName') && object.field('FirstName') ? ['FirstName', 'LastName', 'Name'] : [object.nameField];
};

const fieldInfo = (engine: Engine, object: ObjectSchema, field: FieldSchema, access: ObjectAccess): object => {
  const compound = object.fields.find(({ compound: parts }) => parts && Object.values(parts).includes(field.name));
  return {
    apiName: field.name,
    calculated: field.formula !== undefined || field.autoNumber !== undefined,
    compound: field.compound !== undefined,
    compoundComponentName: null,
    compoundFieldName: compound?.name ?? null,
    controllerName: null,
    controllingFields: [],
    createable: access.field(field.name).createable,
    custom: field.custom,
    dataType: DATA_TYPE[field.type],
    extraTypeInfo: field.type === 'textarea' ? (field.isHtml ? 'RichTextArea' : 'PlainTextArea') : null,
    externalId: field.externalId,
    filterable: field.filterable,
    filteredLookupInfo: null,
    highScaleNumber: false,
    htmlFormatted: field.isHtml,
    inlineHelpText: field.inlineHelpText ?? null,
    label: field.label,
    length: field.length ?? 0,
    maskType: null,
    nameField: field.isNameField,
    polymorphicForeignKey: (field.reference?.to.length ?? 0) > 1,
    precision: field.precision ?? 0,
    reference: field.reference !== undefined,
    referenceTargetField: null,
    referenceToInfos: (field.reference?.to ?? []).map((apiName) => ({
      apiName,
      nameFields: nameFieldsOf(engine.schema.object(apiName)),
    })),
    relationshipName: field.reference?.relationshipName ?? null,
    required: field.required,
    scale: field.scale ?? 0,
    searchPrefilterable: field.reference !== undefined,
    sortable: field.sortable,
    unique: field.unique,
    updateable: access.field(field.name).updateable,
  };
};

/** `GET /ui-api/object-info/{object}`: the object with the fields this user may see. */
export const objectInfo = async (engine: Engine, context: RequestContext, name: string): Promise<object> => {
  const { object, access } = await visibleObject(engine, context, name);
  const children: object[] = [];
  for (const child of object.childRelationships) {
    const childAccess = await engine.accessOf(context, child.childObject);
    if (child.relationshipName !== undefined && childAccess.readable && childAccess.field(child.field).readable)
      children.push({
        childObjectApiName: child.childObject,
        fieldName: child.field,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName: child.relationshipName,
      });
  }
  const readable = object.fields.filter((field) => access.field(field.name).readable);
  const info = {
    apiName: object.name,
    associateEntityType: null,
    associateParentEntity: null,
    childRelationships: children,
    compactLayoutable: true,
    createable: access.createable,
    custom: object.custom,
    defaultRecordTypeId: MASTER_RECORD_TYPE,
    deletable: access.deletable,
    dependentFields: {},
    feedEnabled: false,
    fields: Object.fromEntries(readable.map((field) => [field.name, fieldInfo(engine, object, field, access)])),
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: true,
    mruEnabled: true,
    nameFields: nameFieldsOf(object),
    queryable: true,
    recordTypeInfos: {
      [MASTER_RECORD_TYPE]: {
        available: true,
        defaultRecordTypeMapping: true,
        master: true,
        name: 'Master',
        recordTypeId: MASTER_RECORD_TYPE,
      },
    },
    searchLayoutable: true,
    searchable: true,
    themeInfo: {
      color: object.custom ? '11A9E9' : 'FF5D2D',
      iconUrl: `/img/icon/t4v35/${object.custom ? 'custom/custom63' : `standard/${object.name.toLowerCase()}`}_120.png`,
    },
    updateable: access.updateable,
  };
  return { eTag: eTagOf(info), ...info };
};

interface PicklistEntry {
  readonly attributes: null;
  readonly label: string;
  readonly validFor: readonly never[];
  readonly value: string;
}

const picklistEntry = ({ label, value }: PicklistValue): PicklistEntry => ({
  attributes: null,
  label,
  validFor: [],
  value,
});

const picklistValuesOf = (object: ObjectSchema, field: FieldSchema): object => {
  const active = (field.picklist?.values ?? []).filter((entry) => entry.active);
  const preset = active.find(({ isDefault }) => isDefault);
  const values = {
    controllerValues: {},
    defaultValue: preset ? picklistEntry(preset) : null,
    url: `/services/data/v66.0/ui-api/object-info/${object.name}/picklist-values/${MASTER_RECORD_TYPE}/${field.name}`,
    values: active.map(picklistEntry),
  };
  return { eTag: eTagOf(values), ...values };
};

const readablePicklists = (object: ObjectSchema, access: ObjectAccess): FieldSchema[] =>
  object.fields.filter((field) => field.picklist !== undefined && access.field(field.name).readable);

const checkRecordType = (recordTypeId: string): void => {
  if (!MASTER_RECORD_TYPE.startsWith(recordTypeId) || recordTypeId.length < 15)
    throw new OrgError('INVALID_RECORD_TYPE', `There is no record type ${recordTypeId}`, { httpStatus: 404 });
};

/** Values of one picklist field. */
export const picklistValues = async (
  engine: Engine,
  context: RequestContext,
  asked: { object: string; recordTypeId: string; field: string },
): Promise<object> => {
  const { object, access } = await visibleObject(engine, context, asked.object);
  checkRecordType(asked.recordTypeId);
  const field = object.field(asked.field, context.defaultNamespace);
  const found = field && readablePicklists(object, access).find(({ name }) => name === field.name);
  if (!found)
    throw new OrgError('INVALID_FIELD', `${asked.field} is not a picklist of ${object.name}`, { httpStatus: 404 });
  return picklistValuesOf(object, found);
};

/** Values of every picklist field of an object. */
export const allPicklistValues = async (
  engine: Engine,
  context: RequestContext,
  asked: { object: string; recordTypeId: string },
): Promise<object> => {
  const { object, access } = await visibleObject(engine, context, asked.object);
  checkRecordType(asked.recordTypeId);
  const values = {
    picklistFieldValues: Object.fromEntries(
      readablePicklists(object, access).map((field) => [field.name, picklistValuesOf(object, field)]),
    ),
  };
  return { eTag: eTagOf(values), ...values };
};
