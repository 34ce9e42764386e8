import { notOfferedHere } from '../engine/errors.ts';
import { field as makeField } from '../schema/fields.ts';
import type { FieldSchema } from '../schema/types.ts';
import { invalidField, malformed } from './errors.ts';
import type { Scope } from './scope.ts';

/** A function call as the parser gives it. */
export interface FunctionCall {
  readonly functionName?: string;
  readonly parameters?: readonly unknown[];
  readonly rawValue?: string;
}

/** A compiled function: SQL, and a stand-in field that carries its result type. */
export interface CompiledFunction {
  readonly sql: string;
  readonly field: FieldSchema;
  readonly aggregate: boolean;
}

const AGGREGATES: Readonly<Record<string, string>> = {
  COUNT: 'count',
  COUNT_DISTINCT: 'count',
  SUM: 'sum',
  AVG: 'avg',
  MIN: 'min',
  MAX: 'max',
};

const NUMERIC = ['int', 'double', 'currency', 'percent'];

/** Calendar parts; all in UTC, as SOQL's date functions are without `convertTimezone()`. */
const DATE_FUNCTIONS: Readonly<Record<string, (sql: string) => string>> = {
  CALENDAR_MONTH: (sql) => `extract(month FROM ${sql})::int`,
  CALENDAR_QUARTER: (sql) => `extract(quarter FROM ${sql})::int`,
  CALENDAR_YEAR: (sql) => `extract(year FROM ${sql})::int`,
  DAY_IN_MONTH: (sql) => `extract(day FROM ${sql})::int`,
  DAY_IN_WEEK: (sql) => `(extract(dow FROM ${sql})::int + 1)`,
  DAY_IN_YEAR: (sql) => `extract(doy FROM ${sql})::int`,
  DAY_ONLY: (sql) => `(${sql})::date`,
  FISCAL_MONTH: (sql) => `extract(month FROM ${sql})::int`,
  FISCAL_QUARTER: (sql) => `extract(quarter FROM ${sql})::int`,
  FISCAL_YEAR: (sql) => `extract(year FROM ${sql})::int`,
  HOUR_IN_DAY: (sql) => `extract(hour FROM ${sql})::int`,
  WEEK_IN_MONTH: (sql) => `((extract(day FROM ${sql})::int - 1) / 7 + 1)`,
  WEEK_IN_YEAR: (sql) => `((extract(doy FROM ${sql})::int - 1) / 7 + 1)`,
};

/** Compiles an aggregate or date function over a path of `scope`. */
export const compileFunction = (scope: Scope, call: FunctionCall): CompiledFunction => {
  const name = (call.functionName ?? '').toUpperCase();
  const [argument] = call.parameters ?? [];
  if (name === 'COUNT' && argument === undefined)
    return { sql: 'count(*)', field: makeField('expr', 'Count', 'int'), aggregate: true };
  const aggregate = AGGREGATES[name];
  const date = DATE_FUNCTIONS[name];
  if (aggregate === undefined && date === undefined) throw notOfferedHere(`The SOQL function ${call.functionName}()`);
  if (typeof argument !== 'string') throw notOfferedHere(`A function inside ${name}()`);
  const { field, sql } = scope.resolve(argument);
  if (date !== undefined) {
    if (field.type !== 'date' && field.type !== 'datetime')
      throw invalidField(`field ${field.name} does not support date functions`);
    const type = name === 'DAY_ONLY' ? 'date' : 'int';
    return { sql: date(sql), field: makeField(field.name, field.label, type), aggregate: false };
  }
  if (!field.filterable) throw malformed(`field ${field.name} does not support aggregate operator ${name}`);
  if (['SUM', 'AVG'].includes(name) && !NUMERIC.includes(field.type))
    throw malformed(`field ${field.name} does not support aggregate operator ${name}`);
  const distinct = name === 'COUNT_DISTINCT' ? 'DISTINCT ' : '';
  const type = name.startsWith('COUNT') ? 'int' : name === 'AVG' ? 'double' : field.type;
  return { sql: `${aggregate}(${distinct}${sql})`, field: makeField('expr', 'Expression', type), aggregate: true };
};
