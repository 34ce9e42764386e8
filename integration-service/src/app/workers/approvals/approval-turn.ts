import { z } from 'zod';
import { isWithPartner } from '../../../domain/referrals/referral.ts';
import type { Approval } from '../../../infrastructure/database/approvals.ts';
import type { OrgRuntime } from '../../org-runtime.ts';
import { gatherContext } from '../gather-context.ts';
import { backoffMs, type Handled, type HeldWork } from '../held-work.ts';
import { ReferralTurn } from '../referral-turn.ts';
import { correlationOf } from '../request-payload.ts';
import { correct, refer } from '../request-turn.ts';
import { approvalEntry, endedEntry } from './approval-entry.ts';
import { mirrorApprovals } from './mirror-approvals.ts';

const payload = z.object({ approval: z.string() });
const rightsMaxAgeMs = 60_000;

/**
 * An answer that nobody can take back any more, or a deadline that has passed: the proposal goes on where it waited, from
 * facts that are read again, or it is stopped and the seller told by whom and why. Done again after a crash it comes to the
 * same.
 */
export const runApproval = async (held: HeldWork, org: OrgRuntime): Promise<Handled> => {
  let over = false;
  try {
    const handled = await takeTurn({ ...held, mayWrite: () => !over && held.mayWrite() }, org);
    return handled;
  } finally {
    over = true;
  }
};

const takeTurn = async (held: HeldWork, org: OrgRuntime): Promise<Handled> => {
  const { approval: key } = payload.parse(held.work.payload);
  const [approval] = await org.approvals.byKeys([key]);
  if (!approval) return { state: 'done', note: 'there is no such approval' };
  const isOver = approval.state === 'answered' && approval.final;
  if (approval.state === 'answered' && !isOver)
    return { state: 'again', inMs: 1_000, note: 'it can still be taken back' };
  if (!isOver && approval.state !== 'expired')
    return { state: 'done', note: `the approval is ${approval.state}: there is nothing to carry out` };
  org.trace('approval-read');
  if (isOver) await org.approvals.recordAnswer(key, approvalEntry(org.org, org.clock.now(), approval));
  else await recordEnd(org, approval, 'expired');
  org.trace('approval-recorded');
  const { handled, isVoid = false } = await goOn(held, org, approval);
  if (handled.state === 'again' || handled.state === 'lost' || handled.state === 'other-deal') return handled;
  if (isVoid && isOver) await recordEnd(org, approval, 'withdrawn');
  await endApprovals(org, approval, isVoid);
  return handled;
};

/** Says in the ledger, once, that nobody will answer any more. The claim on the deal keeps two from saying it. */
const recordEnd = async (org: OrgRuntime, approval: Approval, how: 'expired' | 'withdrawn'): Promise<void> => {
  const entry = endedEntry(org.org, org.clock.now(), approval, how);
  const isSame = (body: unknown): boolean => {
    const said = Object(body) as { approval?: unknown; answer?: unknown };
    return said.approval === approval.key && said.answer === how;
  };
  const entries = await org.ledger.read(org.org, approval.decision);
  if (!entries.some(({ kind, body }) => kind === 'approval' && isSame(body))) await org.ledger.append([entry]);
};

/** `isVoid`: there was nothing any more that the answer is about. */
interface WentOn {
  readonly handled: Handled;
  readonly isVoid?: true;
}

const nothingLeft = (note: string): WentOn => ({ handled: { state: 'done', note }, isVoid: true });

/** Takes up the very request that waited, as it is now. */
const goOn = async (held: HeldWork, org: OrgRuntime, approval: Approval): Promise<WentOn> => {
  const { work } = held;
  const correlation = correlationOf(org.org, approval.request);
  const asked: HeldWork = { ...held, work: { ...work, target: approval.request, correlation } };
  const known = held.links.find((link) => link.key === approval.referral);
  const hint = { opportunityId: approval.deal, partnerId: null, requestedBy: approval.requestedBy, again: true };
  const gathered = await gatherContext(org, asked, hint);
  if (!gathered.ok) {
    const why = gathered.error;
    if (why.kind !== 'later') return nothingLeft('message' in why ? why.message : why.kind);
    const { error } = why;
    const inMs = error.retryAfterMs ?? backoffMs(work.attempts);
    return { handled: { state: 'again', inMs, note: error.message } };
  }
  const facts = gathered.value;
  // A correction that waits leaves the referral to the request that filed it; a newer correction withdraws this one.
  const another = known && known.requestId !== null && known.requestId !== approval.request;
  if (another && facts.request.kind !== 'correct') return nothingLeft('somebody has asked anew meanwhile');
  const portal = org.portals.get(facts.partner.network);
  if (!portal) return nothingLeft('the partner has no network any more');
  if (approval.state === 'expired' || approval.answer === 'reject') {
    const { message, rule } = await whyDeclined(org, approval);
    const identity = known ?? facts.existing.find((one) => one.key === approval.referral);
    if (!identity) return nothingLeft(message);
    return { handled: await new ReferralTurn(asked, org, facts, portal, identity).declined(message, rule) };
  }
  if (facts.request.kind === 'correct') return { handled: await correct(asked, org, facts, portal) };
  const filed = facts.existing.find((one) => one.key === approval.referral);
  if (isWithPartner(filed?.state)) {
    const note = 'it is with the partner already';
    const ours = (await org.effects.mayStand(approval.decision)).length > 0;
    return ours ? { handled: { state: 'done', note } } : nothingLeft(note);
  }
  return { handled: await refer(asked, org, facts, portal) };
};

const whyDeclined = async (
  org: OrgRuntime,
  { state, answeredBy, comment, reason, rules }: Approval,
): Promise<{ readonly message: string; readonly rule: string }> => {
  const rule = rules[0]?.rule ?? '';
  if (state === 'expired') return { message: `Nobody decided in time, so it was not sent. ${reason}`, rule };
  const person = answeredBy === null ? null : await org.crm.readPersonRights(answeredBy, rightsMaxAgeMs);
  const name = (person?.ok ? person.value?.name : null) ?? 'Somebody with the office';
  return { message: `${name} said no${comment ? `: ${comment}` : '.'} (${reason})`, rule };
};

/** The other questions of a decision that is over are void; what waits for another office goes on waiting. */
const endApprovals = async (org: OrgRuntime, approval: Approval, isVoid: boolean): Promise<void> => {
  const ofDecision = await org.approvals.ofDecision(approval.decision);
  const open = ofDecision.filter(({ state }) => state === 'open');
  const answered = ofDecision.filter(({ state, final }) => state === 'answered' && final).map(({ key }) => key);
  const stopped = approval.state === 'expired' || approval.answer === 'reject';
  const acted = (await org.effects.mayStand(approval.decision)).length > 0;
  if (isVoid || stopped || acted || open.length === 0) {
    await org.approvals.close(answered, isVoid ? 'withdrawn' : 'carried-out');
    await org.approvals.close(
      open.map(({ key }) => key),
      'withdrawn',
    );
  }
  const now = await org.approvals.ofDecision(approval.decision);
  await mirrorApprovals(org, now);
};
