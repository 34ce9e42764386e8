import { describe, expect, test } from '@jest/globals';
import { goodPolicies } from '../../../test/support/guardrail-case.ts';
import { brokenOnce, recordedDecision } from '../../../test/support/recorded-decisions.ts';
import { CATALOGUE, GUARDRAILS } from '../guardrails/catalogue.ts';
import { compileJudge } from '../guardrails/evaluate.ts';
import type { JudgedProposal, JudgeFacts } from '../guardrails/guardrail.ts';
import { partReaderFor } from './decision-part.ts';

const decisions = brokenOnce.map((differences, index) => recordedDecision(`d${index}`, differences));

describe('a part of a recorded decision', () => {
  test.each(GUARDRAILS.map((guardrail) => [guardrail.id, guardrail] as const))(
    'tells %s all that it looks at',
    (id, guardrail) => {
      const judge = compileJudge([guardrail], goodPolicies);
      const read = partReaderFor([id], CATALOGUE);
      for (const decision of decisions) {
        const part = read(JSON.parse(JSON.stringify(decision)));
        if (!part.ok) throw new Error(part.error.what.join(', '));
        const { proposal, facts, verdict } = part.value;
        expect(judge(proposal as JudgedProposal, facts as JudgeFacts)).toEqual(
          judge(decision.proposal, decision.facts),
        );
        expect(verdict.answer).toBe(decision.verdict.answer);
        expect(verdict.judgements.map(({ rule, reason }) => [rule, reason])).toEqual(
          decision.verdict.judgements.map(({ rule, reason }) => [rule, reason]),
        );
      }
    },
  );

  test('leaves out what no rule of it looks at', () => {
    const part = partReaderFor(['discount-bands'], CATALOGUE)(decisions[0]);
    expect(part.ok && Object.keys(part.value.facts).sort()).toEqual(
      expect.arrayContaining(['now', 'policies', 'quote']),
    );
    expect(part.ok && part.value).not.toMatchObject({ facts: { grant: expect.anything() } });
    expect(part.ok && part.value.proposal).toEqual({
      function: 'co-selling',
      useCase: decisions[0]?.proposal.useCase,
      subject: decisions[0]?.proposal.subject,
      partner: 'aws',
      requestedBy: decisions[0]?.proposal.requestedBy,
    });
  });

  test('says what it lacks, and what of that was erased', () => {
    const read = partReaderFor(['discount-bands'], CATALOGUE);
    const [whole] = decisions;
    expect(read({ ...whole, facts: { ...whole?.facts, quote: { lines: 'many' } } })).toMatchObject({
      ok: false,
      error: { kind: 'unreadable', what: ['facts.quote.lines'] },
    });
    const erased = { commitment: 'a'.repeat(64), erased: true };
    expect(read({ ...whole, facts: { ...whole?.facts, quote: erased } })).toMatchObject({
      ok: false,
      error: { kind: 'erased', what: ['facts.quote'] },
    });
  });
});
