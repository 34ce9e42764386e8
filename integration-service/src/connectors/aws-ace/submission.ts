import type { z } from 'zod';
import type { JsonObject } from '../../domain/values/json.ts';
import { ok } from '../../domain/values/result.ts';
import type { PartnerPortal, StepAnswer } from '../../ports/partner-portal/partner-portal.ts';
import { tasksAnswer, type taskAnswer } from './answers.ts';
import type { AceRead } from './ace-read.ts';

type Task = z.infer<typeof taskAnswer>;

const statuses: Readonly<Record<string, string>> = { COMPLETE: 'complete', FAILED: 'failed' };

/** The step answer of a submission, from AWS's task. A task without status is taken to be running: we ask again. */
export const submissionAnswer = (task: Task, opportunity: string): StepAnswer => ({
  status: statuses[task.TaskStatus ?? ''] ?? 'running',
  task: task.TaskId ?? null,
  networkId: task.OpportunityId ?? opportunity,
  message: task.Message ?? null,
  reason: task.ReasonCode ?? null,
});

/** Why AWS's task failed (`ReasonCode`), in words; the others are named as they are. */
const reasons: Readonly<Record<string, string>> = {
  OpportunityValidationFailed: 'AWS found the deal not fit for submission',
  OpportunitySubmissionFailed: 'AWS could not submit the deal',
  OpportunityConflict: 'the deal was changed at AWS meanwhile',
  OpportunityAccessDenied: 'our credentials may not submit deals',
  EngagementAccessDenied: 'our credentials may not create engagements',
  InvitationAccessDenied: 'our credentials may not invite AWS',
  ResourceSnapshotAccessDenied: 'our credentials may not share a snapshot of the deal',
  ResourceSnapshotJobAccessDenied: 'our credentials may not share a snapshot of the deal',
  ServiceQuotaExceeded: 'the AWS account has reached a quota',
  RequestThrottled: 'AWS asked us to slow down',
  InternalError: 'AWS had an internal error',
};

/** Follows a submission to its end with the List call, by its task id, or by the opportunity where AWS gave none. */
export const followTask = async (answer: JsonObject, read: AceRead): ReturnType<PartnerPortal['followSubmission']> => {
  if (answer.status === 'complete') return ok({ finished: true, outcome: { state: 'done', answer, lookedUp: false } });
  if (answer.status === 'failed') return ok({ finished: true, outcome: refused(answer) });
  const task = typeof answer.task === 'string' ? answer.task : null;
  const opportunity = typeof answer.networkId === 'string' ? answer.networkId : '';
  const found = await read(
    'ListEngagementFromOpportunityTasks',
    {
      ...(task === null ? { OpportunityIdentifier: [opportunity] } : { TaskIdentifier: [task] }),
      Sort: { SortBy: 'StartTime', SortOrder: 'DESCENDING' },
    },
    tasksAnswer,
  );
  if (!found.ok) return found;
  const [latest] = found.value.TaskSummaries ?? [];
  const now = latest === undefined ? answer : submissionAnswer(latest, opportunity);
  if (now.status === 'complete')
    return ok({ finished: true, outcome: { state: 'done', answer: now, lookedUp: false } });
  return now.status === 'failed'
    ? ok({ finished: true, outcome: refused(now) })
    : ok({ finished: false, outcome: null });
};

const refused = (answer: JsonObject) => {
  const reason = typeof answer.reason === 'string' ? answer.reason : '';
  const said = typeof answer.message === 'string' && answer.message !== '' ? `: ${answer.message}` : '';
  const message = `The submission failed because ${reasons[reason] ?? (reason || 'AWS gave no reason')}${said}`;
  return { state: 'refused', problems: [{ target: '', code: reason, message }], message } as const;
};
