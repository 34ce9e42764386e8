import type { Queries } from './database.ts';

export type TaskKind = 'engagement-from-opportunity-task' | 'engagement-by-accepting-invitation-task';

export interface Task {
  readonly id: string;
  readonly kind: TaskKind;
  readonly catalog: string;
  readonly status: 'IN_PROGRESS' | 'COMPLETE' | 'FAILED';
  readonly opportunityId: string;
  readonly engagementId: string | null;
  readonly invitationId: string | null;
  readonly jobId: string | null;
  readonly submission: { readonly InvolvementType: string; readonly Visibility?: string | undefined } | null;
  readonly message: string | null;
  readonly reasonCode: string | null;
  readonly startedAt: Date;
  readonly dueAt: Date | null;
}

export interface Invitation {
  readonly id: string;
  readonly catalog: string;
  readonly opportunityId: string;
  readonly engagementId: string;
  readonly participant: 'RECEIVER' | 'SENDER';
  readonly status: 'PENDING' | 'ACCEPTED' | 'REJECTED' | 'EXPIRED';
  readonly rejectionReason: string | null;
  readonly invitedAt: Date;
  readonly expiresAt: Date;
}

const taskColumns = `id, kind, catalog, status, opportunity_id as "opportunityId", engagement_id as "engagementId",
  invitation_id as "invitationId", job_id as "jobId", submission, message, reason_code as "reasonCode",
  started_at as "startedAt", due_at as "dueAt"`;
const invitationColumns = `id, catalog, opportunity_id as "opportunityId", engagement_id as "engagementId", participant,
  status, rejection_reason as "rejectionReason", invited_at as "invitedAt", expires_at as "expiresAt"`;

export const insertTask = async (queries: Queries, task: Task): Promise<void> => {
  await queries.query(
    `insert into ace_task (id, kind, catalog, status, opportunity_id, engagement_id, invitation_id, job_id, submission,
       message, reason_code, started_at, due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      task.id,
      task.kind,
      task.catalog,
      task.status,
      task.opportunityId,
      task.engagementId,
      task.invitationId,
      task.jobId,
      task.submission === null ? null : JSON.stringify(task.submission),
      task.message,
      task.reasonCode,
      task.startedAt,
      task.dueAt,
    ],
  );
};

export const saveTask = async (queries: Queries, task: Task): Promise<void> => {
  await queries.query(
    `update ace_task set status = $2, engagement_id = $3, invitation_id = $4, job_id = $5, message = $6,
       reason_code = $7, due_at = $8 where id = $1`,
    [task.id, task.status, task.engagementId, task.invitationId, task.jobId, task.message, task.reasonCode, task.dueAt],
  );
};

export const findTask = async (queries: Queries, id: string): Promise<Task | undefined> =>
  (await queries.query<Task>(`select ${taskColumns} from ace_task where id = $1`, [id]))[0];

/** Held against others; undefined when another process or call is at it already. */
export const lockTask = async (queries: Queries, id: string): Promise<Task | undefined> =>
  (await queries.query<Task>(`select ${taskColumns} from ace_task where id = $1 for update skip locked`, [id]))[0];

export const runningTaskFor = async (queries: Queries, opportunityId: string): Promise<Task | undefined> =>
  (
    await queries.query<Task>(
      `select ${taskColumns} from ace_task where opportunity_id = $1 and status = 'IN_PROGRESS' limit 1`,
      [opportunityId],
    )
  )[0];

export interface TaskFilter {
  readonly kind: TaskKind;
  readonly catalog: string;
  readonly statuses?: readonly string[] | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly opportunityIds?: readonly string[] | undefined;
  readonly engagementIds?: readonly string[] | undefined;
  readonly invitationIds?: readonly string[] | undefined;
}

interface Page {
  readonly offset: number;
  readonly limit: number;
  readonly descending: boolean;
}

const lastPart = (arnOrId: string): string => arnOrId.slice(arnOrId.lastIndexOf('/') + 1);

const matchingAny =
  (conditions: string[], values: unknown[]) => (column: string, list: readonly string[] | undefined) => {
    if (list === undefined || list.length === 0) return;
    values.push(list.map(lastPart));
    conditions.push(`${column} = any($${values.length}::text[])`);
  };

export const listTasks = (queries: Queries, filter: TaskFilter, page: Page): Promise<Task[]> => {
  const values: unknown[] = [filter.kind, filter.catalog];
  const conditions = ['kind = $1', 'catalog = $2'];
  const among = matchingAny(conditions, values);
  among('status', filter.statuses);
  among('id', filter.ids);
  among('opportunity_id', filter.opportunityIds);
  among('engagement_id', filter.engagementIds);
  among('invitation_id', filter.invitationIds);
  const direction = page.descending ? 'desc' : 'asc';
  values.push(page.limit, page.offset);
  return queries.query<Task>(
    `select ${taskColumns} from ace_task where ${conditions.join(' and ')}
     order by started_at ${direction}, id ${direction} limit $${values.length - 1} offset $${values.length}`,
    values,
  );
};

export const insertInvitation = async (queries: Queries, one: Invitation): Promise<void> => {
  await queries.query(
    `insert into ace_invitation (id, catalog, opportunity_id, engagement_id, participant, status, rejection_reason,
       invited_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      one.id,
      one.catalog,
      one.opportunityId,
      one.engagementId,
      one.participant,
      one.status,
      one.rejectionReason,
      one.invitedAt,
      one.expiresAt,
    ],
  );
};

