import { jsonList, jsonObject, text } from 'c/recordQuery';

/** The two signals that health is made of. */
export type Signal = 'usage' | 'interaction';

/** One part of a score, in points; the parts add up to the score. */
export interface Factor {
  /** `prior` is where partners of the segment usually are. */
  factor: string;
  signal: Signal | '';
  points: number;
  says: string;
  was: string;
  is: string;
}

/** Up to 26 weeks, each list as long as `weeks`; `undefined` where a week has no value. */
export interface Series {
  /** Mondays as ISO dates, oldest first. */
  weeks: string[];
  score: (number | undefined)[];
  usage: (number | undefined)[];
  interaction: (number | undefined)[];
}

/** The factor that every score begins with. */
export const PRIOR = 'prior';

/** `HealthReasons__c`; a part without words or points is left out, as it could not be shown. */
export function readFactors(value: unknown): Factor[] {
  return jsonList(value).flatMap((entry) => {
    const { factor, signal, points, says, was, is } = (entry ?? {}) as Record<string, unknown>;
    const isShown = typeof points === 'number' && (text(says) !== '' || factor === PRIOR);
    return isShown
      ? [{ factor: text(factor), signal: signalOf(signal), points, says: text(says), was: text(was), is: text(is) }]
      : [];
  });
}

/** `HealthSeries__c`; empty lists where it is not there or cannot be read. */
export function readSeries(value: unknown): Series {
  const { weeks, score, usage, interaction } = jsonObject(value);
  const days = Array.isArray(weeks) ? weeks.map(text) : [];
  const numbers = (list: unknown): (number | undefined)[] =>
    days.map((_day, at) => {
      const given: unknown = Array.isArray(list) ? list[at] : undefined;
      return typeof given === 'number' ? given : undefined;
    });
  return { weeks: days, score: numbers(score), usage: numbers(usage), interaction: numbers(interaction) };
}

/** The first and the last value of a series, or `undefined` where it has none. */
export function endsOf(values: readonly (number | undefined)[]): { from: number; to: number } | undefined {
  const known = values.filter((value) => value !== undefined);
  const [from] = known;
  const to = known.at(-1);
  return from === undefined || to === undefined ? undefined : { from: Math.round(from), to: Math.round(to) };
}

/** The lines of a series inside a box, `[x, y]` from the top left; a week without a value ends one line. */
export function linesOf(
  values: readonly (number | undefined)[],
  width: number,
  height: number,
): (readonly [x: number, y: number])[][] {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const lines: (readonly [number, number])[][] = [[]];
  values.forEach((value, at) => {
    if (value === undefined) {
      lines.push([]);
    } else {
      const y = height - (Math.max(0, Math.min(100, value)) / 100) * height;
      lines.at(-1)?.push([round(at * step), round(y)]);
    }
  });
  return lines.filter((line) => line.length > 0);
}

/** A line as the `d` of an SVG path. A single point is a line of no length, which round ends draw as a dot. */
export function pathOf(line: readonly (readonly [x: number, y: number])[]): string {
  const points = line.length === 1 ? [...line, ...line] : line;
  return points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join(' ');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function signalOf(value: unknown): Signal | '' {
  return value === 'usage' || value === 'interaction' ? value : '';
}
