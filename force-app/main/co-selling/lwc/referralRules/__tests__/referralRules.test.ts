import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ruleWords } from 'c/referralRules';

/** Where the service keeps one file for each rule; its first `id` is the rule's name. */
const POLICIES = join('integration-service', 'src', 'domain', 'guardrails', 'policies');
const RULES = readdirSync(POLICIES)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .flatMap((file) => /defineGuardrail\(\{\s*id: '([^']+)'/.exec(readFileSync(join(POLICIES, file), 'utf8'))?.[1] ?? []);

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
