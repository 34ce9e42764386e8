import { type DecisionResult, type Judged, runDecision } from '../../agents/orchestration/run-decision.ts';
import type { Proposal } from '../../domain/decisions/proposal.ts';
import type { DraftValue } from '../../domain/referrals/draft.ts';
import { underWay } from '../../functions/co-selling/attempt.ts';
import type { AnswerToKeep } from '../../functions/co-selling/context.ts';
import { functionOf } from '../../functions/index.ts';
import type { ReferralWrite } from '../../ports/crm/crm.ts';
import type { PartnerPortal } from '../../ports/partner-portal/partner-portal.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { AskedApprovals } from './approvals/asked-approvals.ts';
import type { Gathered } from './gather-context.ts';
import type { HeldWork } from './held-work.ts';
import { judgedFields, standing, valueRows, withStep } from './referral-record.ts';
import { languageOf } from './situation/language.ts';
import { situationOf } from './situation/situation.ts';
import type { TurnRecord } from './turn-record.ts';

/** Longest wait for the rate budget with the deal in hand; above it the seller is told the place in line. */
const maxWaitMs = 3_000;

/** What the record shows of a proposal once it is judged. */
export interface ShownValues {
  readonly values: readonly DraftValue[];
  readonly answers: readonly AnswerToKeep[];
  readonly kept: ReferralWrite['kept'];
  /** Null for a correction: it sends a few of the values, and leaves the referral where the partner has it. */
  readonly fieldsSent: number | null;
}

interface Deciding {
  readonly held: HeldWork;
  readonly org: OrgRuntime;
  readonly facts: Gathered;
  readonly portal: PartnerPortal;
  readonly record: TurnRecord;
}

/**
 * Takes a proposal of a turn through the guardrails and, where it may be, to the partner; the record shows that it was
 * judged before anything is sent. `identity` is what the network knows the effects by. `onAsked` hears whom the turn asks
 * for a yes, before it is known whether anybody has to give one.
 */
export const decideTurn = async (
  { held, org, facts, portal, record }: Deciding,
  proposal: Proposal,
  identity: string,
  shown: ShownValues,
  onAsked: (approvals: AskedApprovals) => void,
): Promise<DecisionResult> => {
  const { partner, judge, existing } = facts;
  const now = org.clock.now();
  const ask = { org, held, facts, proposal, now };
  const situation = await situationOf(ask, identity, shown.answers);
  org.trace('after-situation');
  const { decision } = record;
  const approvals = new AskedApprovals(ask, { decision, referral: record.link.key, situation });
  onAsked(approvals);
  const result = await runDecision(
    {
      proposal,
      outcomeTo: 'Referral__c',
      rules: functionOf(proposal.function),
      facts: { ...judge, now, underWay: underWay(existing), ...situation, approvals: approvals.onFile() },
      ask: (judged, course) => approvals.open(judged, course),
      frame: { org: org.org, decision, partner: partner.key, at: now, subject: record.subject },
      dispatch: {
        claim: held.claim,
        identity,
        textsRead: languageOf(ask).read,
        place: { priority: held.work.priority, id: held.work.id },
        cautious: record.memoryMayBeYounger(),
        maxWaitMs,
        onDone: (step, answer) => record.stepDone(step, answer),
      },
      onJudged: (judged) => showJudged({ org, facts, record }, judged, shown),
    },
    { ...org, portal, monotonic: () => performance.now() },
  );
  if (result.kind === 'finished') record.endsWith(result.last);
  return result;
};

const showJudged = (
  { org, facts, record }: Pick<Deciding, 'org' | 'facts' | 'record'>,
  judged: Judged,
  { values, kept, fieldsSent }: ShownValues,
): void => {
  const at = org.clock.now();
  let { steps } = record.link;
  for (const step of ['drafted', 'checked', 'recorded'] as const) steps = withStep(steps, step, at);
  record.change({ steps });
  // A correction leaves the referral where the partner has it until it is there.
  if (fieldsSent !== null) record.writer.post({ fields: standing('filing', 'recorded', steps, { message: '', at }) });
  record.writer.post({
    fields: { ...judgedFields(judged), ...(fieldsSent === null ? {} : { fieldsSent, fieldsRekeyed: 0 }) },
    values: valueRows(values),
    // A correction sends a few of the values; a filing sends all there are.
    obsolete: fieldsSent === null ? [] : record.obsolete(values),
    kept,
    request: { id: facts.request.id, state: 'taken', message: '' },
  });
};
