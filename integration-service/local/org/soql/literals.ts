import type { FieldSchema } from '../schema/types.ts';
import { toId18 } from '../schema/ids.ts';
import { notOfferedHere } from '../engine/errors.ts';
import { invalidField, invalidOperator, malformed } from './errors.ts';

/** A literal of a query: what kind it was written as, and its value. */
export interface Literal {
  readonly kind: 'string' | 'number' | 'boolean' | 'date' | 'datetime' | 'date-literal' | 'null';
  readonly value: string | number | boolean | null;
}

const KINDS: Readonly<Record<string, Literal['kind']>> = {
  STRING: 'string',
  INTEGER: 'number',
  DECIMAL: 'number',
  BOOLEAN: 'boolean',
  NULL: 'null',
  DATETIME: 'datetime',
  DATE: 'date',
  DATE_LITERAL: 'date-literal',
  DATE_N_LITERAL: 'date-literal',
};

/** Reads one literal from the parser's text and type. Texts keep their LIKE escapes (`\%`, `\_`) for `likePattern`. */
export const readLiteral = (text: string, type: string | undefined): Literal => {
  const kind = KINDS[type ?? 'STRING'];
  if (kind === undefined) throw notOfferedHere(`The literal ${text}`);
  switch (kind) {
    case 'string':
      return { kind, value: unescape(text.replace(/^'([\s\S]*)'$/, '$1')) };
    case 'number':
      return { kind, value: Number(text) };
    case 'boolean':
      return { kind, value: text.toUpperCase() === 'TRUE' };
    case 'null':
      return { kind, value: null };
    default:
      return { kind, value: text };
  }
};

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', "'": "'", '"': '"' };

/** Undoes SOQL's escapes. `\\`, `\%` and `\_` stay, each as two characters, until it is known whether LIKE reads them. */
const unescape = (text: string): string =>
  text.replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (whole, escape: string) => {
    if (escape.startsWith('u') && escape.length === 5)
      return String.fromCharCode(Number.parseInt(escape.slice(1), 16)).replace('\\', '\\\\');
    if (['\\', '%', '_'].includes(escape)) return whole;
    const character = ESCAPES[escape.toLowerCase()];
    if (character === undefined)
      throw malformed(`Invalid string literal '${text}'. Illegal character sequence '${whole}' in string literal.`);
    return character;
  });

/** A text literal as plain text. */
export const plainText = (value: Literal['value']): string => String(value).replace(/\\([\\%_])/g, '$1');

/** A text literal as a pattern for PostgreSQL's LIKE with `\` as its escape; SOQL's wildcards are the same. */
export const likePattern = (value: Literal['value']): string => String(value);

const TYPE_NAMES: Partial<Record<FieldSchema['type'], string>> = {
  boolean: 'boolean',
  int: 'int',
  double: 'double',
  currency: 'currency',
  percent: 'double',
  date: 'date',
  datetime: 'dateTime',
};

/** Refuses a literal of another type than the field's, in the org's words. */
export const checkLiteral = (field: FieldSchema, literal: Literal): void => {
  if (literal.kind === 'null') return;
  const type = TYPE_NAMES[field.type];
  const fits =
    type === undefined
      ? literal.kind === 'string'
      : type === 'date'
        ? literal.kind === 'date' || literal.kind === 'date-literal'
        : type === 'dateTime'
          ? literal.kind === 'datetime' || literal.kind === 'date-literal'
          : type === 'boolean'
            ? literal.kind === 'boolean'
            : literal.kind === 'number';
  if (fits) return;
  throw invalidField(
    type === undefined
      ? `value of filter criterion for field '${field.name}' must be of type string and should be enclosed in quotes`
      : `value of filter criterion for field '${field.name}' must be of type ${type} and should not be enclosed in quotes`,
  );
};

/** An id literal in 18 characters. */
export const idLiteral = (value: Literal['value']): string => {
  const id = toId18(plainText(value));
  if (id === undefined) throw invalidOperator(`invalid ID field: ${plainText(value)}`);
  return id;
};
