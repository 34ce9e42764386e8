import type { FieldSchema } from '../schema/types.ts';

/** A text as a SOQL literal; the backslash goes first, or a value ending in one would open the literal. */
export const quoted = (text: string): string =>
  `'${text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')}'`;

const UNQUOTED = new Set(['boolean', 'int', 'double', 'currency', 'percent', 'date', 'datetime']);
const UNQUOTED_VALUE =
  /^(?:true|false|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))?)$/;

/**
 * A value as the literal that SOQL wants for the field's type. Throws a RangeError for a value that is none of the
 * type's, so that text can never slip into a query unquoted.
 */
export const literalFor = (field: FieldSchema, value: unknown): string => {
  if (value === null || value === undefined) return 'null';
  const text = String(value);
  if (!UNQUOTED.has(field.type)) return quoted(text);
  if (UNQUOTED_VALUE.test(text)) return text;
  throw new RangeError(`${text} is not a value of ${field.name} (${field.type})`);
};
