import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { checked } from './problems.ts';
import {
  associateOpportunityRequest,
  createOpportunityRequest,
  startEngagementRequest,
  updateOpportunityRequest,
} from './wire.ts';

/**
 * Compares our schemas with AWS's API model, member by member: for each constraint of the model a value that keeps it
 * and one that breaks it. The model is not part of this project; where it is not at hand the comparison is skipped.
 */
const MODEL = new URL(
  '../../../../../shared/ace/models/partnercentral-selling.2022-07-26.service-2.json',
  import.meta.url,
);

interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly required?: readonly string[];
  readonly member?: { readonly shape: string };
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

interface Case {
  readonly path: readonly (string | number)[];
  readonly says: string;
  readonly value: unknown;
  readonly accepted: boolean;
}

const requests: readonly [name: string, schema: z.ZodType][] = [
  ['CreateOpportunityRequest', createOpportunityRequest],
  ['UpdateOpportunityRequest', updateOpportunityRequest],
  ['AssociateOpportunityRequest', associateOpportunityRequest],
  ['StartEngagementFromOpportunityTaskRequest', startEngagementRequest],
];

/** A value for each pattern that is not a mere length: found by trying, checked against the pattern itself. */
const samples = [
  'O1234567',
  '2027-06-30',
  '2027-06-30T00:00:00Z',
  '12500.50',
  'kim@example.com',
  '+14155550123',
  '123456789',
  '123456789012',
  'https://calculator.aws/#/estimate?id=0123456789abcdef0123456789abcdef',
  'Sandbox',
  'Twenty characters at least.',
];

/** Strings that break patterns: empty, too long, another form. */
const breakers = ['', 'x', 'ABC@EXAMPLE.COM', '12,5', 'x'.repeat(81), 'x'.repeat(256), 'x'.repeat(2001), '\n', '*'];

const javascriptOf = (pattern: string): RegExp => {
  const dotAll = pattern.startsWith('(?s)');
  return new RegExp(`^(?:${dotAll ? pattern.slice(4) : pattern})$`, dotAll ? 'su' : 'u');
};

const model = existsSync(MODEL)
  ? (JSON.parse(readFileSync(MODEL, 'utf8')) as { shapes: Readonly<Record<string, Shape>> }).shapes
  : null;

const shapeOf = (name: string): Shape => {
  const shape = model?.[name];
  if (shape === undefined) throw new Error(`the model has no shape ${name}`);
  return shape;
};

/** A whole value of a shape, every member filled, that keeps every constraint. */
const fill = (name: string): unknown => {
  const shape = shapeOf(name);
  switch (shape.type) {
    case 'structure':
      return Object.fromEntries(Object.entries(shape.members ?? {}).map(([key, { shape: of }]) => [key, fill(of)]));
    case 'list':
      return [fill(shape.member?.shape ?? '')];
    case 'timestamp':
      return '2027-06-30T00:00:00Z';
    default:
      if (shape.enum) return shape.enum[0];
      return shape.pattern === undefined
        ? 'text'
        : samples.find((sample) => javascriptOf(shape.pattern ?? '').test(sample));
  }
};

const casesOf = (name: string, path: readonly (string | number)[]): Case[] => {
  const shape = shapeOf(name);
  if (shape.type === 'structure')
    return Object.entries(shape.members ?? {}).flatMap(([key, { shape: of }]) => [
      { path: [...path, key], says: 'absent', value: undefined, accepted: !(shape.required ?? []).includes(key) },
      ...casesOf(of, [...path, key]),
    ]);
  if (shape.type === 'list') {
    const of = shape.member?.shape ?? '';
    const many = (count: number): unknown[] => Array.from({ length: count }, () => fill(of));
    return [
      ...(shape.max === undefined
        ? []
        : [
            { path, says: `${shape.max} entries`, value: many(shape.max), accepted: true },
            { path, says: `${shape.max + 1} entries`, value: many(shape.max + 1), accepted: false },
          ]),
      { path, says: 'no entry', value: [], accepted: (shape.min ?? 0) === 0 },
      ...casesOf(of, [...path, 0]),
    ];
  }
  if (shape.enum)
    return [
      ...shape.enum.map((value) => ({ path, says: value, value, accepted: true })),
      { path, says: 'another value', value: 'Something Else', accepted: false },
      { path, says: 'a number', value: 7, accepted: false },
    ];
  if (shape.pattern !== undefined) {
    const pattern = javascriptOf(shape.pattern);
    return [...samples, ...breakers, '😀'.repeat(64), '😀'.repeat(255)].map((value) => ({
      path,
      says: `${JSON.stringify(value.slice(0, 30))} (${value.length})`,
      value,
      accepted: pattern.test(value),
    }));
  }
  return [{ path, says: 'a number', value: 7, accepted: false }];
};

const withValue = (body: unknown, path: readonly (string | number)[], value: unknown): unknown => {
  const copy = structuredClone(body) as Record<string | number, unknown>;
  let place = copy;
  for (const step of path.slice(0, -1)) place = place[step] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(place, last);
  else place[last] = value;
  return copy;
};

if (model === null) console.warn(`skipped: the comparison with AWS's API model, which is not at ${MODEL.pathname}`);

(model === null ? describe.skip : describe)('our requests against AWS’s API model', () => {
  test.each(requests)('%s: every constraint of every member, kept and broken', (name, schema) => {
    const whole = fill(name);
    expect(checked(schema, whole)).toMatchObject({ ok: true });
    const cases = casesOf(name, []);
    const wrong = cases.flatMap(({ path, says, value, accepted }) => {
      const result = checked(schema, withValue(whole, path, value));
      if (result.ok !== accepted)
        return [`${path.join('.')} ${says}: ${accepted ? 'must be taken' : 'must be refused'}`];
      const target = path.filter((step) => typeof step === 'string').join('.');
      return result.ok || result.error.some((problem) => problem.target === target)
        ? []
        : [`${path.join('.')} ${says}: refused, but not by its name`];
    });
    expect(cases.length).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
  });

  test.each(requests)('%s: a member the model does not have is refused by its name', (_name, schema) => {
    const result = checked(schema, { Surprise: 1 });
    expect(result.ok ? [] : result.error.map(({ target }) => target)).toContain('Surprise');
  });
});
