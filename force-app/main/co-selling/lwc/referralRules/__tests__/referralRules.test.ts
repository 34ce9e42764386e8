import { describe, expect, test } from '@jest/globals';
import { ruleWords } from 'c/referralRules';
import { RULE_SHAPES } from 'c/ruleShapes';

/** All that the service judges by: a test of the service compares them with its catalogue. */
const RULES = RULE_SHAPES.map(({ id }) => id);

describe("the company's rules in the seller's words", () => {
  test('are those that the service judges by', () => {
    expect(RULES.length).toBeGreaterThanOrEqual(24);
  });

  test.each([...RULES, 'five-part-test'])('%s has words of its own', (rule) => {
    expect(ruleWords(rule)).not.toBe(rule);
    expect(ruleWords(rule)).toMatch(/^[A-Z].*[^.]$/);
  });

  test('no two have the same', () => {
    expect(new Set(RULES.map(ruleWords)).size).toBe(RULES.length);
  });

  test('a rule that is newer than this page is called by its name', () => {
    expect(ruleWords('never-heard-of')).toBe('never-heard-of');
  });
});