export const settleInvitation = async (
  queries: Queries,
  id: string,
  status: Invitation['status'],
  rejectionReason: string | null = null,
): Promise<void> => {
  await queries.query(`update ace_invitation set status = $2, rejection_reason = $3 where id = $1`, [
    id,
    status,
    rejectionReason,
  ]);
};

/** By id or ARN. */
export const findInvitation = async (queries: Queries, arnOrId: string): Promise<Invitation | undefined> =>
  (
    await queries.query<Invitation>(`select ${invitationColumns} from ace_invitation where id = $1`, [
      lastPart(arnOrId),
    ])
  )[0];

export const lockInvitation = async (queries: Queries, arnOrId: string): Promise<Invitation | undefined> =>
  (
    await queries.query<Invitation>(`select ${invitationColumns} from ace_invitation where id = $1 for update`, [
      lastPart(arnOrId),
    ])
  )[0];

/** The partner's own invitation to AWS about an opportunity, when it was submitted by a task. */
export const sentInvitation = async (queries: Queries, opportunityId: string): Promise<Invitation | undefined> =>
  (
    await queries.query<Invitation>(
      `select ${invitationColumns} from ace_invitation where opportunity_id = $1 and participant = 'SENDER'
       order by invited_at desc limit 1`,
      [opportunityId],
    )
  )[0];

export interface InvitationFilter {
  readonly catalog: string;
  readonly participant: string;
  readonly statuses?: readonly string[] | undefined;
  readonly engagementIds?: readonly string[] | undefined;
}

export const listInvitations = (queries: Queries, filter: InvitationFilter, page: Page): Promise<Invitation[]> => {
  const values: unknown[] = [filter.catalog, filter.participant];
  const conditions = ['catalog = $1', 'participant = $2'];
  const among = matchingAny(conditions, values);
  among('status', filter.statuses);
  among('engagement_id', filter.engagementIds);
  const direction = page.descending ? 'desc' : 'asc';
  values.push(page.limit, page.offset);
  return queries.query<Invitation>(
    `select ${invitationColumns} from ace_invitation where ${conditions.join(' and ')}
     order by invited_at ${direction}, id ${direction} limit $${values.length - 1} offset $${values.length}`,
    values,
  );
};

/** How many engagements this catalog has, for the quota on them. */
export const countEngagements = async (queries: Queries, catalog: string): Promise<number> => {
  const [row] = await queries.query<{ count: string }>(
    `select count(distinct engagement_id) as count from ace_invitation where catalog = $1`,
    [catalog],
  );
  return Number(row?.count ?? 0);
};
