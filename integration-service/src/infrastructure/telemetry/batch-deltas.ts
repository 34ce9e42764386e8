import { dayOf, dayText, type TakenEvent } from '../../domain/telemetry/event.ts';
import { EVENT_KINDS, type Rolling } from '../../domain/telemetry/event-kinds.ts';

/** What some events of a batch add to one number of one day. */
export interface Delta {
  readonly partner: string;
  readonly account: string;
  readonly kind: string;
  readonly day: string;
  /** Who or what was told of, where values are told apart. */
  readonly member: number | null;
  /** When the value was told, ISO 8601, where the latest one counts. */
  at: string | null;
  events: number;
  value: number;
}

/** Folds one more event in. False: it must stand apart, because a sum of fractions would not be exact. */
const fold = (delta: Delta, rolls: Rolling, event: TakenEvent, at: string | null): boolean => {
  if (rolls === 'sum') {
    const sum = delta.value + event.value;
    if (!Number.isSafeInteger(delta.value) || !Number.isSafeInteger(event.value) || !Number.isSafeInteger(sum))
      return false;
    delta.value = sum;
  } else if (rolls === 'last' && at !== null && delta.at !== null) {
    if (at > delta.at || (at === delta.at && event.value > delta.value)) {
      delta.at = at;
      delta.value = event.value;
    }
  }
  delta.events += 1;
  return true;
};

/** What a batch adds to the rollups: as few rows as there are different numbers that it changes. */
export const batchDeltas = (events: readonly TakenEvent[]): readonly Delta[] => {
  const deltas: Delta[] = [];
  const known = new Map<string, Delta>();
  const texts = new Map<number, string>();
  const textOf = (day: number): string => {
    const text = texts.get(day) ?? dayText(day);
    texts.set(day, text);
    return text;
  };
  for (const event of events) {
    const { partner, account, kind, value } = event;
    const { rolls } = EVENT_KINDS[kind];
    const day = dayOf(event.atMs);
    const member = rolls === 'distinct' ? value : null;
    const at = rolls === 'last' ? new Date(event.atMs).toISOString() : null;
    // None of them has a line break (`event.ts`).
    const key = `${partner}\n${account}\n${kind}\n${day}\n${member ?? ''}`;
    const delta = known.get(key);
    if (delta && fold(delta, rolls, event, at)) continue;
    const fresh: Delta = { partner, account, kind, day: textOf(day), member, at, events: 1, value };
    deltas.push(fresh);
    known.set(key, fresh);
  }
  return deltas;
};
