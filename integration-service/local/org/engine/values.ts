import { toId18 } from '../schema/ids.ts';
import type { FieldSchema, OrgSchema } from '../schema/types.ts';
import type { FieldValue } from './engine.ts';
import { OrgError } from './errors.ts';

/**
 * Turns a value from the wire into the stored form of its field, or throws the row error that the org gives for it.
 * Text stands for any type, as in JSON and CSV bodies; blank text is null. Lengths and ranges are checked by
 * `checkValue`, after automation has run.
 */
export const coerce = (schema: OrgSchema, field: FieldSchema, value: unknown): FieldValue => {
  if (value === null || value === undefined || value === '') return field.type === 'boolean' ? false : null;
  if (typeof value === 'object') throw cannotDeserialize(field, value);
  switch (field.type) {
    case 'boolean':
      return coerceBoolean(field, value);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return coerceNumber(field, value);
    case 'date':
      return coerceDate(field, value);
    case 'datetime':
      return coerceDateTime(field, value);
    case 'id':
    case 'reference':
      return coerceId(schema, field, value);
    case 'multipicklist':
      return coerceMultipicklist(field, String(value));
    case 'textarea':
      return String(value).replaceAll('\r\n', '\n');
    default: {
      const text = String(value).trim();
      return text === '' ? null : text;
    }
  }
};

const cannotDeserialize = (field: FieldSchema, value: unknown): OrgError => {
  const type = { boolean: 'boolean', date: 'date', datetime: 'datetime' }[field.type as string] ?? 'double';
  const shape =
    typeof value === 'object' ? 'START_OBJECT' : typeof value === 'string' ? 'VALUE_STRING' : 'VALUE_NUMBER';
  const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return new OrgError(
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${type} from ${shape} value ${shown} or request may be missing a required field at ${field.name}`,
    { fields: [field.name] },
  );
};

const coerceBoolean = (field: FieldSchema, value: unknown): boolean => {
  if (typeof value === 'boolean') return value;
  const text = String(value).toLowerCase();
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw cannotDeserialize(field, value);
};

const coerceNumber = (field: FieldSchema, value: unknown): number => {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
  if (!Number.isFinite(number)) throw cannotDeserialize(field, value);
  if (field.type === 'int' && !Number.isInteger(number)) throw cannotDeserialize(field, value);
  return roundHalfUp(number, field.scale ?? 0);
};

/** Rounds half away from zero, as the org does, on the decimal digits and not on their binary image. */
export const roundHalfUp = (number: number, scale: number): number => {
  const [mantissa, exponent] = Math.abs(number).toExponential().split('e') as [string, string];
  const rounded = Number(`${Math.round(Number(`${mantissa}e${Number(exponent) + scale}`))}e${-scale}`);
  return number < 0 ? -rounded : rounded;
};

const coerceDate = (field: FieldSchema, value: unknown): string => {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T.*)?$/.exec(String(value));
  const day = match ? `${match[1]}-${match[2]}-${match[3]}` : '';
  const instant = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== day)
    throw cannotDeserialize(field, value);
  return day;
};

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;

const coerceDateTime = (field: FieldSchema, value: unknown): string => {
  const text = String(value);
  if (!DATE_TIME.test(text)) {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return `${coerceDate(field, text)}T00:00:00.000+0000`;
    throw cannotDeserialize(field, value);
  }
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2') : `${text}Z`;
  const instant = new Date(zoned);
  if (Number.isNaN(instant.getTime())) throw cannotDeserialize(field, value);
  return instant.toISOString().replace('Z', '+0000');
};

const coerceId = (schema: OrgSchema, field: FieldSchema, value: unknown): string => {
  const id = toId18(String(value));
  const object = id === undefined ? undefined : schema.objectOfId(id);
  const allowed = field.reference?.to;
  if (id === undefined || object === undefined || (allowed !== undefined && !allowed.includes(object.name)))
    throw new OrgError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${String(value)}`, {
      fields: [field.name],
    });
  return id;
};

const coerceMultipicklist = (field: FieldSchema, text: string): string | null => {
  const chosen = [...new Set(text.split(';').map((part) => part.trim()))].filter((part) => part !== '');
  const order = field.picklist?.values.map((value) => value.value) ?? [];
  const rank = (value: string): number => (order.includes(value) ? order.indexOf(value) : order.length);
  return chosen.length === 0 ? null : chosen.sort((one, other) => rank(one) - rank(other)).join(';');
};

/** A simple address check; the org's own is not published in full, this refuses what is surely no address. */
const EMAIL = /^[^\s@<>,;"]+@[^\s@<>,;".][^\s@<>,;"]*\.[^\s@<>,;".]+$/;

/** Throws the row error for a value that the field cannot hold: too long, out of range, not in a restricted picklist. */
export const checkValue = (field: FieldSchema, value: FieldValue): void => {
  if (value === null) return;
  const fields = [field.name];
  switch (field.type) {
    case 'int':
    case 'double':
    case 'currency':
    case 'percent': {
      const digits = (field.precision ?? 18) - (field.scale ?? 0);
      if (Math.abs(Number(value)) >= 10 ** digits)
        throw new OrgError(
          'NUMBER_OUTSIDE_VALID_RANGE',
          `${field.label}: value outside of valid range on numeric field: ${String(value)}`,
          { fields },
        );
      return;
    }
    case 'picklist':
    case 'multipicklist':
      checkPicklist(field, String(value));
      break;
    case 'email':
      if (!EMAIL.test(String(value)))
        throw new OrgError('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${String(value)}`, {
          fields,
        });
      break;
    default:
      break;
  }
  if (typeof value === 'string' && field.length !== undefined && value.length > field.length)
    throw new OrgError(
      'STRING_TOO_LONG',
      `${field.label}: data value too large: ${value} (max length=${field.length})`,
      { fields },
    );
};

const checkPicklist = (field: FieldSchema, value: string): void => {
  if (field.picklist === undefined || !field.picklist.restricted) return;
  const allowed = new Set(field.picklist.values.filter((each) => each.active).map((each) => each.value));
  for (const part of field.type === 'multipicklist' ? value.split(';') : [value])
    if (!allowed.has(part))
      throw new OrgError(
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        `${field.label}: bad value for restricted picklist field: ${part}`,
        { fields: [field.name] },
      );
};
