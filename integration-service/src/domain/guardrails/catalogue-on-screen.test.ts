import { describe, expect, test } from '@jest/globals';
import {
  isReadable,
  RULE_SHAPES,
  slotsOf,
  valueOf,
  withValue,
} from '../../../../force-app/main/guardrails/lwc/ruleShapes/ruleShapes.ts';
import { GUARDRAILS } from './catalogue.ts';
import { DEFAULT_POLICIES } from './default-policies.ts';

describe('the rules as the guardrails page knows them', () => {
  test('are those of the catalogue, in its order', () => {
    expect(RULE_SHAPES.map(({ id }) => id)).toEqual(GUARDRAILS.map(({ id }) => id));
  });

  test.each(GUARDRAILS.map((rule) => [rule.id, rule] as const))('%s begins with its own numbers', (id, rule) => {
    const shape = RULE_SHAPES.find((one) => one.id === id);
    expect(shape?.start).toEqual(rule.startingPoint ?? {});
    expect(Object.keys(shape?.slots ?? {}).length === 0).toBe(rule.settings === null);
  });

  test.each(RULE_SHAPES.map((shape) => [shape.id, shape] as const))(
    '%s shows or keeps all of its numbers',
    (_id, shape) => {
      const known = [...Object.keys(shape.slots), ...(shape.kept ?? [])];
      expect(known.sort()).toEqual(Object.keys(shape.start).sort());
      expect(isReadable(shape, shape.start)).toBe(true);
    },
  );

  test('whatever Tandem is delivered with can be shown, and changed number by number', () => {
    for (const { rule, settings } of DEFAULT_POLICIES) {
      const shape = RULE_SHAPES.find(({ id }) => id === rule);
      expect(shape !== undefined && isReadable(shape, settings)).toBe(true);
      const slots = shape === undefined ? {} : slotsOf(shape, settings);
      const places = Object.keys(slots).map((slot) => slot.split('.')[0] ?? '');
      expect(Object.keys(settings).filter((name) => ![...places, ...(shape?.kept ?? [])].includes(name))).toEqual([]);
      const same = Object.keys(slots).reduce<Readonly<Record<string, unknown>>>(
        (kept, slot) => withValue(kept, slot, valueOf(kept, slot)),
        settings,
      );
      expect(same).toEqual(settings);
    }
    const freshness = RULE_SHAPES.find(({ id }) => id === 'freshness');
    expect(Object.keys(slotsOf(freshness ?? { id: '', slots: {}, start: {} }, { byFact: { mapping: 900 } }))).toContain(
      'byFact.mapping',
    );
  });
});
