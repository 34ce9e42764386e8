import { isFiled, isWithPartner } from '../../domain/referrals/referral.ts';
import { correctReferral } from '../../functions/co-selling/correct-referral.ts';
import { referToPartner } from '../../functions/co-selling/refer-to-partner.ts';
import type { PartnerPortal } from '../../ports/partner-portal/partner-portal.ts';
import { isReferralKind } from '../../ports/crm/request-kind.ts';
import { runGovernance } from '../governance/run-governance.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import type { Gathered } from './gather-context.ts';
import { gatherContext } from './gather-context.ts';
import { backoffMs, type Handled, type HeldWork } from './held-work.ts';
import { ReferralTurn } from './referral-turn.ts';
import { requestPayload } from './request-payload.ts';
import { RecordWriter } from './record-writer.ts';

/** Does one `Request__c`. However that ends, nothing of it writes afterwards: the claim may be another worker's by then. */
export const runRequest = async (held: HeldWork, org: OrgRuntime): Promise<Handled> => {
  let over = false;
  try {
    return await takeTurn({ ...held, mayWrite: () => !over && held.mayWrite() }, org);
  } finally {
    over = true;
  }
};

/** Refer, answer, retry or correct, or what is not about a referral. The only place that knows which use case answers which. */
const takeTurn = async (held: HeldWork, org: OrgRuntime): Promise<Handled> => {
  const { work } = held;
  const hint = requestPayload.parse(work.payload);
  const opportunityId = hint.opportunityId ?? (isDeal(work.deal) ? work.deal : null);
  if (opportunityId === null) return findDeal(held, org);
  org.trace('before-gathered');
  const gathered = await gatherContext(org, held, { ...hint, opportunityId });
  org.trace('after-gathered');
  if (!gathered.ok) {
    const why = gathered.error;
    if (why.kind === 'nothing') return { state: 'done', note: why.note };
    if (why.kind === 'unseen') return lookAgain(held, org);
    if (why.kind === 'no-referral') return runGovernance(held, org, why.request);
    if (why.kind === 'refused') return refuse(held, org, why.message);
    return { state: 'again', inMs: why.error.retryAfterMs ?? backoffMs(work.attempts), note: why.error.message };
  }
  const facts = gathered.value;
  const portal = org.portals.get(facts.partner.network);
  if (!portal) return refuse(held, org, `${facts.partner.name} cannot be reached through a network yet.`);
  const filed = facts.existing.find(({ networkId, state }) => networkId !== null && isFiled(state));
  // Answered before: by a service whose database was set back since, or before a worker that came too late wrote over it.
  const answered = facts.request.state === 'done' || (facts.request.kind !== 'correct' && isWithPartner(filed?.state));
  if (answered && filed) return new ReferralTurn(held, org, facts, portal, filed).meet();
  return facts.request.kind === 'correct' ? correct(held, org, facts, portal) : refer(held, org, facts, portal);
};

/** Refers the deal as it is now, whoever or whatever gave the occasion. */
export const refer = async (
  held: HeldWork,
  org: OrgRuntime,
  facts: Gathered,
  portal: PartnerPortal,
): Promise<Handled> => {
  const solutions = await org.solutions(portal.network);
  org.trace('after-solutions');
  const now = org.clock.now();
  const outcome = referToPartner(
    {
      ...facts.context,
      now,
      deal: {
        value: facts.deal,
        readAt: facts.dealReadAt,
        source: `salesforce:Opportunity/${String(facts.deal.Opportunity.Id)}`,
      },
      existing: facts.existing,
      solutions: { ...solutions, source: `${portal.network}:ListSolutions` },
    },
    portal,
  );
  org.trace('after-drafted');
  switch (outcome.kind) {
    case 'refused':
      return refuse(held, org, outcome.problems.map(({ message }) => message).join(' '));
    case 'already-open':
      return new ReferralTurn(held, org, facts, portal, outcome.referral).meet();
    case 'questions':
      return new ReferralTurn(held, org, facts, portal, identityOf(outcome)).ask(outcome);
    case 'proposal':
      return new ReferralTurn(held, org, facts, portal, identityOf(outcome)).file(outcome);
  }
};

