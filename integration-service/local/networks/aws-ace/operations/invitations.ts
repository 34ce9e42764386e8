import { rejectionReasons } from '../rules/vocabularies.ts';
import { invitationNotice } from '../review/reviewer.ts';
import { claimClientToken, keepTokenSubject } from '../store/client-tokens.ts';
import {
  findInvitation,
  findTask,
  insertTask,
  listInvitations,
  lockInvitation,
  settleInvitation,
} from '../store/engagements.ts';
import type { Invitation, Task } from '../store/engagements.ts';
import { findOpportunity, lockOpportunity, saveOpportunity } from '../store/opportunities.ts';
import type { Opportunity } from '../store/opportunities.ts';
import { businessProblems, conflict, problem, resourceNotFound } from '../wire/errors.ts';
import { cutPage, newId, opportunityNotice, pageOf, sharedArn, touched } from './context.ts';
import type { Call, Operation } from './context.ts';
import { spendView } from './opportunity-views.ts';
import { taskAnswer } from './submissions.ts';

/** The account AWS invites from. */
const awsSender = 'aws';

const inCatalog = (found: Invitation | undefined, catalog: string, identifier: string): Invitation => {
  if (found?.catalog !== catalog) throw resourceNotFound(identifier);
  return found;
};

const titleOf = (opportunity: Opportunity | undefined): string =>
  (opportunity?.body.Project?.Title ?? 'Opportunity').slice(0, 40);

/** Both ends of an invitation: AWS and the partner, whoever sent it. */
const ends = (call: Call, invitation: Invitation): Record<string, unknown> => {
  const { accountId, name } = call.settings.partner;
  const fromAws = invitation.participant === 'RECEIVER';
  return {
    Receiver: {
      Account: fromAws ? { Alias: name, AwsAccountId: accountId } : { Alias: 'AWS', AwsAccountId: awsSender },
    },
    SenderAwsAccountId: fromAws ? awsSender : accountId,
    SenderCompanyName: fromAws ? 'AWS' : name,
  };
};

const invitationSummary = (
  call: Call,
  invitation: Invitation,
  opportunity: Opportunity | undefined,
): Record<string, unknown> => ({
  Arn: sharedArn(invitation.catalog, 'engagement-invitation', invitation.id),
  Catalog: invitation.catalog,
  EngagementId: invitation.engagementId,
  EngagementTitle: titleOf(opportunity),
  ExpirationDate: invitation.expiresAt.toISOString(),
  Id: invitation.id,
  InvitationDate: invitation.invitedAt.toISOString(),
  ParticipantType: invitation.participant,
  PayloadType: 'OpportunityInvitation',
  ...ends(call, invitation),
  Status: invitation.status,
});

/** What the invited side may see before it accepts: no street, city, postal code, contacts, AWS account or associations. */
const payloadOf = ({ body }: Opportunity): Record<string, unknown> => ({
  OpportunityInvitation: {
    Customer: {
      CompanyName: body.Customer?.Account?.CompanyName ?? null,
      CountryCode: body.Customer?.Account?.Address?.CountryCode ?? null,
      Industry: body.Customer?.Account?.Industry ?? null,
      WebsiteUrl: body.Customer?.Account?.WebsiteUrl ?? null,
    },
    Project: {
      BusinessProblem: body.Project?.CustomerBusinessProblem ?? null,
      ExpectedCustomerSpend: spendView(body),
      TargetCompletionDate: body.LifeCycle?.TargetCloseDate ?? null,
      Title: body.Project?.Title ?? null,
    },
    ReceiverResponsibilities: ['Services Partner', 'Software Partner'],
    SenderContacts: [
      {
        BusinessTitle: 'PDM',
        Email: 'pat.dole@aws.example.com',
        FirstName: 'Pat',
        LastName: 'Dole',
        Phone: null,
      },
    ],
  },
});

export const getInvitation: Operation<'GetEngagementInvitation'> = async (call, request) => {
  const invitation = inCatalog(
    await findInvitation(call.queries, request.Identifier),
    request.Catalog,
    request.Identifier,
  );
  const opportunity = await findOpportunity(call.queries, invitation.opportunityId);
  if (!opportunity) throw resourceNotFound(request.Identifier);
  return {
    ...invitationSummary(call, invitation, opportunity),
    EngagementDescription: opportunity.body.Project?.CustomerBusinessProblem?.slice(0, 255) ?? null,
    ExistingMembers: [{ CompanyName: 'AWS', WebsiteUrl: 'www.aws.com' }],
    InvitationMessage:
      invitation.participant === 'RECEIVER'
        ? 'AWS has referred this opportunity to you. Accept the invitation to add it to your pipeline.'
        : 'An opportunity was shared with AWS.',
    Payload: payloadOf(opportunity),
    RejectionReason: invitation.rejectionReason,
  };
};

