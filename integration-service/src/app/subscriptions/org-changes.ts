import { ZodError } from 'zod';
import type { ChangeEvent } from '../../connectors/salesforce/change-event.ts';
import type { RawEvent, StartAt, Subscription } from '../../connectors/salesforce/pubsub-client.ts';
import { sourcePaths } from '../../domain/referrals/draft.ts';
import { homePath } from '../../domain/referrals/visible-facts.ts';
import { LeaseLost, type Lease } from '../../infrastructure/database/subscriptions.ts';
import type { NewWork } from '../../ports/work-inbox/work-inbox.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { dealWork, requestWork } from '../workers/request-payload.ts';
import { enqueue } from '../workers/run-work.ts';
import { sweepRequests } from '../workers/sweep-inbox.ts';

/** The event bus of one org, as the connector gives it. */
export interface EventBus {
  subscribe(
    topic: string,
    start: StartAt,
    onEvent: (event: RawEvent) => Promise<void>,
    onIdle: (replayId: Buffer) => Promise<void>,
  ): Promise<Subscription>;
  decode(event: RawEvent): Promise<ChangeEvent>;
  /** The session ended: sign in anew before the next try. */
  forgetSession(): void;
}

const retryMs = 2_000;

/** Records that decide what may be done: whatever was judged before one of them changed is judged again. */
const settingsObjects: ReadonlySet<string> = new Set(['PartnerGrant__c', 'FunctionMode__c', 'GuardrailPolicy__c']);

/**
 * Listens to one org for as long as the service runs, whenever this process has the lease. Every event is stored with its
 * replay id and the work it gives in one transaction before the next is taken.
 */
export const listenToOrg = async (
  org: OrgRuntime,
  bus: EventBus,
  topic: string,
  stopping: AbortSignal,
): Promise<void> => {
  while (!stopping.aborted) {
    try {
      await listenOnce(org, bus, topic, stopping);
    } catch (error) {
      if (stopping.aborted) return;
      org.log.warn({ error }, 'the event bus could not be listened to; trying again');
    }
    await org.pause(retryMs).catch(() => undefined);
  }
};

const listenOnce = async (org: OrgRuntime, bus: EventBus, topic: string, stopping: AbortSignal): Promise<void> => {
  const lease = await org.subscriptions.acquire(topic);
  if (!lease) return;
  const start: StartAt = lease.replayId ? { after: lease.replayId } : 'earliest';
  const place = new StoredPlace(lease.replayId);
  const subscription = await bus.subscribe(
    topic,
    start,
    (event) => place.moves(event.replayId, (from) => take(org, bus, lease, event, from)),
    (replayId) => place.moves(replayId, (from) => org.subscriptions.touch(lease, replayId, from)),
  );
  const stop = (): void => subscription.stop();
  stopping.addEventListener('abort', stop, { once: true });
  // A signal that was given while the stream opened is not given again.
  if (stopping.aborted) stop();
  const keeping = setInterval(
    () => {
      const asked = place.now();
      org.subscriptions.acquire(topic).then(
        (still) => {
          if (still?.fence !== lease.fence) return stop();
          if (!place.isForgotten(still.replayId, asked)) return;
          org.log.warn({ topic }, 'PostgreSQL has forgotten the last events; they are listened to again');
          stop();
        },
        // PostgreSQL away: no event can be stored either, which ends the stream by itself.
        () => undefined,
      );
    },
    Math.min(4_000, org.renewEveryMs),
  );
  try {
    // What came while nobody listened and is older than the org keeps events, or was never told.
    await sweepRequests(org);
    const end = await subscription.ended;
    if (end.why === 'unauthenticated') bus.forgetSession();
    if (end.why === 'replay-lost') {
      org.log.warn(
        { topic },
        'the org does not know our place in the stream any more; starting at the oldest, and sweeping',
      );
      await org.subscriptions.forgetReplayId(lease);
    }
    if (end.why === 'broken' || end.why === 'unauthenticated')
      org.log.warn({ topic, why: end.message }, 'the stream ended');
  } finally {
    clearInterval(keeping);
    stopping.removeEventListener('abort', stop);
    subscription.stop();
    await org.subscriptions.release(lease).catch(() => undefined);
  }
};

/**
 * How far a stream is stored, by its own account. An event is stored without waiting for the disk, so a crash of
 * PostgreSQL may set the place back while the stream goes on behind it: then it has to begin again there. What is stored
 * next finds that out by itself; on a quiet stream the renewal of the lease does.
 */
class StoredPlace {
  #replayId: Buffer | null;
  /** Odd while the place is being moved. */
  #moves = 0;

  constructor(replayId: Buffer | null) {
    this.#replayId = replayId;
  }

