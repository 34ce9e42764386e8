import { dayText } from 'c/healthWords';
import { labels } from 'c/interventionLabels';

const KINDS: Readonly<Record<string, string>> = {
  call: labels.kindCall,
  review: labels.kindReview,
  training: labels.kindTraining,
  executive: labels.kindExecutive,
  other: labels.kindOther,
};
const STATES: Readonly<Record<string, string>> = {
  proposed: labels.stateProposed,
  accepted: labels.stateAccepted,
  changed: labels.stateChanged,
  dismissed: labels.stateDismissed,
  done: labels.stateDone,
};

/** What kind of step it is, in words. */
export const kindWords = (kind: string): string => KINDS[kind] ?? labels.kindOther;

/** How far it is, in words; a state that this page does not know is shown as it is. */
export const stateWords = (state: string): string => STATES[state] ?? state;

/** One figure behind a flag or an insight; `label` is empty where the words say all. */
export interface EvidenceLine {
  label: string;
  value: string;
}

/** Deeper than this, JSON is for machines. */
const DEEPEST = 3;
/** More lines than this nobody reads on a page; the record has them all. */
const MOST_LINES = 40;

/** The figures of an evidence field (JSON of any shape) as lines to read; nothing where it cannot be read. */
export function evidenceLines(value: unknown): EvidenceLine[] {
  try {
    return typeof value === 'string' ? linesOf(JSON.parse(value), '', 0).slice(0, MOST_LINES) : [];
  } catch {
    return [];
  }
}

function linesOf(value: unknown, label: string, depth: number): EvidenceLine[] {
  if (value === null || value === undefined || depth > DEEPEST) {
    return [];
  }
  if (typeof value !== 'object') {
    return [{ label, value: String(value) }];
  }
  if (Array.isArray(value)) {
    const plain = value.every((entry) => typeof entry !== 'object');
    return plain
      ? [{ label, value: value.map((entry) => String(entry ?? '–')).join(', ') }]
      : value.flatMap((entry) => linesOf(entry, label, depth + 1));
  }
  const record = value as Record<string, unknown>;
  if (typeof record.label === 'string' && record.value !== undefined) {
    return [{ label: record.label, value: String(record.value) }];
  }
  if (typeof record.says === 'string') {
    return [{ label: '', value: record.says }];
  }
  const byWeek = weekLines(record);
  const paired = byWeek.length > 0 ? ['version', 'weeks', 'values'] : ['version'];
  const rest = Object.entries(record)
    .filter(([key]) => !paired.includes(key))
    .flatMap(([key, inner]) => linesOf(inner, plainName(key), depth + 1));
  return [...rest, ...byWeek];
}

/** `{ weeks, values }` of one length, as telemetry writes them: a line for each week. */
function weekLines({ weeks, values }: Record<string, unknown>): EvidenceLine[] {
  const fit = Array.isArray(weeks) && Array.isArray(values) && weeks.length === values.length;
  return fit
    ? weeks.map((week, at) => ({ label: dayText(week), value: String((values as unknown[])[at] ?? '–') }))
    : [];
}

/** `daysSinceContact` → "Days since contact". */
function plainName(key: string): string {
  const words = key
    .replace(/[._-]+/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
