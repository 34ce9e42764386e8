import { fivePartTest } from '../../domain/decisions/five-part-test.ts';
import type { FivePartResult, Proposal } from '../../domain/decisions/proposal.ts';
import { type Course, courseOf } from '../../domain/guardrails/autonomy.ts';
import type { JudgeFacts } from '../../domain/guardrails/guardrail.ts';
import { killScopes } from '../../domain/guardrails/policies/kill-switch.ts';
import type { Verdict } from '../../domain/guardrails/verdict.ts';
import type { ApprovalBook, OpenApprovals } from '../../ports/approval-book/approval-book.ts';
import type { DecisionLedger, LedgerEntryInput } from '../../ports/decision-ledger/decision-ledger.ts';
import { judgeProposal } from '../compliance/judge-proposal.ts';
import { placeInDay } from '../compliance/place-in-day.ts';
import type { RuleList } from '../compliance/rule-list.ts';
import { decisionEntries, decisionHash, type DecisionFrame } from './decision-entries.ts';
import { type Dispatch, dispatchEffects, type DispatchPorts, type DispatchResult } from './dispatch-effects.ts';

/** A proposal on its way: judged, recorded, and done when it may be. */
export interface Decision {
  readonly proposal: Proposal;
  readonly frame: DecisionFrame;
  readonly facts: JudgeFacts;
  /** The rules of its function; null where there are none, and then it is denied. */
  readonly rules: RuleList | null;
  /** The record that tells the person what came of it. */
  readonly outcomeTo: string;
  readonly dispatch: Pick<Dispatch, 'claim' | 'identity' | 'textsRead' | 'place' | 'cautious' | 'maxWaitMs' | 'onDone'>;
  /** Hears the verdict before anything is sent, so that the record may say so meanwhile. */
  readonly onJudged: (judged: Judged) => void;
  /** What is to be asked of whom before it may be done, and which earlier questions this verdict makes void. */
  readonly ask: (judged: Judged, course: Course) => Promise<Questions>;
}

export interface Questions extends Pick<OpenApprovals, 'open' | 'close'> {
  /** What the ledger says of decisions that waited, and whose place this one takes. */
  readonly ended: readonly LedgerEntryInput[];
}

export interface Judged {
  readonly verdict: Verdict;
  readonly fiveParts: readonly FivePartResult[];
  readonly hash: string;
}

export type DecisionResult =
  | (DispatchResult & { readonly judged: Judged })
  | { readonly kind: 'denied' | 'needs-approval'; readonly judged: Judged };

/**
 * One path for every function: propose, judge, record, act. What may not be done is recorded too, and nothing is sent
 * before facts, proposal and verdict are durable (they go into the same transaction as the first effect's intention).
 */
export const runDecision = async (
  decision: Decision,
  ports: DispatchPorts & { readonly ledger: DecisionLedger; readonly approvals: ApprovalBook },
): Promise<DecisionResult> => {
  const { proposal, frame, facts, rules, outcomeTo } = decision;
  ports.trace('before-judged');
  const verdict = judgeProposal(proposal, rules, facts);
  const fiveParts = fivePartTest(proposal, verdict, { recorded: true, outcomeTo });
  const own = decisionEntries(frame, proposal, facts, verdict, fiveParts);
  const judged: Judged = { verdict, fiveParts, hash: decisionHash(frame, proposal, verdict) };
  const course = courseOf(verdict, facts.mode, fiveParts);
  ports.trace('after-judged');
  const { open, close, ended } = await decision.ask(judged, course);
  const entries = [...own, ...ended];
  if (course !== 'act') {
    if (open.length + close.length === 0) await ports.ledger.append(entries);
    else if (!(await ports.approvals.open({ claim: decision.dispatch.claim(), entries, open, close })))
      return { kind: 'stopped', why: 'claim-lost', judged };
    ports.trace('after-not-allowed-recorded');
    return { kind: course === 'wait' ? 'needs-approval' : 'denied', judged };
  }
  if (close.length > 0 && !(await ports.approvals.open({ claim: decision.dispatch.claim(), entries: [], open, close })))
    return { kind: 'stopped', why: 'claim-lost', judged };
  decision.onJudged(judged);
  const result = await dispatchEffects(
    {
      ...decision.dispatch,
      frame,
      actor: `agent:${proposal.function}`,
      scopes: killScopes(proposal),
      planned: proposal.effects,
      day: placeInDay(proposal, facts, verdict),
      before: entries,
    },
    ports,
  );
  return { ...result, judged };
};
