import {
  GraphQLBoolean,
  GraphQLError,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLString,
  Kind,
  type ValueNode,
} from 'graphql';
import type { FieldSchema } from '../schema/types.ts';

const NUMERIC = new Set(['Currency', 'Double', 'Long', 'Percent']);

/** A scalar of the platform's that is text or a number underneath; what it says is the engine's to check. */
const scalar = (name: string): GraphQLScalarType => {
  const kind = NUMERIC.has(name) ? 'number' : 'string';
  const parseValue = (value: unknown): unknown => {
    if (typeof value !== kind)
      throw new GraphQLError(`${name} cannot represent ${JSON.stringify(value)}: a ${kind} is needed.`);
    return value;
  };
  const parseLiteral = (node: ValueNode): unknown => {
    if (node.kind === Kind.STRING) return parseValue(node.value);
    if (node.kind === Kind.INT || node.kind === Kind.FLOAT) return parseValue(Number(node.value));
    throw new GraphQLError(`${name} cannot represent a value of kind ${node.kind}: a ${kind} is needed.`, {
      nodes: node,
    });
  };
  return new GraphQLScalarType({ name, serialize: (value) => value, parseValue, parseLiteral });
};

const scalars = Object.fromEntries(
  [
    'Currency',
    'Date',
    'DateTime',
    'Double',
    'EmailAddress',
    'IdOrRef',
    'Long',
    'LongTextArea',
    'MultiPicklist',
    'Percent',
    'PhoneNumber',
    'Picklist',
    'RichTextArea',
    'TextArea',
    'Url',
  ].map((name) => [name, scalar(name)]),
);

/** A scalar by its name in the platform's schema. Throws for a name that is none. */
export const scalarNamed = (name: string): GraphQLScalarType => {
  const builtIn = [GraphQLString, GraphQLInt, GraphQLBoolean, GraphQLID, GraphQLFloat].find(
    (type) => type.name === name,
  );
  const found = builtIn ?? scalars[name];
  if (!found) throw new Error(`there is no scalar ${name}`);
  return found;
};

/** Which scalar a field's values are, and the name its value and operator types start with. */
interface Kinds {
  readonly scalar: string;
  readonly value: string;
  readonly operators: string;
}

const kinds = (scalarName: string, value = `${scalarName}Value`, operators = `${scalarName}Operators`): Kinds => ({
  scalar: scalarName,
  value,
  operators,
});

/** The type names of the platform's schema for a field. */
export const kindsOf = (field: FieldSchema): Kinds => {
  switch (field.type) {
    case 'id':
    case 'reference':
      return kinds('ID', 'IDValue', 'IdOperators');
    case 'boolean':
      return kinds('Boolean');
    case 'int':
      return kinds('Int', 'IntValue', 'IntegerOperators');
    case 'double':
      return kinds('Double');
    case 'currency':
      return kinds('Currency');
    case 'percent':
      return kinds('Percent');
    case 'date':
      return kinds('Date');
    case 'datetime':
      return kinds('DateTime');
    case 'picklist':
      return kinds('Picklist');
    case 'multipicklist':
      return kinds('MultiPicklist');
    case 'email':
      return kinds('EmailAddress', 'EmailValue', 'EmailOperators');
    case 'phone':
      return kinds('PhoneNumber');
    case 'url':
      return kinds('Url');
    case 'textarea':
      if (field.isHtml) return kinds('RichTextArea');
      return (field.length ?? 0) > 255 ? kinds('LongTextArea') : kinds('TextArea');
    default:
      return kinds('String');
  }
};

const LABELLED = new Set(['PicklistValue', 'MultiPicklistValue']);
const valueTypes = new Map<string, GraphQLObjectType>();

/** `StringValue { value displayValue }` and its like; picklists have a `label` besides. */
export const valueTypeOf = (field: FieldSchema): GraphQLObjectType => {
  const { value, scalar: scalarName } = kindsOf(field);
  const known = valueTypes.get(value);
  if (known) return known;
  const made = new GraphQLObjectType({
    name: value,
    fields: {
      value: { type: scalarNamed(scalarName) },
      displayValue: { type: GraphQLString },
      ...(LABELLED.has(value)
        ? { label: { type: GraphQLString, resolve: (source: { displayValue: unknown }) => source.displayValue } }
        : {}),
    },
  });
  valueTypes.set(value, made);
  return made;
};
