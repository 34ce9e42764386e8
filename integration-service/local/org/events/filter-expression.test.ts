import { describe, expect, test } from '@jest/globals';
import { parseFilter, type EventValue } from './filter-expression.ts';

const event: Record<string, EventValue> = {
  State__c: 'new',
  Amount: 250.5,
  TandemTracked__c: true,
  CloseDate: '2026-12-31',
  CreatedDate: '2026-11-21T10:00:00.000Z',
  'ChangeEventHeader.changeType': 'UPDATE',
};
const read = (field: string): EventValue => event[field] ?? null;

describe('channel filters', () => {
  test.each([
    ["State__c = 'new'", true],
    ["State__c = 'NEW'", true],
    ["State__c != 'new'", false],
    ["State__c LIKE 'n_w'", true],
    ["State__c LIKE 'e%'", false],
    ["State__c IN ('done', 'new')", true],
    ["State__c NOT IN ('done', 'new')", false],
    ['TandemTracked__c = true', true],
    ['TandemTracked__c = FALSE', false],
    ['Amount > 250', true],
    ['Amount <= 250.5', true],
    ['CloseDate >= 2027-01-01', false],
    ['CreatedDate < 2026-11-21T11:00:00+00:00', true],
    ["ChangeEventHeader.changeType = 'UPDATE'", true],
    ["(State__c = 'done' OR Amount = 250.5) AND TandemTracked__c = true", true],
    ["NOT (State__c = 'new')", false],
    ["Missing__c = 'x'", false],
    ['Missing__c < 5', false],
    ['Missing__c = null', true],
    ["State__c = 'it\\'s'", false],
  ])('%s is %s', (text, expected) => {
    expect(parseFilter(text).matches(read)).toBe(expected);
  });

  test('the fields it reads are known, so that they can be checked against the object', () => {
    expect(parseFilter("A = 1 AND (B = 'x' OR A = 2)").fields).toEqual(['A', 'B']);
  });

  test.each([
    ["State__c = 'a' AND State__c = 'b' OR State__c = 'c'", 'need brackets'],
    ["State__c INCLUDES ('a')", 'not an operator'],
    ['State__c = new', 'single quotes'],
    ["State__c = 'new", 'cannot read'],
    ["(State__c = 'new'", 'closing bracket'],
    ["State__c = 'new' Amount", 'was not expected'],
    ['State__c =', 'ends too early'],
  ])('%s is refused: %s', (text, problem) => {
    expect(() => parseFilter(text)).toThrow(problem);
  });
});