  async moves(replayId: Buffer, store: (from: Buffer | null) => Promise<unknown>): Promise<void> {
    this.#moves += 1;
    await store(this.#replayId);
    this.#replayId = replayId;
    this.#moves += 1;
  }

  now(): number {
    return this.#moves;
  }

  /** Whether PostgreSQL shows another place although nothing has moved it since it was asked. */
  isForgotten(shown: Buffer | null, askedAt: number): boolean {
    if (askedAt !== this.#moves || askedAt % 2 === 1) return false;
    return shown === null ? this.#replayId !== null : !shown.equals(this.#replayId ?? Buffer.alloc(0));
  }
}

interface Meaning {
  readonly object: string;
  readonly work: readonly NewWork[];
  readonly raiseEpoch: boolean;
  readonly sweep: boolean;
  readonly poison: string | null;
}

const take = async (
  org: OrgRuntime,
  bus: EventBus,
  lease: Lease,
  event: RawEvent,
  place: Buffer | null,
): Promise<void> => {
  org.trace('event-received');
  const meaning = await meaningOf(org, bus, event);
  org.metrics.events.inc({ object: meaning.object });
  if (meaning.poison)
    org.log.error({ event: event.eventId, why: meaning.poison }, 'an event could not be read; kept and passed');
  org.trace('event-before-stored');
  const jobs = await org.subscriptions.store(
    lease,
    { ...event, poison: meaning.poison, work: meaning.work, raiseEpoch: meaning.raiseEpoch },
    place,
  );
  org.trace('event-after-stored');
  if (meaning.raiseEpoch) org.crm.forgetSettings();
  await enqueue(org, jobs);
  org.trace('event-after-enqueued');
  if (meaning.sweep) await sweepRequests(org);
};

/** What an event means for us. One that cannot be decoded is poison; an org that cannot be asked for its schema is not. */
const meaningOf = async (org: OrgRuntime, bus: EventBus, event: RawEvent): Promise<Meaning> => {
  const nothing = { work: [], raiseEpoch: false, sweep: false, poison: null };
  let change: ChangeEvent;
  try {
    change = await bus.decode(event);
  } catch (error) {
    if (isUnreachable(error)) throw error;
    const why =
      error instanceof ZodError
        ? error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')
        : String(error);
    return { ...nothing, object: 'unreadable', poison: why.slice(0, 1_000) };
  }
  const { object, gap, recordIds, fields, commitUser } = change;
  if (settingsObjects.has(object)) return { ...nothing, object, raiseEpoch: !isOwnTouch(org.user, change) };
  if (object === 'Opportunity') return { ...nothing, object, work: await changedDeals(org, change) };
  if (object !== 'Request__c') return { ...nothing, object };
  if (gap || change.changeType.startsWith('GAP')) return { ...nothing, object, sweep: true };
  const text = (name: string): string | null => (typeof fields[name] === 'string' ? fields[name] : null);
  return {
    ...nothing,
    object,
    work: recordIds.map((id) =>
      requestWork(org.org, {
        id,
        opportunityId: text('Opportunity__c'),
        referralId: text('Referral__c'),
        partnerId: text('Partner__c'),
        requestedBy: commitUser,
        surface: text('Surface__c'),
        kind: text('Kind__c'),
      }),
    ),
  };
};

const touchedFields = new Set(['EvidenceCheckedAt__c', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp']);

/**
 * The integration user has looked at a grant's evidence again, or `doctor` has touched it: nobody's word has changed, so what
 * was judged under it still is. Of anybody else it counts: a field that was emptied is not in the event.
 */
const isOwnTouch = (user: string, { object, changeType, commitUser, fields }: ChangeEvent): boolean =>
  object === 'PartnerGrant__c' &&
  changeType === 'UPDATE' &&
  commitUser?.slice(0, 15) === user.slice(0, 15) &&
  Object.keys(fields).every((name) => touchedFields.has(name));

/**
 * A changed deal is looked at when something of it that the mapping reads was changed. One event carries all that happened
 * in a transaction, so ours are not dropped by their origin: what we write ourselves is subtracted, and the rest counts.
 */
const changedDeals = async (org: OrgRuntime, change: ChangeEvent): Promise<readonly NewWork[]> => {
  const settings = await org.crm.readSettings(org.settingsMaxAgeMs);
  if (!settings.ok || change.gap || change.changeType === 'CREATE') return change.gap ? dealsOf(org, change, null) : [];
  const { mapping } = settings.value;
  // The owner counts whether or not it is sent: referrals belong to whoever has the deal.
  const read = new Set(['OwnerId', ...sourcePaths([...mapping]).flatMap(fieldsOfDeal)]);
  const isOurs = /\bclient=Tandem\b/.test(change.changeOrigin);
  const written = new Set(isOurs ? mapping.flatMap((row) => fieldsOfDeal(homePath(row) ?? '')) : []);
  const fields = Object.keys(change.fields).filter((field) => read.has(field) && !written.has(field));
  return fields.length === 0 ? [] : dealsOf(org, change, fields);
};

const dealsOf = (org: OrgRuntime, change: ChangeEvent, fields: readonly string[] | null): readonly NewWork[] =>
  change.recordIds.map((id) =>
    dealWork(org.org, id, change.transactionKey, {
      by: change.commitUser,
      fields: fields === null ? null : [...fields],
    }),
  );

/** The deal's own field that a path of the mapping begins with: `Opportunity.Account.Name` begins with `AccountId`. */
const fieldsOfDeal = (path: string): readonly string[] => {
  const [root, first, ...more] = path.split('.');
  if (root !== 'Opportunity' || first === undefined) return [];
  return more.length > 0 ? [`${first}Id`] : [first];
};

/** gRPC's UNAVAILABLE, DEADLINE_EXCEEDED and UNAUTHENTICATED: the event is sound, the org is not to be had. */
const isUnreachable = (error: unknown): boolean => {
  if (error instanceof LeaseLost) return true;
  const code: unknown = Object(error).code;
  return code === 14 || code === 4 || code === 16;
};
