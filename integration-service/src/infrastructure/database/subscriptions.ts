import { sql } from 'kysely';
import type { Job } from '../../ports/job-queue/job-queue.ts';
import type { NewWork } from '../../ports/work-inbox/work-inbox.ts';
import type { OrgDatabase } from './org-database.ts';

/** The right to listen to one channel of an org, or to do one of its chores; one process at a time has it. */
export interface Lease {
  readonly channel: string;
  readonly fence: string;
}

/** An event to be kept: what it was, and what work it gives. */
export interface StoredEvent {
  readonly eventId: string;
  readonly schemaId: string;
  readonly replayId: Buffer;
  readonly payload: Buffer;
  /** Why nothing could be made of it; the event is kept and passed. */
  readonly poison: string | null;
  readonly work: readonly NewWork[];
  /** A grant, a mode or a policy changed: what was judged before must be judged again. */
  readonly raiseEpoch: boolean;
}

/** The leader's lease is lost, or its place in the stream: stop listening; whoever has the lease begins at what is kept. */
export class LeaseLost extends Error {}

const lost = (channel: string): LeaseLost =>
  new LeaseLost(`another process listens to ${channel}, or PostgreSQL has forgotten the last events of it`);

/** Which process listens, and how far each channel was read. */
export class PostgresSubscriptions {
  readonly #database: OrgDatabase;
  readonly #holder: string;
  readonly #leaseMs: number;

  constructor(database: OrgDatabase, holder: string, leaseMs = 15_000) {
    this.#database = database;
    this.#holder = holder;
    this.#leaseMs = leaseMs;
  }

  /** Takes the lease of a channel, or makes ours last longer. Null while another process has it. */
  async acquire(channel: string): Promise<(Lease & { replayId: Buffer | null }) | null> {
    const [row] = await this.#database.run(sql<{ fence: string; replay_id: Buffer | null }>`
      insert into subscriptions (org, channel, holder, fence, lease_until)
      values (${this.#database.org}, ${channel}, ${this.#holder}, next_fence(), now() + ${this.#leaseMs} * interval '1 millisecond')
      on conflict (org, channel) do update
        set holder = excluded.holder, lease_until = excluded.lease_until,
          fence = case when subscriptions.holder = excluded.holder and subscriptions.lease_until > now()
                       then subscriptions.fence else excluded.fence end
        where subscriptions.lease_until <= now() or subscriptions.holder = excluded.holder
      returning fence, replay_id`);
    return row ? { channel, fence: row.fence, replayId: row.replay_id } : null;
  }

  async release(lease: Lease): Promise<void> {
    await this.#database.run(sql`
      update subscriptions set lease_until = '-infinity'
      where org = ${this.#database.org} and channel = ${lease.channel} and fence = ${lease.fence}`);
  }

  /**
   * Raw event, inbox rows and replay id in one transaction, fenced by the lease. An event that was kept before gives no
   * work. `place` is the replay id that is kept by now. Throws `LeaseLost` when another process listens, or the place kept
   * is another one: a crash of PostgreSQL forgot the last events, and they must be heard again before this one. Nothing is
   * written then.
   */
  async store(lease: Lease, event: StoredEvent, place: Buffer | null): Promise<readonly Job[]> {
    const { org } = this.#database;
    const rows = await this.#database.runAhead(sql<{ id: string; attempts: number; priority: number; held: boolean }>`
      with held as (
        update subscriptions set replay_id = ${event.replayId}, last_event_at = now()
        where org = ${org} and channel = ${lease.channel} and fence = ${lease.fence} and lease_until > now()
          and replay_id is not distinct from ${place}::bytea
        returning true
      ), kept as (
        insert into events_raw (org, channel, event_id, replay_id, schema_id, payload, poison)
        select ${org}, ${lease.channel}, ${event.eventId}, ${event.replayId}, ${event.schemaId}, ${event.payload}, ${event.poison} from held
        on conflict (org, channel, event_id) do nothing returning id
      ), raised as (
        insert into control (org, epoch) select ${org}, 2 from kept where ${event.raiseEpoch}
        on conflict (org) do update set epoch = control.epoch + 1
      ), added as (
        insert into inbox (org, kind, target, deal, correlation, priority, payload)
        select ${org}, kind, target, deal, correlation, priority, work.payload
        from kept, jsonb_to_recordset(${JSON.stringify(event.work)}::jsonb)
          as work (kind text, target text, deal text, correlation text, priority smallint, payload jsonb)
        on conflict (org, kind, target) do update
          set state = 'waiting', due_at = now(), payload = excluded.payload, changed_at = now()
          where excluded.kind <> 'request' and inbox.state not in ('waiting', 'working')
        returning id, attempts, priority
      )
      select added.id, added.attempts, added.priority, held.bool as held
      from (select true as bool from held) held left join added on true`);
    if (rows.length === 0) throw lost(lease.channel);
    return rows
      .filter((row) => row.id !== null)
      .map((row) => ({ org, id: row.id, attempt: row.attempts, priority: row.priority, delayMs: 0 }));
  }

  /** Moves the replay id on from `place` while there is nothing to tell, so that a quiet channel's does not expire. */
  async touch(lease: Lease, replayId: Buffer, place: Buffer | null): Promise<void> {
    const rows = await this.#database.run(sql`
      update subscriptions set replay_id = ${replayId}
      where org = ${this.#database.org} and channel = ${lease.channel} and fence = ${lease.fence} and lease_until > now()
        and replay_id is not distinct from ${place}::bytea
      returning channel`);
    if (rows.length === 0) throw lost(lease.channel);
  }

  /** Forgets a replay id that the org does not know any more. */
  async forgetReplayId(lease: Lease): Promise<void> {
    await this.#database.run(sql`
      update subscriptions set replay_id = null
      where org = ${this.#database.org} and channel = ${lease.channel} and fence = ${lease.fence}`);
  }

  /** When the last event came, and how many could not be read, for `doctor` and metrics. */
  async status(channel: string): Promise<{ lastEventAt: string | null; holder: string | null; poison: number }> {
    const [row] = await this.#database.run(sql<{ last_event_at: Date | null; holder: string | null; poison: string }>`
      select last_event_at, case when lease_until > now() then holder end as holder,
        (select count(*) from events_raw where org = ${this.#database.org} and poison is not null) as poison
      from subscriptions where org = ${this.#database.org} and channel = ${channel}`);
    return {
      lastEventAt: row?.last_event_at?.toISOString() ?? null,
      holder: row?.holder ?? null,
      poison: Number(row?.poison ?? 0),
    };
  }

  /** Raw events are kept as long as the org itself keeps them and a little more; then a sweep by query is the only way. */
  async forgetOldEvents(): Promise<void> {
    await this.#database.run(sql`
      delete from events_raw where org = ${this.#database.org} and received_at < now() - interval '7 days' and poison is null`);
  }
}
