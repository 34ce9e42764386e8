import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { AceError } from '../wire/errors.ts';
import { parseRequest } from './explain-problems.ts';
import { offeredOperations, requestShapes } from './requests.ts';
import type { OperationName } from './requests.ts';

/** The parts of the API model's format (`service-2.json`) that constrain input. */
interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
}
interface Model {
  readonly operations: Readonly<Record<string, { readonly input: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

const file = join(
  import.meta.dirname,
  '../../../../../../shared/ace/models/partnercentral-selling.2022-07-26.service-2.json',
);
const present = existsSync(file);
if (!present)
  process.stdout.write(`skipped: the API model is not at hand (${file}); its constraints are not compared.\n`);
const model: Model = present ? (JSON.parse(readFileSync(file, 'utf8')) as Model) : { operations: {}, shapes: {} };

const shapeOf = (name: string): Shape => {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`The API model has no shape ${name}.`);
  return shape;
};

/** Java-style patterns of the model, read as JavaScript's. */
const asRegExp = (pattern: string): RegExp => {
  const dotAll = pattern.startsWith('(?s)');
  const source = dotAll ? pattern.slice(4) : pattern;
  const flags = `${dotAll ? 's' : ''}${/\\p\{|\(\?s\)|^\.\{/.test(pattern) ? 'u' : ''}`;
  return new RegExp(`^(?:${source})$`, flags);
};

/** Strings to try on every pattern: some fit, some do not, and we must agree with the model about each. */
const strings = [
  'Sandbox',
  'O1234567',
  'S-1234567',
  'a plain sentence of some length',
  'eng-0a1b2c3d4e5f6g',
  'engi-0a1b2c3d4e5f6',
  'task-0a1b2c3d4e5f6',
  'arn:aws:partnercentral:us-east-1::catalog/Sandbox/task/task-0a1b2c3d4e5f6',
  '123456789012',
  '123456789',
  'kim@example.com',
  'Kim@Example.com',
  `${'k'.repeat(80)}@example.com`,
  '+15551234567',
  '15551234567',
  '2027-06-30',
  '2027-13-30',
  '12500.00',
  '012',
  '-1',
  '1.234',
  'https://calculator.aws/#/estimate?id=966b45503f2d8e73b62f39eb0ef82abe635db3a0',
  'https://calculator.aws/#/estimate?id=XYZ',
  '',
  'x',
  'two words!',
  'line\nbreak that is long enough for any minimum',
  'ünïcödé',
  '\u0007',
  ...[3, 4, 19, 20, 40, 64, 65, 80, 81, 120, 121, 128, 129, 255, 256, 257, 2000, 2001, 2049].map((count) =>
    'x'.repeat(count),
  ),
  '😀'.repeat(64),
  '😀'.repeat(255),
  '😀'.repeat(256),
];

const fits = (shape: Shape, value: string): boolean =>
  (shape.enum === undefined || shape.enum.includes(value)) &&
  (shape.pattern === undefined || asRegExp(shape.pattern).test(value)) &&
  (shape.min === undefined || value.length >= shape.min) &&
  (shape.max === undefined || value.length <= shape.max);

const example = (name: string): unknown => {
  const shape = shapeOf(name);
  switch (shape.type) {
    case 'structure':
      return Object.fromEntries(Object.entries(shape.members ?? {}).map(([key, { shape: of }]) => [key, example(of)]));
    case 'list':
      return Array.from({ length: Math.max(1, shape.min ?? 0) }, () => example(shape.member?.shape ?? ''));
    case 'timestamp':
      return '2026-11-02T09:00:00.000Z';
    case 'integer':
      return shape.min ?? 1;
    case 'string': {
      const value = shape.enum?.[0] ?? strings.find((each) => fits(shape, each));
      if (value === undefined) throw new Error(`No example fits ${name}: add one to the list.`);
      return value;
    }
    default:
      throw new Error(`The test does not know the model's type ${shape.type} (${name}).`);
  }
};

type Step = string | number;
interface Attempt {
  readonly what: string;
  readonly path: readonly Step[];
  readonly value: unknown;
  /** undefined: must be accepted. */
  readonly refusal: string | undefined;
}

const tried = new Set<string>();
/** All values of an enumeration where it first occurs, its ends afterwards: 168 currencies need no third look. */
const valuesToTry = (name: string, values: readonly string[]): readonly string[] => {
  if (tried.has(name)) return [...values.slice(0, 1), ...values.slice(-1)];
  tried.add(name);
  return values;
};

/** Every member below a shape, with the values that its constraints allow and forbid. */
const attemptsAt = (name: string, path: readonly Step[], required: boolean): Attempt[] => {
  const shape = shapeOf(name);
  const attempts: Attempt[] = required
    ? [{ what: 'missing', path, value: undefined, refusal: 'REQUIRED_FIELD_MISSING' }]
    : [{ what: 'null', path, value: null, refusal: undefined }];
  const add = (what: string, value: unknown, refusal: string | undefined): void => {
    attempts.push({ what, path, value, refusal });
  };
  switch (shape.type) {
    case 'structure':
      add('a string', 'x', 'SerializationException');
      return [
        ...attempts,
        ...Object.entries(shape.members ?? {}).flatMap(([key, { shape: of }]) =>
          attemptsAt(of, [...path, key], shape.required?.includes(key) ?? false),
        ),
      ];
    case 'list': {
      const of = shape.member?.shape ?? '';
      if (shape.max !== undefined)
        add(
          `${shape.max + 1} values`,
          Array.from({ length: shape.max + 1 }, () => example(of)),
          'TOO_MANY_VALUES',
        );
      if (shape.min) add('no value', [], 'NOT_ENOUGH_VALUES');
      else add('no value', [], undefined);
      add('an object', {}, 'SerializationException');
      return [...attempts, ...attemptsAt(of, [...path, 0], false).filter((each) => each.what !== 'null')];
    }
    case 'timestamp':
      add('an epoch number', 1_700_000_000, 'SerializationException');
      add('no time', 'yesterday', 'INVALID_STRING_FORMAT');
      add('nanoseconds', '2025-02-15T20:37:10.90592938Z', undefined);
      return attempts;
    case 'integer':
      add('a string', '7', 'SerializationException');
      if (shape.min !== undefined) add('below', shape.min - 1, 'VALUE_OUT_OF_RANGE');
      if (shape.max !== undefined) add('above', shape.max + 1, 'VALUE_OUT_OF_RANGE');
      if (shape.max !== undefined) add('the largest', shape.max, undefined);
      return attempts;
    default: {
      add('a number', 7, 'SerializationException');
      const refusal = shape.enum ? 'INVALID_ENUM_VALUE' : 'INVALID_STRING_FORMAT';
      for (const value of shape.enum ? ['', 'not one of them', ...valuesToTry(name, shape.enum)] : strings)
        add(JSON.stringify(value.slice(0, 40)), value, fits(shape, value) ? undefined : refusal);
      return attempts;
    }
  }
};

const withValue = (root: unknown, path: readonly Step[], value: unknown): unknown => {
  const copy = structuredClone(root);
  const last = path.at(-1) ?? '';
  let place = copy as Record<Step, unknown>;
  for (const step of path.slice(0, -1)) place = place[step] as Record<Step, unknown>;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
};

/** What `parseRequest` says: nothing, or the code and field of every problem. */
const outcome = (operation: OperationName, body: unknown): { codes: string[]; fields: (string | undefined)[] } => {
  try {
    parseRequest(operation, body);
    return { codes: [], fields: [] };
  } catch (error) {
    if (!(error instanceof AceError)) throw error;
    if (error.type === 'SerializationException') return { codes: ['SerializationException'], fields: [] };
    expect(error.members.Reason).toBe('REQUEST_VALIDATION_FAILED');
    const list = error.members.ErrorList as { Code: string; FieldName?: string }[];
    return { codes: list.map((each) => each.Code), fields: list.map((each) => each.FieldName) };
  }
};

(present ? describe : describe.skip)('the API model', () => {
  test.each(offeredOperations)('%s takes and refuses what the model does, member by member', (operation) => {
    const input = model.operations[operation]?.input.shape ?? '';
    const base = example(input);
    expect(outcome(operation, base)).toEqual({ codes: [], fields: [] });
    const attempts = Object.entries(shapeOf(input).members ?? {}).flatMap(([key, { shape }]) =>
      attemptsAt(shape, [key], shapeOf(input).required?.includes(key) ?? false),
    );
    const disagreements = attempts.flatMap((attempt) => {
      const { codes, fields } = outcome(operation, withValue(base, attempt.path, attempt.value));
      const field = attempt.path.filter((step) => typeof step === 'string').join('.');
      const wanted = attempt.refusal === undefined ? [] : [attempt.refusal];
      const agrees =
        JSON.stringify([...new Set(codes)]) === JSON.stringify(wanted) && fields.every((each) => each === field);
      return agrees ? [] : [{ field, what: attempt.what, wanted: attempt.refusal ?? 'accepted', codes, fields }];
    });
    expect(disagreements).toEqual([]);
    expect(attempts.length).toBeGreaterThan(5);
  });

  test('has no member on an offered operation that we do not read', () => {
    const names = (shape: string, path: string): string[] => {
      const { type, members, member } = shapeOf(shape);
      if (type === 'list') return names(member?.shape ?? '', path);
      if (type !== 'structure') return [path];
      return Object.entries(members ?? {}).flatMap(([key, { shape: of }]) => names(of, path ? `${path}.${key}` : key));
    };
    const kept = (value: unknown, path: string): string[] => {
      if (Array.isArray(value)) return value.flatMap((each) => kept(each, path));
      if (typeof value !== 'object' || value === null) return [path];
      return Object.entries(value).flatMap(([key, each]) => kept(each, path ? `${path}.${key}` : key));
    };
    for (const operation of offeredOperations) {
      const input = model.operations[operation]?.input.shape ?? '';
      const read = requestShapes[operation].parse(example(input));
      expect({ operation, members: [...new Set(kept(read, ''))].sort() }).toEqual({
        operation,
        members: [...new Set(names(input, ''))].sort(),
      });
    }
  });
});
