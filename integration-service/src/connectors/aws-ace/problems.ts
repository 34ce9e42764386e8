import type { z } from 'zod';
import type { FieldProblem } from '../../domain/decisions/effect.ts';
import { broken, ok, type Result } from '../../domain/values/result.ts';
import { DEFAULT_MAPPING } from './default-mapping.ts';

const labels = new Map(DEFAULT_MAPPING.map(({ target, label }) => [target, label]));

/** What people call a target: the mapping's label, else its last word. */
export const labelOf = (target: string): string =>
  labels.get(target) ??
  (target.split('.').at(-1) ?? target).replace(/([a-z])([A-Z])/g, (_, left: string, right: string) =>
    [left, right.toLowerCase()].join(' '),
  );

/** A problem with one target, in words: label, what is wrong, what to do. */
export const problemWith = (target: string, code: string, what: string): FieldProblem => ({
  target,
  code,
  message: `${labelOf(target)} ${what}`,
});

/** The target of a path into a request: list positions do not count (`Customer.Contacts.Email`). */
export const targetOf = (path: readonly PropertyKey[]): string =>
  path.filter((step) => typeof step === 'string' && !/^\d+$/.test(step)).join('.');

/** A value in the form of a schema, or what is wrong with it. */
export const checked = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): Result<z.infer<Schema>, readonly FieldProblem[]> => {
  // With its input an issue tells a missing value from a wrong one.
  const parsed = schema.safeParse(value, { reportInput: true });
  return parsed.success ? ok(parsed.data) : broken(problemsOf(parsed.error));
};

/** What a schema found, in AWS's codes and our words, each target once. */
const problemsOf = (error: z.ZodError): readonly FieldProblem[] => {
  const found = error.issues.flatMap((issue): FieldProblem[] => {
    const target = targetOf(issue.path);
    switch (issue.code) {
      case 'invalid_type':
        return issue.input === undefined
          ? [problemWith(target, 'REQUIRED_FIELD_MISSING', 'is missing. AWS needs a value here.')]
          : [problemWith(target, 'INVALID_VALUE', `must be ${article(issue.expected)}.`)];
      case 'invalid_value':
        return issue.input === undefined
          ? [problemWith(target, 'REQUIRED_FIELD_MISSING', 'is missing. AWS needs a value here.')]
          : [problemWith(target, 'INVALID_ENUM_VALUE', `must be ${oneOf(issue.values)}.`)];
      case 'unrecognized_keys':
        return issue.keys.map((key) =>
          problemWith(targetOf([...issue.path, key]), 'INVALID_VALUE', 'is not a field that AWS has. Leave it out.'),
        );
      case 'too_big':
        return [
          problemWith(
            target,
            issue.origin === 'array' ? 'TOO_MANY_VALUES' : 'INVALID_STRING_FORMAT',
            `${issue.message}.`,
          ),
        ];
      case 'too_small':
        return [
          problemWith(
            target,
            issue.origin === 'array' ? 'NOT_ENOUGH_VALUES' : 'INVALID_STRING_FORMAT',
            `${issue.message}.`,
          ),
        ];
      default:
        return [problemWith(target, 'INVALID_STRING_FORMAT', `${issue.message}.`)];
    }
  });
  return found.filter(({ target }, index) => found.findIndex((other) => other.target === target) === index);
};

const article = (type: string): string => (type === 'array' ? 'a list' : `a ${type}`);

const oneOf = (values: readonly unknown[]): string =>
  values.length > 12 ? 'one of AWS’s values' : `one of: ${values.map(String).join('; ')}`;
