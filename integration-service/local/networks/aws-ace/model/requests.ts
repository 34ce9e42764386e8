import { z } from 'zod';
import * as values from './enumerations.ts';
import { contact, opportunityFields } from './opportunity.ts';
import {
  awsAccount,
  catalogName,
  clientToken,
  date,
  dateTime,
  email,
  engagementArnOrId,
  invitationArnOrId,
  lengthBetween,
  matching,
  opportunityId,
  phone,
  solutionId,
  tags,
  taskArnOrId,
} from './primitives.ts';

/** The request of every operation offered here, by name: the constraints of the API model, each written once. */

const pageSize = z.int().min(1).max(100).optional();
const tasksPage = z.int().min(1).max(1000).optional();
const tasksToken = lengthBetween(1, 2048).optional();
const tasksSort = z
  .object({ SortOrder: z.enum(values.SortOrder), SortBy: z.enum(values.ListTasksSortName) })
  .optional();
const submission = z.object({
  InvolvementType: z.enum(values.SalesInvolvementType),
  Visibility: z.enum(values.Visibility).optional(),
});
const relatedEntity = z.object({
  Catalog: catalogName,
  OpportunityIdentifier: opportunityId,
  RelatedEntityType: z.enum(values.RelatedEntityType),
  RelatedEntityIdentifier: lengthBetween(1, 255),
});
const byIdentifier = { Catalog: catalogName, Identifier: opportunityId };

