import { isUtf8 } from 'node:buffer';
import express, { type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import { MOST_EVENTS, WINDOW_DAYS, type EventBounds } from '../../../domain/telemetry/event.ts';
import {
  type BatchItem,
  judgeBatch,
  type JudgedBatch,
  readJson,
  readLines,
} from '../../../domain/telemetry/read-batch.ts';
import type { HttpPorts } from '../http-ports.ts';
import { problem } from '../problem-details.ts';
import { type TelemetryOrgs, type Teller, tellerOf } from '../telemetry-teller.ts';
import type { telemetryAnswer } from '../telemetry-wire.ts';

/** A body after it is inflated: ten thousand events of the greatest length that is usual, twice over. */
const mostBytes = 16 * 1024 * 1024;
/** Batches that are read at once in one process: as many bytes, sixteenfold, are the most memory that senders can take. */
const batchesAtOnce = 8;
/** Above this much that waits to be added up, or for so long, more only makes it later. */
const mostWaiting = { events: 2_000_000, ms: 60_000 };
const lagMaxAgeMs = 1_000;
const linesType = /^application\/(x-ndjson|ndjson|jsonl|x-jsonlines)\b/;

const raw = express.raw({ type: () => true, limit: mostBytes });
const bodyOf = (request: Request, response: Response): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    raw(request, response, (error?: unknown) => {
      const body: unknown = request.body;
      if (error === undefined) resolve(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
      else reject(error instanceof Error ? error : new Error(String(error)));
    });
  });

/** What is wrong with a body that cannot be read, as the answer to it; null: it was not the sender's fault. */
const unreadable = (error: unknown): readonly [number, string, string] | null => {
  const { status }: { readonly status?: unknown } = Object(error);
  if (status === 413)
    return [413, 'Too large', `A batch has ${mostBytes} bytes at most after it is inflated: send several.`];
  if (status === 415)
    return [415, 'Unknown compression', 'Send it as it is, or with Content-Encoding: gzip, deflate or br.'];
  return status === 400 ? [400, 'The body cannot be read', 'It ended early, or is not what its headers say.'] : null;
};

/** How far the adding up is behind, asked once a second. */
class LagWatch {
  readonly #known = new Map<string, { readonly at: number; readonly behind: boolean }>();

  async behind({ org, telemetry }: Teller['runtime']): Promise<boolean> {
    const known = this.#known.get(org);
    if (known && performance.now() - known.at < lagMaxAgeMs) return known.behind;
    const { events, oldestMs } = await telemetry.roller.lag();
    const behind = events > mostWaiting.events || oldestMs > mostWaiting.ms;
    this.#known.set(org, { at: performance.now(), behind });
    return behind;
  }
}

const comeAgain = (response: Response, seconds: number, detail: string): void => {
  response.set('Retry-After', String(seconds));
  problem(response, 429, 'Too much at once', detail);
};

/** Judges a batch; a partner that is not known is looked for once more before it is refused. */
const judge = async (items: readonly BatchItem[], { runtime, source }: Teller, nowMs: number): Promise<JudgedBatch> => {
  const bounds = (partners: ReadonlySet<string>): EventBounds => ({
    kinds: source.kinds && new Set(source.kinds),
    partners: source.partners && new Set(source.partners),
    isPartner: (key) => partners.has(key),
    nowMs,
    windowDays: WINDOW_DAYS,
  });
  const known = await runtime.telemetry.partners.keys();
  const judged = judgeBatch(items, bounds(known));
  if (!judged.refused.some(({ why }) => why === 'unknown-partner' || why === 'not-yours')) return judged;
  const wanted = items.flatMap((item): string[] => {
    const { partner }: { readonly partner?: unknown } = 'given' in item ? Object(item.given) : {};
    return typeof partner === 'string' ? [partner] : [];
  });
  const fresh = await runtime.telemetry.partners.keys(wanted);
  return fresh === known ? judged : judgeBatch(items, bounds(fresh));
};

/**
 * `POST /v1/telemetry`: up to 10,000 events as a JSON array, one event as a JSON object, or one a line (NDJSON), compressed
 * or not. What is taken is on disk when the answer says so; what is not is named one by one, with why.
 */
export const postTelemetry = ({
  orgs,
  clock,
  metrics,
}: Pick<HttpPorts, 'clock' | 'metrics'> & { readonly orgs: TelemetryOrgs }): Router => {
  const lag = new LagWatch();
  let atWork = 0;

  const take = async (request: Request, response: Response, teller: Teller): Promise<void> => {
    const body = await bodyOf(request, response);
    const nowMs = Date.parse(clock.now());
    if (!teller.holds(body, Math.floor(nowMs / 1_000)))
      return problem(response, 401, 'Not signed', 'The signature is missing, wrong, or more than five minutes off.');
    if (!isUtf8(body)) return problem(response, 400, 'Not text', 'A batch is JSON in UTF-8.');
    const text = body.toString('utf8');
    const items = linesType.test(request.get('content-type') ?? '') ? readLines(text) : readJson(text);
    if (items === null)
      return problem(
        response,
        400,
        'Not a batch',
        'Send a JSON array of events, or one event a line with Content-Type: application/x-ndjson.',
      );
    if (items.length > MOST_EVENTS)
      return problem(
        response,
        413,
        'Too many events',
        `A batch has ${MOST_EVENTS} events at most, not ${items.length}.`,
      );
    const judged = await judge(items, teller, nowMs);
    const stored = await teller.runtime.telemetry.events.store(teller.source.id, judged.taken);
    const refused = [...judged.refused, ...stored.refused].sort((left, right) => left.index - right.index);
    const { org } = teller.runtime;
    metrics.telemetryEvents.inc({ org, outcome: 'accepted' }, stored.accepted);
    for (const { why } of refused) metrics.telemetryEvents.inc({ org, outcome: why });
    const answer: z.infer<typeof telemetryAnswer> = { accepted: stored.accepted, refused };
    response.json(answer);
  };

  return Router().post('/v1/telemetry', async (request, response) => {
    const teller = await tellerOf(request, orgs);
    if (!teller)
      return problem(
        response,
        401,
        'Not signed in',
        'Send "Authorization: Bearer" with the token of a source, or X-Tandem-Source and X-Tandem-Signature.',
      );
    if (atWork >= batchesAtOnce) return comeAgain(response, 1, 'Other batches are being read: send this one again.');
    atWork += 1;
    try {
      if (await lag.behind(teller.runtime))
        return comeAgain(response, 5, 'What was told before is still being added up: send this batch again.');
      await take(request, response, teller);
    } catch (error) {
      const said = unreadable(error);
      if (said === null) throw error;
      problem(response, ...said);
    } finally {
      atWork -= 1;
    }
  });
};
