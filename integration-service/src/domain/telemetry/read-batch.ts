import { idOf, isRefused, takeEvent, type EventBounds, type RefusedEvent, type TakenEvent } from './event.ts';

/** One element of a batch before it is judged: what it says, or the text that is no JSON. */
export type BatchItem = { readonly given: unknown } | { readonly broken: string };

/** A batch as elements in order; null: the text is no batch at all. */
export type BatchItems = readonly BatchItem[] | null;

const item = (text: string): BatchItem => {
  try {
    return { given: JSON.parse(text) as unknown };
  } catch {
    return { broken: text };
  }
};

/** One event a line; empty lines are passed over. */
export const readLines = (text: string): BatchItems =>
  text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [item(line)]));

/** A JSON array of events, or one event. Where the whole is no JSON, each element of an array is read apart. */
export const readJson = (text: string): BatchItems => {
  try {
    const given: unknown = JSON.parse(text);
    if (Array.isArray(given)) return given.map((one: unknown) => ({ given: one }));
    return typeof given === 'object' && given !== null ? [{ given }] : null;
  } catch {
    return elementsOf(text)?.map(item) ?? null;
  }
};

/**
 * The elements of a JSON array as texts, by brackets and quotes alone: one that says NaN, or has a comma too many, takes no
 * other along. Null where even brackets do not match.
 */
const elementsOf = (text: string): readonly string[] | null => {
  const inside = text.trim();
  if (!inside.startsWith('[') || !inside.endsWith(']')) return null;
  const elements: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 1;
  for (let at = 0; at < inside.length; at += 1) {
    const letter = inside[at];
    if (quoted) {
      if (letter === '\\') at += 1;
      else if (letter === '"') quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === '[' || letter === '{') depth += 1;
    else if (letter === ']' || letter === '}') {
      depth -= 1;
      if (depth < 0 || (depth === 0 && at < inside.length - 1)) return null;
    } else if (letter === ',' && depth === 1) {
      elements.push(inside.slice(from, at));
      from = at + 1;
    }
  }
  if (depth !== 0 || quoted) return null;
  const last = inside.slice(from, -1);
  return last.trim() === '' && elements.length === 0 ? [] : [...elements, last];
};

/** A text that would be JSON but for a number that JSON does not have. */
const lacksNumber = (text: string): boolean => /[:\s](-?Infinity|NaN)\b/.test(text);
const idIn = (text: string): string | null => /"id"\s*:\s*"([^"\\]{1,128})"/.exec(text)?.[1] ?? null;

export interface JudgedBatch {
  readonly taken: readonly TakenEvent[];
  readonly refused: readonly RefusedEvent[];
}

/** Judges the elements of a batch one by one; an id that comes twice is taken once. */
export const judgeBatch = (items: readonly BatchItem[], bounds: EventBounds): JudgedBatch => {
  const taken: TakenEvent[] = [];
  const refused: RefusedEvent[] = [];
  const ids = new Set<string>();
  items.forEach((one, index) => {
    if ('broken' in one) {
      const why = lacksNumber(one.broken) ? 'not-a-number' : 'malformed';
      const says = why === 'malformed' ? 'this is not JSON' : 'value: NaN and Infinity are no numbers';
      refused.push({ index, id: idIn(one.broken), why, says });
      return;
    }
    const event = takeEvent(one.given, index, bounds);
    if (isRefused(event)) refused.push(event);
    else if (ids.has(event.id))
      refused.push({ index, id: idOf(one.given), why: 'duplicate', says: 'id: it stands in this batch before' });
    else {
      ids.add(event.id);
      taken.push(event);
    }
  });
  return { taken, refused };
};