export const requestShapes = {
  CreateOpportunity: z.object({
    Catalog: catalogName,
    ClientToken: clientToken,
    ...opportunityFields,
    Origin: z.enum(values.OpportunityOrigin).optional(),
    OpportunityTeam: z.array(contact).max(10).optional(),
    Tags: tags.optional(),
  }),
  GetOpportunity: z.object(byIdentifier),
  UpdateOpportunity: z.object({ ...byIdentifier, LastModifiedDate: dateTime, ...opportunityFields }),
  ListOpportunities: z.object({
    Catalog: catalogName,
    MaxResults: pageSize,
    NextToken: z.string().optional(),
    Sort: z.object({ SortOrder: z.enum(values.SortOrder), SortBy: z.enum(values.OpportunitySortName) }).optional(),
    LastModifiedDate: z
      .object({ AfterLastModifiedDate: dateTime.optional(), BeforeLastModifiedDate: dateTime.optional() })
      .optional(),
    Identifier: z.array(opportunityId).max(20).optional(),
    LifeCycleStage: z.array(z.enum(values.Stage)).max(10).optional(),
    LifeCycleReviewStatus: z.array(z.enum(values.ReviewStatus)).max(10).optional(),
    CustomerCompanyName: z.array(z.string()).max(10).optional(),
    CreatedDate: z.object({ AfterCreatedDate: dateTime.optional(), BeforeCreatedDate: dateTime.optional() }).optional(),
    TargetCloseDate: z
      .object({ AfterTargetCloseDate: date.optional(), BeforeTargetCloseDate: date.optional() })
      .optional(),
  }),
  AssociateOpportunity: relatedEntity,
  DisassociateOpportunity: relatedEntity,
  AssignOpportunity: z.object({
    ...byIdentifier,
    Assignee: z.object({
      Email: email,
      FirstName: lengthBetween(0, 80),
      LastName: lengthBetween(0, 80),
      BusinessTitle: lengthBetween(0, 80),
      Phone: phone.optional(),
    }),
  }),
  SubmitOpportunity: z.object({ ...byIdentifier, ...submission.shape }),
  StartEngagementFromOpportunityTask: z.object({
    ...byIdentifier,
    ClientToken: clientToken,
    AwsSubmission: submission,
    Tags: tags.optional(),
  }),
  ListEngagementFromOpportunityTasks: z.object({
    Catalog: catalogName,
    MaxResults: tasksPage,
    NextToken: tasksToken,
    Sort: tasksSort,
    TaskStatus: z.array(z.enum(values.TaskStatus)).min(1).max(3).optional(),
    TaskIdentifier: z.array(taskArnOrId).min(1).max(10).optional(),
    OpportunityIdentifier: z.array(opportunityId).min(1).max(10).optional(),
    EngagementIdentifier: z.array(engagementArnOrId).min(1).max(10).optional(),
  }),
  GetAwsOpportunitySummary: z.object({ Catalog: catalogName, RelatedOpportunityIdentifier: opportunityId }),
  ListSolutions: z.object({
    Catalog: catalogName,
    MaxResults: pageSize,
    NextToken: z.string().optional(),
    Sort: z.object({ SortOrder: z.enum(values.SortOrder), SortBy: z.enum(values.SolutionSortName) }).optional(),
    Status: z.array(z.enum(values.SolutionStatus)).max(10).optional(),
    Identifier: z.array(solutionId).max(20).optional(),
    Category: z.array(z.string()).max(10).optional(),
    AwsMarketplaceSolutionArn: z
      .array(matching(/(?=.{4,2048}$)arn:.*/))
      .max(10)
      .optional(),
  }),
  GetEngagementInvitation: z.object({ Catalog: catalogName, Identifier: invitationArnOrId }),
  ListEngagementInvitations: z.object({
    Catalog: catalogName,
    MaxResults: pageSize,
    NextToken: z.string().optional(),
    Sort: z
      .object({ SortOrder: z.enum(values.SortOrder), SortBy: z.enum(values.OpportunityEngagementInvitationSortName) })
      .optional(),
    PayloadType: z.array(z.enum(values.EngagementInvitationPayloadType)).optional(),
    ParticipantType: z.enum(values.ParticipantType),
    Status: z.array(z.enum(values.InvitationStatus)).min(1).max(10).optional(),
    EngagementIdentifier: z.array(engagementArnOrId).min(1).max(10).optional(),
    SenderAwsAccountId: z.array(awsAccount).min(1).max(10).optional(),
  }),
  StartEngagementByAcceptingInvitationTask: z.object({
    Catalog: catalogName,
    ClientToken: clientToken,
    Identifier: invitationArnOrId,
    Tags: tags.optional(),
  }),
  ListEngagementByAcceptingInvitationTasks: z.object({
    Catalog: catalogName,
    MaxResults: tasksPage,
    NextToken: tasksToken,
    Sort: tasksSort,
    TaskStatus: z.array(z.enum(values.TaskStatus)).min(1).max(3).optional(),
    OpportunityIdentifier: z.array(opportunityId).min(1).max(10).optional(),
    EngagementInvitationIdentifier: z.array(invitationArnOrId).min(1).max(10).optional(),
    TaskIdentifier: z.array(taskArnOrId).min(1).max(10).optional(),
  }),
  RejectEngagementInvitation: z.object({
    Catalog: catalogName,
    Identifier: invitationArnOrId,
    RejectionReason: matching(/[\u0020-\u007E\u00A0-\uD7FF\uE000-\uFFFD]{1,80}/).optional(),
  }),
} as const;

export type OperationName = keyof typeof requestShapes;
export type RequestOf<Name extends OperationName> = z.infer<(typeof requestShapes)[Name]>;

export const offeredOperations = Object.keys(requestShapes) as OperationName[];
export const isOffered = (name: string): name is OperationName => Object.hasOwn(requestShapes, name);

/** Which quota a call is counted against (developer guide, "Quotas"); everything else only reads. */
const writes: ReadonlySet<OperationName> = new Set([
  'CreateOpportunity',
  'UpdateOpportunity',
  'AssociateOpportunity',
  'DisassociateOpportunity',
  'AssignOpportunity',
  'SubmitOpportunity',
  'StartEngagementFromOpportunityTask',
  'StartEngagementByAcceptingInvitationTask',
  'RejectEngagementInvitation',
]);
export const quotaKind = (name: OperationName): 'write' | 'read' => (writes.has(name) ? 'write' : 'read');