/** Sends what was corrected, whatever gave the occasion. */
export const correct = async (
  held: HeldWork,
  org: OrgRuntime,
  facts: Gathered,
  portal: PartnerPortal,
): Promise<Handled> => {
  const latest = facts.existing.find(({ networkId, state }) => networkId !== null && isFiled(state));
  if (!latest?.networkId) return refuse(held, org, 'There is no referral under review that could be corrected.');
  const turn = new ReferralTurn(held, org, facts, portal, latest);
  const resumed = await turn.resume();
  if (resumed) return resumed;
  const current = await portal.read(latest.networkId);
  org.trace('after-current-read');
  if (!current.ok) {
    const { error } = current;
    if (error.retry === 'never') return refuse(held, org, error.message);
    return { state: 'again', inMs: error.retryAfterMs ?? backoffMs(held.work.attempts), note: error.message };
  }
  const readAt = org.clock.now();
  const outcome = correctReferral(
    {
      ...facts.context,
      now: readAt,
      referralKey: latest.key,
      current: { value: current.value, readAt, source: `${portal.network}:GetOpportunity/${latest.networkId}` },
      deal: {
        value: facts.deal,
        readAt: facts.dealReadAt,
        source: `salesforce:Opportunity/${String(facts.deal.Opportunity.Id)}`,
      },
    },
    portal,
  );
  if (outcome.kind === 'refused') return refuse(held, org, outcome.problems.map(({ message }) => message).join(' '));
  return outcome.kind === 'questions' ? turn.askAgain(outcome.questions) : turn.amend(outcome, current.value);
};

const identityOf = ({ referralKey, attempt }: { readonly referralKey: string; readonly attempt: number }) => ({
  key: referralKey,
  attempt,
});

/**
 * A request that names no deal: it is about none, or about a referral, whose deal is read, and the row goes where that
 * deal's work is done.
 */
const findDeal = async (held: HeldWork, org: OrgRuntime): Promise<Handled> => {
  const read = await org.crm.readRequest(held.work.target);
  if (!read.ok) return { state: 'again', inMs: backoffMs(held.work.attempts), note: read.error.message };
  if (!read.value) return lookAgain(held, org);
  if (!isReferralKind(read.value.kind)) return runGovernance(held, org, read.value);
  if (!read.value.opportunityId) return refuse(held, org, 'The request names neither a deal nor a referral.');
  return { state: 'other-deal', deal: read.value.opportunityId };
};

/** A row that was moved to its deal (`other-deal`) carries the deal's id; ids of opportunities begin with 006. */
const isDeal = (id: string): boolean => id.startsWith('006');

/** Looks for a request that cannot be seen: about eight minutes. */
const looks = 8;

/**
 * The org told of a request and does not show it: it is deleted, or the service's rights are away for a while. It is
 * looked for again, and after that by the sweep, which wakes the row once the org shows the request as not ended.
 */
const lookAgain = ({ work }: HeldWork, org: OrgRuntime): Handled => {
  const note = 'the request is gone, or the service may not see it: "tandem doctor" tells which right is missing';
  org.log.warn({ correlation: work.correlation, request: work.target, attempts: work.attempts }, note);
  return work.attempts >= looks ? { state: 'done', note } : { state: 'again', inMs: backoffMs(work.attempts), note };
};

/** Says no on the request itself; there is no referral to say it on, or nothing of it changes. */
const refuse = async (held: HeldWork, org: OrgRuntime, message: string): Promise<Handled> => {
  const writer = new RecordWriter(org.crm, null, undefined, held.mayWrite);
  writer.post({ request: { id: held.work.target, state: 'refused', message } });
  const error = await writer.flush();
  if (!held.mayWrite()) return { state: 'lost' };
  if (error && error.retry === 'safe')
    return { state: 'again', inMs: backoffMs(held.work.attempts), note: error.message };
  return { state: 'refused', note: message };
};
