import type { Engine, FieldValue, RequestContext } from '../engine/engine.ts';
import type { FieldSchema } from '../schema/types.ts';
import { represent } from './field-values.ts';
import { objectInfo, visibleObject } from './object-info.ts';
import { MASTER_RECORD_TYPE } from './records.ts';

/** The default of a new record, where it can be told without a record: constants and picklist defaults. */
const constantDefault = (field: FieldSchema): FieldValue => {
  const preset = field.picklist?.values.find(({ isDefault, active }) => isDefault && active);
  if (preset) return preset.value;
  const formula = field.defaultFormula?.trim();
  if (field.type === 'boolean') return formula === 'true';
  if (formula === undefined) return null;
  const text = /^"([^"\\]*)"$|^'([^'\\]*)'$/.exec(formula);
  if (text) return text[1] ?? text[2] ?? null;
  return /^-?\d+(?:\.\d+)?$/.test(formula) ? Number(formula) : null;
};

/**
 * `record-defaults/create/{object}`: the fields a user may fill in a new record. Defaults that are formulas (`TODAY()`)
 * are left empty: the save puts them in.
 */
export const recordDefaults = async (engine: Engine, context: RequestContext, name: string): Promise<object> => {
  const { object, access } = await visibleObject(engine, context, name);
  const createable = object.fields.filter((field) => access.field(field.name).createable);
  return {
    layout: null,
    objectInfos: { [object.name]: await objectInfo(engine, context, object.name) },
    record: {
      apiName: object.name,
      childRelationships: {},
      fields: Object.fromEntries(createable.map((field) => [field.name, represent(field, constantDefault(field))])),
      id: null,
      lastModifiedById: null,
      lastModifiedDate: null,
      recordTypeId: MASTER_RECORD_TYPE,
      recordTypeInfo: null,
      systemModstamp: null,
    },
  };
};
