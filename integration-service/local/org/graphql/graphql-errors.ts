import type { GraphQLError } from 'graphql';
import { BREAK, Kind, visit, type ASTNode, type DocumentNode } from 'graphql';

/** An error as the platform's GraphQL API prints it. */
export interface PrintedError {
  readonly message: string;
  readonly locations: readonly { readonly line: number; readonly column: number }[];
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly ErrorType: 'InvalidSyntax' | 'ValidationError' | 'DataFetchingException' };
}

const pathTo = (document: DocumentNode, wanted: ASTNode | undefined): string => {
  let path = '';
  if (wanted)
    visit(document, {
      enter: (node, _key, _parent, _path, ancestors) => {
        if (node !== wanted) return undefined;
        path = [...ancestors.flatMap((entry) => (Array.isArray(entry) ? [] : [entry as ASTNode])), node]
          .flatMap((entry) => (entry.kind === Kind.FIELD ? [entry.name.value] : []))
          .join('/');
        return BREAK;
      },
    });
  return path;
};

/** The platform's server words its findings otherwise than the library does. */
const RULES: readonly { readonly found: RegExp; readonly name: string; readonly text: (groups: string[]) => string }[] =
  [
    {
      found: /^Cannot query field "(.+?)" on type "(.+?)"/,
      name: 'FieldUndefined',
      text: ([field, type]) => `Field '${field}' in type '${type}' is undefined`,
    },
    {
      found: /^Unknown argument "(.+?)" on field "(.+?)"/,
      name: 'UnknownArgument',
      text: ([argument]) => `Unknown field argument '${argument}'`,
    },
    {
      found: /^Unknown type "(.+?)"/,
      name: 'UnknownType',
      text: ([type]) => `Unknown type '${type}'`,
    },
    {
      found: /^Variable "\$(.+?)" is not defined/,
      name: 'UndefinedVariable',
      text: ([variable]) => `Undefined variable '${variable}'`,
    },
    {
      found: /^Field "(.+?)" of type "(.+?)" must have a selection of subfields/,
      name: 'SubselectionRequired',
      text: ([field, type]) => `Subselection required for type '${type}' of field '${field}'`,
    },
    {
      found: /^Field "(.+?)" must not have a selection since type "(.+?)" has no subfields/,
      name: 'SubselectionNotAllowed',
      text: ([field, type]) => `Subselection not allowed on leaf type '${type}' of field '${field}'`,
    },
  ];

const located = ({ locations }: GraphQLError): PrintedError['locations'] => locations ?? [];

export const syntaxError = (error: GraphQLError): PrintedError => ({
  message: error.message.replace(/^Syntax Error: /, 'Invalid syntax: '),
  locations: located(error),
  extensions: { ErrorType: 'InvalidSyntax' },
});

/** A finding of validation, with the path of the field it is about. */
export const validationError = (document: DocumentNode, error: GraphQLError): PrintedError => {
  for (const { found, name, text } of RULES) {
    const match = found.exec(error.message);
    if (match)
      return {
        message: `Validation error (${name}@[${pathTo(document, error.nodes?.[0])}]) : ${text(match.slice(1))}`,
        locations: located(error),
        extensions: { ErrorType: 'ValidationError' },
      };
  }
  const place = pathTo(document, error.nodes?.[0]);
  return {
    message: `Validation error (WrongType${place ? `@[${place}]` : ''}) : ${error.message}`,
    locations: located(error),
    extensions: { ErrorType: 'ValidationError' },
  };
};

/** Something went wrong while the request was carried out; a variable of a wrong type counts as validation. */
export const executionError = (error: GraphQLError): PrintedError => ({
  message: error.message,
  locations: located(error),
  ...(error.path ? { path: error.path } : {}),
  extensions: { ErrorType: error.message.startsWith('Variable "$') ? 'ValidationError' : 'DataFetchingException' },
});
