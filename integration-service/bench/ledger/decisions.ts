import type { DecisionFrame } from '../../src/agents/orchestration/decision-entries.ts';
import { decisionEntries } from '../../src/agents/orchestration/decision-entries.ts';
import { fivePartTest } from '../../src/domain/decisions/five-part-test.ts';
import type { Proposal } from '../../src/domain/decisions/proposal.ts';
import { GUARDRAILS } from '../../src/domain/guardrails/catalogue.ts';
import { compileJudge } from '../../src/domain/guardrails/evaluate.ts';
import type { LedgerEntryInput } from '../../src/ports/decision-ledger/decision-ledger.ts';
import { guardrailCases, policies } from '../guardrails/cases.ts';
import { benchOrg } from './ledger-room.ts';

const cases = guardrailCases(200);
const judge = compileJudge(GUARDRAILS, policies);
const verdicts = cases.map(({ proposal, facts }) => judge(proposal, facts));

/** A decision's three entries as the service records them: facts, proposal, verdict with its record; values sealed. */
export const entriesOfDecision = (index: number, org = benchOrg): readonly LedgerEntryInput[] => {
  const one = cases[index % cases.length];
  const verdict = verdicts[index % cases.length];
  if (!one || !verdict) throw new Error('the bench has no cases');
  const { proposal, facts } = one;
  const whole: Proposal = {
    ...proposal,
    org,
    reasons: ['The customer asked for it.'],
    disclosed: proposal.disclosed.map((value) => ({
      ...value,
      value: `value ${index}`,
      source: 'record',
      person: undefined,
    })),
    effects: proposal.effects.map((effect) => ({ ...effect, body: {}, personal: [] })),
    facts: proposal.facts.map((fact) => ({
      ...fact,
      source: 'record',
      personal: true,
      value: { Amount: index, Name: `Deal ${index}` },
    })),
  } as unknown as Proposal;
  const frame: DecisionFrame = {
    org,
    decision: `decision-${index}`,
    partner: proposal.partner,
    at: facts.now,
    subject: `deal:${index % 500}`,
  };
  return decisionEntries(
    frame,
    whole,
    facts,
    verdict,
    fivePartTest(whole, verdict, { recorded: true, outcomeTo: 'Referral__c' }),
  );
};
