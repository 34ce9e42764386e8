import type { Condition, Query, ValueQueryCondition } from '@jetstreamapp/soql-parser-js';
import { notOfferedHere } from '../engine/errors.ts';
import type { FieldSchema } from '../schema/types.ts';
import type { ConditionTree } from './condition-tree.ts';
import { daysOf } from './date-literals.ts';
import { invalidField, invalidOperator, malformed } from './errors.ts';
import { compileFunction } from './functions.ts';
import { checkLiteral, idLiteral, likePattern, plainText, readLiteral, type Literal } from './literals.ts';
import type { Compilation, Scope } from './scope.ts';

/** Compiles a sub-select of IN; given by the query compiler to avoid a circle of imports. */
export type CompileSemiJoin = (query: Query) => string;

interface Target {
  readonly field: FieldSchema;
  readonly sql: string;
  readonly aggregate: boolean;
}

/** Compiles a condition tree to SQL that is never null, so that NOT means what it means in SOQL. */
export const compileConditions = (
  compilation: Compilation,
  scope: Scope,
  tree: ConditionTree,
  semiJoin: CompileSemiJoin,
  aggregatesAllowed: boolean,
): string => {
  const compile = (node: ConditionTree, everyRowMeetsIt: boolean): string => {
    switch (node.kind) {
      case 'and':
        return `(${node.operands.map((operand) => compile(operand, everyRowMeetsIt)).join(' AND ')})`;
      case 'or':
        return `(${node.operands.map((operand) => compile(operand, false)).join(' OR ')})`;
      case 'not':
        return `NOT coalesce(${compile(node.operand, false)}, false)`;
      case 'condition':
        if (!everyRowMeetsIt && 'valueQuery' in node.condition)
          throw malformed(
            'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.',
          );
        return compileCondition(compilation, scope, node.condition, semiJoin, aggregatesAllowed);
    }
  };
  return compile(tree, true);
};

const compileCondition = (
  compilation: Compilation,
  scope: Scope,
  condition: Condition | ValueQueryCondition,
  semiJoin: CompileSemiJoin,
  aggregatesAllowed: boolean,
): string => {
  if (!('operator' in condition)) throw malformed('unexpected token: NOT');
  const target = targetOf(scope, condition);
  if (target.aggregate && !aggregatesAllowed) throw malformed('Grouped aggregates belong in HAVING, not in WHERE');
  const { field } = target;
  if (!field.filterable) throw invalidField(`field '${field.name}' can not be filtered in a query call`);
  const operator = condition.operator.toUpperCase();
  if ('valueQuery' in condition) {
    if (operator !== 'IN' && operator !== 'NOT IN') throw invalidOperator(`${operator} cannot take a sub-select`);
    const isOwn = 'field' in condition && scope.resolve(condition.field).joinPath === '';
    if (!isOwn || (field.type !== 'id' && field.type !== 'reference'))
      throw malformed(`The left operand field in the where clause cannot be used in a semi join: ${field.name}`);
    return operator === 'IN'
      ? `${target.sql} IN (${semiJoin(condition.valueQuery)})`
      : `(${target.sql} IS NULL OR ${target.sql} NOT IN (${semiJoin(condition.valueQuery)}))`;
  }
  const literals = literalsOf(condition);
  for (const literal of literals) checkLiteral(field, literal);
  return compare(compilation, target, operator, literals, Array.isArray(condition.value));
};

const targetOf = (scope: Scope, condition: Condition | ValueQueryCondition): Target => {
  if ('fn' in condition) return compileFunction(scope, condition.fn);
  if ('field' in condition) return { ...scope.resolve(condition.field), aggregate: false };
  throw malformed('unexpected token in WHERE');
};

const literalsOf = (condition: Condition): Literal[] => {
  if (!('value' in condition)) return [];
  const values = Array.isArray(condition.value) ? condition.value : [condition.value];
  return values.map((value, index) => {
    const type = condition.literalType;
    return readLiteral(value, Array.isArray(type) ? type[index] : type);
  });
};

const isText = (field: FieldSchema): boolean =>
  ['string', 'textarea', 'url', 'email', 'phone', 'picklist', 'multipicklist'].includes(field.type);

const compare = (
  compilation: Compilation,
  target: Target,
  operator: string,
  literals: readonly Literal[],
  isList: boolean,
): string => {
  const { field, sql } = target;
  if (['IN', 'NOT IN', 'INCLUDES', 'EXCLUDES'].includes(operator) !== isList)
    throw malformed(`unexpected token: ${isList ? '(' : String(literals[0]?.value)}`);
  switch (operator) {
    case 'IN':
      return inList(compilation, target, literals);
    case 'NOT IN':
      return `NOT coalesce(${inList(compilation, target, literals)}, false)`;
    case 'INCLUDES':
    case 'EXCLUDES': {
      if (field.type !== 'multipicklist')
        throw invalidOperator(`invalid operator on ${field.type} field: ${field.name}`);
      const any = literals.map((literal) => holdsAll(compilation, sql, plainText(literal.value))).join(' OR ');
      return operator === 'INCLUDES' ? `coalesce(${any}, false)` : `NOT coalesce(${any}, false)`;
    }
    case 'LIKE':
      if (!isText(field) || field.type === 'multipicklist')
        throw invalidOperator(`invalid operator on ${field.type} field: ${field.name}`);
      return `${folded(compilation, field, sql)} LIKE ${foldedParameter(compilation, field, likePattern(literals[0]?.value ?? null))}`;
    default: {
      const [literal] = literals;
      if (literal === undefined) throw malformed('unexpected end of condition');
      return compareOne(compilation, target, operator, literal);
    }
  }
};

