import { sql } from 'kysely';
import type { Json } from '../../domain/values/json.ts';
import type { Job } from '../../ports/job-queue/job-queue.ts';
import type { Claim, ClaimedWork, NewWork, Work, WorkKind, WorkOutcome } from '../../ports/work-inbox/work-inbox.ts';
import { type Approval, type ApprovalRow, toApproval } from './approvals.ts';
import type { Stop } from './control.ts';
import { withoutQuotes } from '../logging/without-quotes.ts';
import type { OrgDatabase } from './org-database.ts';
import { type LinkRow, type ReferralLink, toLink } from './referral-links.ts';
import { Together } from '../../domain/values/together.ts';

interface InboxRow {
  readonly id: string;
  readonly kind: WorkKind;
  readonly target: string;
  readonly deal: string;
  /** Claims so far, `waits` of them given back for want of rate budget. */
  readonly attempts: number;
  readonly waits: number;
  readonly priority: number;
  readonly correlation: string;
  readonly payload: Json;
  readonly received_at: Date;
}

/** What `claim_work` tells: JSON, so instants are texts. */
interface Taken {
  readonly work: Omit<InboxRow, 'received_at'> & { readonly received_at: string };
  readonly fence: string;
  readonly epoch: string;
  readonly stops: readonly Stop[];
  readonly links: readonly LinkRow[];
  readonly today: DayCounts;
  readonly approvals: readonly ApprovalRow[];
}

/** Actions begun under a function and partner on this day (UTC), with what they are worth in one currency. */
export interface DayCount {
  readonly function: string;
  readonly partner: string;
  /** Empty where an action has no amount. */
  readonly currency: string;
  readonly minor: number;
}

export interface DayCounts {
  readonly totals: readonly (DayCount & { readonly actions: number })[];
  /** Those of the deal itself, each with the key of its first effect. */
  readonly own: readonly (DayCount & { readonly key: string })[];
}

interface Ending {
  readonly deal: string;
  readonly fence: string;
  readonly id: string;
  readonly outcome: WorkOutcome;
}

type Ended = Pick<InboxRow, 'id' | 'attempts' | 'priority'>;

/** A claim, and what stood around it at that moment: it costs no round trips of its own. */
export interface ClaimedDeal extends ClaimedWork {
  readonly stops: readonly Stop[];
  /** All attempts of the deal, the newest first. */
  readonly links: readonly ReferralLink[];
  readonly today: DayCounts;
  /** Approvals of the deal that are open, or answered and not carried out yet; the oldest first. */
  readonly approvals: readonly Approval[];
}

export interface LeaseSettings {
  /** How long a claim holds without being renewed. Longer: a dead worker's deal waits longer. Shorter: more renewals. */
  readonly leaseMs: number;
  /** Taken off the lease on our side, so that our clock says "over" before PostgreSQL's does. */
  readonly marginMs: number;
}

export const defaultLease: LeaseSettings = { leaseMs: 30_000, marginMs: 3_000 };

const toWork = (org: string, row: InboxRow): Work => ({
  org,
  id: row.id,
  kind: row.kind,
  target: row.target,
  deal: row.deal,
  attempts: row.attempts - row.waits,
  priority: row.priority,
  correlation: row.correlation,
  payload: row.payload,
  receivedAt: row.received_at.toISOString(),
});

const toJob = (org: string, row: { id: string; attempts: number; priority: number; delay_ms?: number }): Job => ({
  org,
  id: row.id,
  attempt: row.attempts,
  priority: row.priority,
  delayMs: Math.max(0, Math.round(Number(row.delay_ms ?? 0))),
});

/** The inbox of one org: what there is to do, who does it, and how it ended. */
export class PostgresInbox {
  readonly #database: OrgDatabase;
  readonly #holder: string;
  readonly #lease: LeaseSettings;
  readonly #monotonic: () => number;
  readonly #claims = new Together<string, ClaimedDeal | null>((ids) => this.#claimAll(ids));
  readonly #ends = new Together<Ending, Ended | null>((ends) => this.#finishAll(ends));

