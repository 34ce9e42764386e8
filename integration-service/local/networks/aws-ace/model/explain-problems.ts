import type { z } from 'zod';
import { problem, serializationException, validationException } from '../wire/errors.ts';
import type { Problem } from '../wire/errors.ts';
import type { ConstraintParams } from './primitives.ts';
import { requestShapes } from './requests.ts';
import type { OperationName, RequestOf } from './requests.ts';

type Path = readonly PropertyKey[];

const lowerFirst = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);

/** AWS's way to name a place in a message: `customer.contacts.1.member.email`, list positions from 1. */
const placeInMessage = (path: Path): string =>
  path.map((step) => (typeof step === 'number' ? `${step + 1}.member` : lowerFirst(String(step)))).join('.');

/** The same place as `FieldName`: wire names, no list positions. */
const fieldName = (path: Path): string => path.filter((step) => typeof step !== 'number').join('.');

const valueAt = (body: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined,
    body,
  );

/** AWS treats a null member like an absent one; its own samples send many. A null inside a list stays, and is refused. */
export const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNulls(member)]),
  );
};

const wrongType = (path: Path, expected: string): never => {
  throw serializationException(`Value at '${placeInMessage(path)}' is not of the expected type: ${expected}.`);
};

const explain = (issue: z.core.$ZodIssue, body: unknown): Problem => {
  const failed = (code: Problem['Code'], says: string): Problem =>
    problem(
      fieldName(issue.path),
      code,
      `Value at '${placeInMessage(issue.path)}' failed to satisfy constraint: ${says}`,
    );
  const value = valueAt(body, issue.path);
  if (value === undefined) return failed('REQUIRED_FIELD_MISSING', 'Member must not be null');
  switch (issue.code) {
    case 'custom': {
      const { code, says } = issue.params as unknown as ConstraintParams;
      return failed(code, says);
    }
    case 'invalid_value':
      if (typeof value !== 'string') return wrongType(issue.path, 'string');
      return failed('INVALID_ENUM_VALUE', `Member must satisfy enum value set: [${issue.values.join(', ')}]`);
    case 'too_big':
      return issue.origin === 'array'
        ? failed('TOO_MANY_VALUES', `Member must have length less than or equal to ${issue.maximum}`)
        : failed('VALUE_OUT_OF_RANGE', `Member must be less than or equal to ${issue.maximum}`);
    case 'too_small':
      return issue.origin === 'array'
        ? failed('NOT_ENOUGH_VALUES', `Member must have length greater than or equal to ${issue.minimum}`)
        : failed('VALUE_OUT_OF_RANGE', `Member must be greater than or equal to ${issue.minimum}`);
    case 'invalid_type':
      return wrongType(issue.path, issue.expected);
    default:
      return failed('INVALID_VALUE', issue.message);
  }
};

/**
 * Reads a request body as AWS's protocol and validation layers do.
 * @throws {AceError} SerializationException for a wrong JSON type, ValidationException (REQUEST_VALIDATION_FAILED) naming
 * every broken member otherwise.
 */
export const parseRequest = <Name extends OperationName>(operation: Name, body: unknown): RequestOf<Name> => {
  const given = withoutNulls(body);
  const read = requestShapes[operation].safeParse(given);
  if (!read.success)
    throw validationException(
      'REQUEST_VALIDATION_FAILED',
      read.error.issues.map((issue) => explain(issue, given)),
    );
  return read.data as RequestOf<Name>;
};
