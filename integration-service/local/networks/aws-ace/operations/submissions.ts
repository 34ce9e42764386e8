import type { RequestOf } from '../model/requests.ts';
import { submissionProblems } from '../rules/submission-rules.ts';
import { judge } from '../rules/rule.ts';
import { rulesForCreate } from '../rules/writing-rules.ts';
import { openEngagement, passToReview } from '../review/reviewer.ts';
import { claimClientToken, keepTokenSubject } from '../store/client-tokens.ts';
import { countEngagements, findTask, insertTask, listTasks, runningTaskFor, saveTask } from '../store/engagements.ts';
import type { Task, TaskKind } from '../store/engagements.ts';
import type { Opportunity } from '../store/opportunities.ts';
import { lockOpportunity } from '../store/opportunities.ts';
import { AceError, businessProblems, conflict, problem, quotaExceeded, resourceNotFound } from '../wire/errors.ts';
import {
  cutPage,
  holdOpportunity,
  newId,
  opportunityNotice,
  pageOf,
  ruleFacts,
  sharedArn,
  touched,
} from './context.ts';
import type { Answer, Call, Operation } from './context.ts';

type Submission = RequestOf<'StartEngagementFromOpportunityTask'>['AwsSubmission'];

/** @throws {AceError} ValidationException when the opportunity was submitted already, or breaks a rule of submission. */
const checkSubmittable = async (call: Call, opportunity: Opportunity, submission: Submission): Promise<void> => {
  if (opportunity.reviewStatus !== 'Pending Submission')
    throw businessProblems([
      problem(
        'LifeCycle.ReviewStatus',
        'ACTION_NOT_PERMITTED',
        `Cannot perform Submit action. Opportunity ${opportunity.id} has LifeCycle.ReviewStatus '${opportunity.reviewStatus}', only 'Pending Submission' can be submitted.`,
      ),
    ]);
  const facts = await ruleFacts(call, opportunity.catalog, opportunity.body, opportunity.related, submission);
  const problems = [...judge(rulesForCreate, opportunity.body, facts), ...submissionProblems(opportunity.body, facts)];
  if (problems.length > 0) throw businessProblems(problems);
};

export const submitOpportunity: Operation<'SubmitOpportunity'> = async (call, request) => {
  const opportunity = await holdOpportunity(call, request.Catalog, request.Identifier);
  await checkSubmittable(call, opportunity, request);
  const submitted = await passToReview(call, touched(call, opportunity), request);
  call.announce(opportunityNotice('Opportunity Updated', submitted));
  return undefined;
};

/** The work of a task: the six steps AWS names, done as one change here. */
const completeSubmission = async (call: Call, task: Task, opportunity: Opportunity): Promise<Task> => {
  const submission = task.submission as Submission;
  await checkSubmittable(call, opportunity, submission);
  const engaged = await openEngagement(call, touched(call, opportunity));
  await passToReview(call, engaged.opportunity, submission);
  call.announce(opportunityNotice('Opportunity Updated', opportunity));
  return {
    ...task,
    status: 'COMPLETE',
    engagementId: engaged.opportunity.engagementId,
    invitationId: engaged.invitationId,
    jobId: newId('job'),
    dueAt: null,
  };
};

const failed = (task: Task, error: AceError): Task => ({
  ...task,
  status: 'FAILED',
  reasonCode: error.type === 'ValidationException' ? 'OpportunityValidationFailed' : 'OpportunitySubmissionFailed',
  message: error.message,
  dueAt: null,
});

/** Completes a task or marks it failed. `checkSubmittable` runs before any change, so a failure leaves nothing half done. */
export const finishSubmissionTask = async (call: Call, task: Task): Promise<Task> => {
  const opportunity = await lockOpportunity(call.queries, task.opportunityId);
  try {
    if (!opportunity) throw resourceNotFound(task.opportunityId);
    return await completeSubmission(call, task, opportunity);
  } catch (error) {
    if (error instanceof AceError) return failed(task, error);
    throw error;
  }
};

export const taskAnswer = (task: Task): Answer => ({
  ...(task.kind === 'engagement-from-opportunity-task' ? { EngagementId: task.engagementId } : {}),
  EngagementInvitationId: task.invitationId,
  Message: task.message,
  OpportunityId: task.opportunityId,
  ReasonCode: task.reasonCode,
  ResourceSnapshotJobId: task.jobId,
  StartTime: task.startedAt.toISOString(),
  TaskArn: sharedArn(task.catalog, task.kind, task.id),
  TaskId: task.id,
  TaskStatus: task.status,
});

const operation = 'StartEngagementFromOpportunityTask';

export const startEngagement: Operation<typeof operation> = async (call, request) => {
  const made = await claimClientToken(call.queries, operation, request);
  // Calling again with the same token and payload is the documented way to ask how the task is doing.
  const earlier = made === undefined ? undefined : await findTask(call.queries, made);
  if (earlier) return taskAnswer(earlier);
  const opportunity = await holdOpportunity(call, request.Catalog, request.Identifier);
  const running = await runningTaskFor(call.queries, opportunity.id);
  if (running) throw conflict(`Task ${running.id} is already in progress for opportunity ${opportunity.id}.`);
  const limit = call.settings.quotas?.engagements ?? Number.POSITIVE_INFINITY;
  if ((await countEngagements(call.queries, request.Catalog)) >= limit)
    throw quotaExceeded(`The account may have at most ${limit} engagements.`);
  const { completeAfterMs, problems } = call.settings.tasks;
  if (problems === 'exception') await checkSubmittable(call, opportunity, request.AwsSubmission);
  const task: Task = {
    id: newId('task'),
    kind: 'engagement-from-opportunity-task',
    catalog: request.Catalog,
    status: 'IN_PROGRESS',
    opportunityId: opportunity.id,
    engagementId: null,
    invitationId: null,
    jobId: null,
    submission: request.AwsSubmission,
    message: null,
    reasonCode: null,
    startedAt: call.now,
    dueAt: new Date(call.now.getTime() + completeAfterMs),
  };
  await insertTask(call.queries, task);
  await keepTokenSubject(call.queries, operation, request, task.id);
  if (completeAfterMs > 0) return taskAnswer(task);
  const finished = await finishSubmissionTask(call, task);
  await saveTask(call.queries, finished);
  return taskAnswer(finished);
};

/** Both lists of tasks have one shape. */
export const listTasksOf =
  (kind: TaskKind) =>
  async (
    call: Call,
    request: RequestOf<'ListEngagementFromOpportunityTasks'> & {
      readonly EngagementInvitationIdentifier?: readonly string[] | undefined;
    },
  ): Promise<Answer> => {
    const page = pageOf(request.NextToken, request.MaxResults ?? 20);
    const found = await listTasks(
      call.queries,
      {
        kind,
        catalog: request.Catalog,
        statuses: request.TaskStatus,
        ids: request.TaskIdentifier,
        opportunityIds: request.OpportunityIdentifier,
        engagementIds: request.EngagementIdentifier,
        invitationIds: request.EngagementInvitationIdentifier,
      },
      { offset: page.offset, limit: page.limit + 1, descending: request.Sort?.SortOrder === 'DESCENDING' },
    );
    const { rows, NextToken } = cutPage(found, page);
    return { NextToken, TaskSummaries: rows.map(taskAnswer) };
  };
