import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MANAGER, NOW } from '../../../test/support/guardrail-case.ts';
import { brokenOnce, discountDecision, recordedDecision } from '../../../test/support/recorded-decisions.ts';
import { CATALOGUE } from '../guardrails/catalogue.ts';
import type { RecordedDecision } from '../replay/recorded-decision.ts';
import { broken, ok } from '../values/result.ts';
import type { PersonsAnswer, ReadAnsweredDecision } from './answered-case.ts';
import { trainingExample, trainingLines } from './training-set.ts';

const answer: PersonsAnswer = { outcome: 'approved', by: MANAGER, at: NOW };

const linesOf = async (decisions: readonly ReadAnsweredDecision[]): Promise<readonly string[]> => {
  const lines: string[] = [];
  for await (const line of trainingLines(decisions, CATALOGUE)) lines.push(line);
  return lines;
};

/** The same data with another text in the place of every text that is no instant and none of the closed words. */
const closed = new Set(
  [
    'allow',
    'needs-approval',
    'deny',
    'active',
    'revoked',
    'assisted',
    'led',
    'off',
    'partner-portal',
    'crm',
    'messaging',
  ].concat(['platform-terms', 'countersigned', 'record', 'rule', 'template', 'person', 'approved', 'rejected']),
);
const tainted = <Value>(value: Value, secret: string): Value => {
  if (typeof value === 'string')
    return (closed.has(value) || /^\d{4}-\d\d-\d\dT/.test(value) ? value : secret) as Value;
  if (Array.isArray(value)) return value.map((member: unknown) => tainted(member, secret)) as Value;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, tainted(member, secret)])) as Value;
};

describe('the training set', () => {
  test('is one line of JSON for each decision, with what was measured, judged and said', async () => {
    const lines = await linesOf([
      ok({ decision: discountDecision('a', 1_600), answer }),
      ok({ decision: discountDecision('b', 100), answer: null }),
      broken({ id: 'c', kind: 'erased', what: [] }),
    ]);
    expect(lines).toHaveLength(2);
    expect(lines.every((line) => line.endsWith('\n') && line.indexOf('\n') === line.length - 1)).toBe(true);
    const [first, second] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toMatchObject({
      form: 1,
      function: 'co-selling',
      useCase: 'refer-to-partner',
      month: '2026-11',
      mode: 'assisted',
      clicked: true,
      disclosed: { fields: 1, personal: 0, byPerson: 0, shown: 1 },
      facts: [{ name: 'deal', ageSeconds: 1 }],
      measured: { 'discount-bands': 1_600, 'batch-size': 1 },
      answer: 'needs-approval',
      person: 'approved',
    });
    expect(second).toMatchObject({ answer: 'allow', person: null });
  });

  test('holds no text of a decision but words of ours, wherever it stands', () => {
    const secrets = fc.constantFrom(
      'Jane Doe',
      'jane@example.com',
      '+1 555 0100',
      'Åsa Öberg',
      '006000000000001AAA',
      'x9-7',
    );
    fc.assert(
      fc.property(fc.constantFrom(...brokenOnce), secrets, (differences, secret) => {
        const honest = recordedDecision('d', differences);
        const spoiled = tainted<RecordedDecision>(honest, secret);
        const line = JSON.stringify(trainingExample({ decision: spoiled, answer }, CATALOGUE));
        expect(line).not.toContain(secret);
      }),
    );
  });

  test('says nothing of who, with whom and which record', () => {
    const line = JSON.stringify(
      trainingExample({ decision: discountDecision('d', 1_600, 'acme-partner'), answer }, CATALOGUE),
    );
    const { proposal } = discountDecision('d', 1_600, 'acme-partner');
    for (const gone of [proposal.requestedBy, MANAGER, proposal.subject.id, 'acme-partner', 'Customer', 'print'])
      expect(line).not.toContain(gone);
  });

  test('takes what was not looked up, or has no number, as unknown', () => {
    const decision = discountDecision('d', 1_600);
    const { quote: _quote, health: _health, ...facts } = decision.facts;
    const example = trainingExample(
      { decision: { ...decision, facts: { ...facts, grant: null, mode: null } }, answer: null },
      CATALOGUE,
    );
    expect(example).toMatchObject({ health: null, grant: null, mode: null });
    expect(example.measured).not.toHaveProperty('discount-bands');
    const blank = recordedDecision('b', { facts: { quote: { lines: [] } } });
    expect(trainingExample({ decision: blank, answer: null }, CATALOGUE).measured).toMatchObject({
      'discount-bands': null,
    });
  });
});
