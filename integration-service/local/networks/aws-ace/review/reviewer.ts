import type { Call } from '../operations/context.ts';
import { newId, opportunityNotice, sharedArn, touched } from '../operations/context.ts';
import { insertInvitation, sentInvitation, settleInvitation } from '../store/engagements.ts';
import { saveOpportunity } from '../store/opportunities.ts';
import type { Opportunity } from '../store/opportunities.ts';
import type { Notice } from '../wire/notices.ts';
import { decide } from './review-rules.ts';
import type { Decision } from './review-rules.ts';

interface Submission {
  readonly InvolvementType: string;
  readonly Visibility?: string | undefined;
}

const later = (now: Date, milliseconds: number): Date => new Date(now.getTime() + milliseconds);

const dueAfter = (call: Call, milliseconds: number): Date | null =>
  call.settings.reviewer.mode === 'automatic' ? later(call.now, milliseconds) : null;

/** AWS invitations expire after 15 days. */
export const invitationLifetimeMs = 15 * 24 * 60 * 60_000;

export const snapshotNotice = (call: Call, opportunity: Opportunity): Notice => {
  const engagement = sharedArn(opportunity.catalog, 'engagement', opportunity.engagementId ?? '');
  return {
    detailType: 'Engagement Resource Snapshot Created',
    resources: [engagement],
    detail: {
      catalog: opportunity.catalog,
      resourceSnapshot: {
        arn: `${engagement}/resource/Opportunity/${opportunity.id}/template/OpportunitySummaryView/snapshot/1`,
        engagementId: opportunity.engagementId,
        resourceId: opportunity.id,
        resourceType: 'Opportunity',
        createdBy: call.settings.partner.accountId,
      },
    },
  };
};

export const invitationNotice = (
  detailType: Extract<Notice['detailType'], `Engagement Invitation ${string}`>,
  invitation: {
    readonly id: string;
    readonly catalog: string;
    readonly engagementId: string;
    readonly participant: string;
    readonly expiresAt: Date;
  },
): Notice => ({
  detailType,
  resources: [sharedArn(invitation.catalog, 'engagement-invitation', invitation.id)],
  detail: {
    catalog: invitation.catalog,
    engagementInvitation: {
      id: invitation.id,
      engagementId: invitation.engagementId,
      payloadType: 'OpportunityInvitation',
      participantType: invitation.participant,
      expirationDate: invitation.expiresAt.toISOString(),
    },
  },
});

export const memberNotice = (opportunity: Opportunity): Notice => ({
  detailType: 'Engagement Member Added',
  resources: [sharedArn(opportunity.catalog, 'engagement', opportunity.engagementId ?? '')],
  detail: { catalog: opportunity.catalog, engagement: { id: opportunity.engagementId } },
});

/** Hands an opportunity to AWS: status Submitted, and from here on it is the reviewer's. */
export const passToReview = async (
  call: Call,
  opportunity: Opportunity,
  submission: Submission,
): Promise<Opportunity> => {
  const submitted: Opportunity = {
    ...opportunity,
    involvement: submission.InvolvementType,
    visibility: submission.Visibility ?? 'Full',
    reviewStatus: 'Submitted',
    reviewDueAt: dueAfter(call, call.settings.reviewer.inReviewAfterMs),
  };
  await saveOpportunity(call.queries, submitted);
  return submitted;
};

/** Makes the engagement of a submission, and the partner's invitation to AWS. */
export const openEngagement = async (
  call: Call,
  opportunity: Opportunity,
): Promise<{ opportunity: Opportunity; invitationId: string }> => {
  const engaged = { ...opportunity, engagementId: newId('eng') };
  const invitation = {
    id: newId('engi'),
    catalog: engaged.catalog,
    opportunityId: engaged.id,
    engagementId: engaged.engagementId,
    participant: 'SENDER' as const,
    status: 'PENDING' as const,
    rejectionReason: null,
    invitedAt: call.now,
    expiresAt: later(call.now, invitationLifetimeMs),
  };
  await insertInvitation(call.queries, invitation);
  call.announce({
    detailType: 'Engagement Created',
    resources: [sharedArn(engaged.catalog, 'engagement', engaged.engagementId)],
    detail: { catalog: engaged.catalog, engagement: { id: engaged.engagementId } },
  });
  call.announce(snapshotNotice(call, engaged));
  call.announce(memberNotice(engaged));
  call.announce(invitationNotice('Engagement Invitation Created', invitation));
  return { opportunity: engaged, invitationId: invitation.id };
};

/** A corrected opportunity goes back to the start of the review; the comments stay until the next decision. */
export const reviewAgain = async (call: Call, opportunity: Opportunity): Promise<Opportunity> => {
  const again: Opportunity = {
    ...opportunity,
    reviewStatus: 'Submitted',
    reviewDueAt: dueAfter(call, call.settings.reviewer.inReviewAfterMs),
  };
  await saveOpportunity(call.queries, again);
  return again;
};

/** Writes a decision down, with what follows from it for the invitation and the notices. */
export const settleReview = async (call: Call, opportunity: Opportunity, decision: Decision): Promise<Opportunity> => {
  const decided: Opportunity = {
    ...opportunity,
    reviewStatus: decision.verdict,
    reviewComments: decision.comments,
    reviewReason: decision.reason,
    reviewDueAt: null,
  };
  await saveOpportunity(call.queries, decided);
  const invitation = await sentInvitation(call.queries, opportunity.id);
  if (invitation?.status === 'PENDING' && decision.verdict === 'Approved') {
    await settleInvitation(call.queries, invitation.id, 'ACCEPTED');
    call.announce(invitationNotice('Engagement Invitation Accepted', invitation));
    call.announce(memberNotice(decided));
    call.announce(snapshotNotice(call, decided));
  }
  if (invitation?.status === 'PENDING' && decision.verdict === 'Rejected') {
    await settleInvitation(call.queries, invitation.id, 'REJECTED', decision.reason);
    call.announce(invitationNotice('Engagement Invitation Rejected', invitation));
    call.announce(snapshotNotice(call, decided));
  }
  return decided;
};

/** One step of the reviewer: Submitted → In review → decision. The caller holds the opportunity. */
export const takeReviewStep = async (call: Call, opportunity: Opportunity): Promise<void> => {
  const moved = touched(call, opportunity);
  if (opportunity.reviewStatus === 'Submitted')
    await saveOpportunity(call.queries, {
      ...moved,
      reviewStatus: 'In review',
      reviewDueAt: dueAfter(call, call.settings.reviewer.decideAfterMs),
    });
  else if (opportunity.reviewStatus === 'In review') await settleReview(call, moved, decide(opportunity.body));
  else await saveOpportunity(call.queries, { ...opportunity, reviewDueAt: null });
  call.announce(opportunityNotice('Opportunity Updated', opportunity));
};
