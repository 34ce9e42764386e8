import { invitationNotice, takeReviewStep } from './reviewer.ts';
import { finishAcceptance } from '../operations/invitations.ts';
import { finishSubmissionTask } from '../operations/submissions.ts';
import type { Call } from '../operations/context.ts';
import type { AceSettings } from '../settings.ts';
import type { Queries, Store } from '../store/database.ts';
import { lockInvitation, lockTask, saveTask, settleInvitation } from '../store/engagements.ts';
import { lockOpportunity } from '../store/opportunities.ts';
import type { Notice } from '../wire/notices.ts';

/** Longest sleep between two looks at the database: also how late a step is that another process has planned. */
const longestSleepMs = 30_000;

/** Runs one call's work in a transaction and sends its notices once that is committed. */
export const runCall = async <Result>(
  store: Store,
  settings: AceSettings,
  send: (notices: readonly Notice[]) => void,
  work: (call: Call) => Promise<Result>,
): Promise<Result> => {
  const notices: Notice[] = [];
  const result = await store.transaction((queries) =>
    work({ queries, now: settings.now(), settings, announce: (notice) => notices.push(notice) }),
  );
  send(notices);
  return result;
};

/** The same for work that only reads: single statements, no transaction. */
export const runReading = <Result>(
  store: Store,
  settings: AceSettings,
  work: (call: Call) => Promise<Result>,
): Promise<Result> =>
  work({
    queries: store,
    now: settings.now(),
    settings,
    announce: ({ detailType }) => {
      throw new Error(`A reading call announced "${detailType}".`);
    },
  });

interface Due {
  readonly kind: 'task' | 'review' | 'invitation';
  readonly id: string;
}

const dueNow = (queries: Queries, now: Date): Promise<Due[]> =>
  queries.query<Due>(
    `select 'task' as kind, id, due_at as at from ace_task where due_at <= $1
     union all select 'review', id, review_due_at from ace_opportunity where review_due_at <= $1
     union all select 'invitation', id, expires_at from ace_invitation where status = 'PENDING' and expires_at <= $1
     order by at, id limit 100`,
    [now],
  );

const nextDue = async (queries: Queries): Promise<Date | undefined> => {
  const [row] = await queries.query<{ at: Date | null }>(
    `select least((select min(due_at) from ace_task), (select min(review_due_at) from ace_opportunity),
       (select min(expires_at) from ace_invitation where status = 'PENDING')) as at`,
  );
  return row?.at ?? undefined;
};

const settle = async (call: Call, due: Due): Promise<void> => {
  switch (due.kind) {
    case 'task': {
      const task = await lockTask(call.queries, due.id);
      if (task?.dueAt === null || task === undefined || task.dueAt > call.now) return;
      const finish = task.kind === 'engagement-from-opportunity-task' ? finishSubmissionTask : finishAcceptance;
      return saveTask(call.queries, await finish(call, task));
    }
    case 'review': {
      const opportunity = await lockOpportunity(call.queries, due.id);
      if (!opportunity?.reviewDueAt || opportunity.reviewDueAt > call.now) return;
      return takeReviewStep(call, opportunity);
    }
    case 'invitation': {
      const invitation = await lockInvitation(call.queries, due.id);
      if (invitation?.status !== 'PENDING') return;
      await settleInvitation(call.queries, invitation.id, 'EXPIRED');
      call.announce(invitationNotice('Engagement Invitation Expired', invitation));
    }
  }
};

/** Does what is due by the clock: tasks that complete, reviews that move, invitations that expire. Its memory is the database. */
export class Timekeeper {
  readonly #store: Store;
  readonly #settings: AceSettings;
  readonly #send: (notices: readonly Notice[]) => void;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(store: Store, settings: AceSettings, send: (notices: readonly Notice[]) => void) {
    this.#store = store;
    this.#settings = settings;
    this.#send = send;
  }

  /** Does everything that is due now, also what becomes due by doing it. */
  async advance(): Promise<void> {
    for (;;) {
      const due = await dueNow(this.#store, this.#settings.now());
      if (due.length === 0) return;
      for (const one of due) await runCall(this.#store, this.#settings, this.#send, (call) => settle(call, one));
    }
  }

  /** Looks again: call after every change that may have planned something. */
  wake(): void {
    if (this.#stopped) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#running = this.#look().finally(() => {
      this.#running = undefined;
      if (this.#again) {
        this.#again = false;
        this.wake();
      }
    });
  }

  async #look(): Promise<void> {
    let sleep = longestSleepMs;
    try {
      await this.advance();
      const next = await nextDue(this.#store);
      if (next) sleep = Math.min(sleep, Math.max(1, next.getTime() - this.#settings.now().getTime()));
    } catch (error) {
      // The database may be away for a while; what is due stays due.
      if (!this.#stopped) process.stderr.write(`aws-ace: ${(error as Error).message}; looking again later\n`);
      sleep = 1_000;
    }
    if (!this.#stopped) this.#timer = setTimeout(() => this.wake(), sleep).unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }
}
