import { z } from 'zod';
import { EVENT_KIND_NAMES, EVENT_KINDS, type EventKind, isEventKind } from './event-kinds.ts';
import { instantMs } from '../values/instant.ts';

const dayMs = 86_400_000;

/**
 * For how many days an event may be told, corrected and told again without counting twice; raw events are kept as long and
 * then dropped. Longer costs disk: about 0.2 GB a day for every million events a day.
 */
export const WINDOW_DAYS = 35;
/** A sender's clock may be ahead by so much; what lies further in the future is refused. */
export const FUTURE_MS = 5 * 60_000;
/** How far back an import of history may reach, in days (three years): beyond it nothing of health looks. */
export const HISTORY_DAYS = 1_096;
/** Sums of values stay exact below this (PostgreSQL `numeric` from fifteen significant digits). */
export const MOST_VALUE = 1e15;
/** Events in one batch. */
export const MOST_EVENTS = 10_000;

/** No control characters and no halves of surrogate pairs: PostgreSQL keeps neither, and no id needs them. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const isPlain = (text: string): boolean => text.isWellFormed() && !/[\u0000-\u001f]/.test(text);

/** One thing that happened, as a source tells it. */
export const telemetryEvent = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(128)
    .refine(isPlain, 'has characters that cannot be kept')
    .describe(
      'The source’s own id of the event. The same id with the same UTC day, or the day beside it, is the same event.',
    ),
  // Read by `instantMs`: the same text is not taken apart twice.
  at: z.string().max(40).meta({ format: 'date-time' }).describe('When it happened: ISO 8601 with Z or an offset.'),
  kind: z.enum(EVENT_KIND_NAMES as [EventKind, ...EventKind[]]).describe('What happened.'),
  partner: z.string().min(1).max(40).describe('Key__c of the Partner__c that it is about.'),
  account: z
    .string()
    .max(80)
    .refine(isPlain, 'has characters that cannot be kept')
    .optional()
    .describe('The joint customer: a Salesforce account id, or a key of the company’s own.'),
  value: z
    .number()
    .min(0)
    .max(MOST_VALUE)
    .optional()
    .describe('How much. Needed for kinds whose values are kept or told apart; an event without one counts 1.'),
  corrects: z
    .string()
    .min(1)
    .max(128)
    .refine(isPlain, 'has characters that cannot be kept')
    .optional()
    .describe(
      'The id of an earlier event of the same source that this one stands in for: the earlier one counts no more.',
    ),
});

/** An event as it came over the wire, well formed. */
export type TelemetryEvent = z.infer<typeof telemetryEvent>;

/** Why an event is not taken. A sender may act on the word; `says` is for people. */
export const REFUSALS = [
  'malformed',
  'unknown-kind',
  'not-a-number',
  'negative',
  'too-large',
  'value-needed',
  'future',
  'too-old',
  'unknown-partner',
  'not-yours',
  'duplicate',
  'already-corrected',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** One event that was not taken; `index` counts from 0 in the order of the batch, `id` null where none could be read. */
export interface RefusedEvent {
  readonly index: number;
  readonly id: string | null;
  readonly why: Refusal;
  readonly says: string;
}

/** What a source may tell of; null: of every kind, or of every partner of the org. */
export interface SourceBounds {
  readonly kinds: ReadonlySet<string> | null;
  readonly partners: ReadonlySet<string> | null;
}

/** What an event is judged by. */
export interface EventBounds extends SourceBounds {
  /** Whether the org has a partner of this key. */
  readonly isPartner: (key: string) => boolean;
  readonly nowMs: number;
  /** How old an event may be, in days; `WINDOW_DAYS` except for imports of history. */
  readonly windowDays: number;
}

/** An event that is taken, in the form in which it is kept. */
export interface TakenEvent {
  readonly index: number;
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly kind: EventKind;
  readonly partner: string;
  /** Empty: of no account. */
  readonly account: string;
  readonly value: number;
  readonly corrects: string | null;
}

/** What stands in front of a refusal where the value itself is the trouble, so that the sender learns which word to look up. */
const refusalOf = (given: unknown, path: string): Refusal => {
  const { kind, value }: { readonly kind?: unknown; readonly value?: unknown } = Object(given);
  if (path === 'kind' && typeof kind === 'string' && kind !== '') return 'unknown-kind';
  if (path === 'value') {
    if (typeof value === 'number' && value < 0) return 'negative';
    if (typeof value === 'number' && value > MOST_VALUE) return 'too-large';
    return 'not-a-number';
  }
  return 'malformed';
};

/** The id of something that may be an event; null where it has none that could be told back. */
export const idOf = (given: unknown): string | null => {
  const { id }: { readonly id?: unknown } = Object(given);
  return typeof id === 'string' && id.length <= 128 ? id : null;
};

/** Judges one event by its form, its time and who tells it. Whether it was told before only the database knows. */
export const takeEvent = (given: unknown, index: number, bounds: EventBounds): TakenEvent | RefusedEvent => {
  const refused = (why: Refusal, says: string): RefusedEvent => ({ index, id: idOf(given), why, says });
  const parsed = telemetryEvent.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.map(String).join('.') ?? '';
    return refused(refusalOf(given, path), path ? `${path}: ${issue?.message ?? ''}` : (issue?.message ?? ''));
  }
  const { id, at, kind, partner, account = '', value, corrects = null } = parsed.data;
  if (!isEventKind(kind)) return refused('unknown-kind', `kind: there is no kind "${String(kind)}"`);
  const atMs = instantMs(at);
  if (Number.isNaN(atMs)) return refused('malformed', `at: "${at}" is no instant`);
  if (atMs > bounds.nowMs + FUTURE_MS) return refused('future', `at: ${at} lies more than five minutes ahead`);
  if (dayOf(atMs) < dayOf(bounds.nowMs - bounds.windowDays * dayMs))
    return refused('too-old', `at: ${at} is more than ${bounds.windowDays} days ago`);
  if (value === undefined && EVENT_KINDS[kind].rolls !== 'sum')
    return refused('value-needed', `value: ${kind} means nothing without a value`);
  if (bounds.kinds && !bounds.kinds.has(kind)) return refused('not-yours', `kind: this source may not tell of ${kind}`);
  // Whether another company's partner exists is not told to who may not tell of it.
  if ((bounds.partners && !bounds.partners.has(partner)) || !bounds.isPartner(partner))
    return refused(
      bounds.partners ? 'not-yours' : 'unknown-partner',
      `partner: ${bounds.partners ? 'this source may not tell of' : 'there is no partner'} "${partner}"`,
    );
  if (corrects === id) return refused('malformed', 'corrects: an event cannot correct itself');
  return { index, id, atMs, kind, partner, account, value: value ?? 1, corrects };
};

export const isRefused = (event: TakenEvent | RefusedEvent): event is RefusedEvent => 'why' in event;

/** Whole days since 1970 in UTC. */
export const dayOf = (atMs: number): number => Math.floor(atMs / dayMs);

/** A day as PostgreSQL and people write it, `2026-11-22`. */
export const dayText = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The Monday that a day's week begins with; day 0 (1970-01-01) was a Thursday. */
export const weekOf = (day: number): number => day - ((((day + 3) % 7) + 7) % 7);
