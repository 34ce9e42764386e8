import { mayMove, type ReferralState, type ReferralStep } from '../../domain/referrals/referral.ts';
import type { ReferralLink } from '../../infrastructure/database/referral-links.ts';
import type { ReferralFields } from '../../ports/crm/crm.ts';
import type { PartnerSummary, PortalReferral } from '../../ports/partner-portal/partner-portal.ts';
import { standing, withStep } from './referral-record.ts';

/** Where a review leads, and what is said of it. Null: nothing that a referral's record would show. */
const turns: Readonly<
  Record<
    PortalReferral['review'],
    { state: ReferralState; step: ReferralStep; message: string; nextAction?: string } | null
  >
> = {
  'not-submitted': null,
  unknown: null,
  submitted: { state: 'submitted', step: 'submitted', message: 'Filed and submitted. The partner reviews it now.' },
  'in-review': { state: 'in-review', step: 'in-review', message: 'The partner is reviewing this deal.' },
  'action-required': {
    state: 'action-required',
    step: 'in-review',
    message: 'The partner asks for a change before it goes on.',
    nextAction: 'Change what the partner asks for and send it.',
  },
  approved: { state: 'approved', step: 'decided', message: 'The partner has approved this deal.' },
  rejected: {
    state: 'rejected',
    step: 'decided',
    message: 'The partner has not accepted this deal.',
    nextAction: 'Read the reason; refer it again when it is put right.',
  },
};

/** What is asked for is in the partner's comment; its reason is the title of it, where it gives one. */
const sentence = (message: string, { review, reviewReason }: PortalReferral): string =>
  review === 'action-required' && reviewReason && !reviewReason.startsWith('Other')
    ? `Reason: ${reviewReason}.`
    : message;

/** Where the partner takes a change by a person's click: what it asks for, or what it has approved. */
const isOpenToChange = ({ review }: PortalReferral): boolean => review === 'action-required' || review === 'approved';

/** What a record is told where the partner's word does not move it: its state is ours, or was known before. */
const known: Readonly<Partial<Record<ReferralState, { message: string; nextAction?: string }>>> = {
  queued: { message: 'Waiting in line for the partner.' },
  filing: { message: 'Filed; the partner is taking the submission in.' },
  failed: {
    message: 'The deal is at the partner and could not be submitted.',
    nextAction: 'Put it right, then try again.',
  },
  blocked: {
    message: 'This was stopped. What was filed already stands at the partner.',
    nextAction: 'Ask your admin when it may go on.',
  },
};

/**
 * The record as the link knows it, written whole: another worker's late write may stand there (`rewriteRecordsOf`). Times
 * are those at which it happened, not that of the repair.
 */
const rewritten = (link: ReferralLink, current: PortalReferral, at: string): ReferralFields => {
  const state = link.state as ReferralState;
  const turn = turns[current.review];
  const own = Object.values(turns).find((one) => one?.state === state) ?? known[state];
  const said = turn?.state === state ? { ...turn, message: sentence(turn.message, current) } : own;
  const timeOf = (step: ReferralStep): string | undefined => link.steps.find((one) => one.step === step)?.at;
  const [filedAt, decidedAt] = [timeOf('filed'), timeOf('decided')];
  const { blockedBy, ...stands } = standing(state, link.step as ReferralStep, link.steps, {
    message: said?.message ?? '',
    nextAction: said?.nextAction ?? '',
    at: link.steps.at(-1)?.at ?? at,
  });
  return {
    ...stands,
    // Which rule stopped it is on the record alone.
    ...(state === 'blocked' ? {} : { blockedBy }),
    ...(filedAt ? { filedAt } : {}),
    ...(decidedAt ? { decidedAt } : {}),
  };
};

/**
 * A review read again, as it changes the link and the record; null when it changes nothing. A link without a lock value
 * was filed just now or is to be put right: its record is written whole.
 */
export const reviewOutcome = (
  link: ReferralLink,
  current: PortalReferral,
  summary: PartnerSummary | null,
  at: string,
): { readonly link: ReferralLink; readonly fields: ReferralFields } | null => {
  const seen: ReferralLink = { ...link, lockValue: current.lastModified, reviewStatus: current.reviewStatus };
  const turn = turns[current.review];
  const moves = turn !== null && turn.state !== link.state && mayMove(link.state as ReferralState, turn.state);
  const decided = current.review === 'approved' || current.review === 'rejected';
  const shared: ReferralFields = {
    reviewStatus: current.reviewStatus,
    reviewComments: current.reviewComments,
    reviewReason: current.reviewReason,
    editableNow: JSON.stringify(isOpenToChange(current) ? current.editableNow : []),
    networkId: current.networkId,
    networkUrl: current.url,
    ...(summary
      ? { partnerStage: summary.stage, partnerOwner: summary.owner, partnerSummary: JSON.stringify(summary.details) }
      : {}),
  };
  if (!moves) {
    if (link.lockValue === null) return { link: seen, fields: { ...rewritten(link, current, at), ...shared } };
    const nothingNew =
      link.lockValue === current.lastModified && link.reviewStatus === current.reviewStatus && !summary;
    return nothingNew ? null : { link: seen, fields: shared };
  }
  let steps = withStep(link.steps, 'submitted', at);
  if (turn.step !== 'submitted') steps = withStep(steps, 'in-review', at);
  if (decided) steps = withStep(steps, 'decided', at);
  return {
    link: {
      ...seen,
      state: turn.state,
      step: turn.step,
      steps,
      submission: null,
      finished: current.review === 'rejected',
    },
    fields: {
      ...standing(turn.state, turn.step, steps, { ...turn, message: sentence(turn.message, current), at }),
      ...shared,
      ...(decided ? { decidedAt: at } : {}),
    },
  };
};
