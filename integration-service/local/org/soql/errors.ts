import { OrgError } from '../engine/errors.ts';

const HINT = 'Please reference your WSDL or the describe call for the appropriate names.';

export const malformed = (message: string): OrgError => new OrgError('MALFORMED_QUERY', message);

/** The org prints the line with a caret below the word that it stumbled over. */
const pointingAt = (soql: string, word: string, message: string): string => {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const position = soql.search(new RegExp(`(?<![\\w.])${escaped}(?!\\w)`, 'i'));
  if (position < 0) return message;
  const start = Math.max(0, position - 40);
  return `\n${soql.slice(start, position + word.length + 20)}\n${' '.repeat(position - start)}^\nERROR at Row:1:Column:${position + 1}\n${message}`;
};

export const noSuchColumn = (soql: string, path: string, column: string, entity: string): OrgError =>
  new OrgError(
    'INVALID_FIELD',
    pointingAt(
      soql,
      path,
      `No such column '${column}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${HINT}`,
    ),
  );

export const noSuchParent = (soql: string, path: string, relationship: string): OrgError =>
  new OrgError(
    'INVALID_FIELD',
    pointingAt(
      soql,
      path,
      `Didn't understand relationship '${relationship}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${HINT}`,
    ),
  );

export const noSuchObject = (soql: string, name: string): OrgError =>
  new OrgError(
    'INVALID_TYPE',
    pointingAt(
      soql,
      name,
      `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${HINT}`,
    ),
  );

export const noSuchChildren = (soql: string, name: string): OrgError =>
  new OrgError(
    'INVALID_TYPE',
    pointingAt(
      soql,
      name,
      `Didn't understand relationship '${name}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${HINT}`,
    ),
  );

export const invalidField = (message: string): OrgError => new OrgError('INVALID_FIELD', message);

export const invalidOperator = (message: string): OrgError => new OrgError('INVALID_QUERY_FILTER_OPERATOR', message);
