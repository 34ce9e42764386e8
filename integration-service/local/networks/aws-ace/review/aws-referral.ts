import type { Call } from '../operations/context.ts';
import { newId } from '../operations/context.ts';
import { insertInvitation } from '../store/engagements.ts';
import { saveOpportunity } from '../store/opportunities.ts';
import type { Opportunity } from '../store/opportunities.ts';
import { invitationLifetimeMs, invitationNotice } from './reviewer.ts';

/**
 * The Sandbox's way to receive a referral: an opportunity created with Origin `AWS Referral` is AWS's, and the partner gets
 * an invitation to it. It becomes the partner's when that is accepted, within 15 days.
 */
export const inviteFromAws = async (call: Call, opportunity: Opportunity): Promise<void> => {
  const engagementId = newId('eng');
  const invitation = {
    id: newId('engi'),
    catalog: opportunity.catalog,
    opportunityId: opportunity.id,
    engagementId,
    participant: 'RECEIVER' as const,
    status: 'PENDING' as const,
    rejectionReason: null,
    invitedAt: call.now,
    expiresAt: new Date(call.now.getTime() + invitationLifetimeMs),
  };
  await insertInvitation(call.queries, invitation);
  await saveOpportunity(call.queries, { ...opportunity, engagementId });
  call.announce(invitationNotice('Engagement Invitation Created', invitation));
};