export const listInvitationsOperation: Operation<'ListEngagementInvitations'> = async (call, request) => {
  const page = pageOf(request.NextToken, request.MaxResults ?? 20);
  const senderOf = (participant: string): string =>
    participant === 'RECEIVER' ? awsSender : call.settings.partner.accountId;
  const wanted =
    (request.PayloadType?.length ?? 0) === 0 || request.PayloadType?.includes('OpportunityInvitation') === true;
  const fromThem =
    request.SenderAwsAccountId === undefined || request.SenderAwsAccountId.includes(senderOf(request.ParticipantType));
  const found =
    wanted && fromThem
      ? await listInvitations(
          call.queries,
          {
            catalog: request.Catalog,
            participant: request.ParticipantType,
            statuses: request.Status,
            engagementIds: request.EngagementIdentifier,
          },
          { offset: page.offset, limit: page.limit + 1, descending: request.Sort?.SortOrder !== 'ASCENDING' },
        )
      : [];
  const { rows, NextToken } = cutPage(found, page);
  const EngagementInvitationSummaries: Record<string, unknown>[] = [];
  for (const invitation of rows)
    EngagementInvitationSummaries.push(
      invitationSummary(call, invitation, await findOpportunity(call.queries, invitation.opportunityId)),
    );
  return { EngagementInvitationSummaries, NextToken };
};

/** Holds an invitation that the partner received and has not answered. */
const holdPending = async (call: Call, catalog: string, identifier: string): Promise<Invitation> => {
  const invitation = inCatalog(await lockInvitation(call.queries, identifier), catalog, identifier);
  if (invitation.participant !== 'RECEIVER') throw resourceNotFound(identifier);
  const status = invitation.status === 'PENDING' && invitation.expiresAt <= call.now ? 'EXPIRED' : invitation.status;
  if (status !== 'PENDING')
    throw conflict(`Engagement invitation ${invitation.id} is ${status}; only a PENDING invitation can be answered.`);
  return invitation;
};

const acceptOperation = 'StartEngagementByAcceptingInvitationTask';

export const acceptInvitation: Operation<typeof acceptOperation> = async (call, request) => {
  const made = await claimClientToken(call.queries, acceptOperation, request);
  const earlier = made === undefined ? undefined : await findTask(call.queries, made);
  if (earlier) return taskAnswer(earlier);
  const invitation = await holdPending(call, request.Catalog, request.Identifier);
  const task: Task = {
    id: newId('task'),
    kind: 'engagement-by-accepting-invitation-task',
    catalog: request.Catalog,
    status: 'IN_PROGRESS',
    opportunityId: invitation.opportunityId,
    engagementId: invitation.engagementId,
    invitationId: invitation.id,
    jobId: null,
    submission: null,
    message: null,
    reasonCode: null,
    startedAt: call.now,
    dueAt: new Date(call.now.getTime() + call.settings.tasks.completeAfterMs),
  };
  const finished = call.settings.tasks.completeAfterMs > 0 ? task : await finishAcceptance(call, task);
  await insertTask(call.queries, finished);
  await keepTokenSubject(call.queries, acceptOperation, request, task.id);
  return taskAnswer(finished);
};

/** Gives the referred opportunity to the partner: Approved, stage Prospect, with everything that was hidden. */
export const finishAcceptance = async (call: Call, task: Task): Promise<Task> => {
  const invitation = await lockInvitation(call.queries, task.invitationId ?? '');
  const opportunity = await lockOpportunity(call.queries, task.opportunityId);
  if (invitation?.status !== 'PENDING' || !opportunity)
    return {
      ...task,
      status: 'FAILED',
      reasonCode: 'EngagementInvitationConflict',
      message: `Engagement invitation ${task.invitationId} is ${invitation?.status ?? 'gone'}.`,
      dueAt: null,
    };
  const accepted: Opportunity = {
    ...touched(call, opportunity),
    accessible: true,
    body: { ...opportunity.body, LifeCycle: { ...opportunity.body.LifeCycle, Stage: 'Prospect' } },
  };
  await saveOpportunity(call.queries, accepted);
  await settleInvitation(call.queries, invitation.id, 'ACCEPTED');
  call.announce(invitationNotice('Engagement Invitation Accepted', invitation));
  call.announce(opportunityNotice('Opportunity Created', accepted));
  return { ...task, status: 'COMPLETE', jobId: newId('job'), dueAt: null };
};

export const rejectInvitation: Operation<'RejectEngagementInvitation'> = async (call, request) => {
  const invitation = await holdPending(call, request.Catalog, request.Identifier);
  const reason = request.RejectionReason;
  if (reason === undefined || !rejectionReasons.has(reason))
    throw businessProblems([
      problem(
        'RejectionReason',
        reason === undefined ? 'REQUIRED_FIELD_MISSING' : 'INVALID_VALUE',
        `Field RejectionReason must be one of the following values: ${[...rejectionReasons].join('; ')}.`,
      ),
    ]);
  await settleInvitation(call.queries, invitation.id, 'REJECTED', reason);
  call.announce(invitationNotice('Engagement Invitation Rejected', invitation));
  return undefined;
};
