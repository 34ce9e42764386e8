import type { Verdict } from '../guardrails/verdict.ts';
import type { FivePartResult, Proposal } from './proposal.ts';

/** What is known of an action besides its proposal and verdict. */
export interface ActionRecord {
  /** The ledger entries of facts, proposal and verdict are durable. */
  readonly recorded: boolean;
  /** The record the outcome is written to (`Referral__c`), or null when nobody would learn of it. */
  readonly outcomeTo: string | null;
}

/** The five-part test of an agentic action (M190–M195): five plain questions, each with the reason for its answer. */
export const fivePartTest = (
  proposal: Proposal,
  verdict: Verdict,
  { recorded, outcomeTo }: ActionRecord,
): readonly FivePartResult[] => {
  const allowed = (...rules: readonly string[]): boolean =>
    rules.every((rule) => verdict.judgements.some((judged) => judged.rule === rule && judged.answer === 'allow'));
  const reasonOf = (...rules: readonly string[]): string =>
    verdict.judgements
      .filter(({ rule, reason }) => rules.includes(rule) && reason !== '')
      .map(({ reason }) => reason)
      .join(' ') || 'Nothing judged this.';
  const deal = proposal.facts.find(({ name }) => name === 'deal');
  const answered = proposal.disclosed.every(({ sourceKind }) => sourceKind === 'person');
  const inCrm = deal?.source.startsWith('salesforce:') === true || (deal === undefined && answered);
  const fresh = allowed('freshness');
  const sanctioned = allowed('sanctioned-environment', 'data-sharing');
  return [
    {
      part: 'system-of-record',
      held: inCrm,
      why: inCrm ? 'Every fact was read from Salesforce.' : 'The deal was not read from Salesforce.',
    },
    {
      part: 'closes-the-loop',
      held: outcomeTo !== null && proposal.effects.length > 0,
      why:
        outcomeTo === null
          ? 'Nobody would learn of the outcome.'
          : 'What becomes of it is written back to this record.',
    },
    {
      part: 'live-context',
      held: fresh,
      why: fresh ? 'Every fact was read for this decision, or is younger than its limit.' : reasonOf('freshness'),
    },
    {
      part: 'sanctioned',
      held: sanctioned,
      why: sanctioned
        ? 'A grant with its evidence names the action and every field.'
        : reasonOf('sanctioned-environment', 'data-sharing'),
    },
    {
      part: 'auditable',
      held: recorded,
      why: recorded
        ? 'Facts, proposal and verdict were in the ledger before anything was sent.'
        : 'The decision is not in the ledger.',
    },
  ];
};
