import type { OperationName } from '../model/requests.ts';
import { awsSummary } from '../review/aws-summary.ts';
import { resourceNotFound } from '../wire/errors.ts';
import { associateOpportunity, disassociateOpportunity } from './associations.ts';
import { readOpportunity } from './context.ts';
import type { Operation } from './context.ts';
import { acceptInvitation, getInvitation, listInvitationsOperation, rejectInvitation } from './invitations.ts';
import { assignOpportunity, createOpportunity, getOpportunity, listOpportunitiesOperation } from './opportunities.ts';
import { listSolutions } from './solutions.ts';
import { listTasksOf, startEngagement, submitOpportunity } from './submissions.ts';
import { updateOpportunity } from './update-opportunity.ts';

const getAwsSummary: Operation<'GetAwsOpportunitySummary'> = async (call, request) => {
  const opportunity = await readOpportunity(call, request.Catalog, request.RelatedOpportunityIdentifier);
  // AWS does nothing with an opportunity before it is submitted, so there is no AWS side to it yet.
  if (opportunity.reviewStatus === 'Pending Submission') throw resourceNotFound(request.RelatedOpportunityIdentifier);
  return awsSummary(opportunity);
};

export const operations: { readonly [Name in OperationName]: Operation<Name> } = {
  CreateOpportunity: createOpportunity,
  GetOpportunity: getOpportunity,
  UpdateOpportunity: updateOpportunity,
  ListOpportunities: listOpportunitiesOperation,
  AssociateOpportunity: associateOpportunity,
  DisassociateOpportunity: disassociateOpportunity,
  AssignOpportunity: assignOpportunity,
  SubmitOpportunity: submitOpportunity,
  StartEngagementFromOpportunityTask: startEngagement,
  ListEngagementFromOpportunityTasks: listTasksOf('engagement-from-opportunity-task'),
  GetAwsOpportunitySummary: getAwsSummary,
  ListSolutions: listSolutions,
  GetEngagementInvitation: getInvitation,
  ListEngagementInvitations: listInvitationsOperation,
  StartEngagementByAcceptingInvitationTask: acceptInvitation,
  ListEngagementByAcceptingInvitationTasks: listTasksOf('engagement-by-accepting-invitation-task'),
  RejectEngagementInvitation: rejectInvitation,
};
