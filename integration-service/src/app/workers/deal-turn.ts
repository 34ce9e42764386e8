import type { ReferralLink } from '../../infrastructure/database/referral-links.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { gatherContext, type Gathered } from './gather-context.ts';
import { backoffMs, type Handled, type HeldWork } from './held-work.ts';
import { dealPayload, type DealPayload } from './request-payload.ts';
import { refer } from './request-turn.ts';

/**
 * A deal was changed: its referrals follow its owner, and those that wait for answers go on, in the name of whoever asked for them and as the very
 * request that asked. What that person filled in themselves they have seen; what somebody else did waits for their yes.
 */
export const runDealChange = async (held: HeldWork, org: OrgRuntime): Promise<Handled> => {
  const change = dealPayload.parse(held.work.payload);
  if (change.fields === null || change.fields.includes('OwnerId')) {
    const again = await followOwner(held, org);
    if (again) return again;
  }
  const waiting = latestOf(held.links).filter(
    ({ state, requestId }) => state === 'needs-answers' && requestId !== null,
  );
  let handled: Handled = { state: 'done', note: 'no referral of this deal waits for answers' };
  for (const link of waiting) {
    handled = await goOn(held, org, link, change);
    if (handled.state === 'lost' || handled.state === 'again') return handled;
  }
  // The change was looked at, whatever became of the referral: the record says that.
  return handled.state === 'refused' ? { state: 'done', ...(handled.note ? { note: handled.note } : {}) } : handled;
};

/** The deal has another owner: its referrals, with what they hold of the customer, go with it. Null when that is done. */
const followOwner = async ({ work }: HeldWork, org: OrgRuntime): Promise<Handled | null> => {
  const given = await org.crm.giveToDealOwner(work.deal);
  if (!given.ok)
    return given.error.retry === 'safe'
      ? { state: 'again', inMs: given.error.retryAfterMs ?? backoffMs(work.attempts), note: given.error.message }
      : { state: 'dead', note: given.error.message };
  for (const { key, problem } of given.value)
    org.log.warn({ referral: key, problem }, 'a referral could not be given to the owner of its deal');
  return null;
};

/** The latest attempt at each partner; links come newest first. */
const latestOf = (links: readonly ReferralLink[]): readonly ReferralLink[] =>
  links.filter(({ partner }, index) => links.findIndex((one) => one.partner === partner) === index);

const goOn = async (held: HeldWork, org: OrgRuntime, link: ReferralLink, change: DealPayload): Promise<Handled> => {
  const { work } = held;
  const asked: HeldWork = {
    ...held,
    work: { ...work, target: link.requestId ?? '', correlation: link.correlation },
    links: held.links,
  };
  const hint = { opportunityId: work.deal, partnerId: null, requestedBy: link.shown?.by ?? null, again: true };
  const gathered = await gatherContext(org, asked, hint);
  if (!gathered.ok) {
    const why = gathered.error;
    if (why.kind === 'unseen') return { state: 'done', note: 'the request is gone' };
    if (why.kind === 'no-referral') return { state: 'done', note: 'the request is not about a referral' };
    if (why.kind !== 'later') return { state: 'done', note: why.kind === 'nothing' ? why.note : why.message };
    return { state: 'again', inMs: why.error.retryAfterMs ?? backoffMs(work.attempts), note: why.error.message };
  }
  const portal = org.portals.get(gathered.value.partner.network);
  if (!portal) return { state: 'done', note: 'the partner has no network any more' };
  return refer(asked, org, filledInBy(gathered.value, change), portal);
};

/** What the person who asked has just typed into the deal or its account they have seen. */
const filledInBy = (facts: Gathered, { by, fields }: DealPayload): Gathered => {
  const { context } = facts;
  const { request } = context;
  if (by === null || by !== request.requestedBy || fields === null) return facts;
  const typed = fields.map((field) => `Opportunity.${field}`);
  return { ...facts, context: { ...context, request: { ...request, typed } } };
};
