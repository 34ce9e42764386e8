import { z } from 'zod';
import { MOST_EVENTS, REFUSALS, telemetryEvent } from '../../domain/telemetry/event.ts';
import { EVENT_KIND_NAMES } from '../../domain/telemetry/event-kinds.ts';

/** A batch as a JSON array; one event alone may come without brackets. */
export const telemetryBatch = z.array(telemetryEvent).max(MOST_EVENTS);

/** What became of a batch that could be read. */
export const telemetryAnswer = z.object({
  accepted: z.int().min(0).describe('Events that are kept, and will be counted within seconds.'),
  refused: z
    .array(
      z.object({
        index: z.int().min(0).describe('Place in the batch, from 0.'),
        id: z.string().nullable(),
        why: z.enum(REFUSALS),
        says: z.string(),
      }),
    )
    .describe('Those that were not taken. A duplicate was taken before: it needs nothing more.'),
});

/** What a partner reads about itself. */
export const insightsAnswer = z.object({
  partner: z.string(),
  insights: z.array(
    z.object({
      account: z.string().nullable().describe('Null: of the partner as a whole.'),
      signal: z.enum(['usage', 'interaction']),
      kind: z.enum(['grew', 'fell', 'silent', 'began']),
      of: z.enum(EVENT_KIND_NAMES as [string, ...string[]]),
      says: z.string(),
      weeks: z.array(z.iso.date()),
      values: z.array(z.number()),
      weight: z.number().min(0).max(100),
    }),
  ),
});

/** RFC 9457. */
export const problemDetails = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
});
