import {
  GraphQLEnumType,
  GraphQLError,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLString,
  type GraphQLInputFieldConfigMap,
  type GraphQLInputType,
} from 'graphql';
import type { FieldSchema, ObjectSchema } from '../schema/types.ts';
import { literalFor, quoted } from '../ui-api/soql-text.ts';
import { kindsOf, scalarNamed } from './value-types.ts';

const COMPARISONS: Readonly<Record<string, string>> = { eq: '=', ne: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=' };
const SETS: Readonly<Record<string, string>> = { in: 'IN', nin: 'NOT IN', includes: 'INCLUDES', excludes: 'EXCLUDES' };
const RANGES = [
  'last_n_days',
  'next_n_days',
  'last_n_weeks',
  'next_n_weeks',
  'last_n_months',
  'next_n_months',
] as const;

const DateLiteral = new GraphQLEnumType({
  name: 'DateLiteral',
  values: Object.fromEntries(
    [
      ...[
        'YESTERDAY',
        'TODAY',
        'TOMORROW',
        'LAST_WEEK',
        'THIS_WEEK',
        'NEXT_WEEK',
        'LAST_MONTH',
        'THIS_MONTH',
        'NEXT_MONTH',
      ],
      ...[
        'LAST_90_DAYS',
        'NEXT_90_DAYS',
        'THIS_QUARTER',
        'LAST_QUARTER',
        'NEXT_QUARTER',
        'THIS_YEAR',
        'LAST_YEAR',
        'NEXT_YEAR',
      ],
    ].map((name) => [name, {}]),
  ),
});
const DateRange = new GraphQLInputObjectType({
  name: 'DateRange',
  fields: Object.fromEntries(RANGES.map((name) => [name, { type: GraphQLInt }])),
});
const dateInput = (name: 'Date' | 'DateTime'): GraphQLInputObjectType =>
  new GraphQLInputObjectType({
    name: `${name}Input`,
    fields: { value: { type: scalarNamed(name) }, literal: { type: DateLiteral }, range: { type: DateRange } },
  });
const dateInputs: Readonly<Record<string, GraphQLInputObjectType>> = {
  Date: dateInput('Date'),
  DateTime: dateInput('DateTime'),
};

const ResultOrder = new GraphQLEnumType({ name: 'ResultOrder', values: { ASC: {}, DESC: {} } });
const NullOrder = new GraphQLEnumType({ name: 'NullOrder', values: { FIRST: {}, LAST: {} } });
const OrderByClause = new GraphQLInputObjectType({
  name: 'OrderByClause',
  fields: { order: { type: ResultOrder, defaultValue: 'ASC' }, nulls: { type: NullOrder, defaultValue: 'FIRST' } },
});

const operatorNames = (scalarName: string): string[] => {
  if (scalarName === 'Boolean') return ['eq', 'ne'];
  if (scalarName === 'ID') return ['eq', 'ne', 'in', 'nin'];
  if (scalarName === 'MultiPicklist') return ['eq', 'ne', 'includes', 'excludes'];
  const ordered = [...Object.keys(COMPARISONS), 'in', 'nin'];
  return ['Int', 'Double', 'Currency', 'Percent', 'Date', 'DateTime'].includes(scalarName)
    ? ordered
    : [...ordered, 'like'];
};

const operatorTypes = new Map<string, GraphQLInputObjectType>();

const operatorsOf = (field: FieldSchema): GraphQLInputObjectType => {
  const { operators, scalar } = kindsOf(field);
  const known = operatorTypes.get(operators);
  if (known) return known;
  const one: GraphQLInputType = dateInputs[scalar] ?? scalarNamed(scalar);
  const made = new GraphQLInputObjectType({
    name: operators,
    fields: Object.fromEntries(
      operatorNames(scalar).map((name) => [name, { type: name in SETS ? new GraphQLList(one) : one }]),
    ),
  });
  operatorTypes.set(operators, made);
  return made;
};

/** What the builder of filter types needs to know about the asking user. */
export interface VisibleObjects {
  readonly fields: (object: ObjectSchema) => readonly FieldSchema[];
  /** Objects a parent path may lead to, if the user can read them. */
  readonly object: (name: string) => ObjectSchema | undefined;
}

/** The `where` and `orderBy` types of every object, made when first needed. */
export class FilterTypes {
  private readonly visible: VisibleObjects;
  private readonly filters = new Map<string, GraphQLInputObjectType>();
  private readonly orders = new Map<string, GraphQLInputObjectType>();

  constructor(visible: VisibleObjects) {
    this.visible = visible;
  }

  filter(object: ObjectSchema): GraphQLInputObjectType {
    const known = this.filters.get(object.name);
    if (known) return known;
    const made: GraphQLInputObjectType = new GraphQLInputObjectType({
      name: `${object.name}_Filter`,
      fields: () => ({
        and: { type: new GraphQLList(made) },
        or: { type: new GraphQLList(made) },
        not: { type: made },
        ...this.entries(
          object,
          (field) => (field.filterable ? operatorsOf(field) : undefined),
          (parent) => this.filter(parent),
        ),
      }),
    });
    this.filters.set(object.name, made);
    return made;
  }

  orderBy(object: ObjectSchema): GraphQLInputObjectType {
    const known = this.orders.get(object.name);
    if (known) return known;
    const made: GraphQLInputObjectType = new GraphQLInputObjectType({
      name: `${object.name}_OrderBy`,
      fields: () =>
        this.entries(
          object,
          (field) => (field.sortable ? OrderByClause : undefined),
          (parent) => this.orderBy(parent),
        ),
    });
    this.orders.set(object.name, made);
    return made;
  }

  private entries(
    object: ObjectSchema,
    ofField: (field: FieldSchema) => GraphQLInputObjectType | undefined,
    ofParent: (parent: ObjectSchema) => GraphQLInputObjectType,
  ): GraphQLInputFieldConfigMap {
    return Object.fromEntries(
      this.visible.fields(object).flatMap((field) => {
        const own = ofField(field);
        const [target, ...others] = field.reference?.to ?? [];
        const parent = target && others.length === 0 ? this.visible.object(target) : undefined;
        const path = field.reference?.relationshipName;
        return [
          ...(own ? [[field.name, { type: own }] as const] : []),
          ...(parent && path ? [[path, { type: ofParent(parent) }] as const] : []),
        ];
      }),
    );
  }
}

type Input = Readonly<Record<string, unknown>>;

const operand = (field: FieldSchema, value: unknown): string => {
  if (value === null || typeof value !== 'object') return literalFor(field, value);
  const {
    value: plain,
    literal,
    range,
  } = value as { value?: unknown; literal?: string; range?: Record<string, number> };
  if (literal) return literal;
  const [name, count] = Object.entries(range ?? {})[0] ?? [];
  return name ? `${name.toUpperCase()}:${count}` : literalFor(field, plain);
};

const condition = (path: string, field: FieldSchema, operator: string, value: unknown): string => {
  if (operator in COMPARISONS) return `${path} ${COMPARISONS[operator]} ${operand(field, value)}`;
  if (operator === 'like') return `${path} LIKE ${quoted(String(value))}`;
  const values = (Array.isArray(value) ? value : [value]).map((entry) => operand(field, entry));
  if (values.length === 0) throw new GraphQLError(`${field.name}: ${operator} needs at least one value`);
  return `${path} ${SETS[operator] ?? operator} (${values.join(', ')})`;
};

/** Finds the object behind a parent path; undefined where it may lead to several. */
export type ObjectByName = (name: string) => ObjectSchema | undefined;

/** A `where` argument as the text of a SOQL condition; empty for an empty filter. */
export const whereToSoql = (object: ObjectSchema, where: Input, objectByName: ObjectByName, prefix = ''): string => {
  const parts = Object.entries(where).flatMap(([name, value]): string[] => {
    if (value === undefined || value === null) return [];
    if (name === 'and' || name === 'or') {
      const inner = (value as Input[]).map((entry) => whereToSoql(object, entry, objectByName, prefix)).filter(Boolean);
      return inner.length > 0 ? [`(${inner.map((text) => `(${text})`).join(` ${name.toUpperCase()} `)})`] : [];
    }
    if (name === 'not') return [`(NOT (${whereToSoql(object, value as Input, objectByName, prefix)}))`];
    const reference = object.parent(name);
    const parent = reference?.reference && objectByName(reference.reference.to[0] ?? '');
    if (parent) {
      const inner = whereToSoql(parent, value as Input, objectByName, `${prefix}${name}.`);
      return inner ? [`(${inner})`] : [];
    }
    const field = object.field(name);
    if (!field) throw new GraphQLError(`${object.name} has no field ${name}`);
    return Object.entries(value as Input).map(([operator, wanted]) =>
      condition(prefix + field.name, field, operator, wanted),
    );
  });
  return parts.join(' AND ');
};

/** An `orderBy` argument as the text behind ORDER BY; empty for none. */
export const orderByToSoql = (object: ObjectSchema, orderBy: Input, objectByName: ObjectByName, prefix = ''): string =>
  Object.entries(orderBy)
    .flatMap(([name, value]): string[] => {
      if (!value) return [];
      const reference = object.parent(name);
      const parent = reference?.reference && objectByName(reference.reference.to[0] ?? '');
      if (parent) return [orderByToSoql(parent, value as Input, objectByName, `${prefix}${name}.`)].filter(Boolean);
      const { order, nulls } = value as { order?: string; nulls?: string };
      return [`${prefix}${name} ${order ?? 'ASC'} NULLS ${nulls ?? 'FIRST'}`];
    })
    .join(', ');

/** Arguments every list of records takes. */
export const listArguments = (filters: FilterTypes, object: ObjectSchema): GraphQLInputFieldConfigMap => ({
  first: { type: GraphQLInt },
  after: { type: GraphQLString },
  where: { type: filters.filter(object) },
  orderBy: { type: filters.orderBy(object) },
  upperBound: { type: GraphQLInt },
});
