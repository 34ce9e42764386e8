import type { Claim, WorkKind } from '../../ports/work-inbox/work-inbox.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { backoffMs, type Handled, type HeldWork } from './held-work.ts';
import { RecordWriter } from './record-writer.ts';
import { runApproval } from './approvals/approval-turn.ts';
import { runDealChange } from './deal-turn.ts';
import { runRequest } from './request-turn.ts';

/** Who does which kind of work; whatever is not here is a person's request. */
const TURNS: Readonly<Partial<Record<WorkKind, (held: HeldWork, org: OrgRuntime) => Promise<Handled>>>> = {
  'deal-changed': runDealChange,
  approval: runApproval,
};

/** Takes one row of the inbox, does it under its claim, and puts it back or ends it. */
export const runWork = async (org: OrgRuntime, id: string): Promise<void> => {
  org.trace('before-claim');
  const claimed = await org.inbox.claim(id);
  if (!claimed) return;
  org.trace('after-claim');
  const { work } = claimed;
  const log = org.log.child({ correlation: work.correlation, work: work.id, target: work.target });
  let claim: Claim | null = claimed.claim;
  let latest: Claim = claimed.claim;
  const renewal = setInterval(() => {
    void org.inbox.renew(latest).then(
      (renewed) => {
        claim = renewed;
        if (renewed) latest = renewed;
      },
      // PostgreSQL away: the claim holds until its lease ends by our own clock, which `mayWrite` asks.
      () => undefined,
    );
  }, org.renewEveryMs);
  renewal.unref();
  const held: HeldWork = {
    work,
    stops: claimed.stops,
    links: claimed.links,
    today: claimed.today,
    approvals: claimed.approvals,
    claim: () => latest,
    mayWrite: () => claim !== null && performance.now() < latest.safeUntil,
  };
  try {
    const run = TURNS[work.kind] ?? runRequest;
    const handled = await run(held, org).catch((error: unknown): Handled => {
      if (error instanceof Error && error.name === 'AbortError')
        return { state: 'again', inMs: 0, note: 'the service stopped' };
      log.error({ error }, 'the work failed');
      const note = error instanceof Error ? error.message : String(error);
      return work.attempts >= 10 ? { state: 'dead', note } : { state: 'again', inMs: backoffMs(work.attempts), note };
    });
    if (handled.state === 'dead' && work.kind === 'request') await tellOfDead(org, held);
    org.trace('before-finished');
    await finish(org, held, handled);
    org.trace('after-finished');
    log.info(
      { outcome: handled.state, attempts: work.attempts, ...('note' in handled ? { note: handled.note } : {}) },
      'work',
    );
  } finally {
    clearInterval(renewal);
  }
};

/** Nobody tries it again by itself: whoever asked is told, instead of waiting for ever. The reason is for operators. */
const tellOfDead = async (org: OrgRuntime, held: HeldWork): Promise<void> => {
  const writer = new RecordWriter(org.crm, null, undefined, held.mayWrite);
  const message = `Tandem could not finish this. Ask your admin to look at it (${held.work.correlation}), then try again.`;
  writer.post({ request: { id: held.work.target, state: 'refused', message } });
  const error = await writer.flush();
  if (error) org.log.warn({ correlation: held.work.correlation, problem: error.message }, 'nobody could be told');
};

const finish = async (org: OrgRuntime, held: HeldWork, handled: Handled): Promise<void> => {
  const { work } = held;
  if (handled.state === 'lost') return repair(org, held);
  if (handled.state === 'other-deal') {
    const job = await org.inbox.moveToDeal(held.claim(), work.id, handled.deal);
    if (job) await enqueue(org, [job]);
    return;
  }
  const { held: ours, job } = await org.inbox.finish(held.claim(), work.id, handled);
  if (!ours) return repair(org, held);
  if (job) await enqueue(org, [job]);
};

/**
 * A worker that was stalled and woke up after its lease may have had one record write in flight, which then lands after
 * the newer one. What is at the partner is read again there. What is not has nothing but its facts to say what belongs on
 * the record, so its request is looked at again, and so is ours, which may say once more that it was taken.
 */
const repair = async (org: OrgRuntime, { work }: HeldWork): Promise<void> => {
  org.log.warn({ correlation: work.correlation, work: work.id }, 'the claim was lost; another worker has the work');
  await org.links.rewriteRecordsOf(work.deal);
  const links = await org.links.ofDeal(work.deal);
  const notFiled = links.filter(({ networkId }) => networkId === null).map(({ requestId }) => requestId ?? work.target);
  await enqueue(org, await org.inbox.reopen([work.target, ...notFiled]));
};

/** Redis away is no reason to stop: the sweep makes the job again. */
export const enqueue = async (org: OrgRuntime, jobs: Parameters<OrgRuntime['queue']['enqueue']>[0]): Promise<void> => {
  try {
    await org.queue.enqueue(jobs);
  } catch (error) {
    org.log.warn({ error }, 'Redis did not take a job; the sweep will make it again');
  }
};