  /** `holder` names this process in the claims; `monotonic` is milliseconds that no clock change moves. */
  constructor(database: OrgDatabase, holder: string, lease = defaultLease, monotonic = () => performance.now()) {
    this.#database = database;
    this.#holder = holder;
    this.#lease = lease;
    this.#monotonic = monotonic;
  }

  get org(): string {
    return this.#database.org;
  }

  /**
   * Adds work; a row that has ended is woken again when `reopen` is set, one that is known is otherwise left alone. A row
   * that ended within the last minute is left too: what is told of it may be older than its end.
   */
  async add(work: readonly NewWork[], reopen = false): Promise<readonly Job[]> {
    if (work.length === 0) return [];
    const rows = await this.#database.run(sql<InboxRow>`
      insert into inbox (org, kind, target, deal, correlation, priority, payload)
      select ${this.org}, kind, target, deal, correlation, priority, payload
      from jsonb_to_recordset(${JSON.stringify(work)}::jsonb)
        as new (kind text, target text, deal text, correlation text, priority smallint, payload jsonb)
      on conflict (org, kind, target) do update
        set state = 'waiting', due_at = now(), payload = excluded.payload, changed_at = now(), attempts = 0, waits = 0
        where ${reopen} and inbox.state not in ('waiting', 'working') and inbox.changed_at < now() - interval '1 minute'
      returning *`);
    return rows.map((row) => toJob(this.org, row));
  }

  /**
   * Takes a row that is due, and its deal, in one statement. Null when it is not due, has ended, or another row of the
   * same deal is at work; the sweep tries again. A claim need not be on disk: nothing is sent before the first effect is,
   * and a claim that PostgreSQL forgot by then is refused there.
   */
  claim(id: string): Promise<ClaimedDeal | null> {
    return this.#claims.ask(id);
  }

  async #claimAll(ids: readonly string[]): Promise<readonly (ClaimedDeal | null)[]> {
    const asked = this.#monotonic();
    const rows = await this.#database.runAhead(sql<{ taken: Taken | null }>`
      select claim_work(${this.org}, id, ${this.#holder}, ${this.#lease.leaseMs}::float8) as taken
      from unnest(${[...ids]}::bigint[]) with ordinality as wanted (id, place) order by place`);
    return rows.map(({ taken }) => taken && this.#toClaimed(taken, asked));
  }

  #toClaimed({ work, fence, epoch, stops, links, today, approvals }: Taken, asked: number): ClaimedDeal {
    return {
      work: toWork(this.org, { ...work, received_at: new Date(work.received_at) }),
      claim: {
        org: this.org,
        deal: work.deal,
        fence,
        epoch,
        safeUntil: asked + this.#lease.leaseMs - this.#lease.marginMs,
      },
      stops: stops.map((stop) => ({ ...stop, at: new Date(stop.at).toISOString() })),
      links: links.map(toLink),
      today,
      approvals: approvals.map(toApproval),
    };
  }

  /** Makes a lease last longer. Null when the claim is no longer ours: stop and write nothing. */
  async renew(claim: Claim): Promise<Claim | null> {
    const asked = this.#monotonic();
    const rows = await this.#database.runAhead(sql`
      update claims set lease_until = now() + ${this.#lease.leaseMs} * interval '1 millisecond'
      where org = ${this.org} and deal = ${claim.deal} and fence = ${claim.fence} and lease_until > now()
      returning fence`);
    return rows.length === 0 ? null : { ...claim, safeUntil: asked + this.#lease.leaseMs - this.#lease.marginMs };
  }

  /**
   * Ends a claim and its row in one statement, only while the claim is ours. Gives the job to enqueue when the row goes
   * back, or null. False when the claim was lost: somebody else has the row now. Waiting in line is no failed attempt.
   * Forgotten in a crash of PostgreSQL it is done again, and finds everything done.
   */
  async finish(claim: Claim, id: string, outcome: WorkOutcome): Promise<{ held: boolean; job: Job | null }> {
    const { note } = outcome;
    const kept = note === undefined ? outcome : { ...outcome, note: withoutQuotes(note) };
    const row = await this.#ends.ask({ deal: claim.deal, fence: claim.fence, id, outcome: kept });
    if (!row || outcome.state !== 'again') return { held: row !== null, job: null };
    return { held: true, job: toJob(this.org, { ...row, delay_ms: outcome.inMs }) };
  }

  async #finishAll(ends: readonly Ending[]): Promise<readonly (Ended | null)[]> {
    const rows = await this.#database.runAhead(sql<{ ended: Ended | null }>`
      select finish_work(${this.org}, deal, fence, id, outcome) as ended
      from rows from (jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) as (deal text, fence bigint, id bigint, outcome jsonb))
        with ordinality order by ordinality`);
    return rows.map(({ ended }) => ended);
  }

  /** Moves a row to the deal it turned out to belong to, and gives the claim on the wrong one back. */
  async moveToDeal(claim: Claim, id: string, deal: string): Promise<Job | null> {
    const [row] = await this.#database.run(sql<InboxRow>`
      with released as (
        delete from claims where org = ${this.org} and deal = ${claim.deal} and fence = ${claim.fence} returning fence
      )
      update inbox set deal = ${deal}, state = 'waiting', due_at = now(), changed_at = now()
      from released where inbox.org = ${this.org} and inbox.id = ${id} and inbox.fence = released.fence
      returning inbox.*`);
    return row ? toJob(this.org, row) : null;
  }

  /** Rows that are due and that nobody holds: waiting past their time, or claimed by a worker whose lease has ended. */
  async due(limit: number): Promise<readonly Job[]> {
    const rows = await this.#database.run(sql<InboxRow & { overdue: number }>`
      select inbox.*, floor(extract(epoch from now() - inbox.due_at) * 1000 / ${this.#lease.leaseMs}::float8)::int as overdue
      from inbox left join claims on claims.org = inbox.org and claims.deal = inbox.deal
      where inbox.org = ${this.org} and inbox.state in ('waiting', 'working') and inbox.due_at <= now()
        and (claims.fence is null or claims.lease_until <= now())
      order by inbox.priority, inbox.due_at limit ${limit}`);
    return rows.map((row) => ({ ...toJob(this.org, row), ...(row.overdue > 0 ? { overdue: row.overdue } : {}) }));
  }

  /** Wakes rows that ended as `dead`, or one of them, for `tandem queue retry`. */
  async retryDead(id?: string): Promise<readonly Job[]> {
    const rows = await this.#database.run(sql<InboxRow>`
      update inbox set state = 'waiting', due_at = now(), attempts = 0, waits = 0, changed_at = now()
      where org = ${this.org} and state = 'dead' and (${id ?? null}::bigint is null or id = ${id ?? null}::bigint)
      returning *`);
    return rows.map((row) => toJob(this.org, row));
  }

  /** Wakes requests that have ended, so that what they left is looked at once more; what is still to be done stays so. */
  async reopen(requests: readonly string[]): Promise<readonly Job[]> {
    const rows = await this.#database.run(sql<InboxRow>`
      update inbox set state = 'waiting', due_at = now(), changed_at = now()
      where org = ${this.org} and kind = 'request' and target = any (${[...requests]}::text[]) and state in ('done', 'refused')
      returning *`);
    return rows.map((row) => toJob(this.org, row));
  }

  /** How many rows there are in each state, for metrics, `doctor` and `sync status`. */
  async counts(): Promise<Readonly<Record<string, number>>> {
    const rows = await this.#database.run(sql<{ state: string; count: string }>`
      select state, count(*) as count from inbox where org = ${this.org} group by state`);
    return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
  }
}
