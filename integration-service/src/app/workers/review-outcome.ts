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
  review === 'action-required' && reviewReason ? `Reason: ${reviewReason}.` : message;

/** A review read again, as it changes the link and the record; null when it changes nothing. */
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
    editableNow: JSON.stringify(current.review === 'action-required' ? current.editableNow : []),
    networkId: current.networkId,
    networkUrl: current.url,
    ...(summary
      ? { partnerStage: summary.stage, partnerOwner: summary.owner, partnerSummary: JSON.stringify(summary.details) }
      : {}),
  };
  if (!moves) {
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