const compareOne = (compilation: Compilation, target: Target, operator: string, literal: Literal): string => {
  const { field, sql } = target;
  if (literal.kind === 'null') {
    if (operator === '=') return field.type === 'boolean' ? `${sql} IS NOT TRUE` : `${sql} IS NULL`;
    if (operator === '!=') return field.type === 'boolean' ? `${sql} IS TRUE` : `${sql} IS NOT NULL`;
    throw invalidOperator(`invalid operator with null: ${operator}`);
  }
  const ordered = !['=', '!='].includes(operator);
  // A record's own id has an order: reading page by page, `Id > …`, rests on it.
  if (ordered && (field.type === 'boolean' || field.type === 'reference' || field.type === 'multipicklist'))
    throw invalidOperator(`invalid operator on ${field.type} field: ${field.name}`);
  if (literal.kind === 'date-literal') return compareSpan(compilation, target, operator, String(literal.value));
  const left = folded(compilation, field, sql);
  const right = valueSql(compilation, field, literal);
  return operator === '!=' ? `${left} IS DISTINCT FROM ${right}` : `${left} ${operator} ${right}`;
};

/** A date literal is a span of days: `=` means inside it, `<` before it, `>` after it. */
const compareSpan = (compilation: Compilation, target: Target, operator: string, literal: string): string => {
  const { field, sql } = target;
  const { from, until } = daysOf(literal, compilation.today);
  const bound = (day: string): string => {
    const parameter = compilation.parameters.add(day);
    if (field.type === 'date') return `${parameter}::date`;
    return `((${parameter}::date)::timestamp AT TIME ZONE ${compilation.parameters.add(compilation.timeZone)}::text)`;
  };
  switch (operator) {
    case '=':
      return `(${sql} >= ${bound(from)} AND ${sql} < ${bound(until)})`;
    case '!=':
      return `NOT coalesce(${sql} >= ${bound(from)} AND ${sql} < ${bound(until)}, false)`;
    case '<':
      return `${sql} < ${bound(from)}`;
    case '<=':
      return `${sql} < ${bound(until)}`;
    case '>':
      return `${sql} >= ${bound(until)}`;
    default:
      return `${sql} >= ${bound(from)}`;
  }
};

const inList = (compilation: Compilation, target: Target, literals: readonly Literal[]): string => {
  const { field, sql } = target;
  if (literals.some((literal) => literal.kind === 'date-literal')) throw notOfferedHere('A date literal inside IN');
  const given = literals.filter((literal) => literal.kind !== 'null');
  const clauses = given.length < literals.length ? [`${sql} IS NULL`] : [];
  if (given.length > 0) {
    const list = `${compilation.parameters.add(given.map((literal) => rawValue(field, literal)))}::${sqlType(field)}[]`;
    const values = `ARRAY(SELECT ${folded(compilation, field, 'v')} FROM unnest(${list}) v)`;
    clauses.push(`${folded(compilation, field, sql)} = ANY(${values})`);
  }
  return `(${clauses.join(' OR ')})`;
};

const holdsAll = (compilation: Compilation, sql: string, wanted: string): string => {
  const values = wanted.toLowerCase().split(';');
  const held = `string_to_array(${compilation.store.folded(sql)}, ';')`;
  return `${held} @> ${compilation.parameters.add(values)}::text[]`;
};

/** Text compares without case, except in case-sensitive fields and ids. */
const folded = (compilation: Compilation, field: FieldSchema, sql: string): string =>
  isText(field) && !field.caseSensitive ? compilation.store.folded(sql) : sql;

const foldedParameter = (compilation: Compilation, field: FieldSchema, value: string): string =>
  folded(compilation, field, `${compilation.parameters.add(value)}::text`);

const rawValue = (field: FieldSchema, literal: Literal): unknown => {
  if (field.type === 'id' || field.type === 'reference') return idLiteral(literal.value);
  if (!isText(field)) return literal.value;
  return plainText(literal.value);
};

const valueSql = (compilation: Compilation, field: FieldSchema, literal: Literal): string => {
  // Blank text is null in the store, so a comparison with '' is one with null.
  const value = rawValue(field, literal);
  if (isText(field) && value === '') return 'NULL::text';
  return folded(compilation, field, `${compilation.parameters.add(value)}::${sqlType(field)}`);
};

const sqlType = (field: FieldSchema): string => {
  switch (field.type) {
    case 'boolean':
      return 'boolean';
    case 'date':
      return 'date';
    case 'datetime':
      return 'timestamptz';
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return 'numeric';
    default:
      return 'text';
  }
};
