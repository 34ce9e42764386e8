import type { Signal } from './activity.ts';
import type { Contribution, HealthReading } from './health-score.ts';

/** One line of `Partner__c.HealthReasons__c`: points of all of them add up to the score less the prior, which comes first. */
export interface Reason {
  readonly factor: string;
  readonly signal?: Signal;
  readonly points: number;
  readonly says: string;
  readonly was?: string;
  readonly is?: string;
}

const NAMES: Readonly<Record<Signal, string>> = { usage: 'Usage', interaction: 'Contact with us' };

/**
 * Why health is what it is, in words: what everybody starts from, what is missing, then each factor, those that weigh most
 * first. Factors that move nothing are left out; the points of the rest still come to the score exactly.
 */
export const reasonsOf = ({ prior, contributions, missing }: HealthReading, segment: string): readonly Reason[] => [
  {
    factor: 'prior',
    points: prior,
    says: segment
      ? `Where partners of the segment ${segment} start, as far as this one’s own signals leave it open.`
      : 'Where every partner starts, as far as its own signals leave it open.',
  },
  ...missing.map((signal): Reason => ({
    factor: `${signal}.missing`,
    signal,
    points: 0,
    says: `${NAMES[signal]} is not known: nothing was heard of it. It counts neither for nor against.`,
  })),
  ...contributions
    .filter(({ points }) => points !== 0)
    .toSorted((left, right) => Math.abs(right.points) - Math.abs(left.points))
    .map((one): Reason => ({
      factor: one.name,
      signal: one.signal,
      points: one.points,
      ...wordsOf(one),
    })),
];

const wordsOf = ({ name, signal, value, was, is }: Contribution): Pick<Reason, 'says' | 'was' | 'is'> => {
  const subject = NAMES[signal];
  const [, factor] = name.split('.');
  switch (factor) {
    case 'level':
      return {
        says: `${subject} of the last four weeks is ${changed(value)} its usual level.`,
        was: amount(was),
        is: amount(is),
      };
    case 'trend':
      return {
        says:
          Math.abs(value) < 0.05
            ? `${subject} has kept level over eight weeks.`
            : `${subject} has been ${value < 0 ? 'falling' : 'rising'} by ${percent(value)} in four weeks, over the last eight.`,
        was: amount(was),
        is: amount(is),
      };
    case 'peers':
      return {
        says: `${subject} is ${value < 0 ? 'lower' : 'higher'} than most partners’ of the segment.`,
        was: amount(was),
        is: amount(is),
      };
    case 'recency':
      return {
        says: `Nothing was heard for ${weeks(is)}; usually it is ${was < 0.5 ? 'never a whole week' : weeks(was)}.`,
        was: weeks(was),
        is: weeks(is),
      };
    default:
      return {
        says: `${count(is)} opened in four weeks; usually it is ${was.toFixed(1)}.`,
        was: was.toFixed(1),
        is: String(Math.round(is)),
      };
  }
};

const percent = (doublings: number): string => `${Math.round(100 * Math.abs(2 ** doublings - 1))} %`;
const changed = (doublings: number): string =>
  Math.abs(doublings) < 0.07 ? 'at' : `${percent(doublings)} ${doublings < 0 ? 'below' : 'above'}`;
/** Activity, in weeks of a typical partner. */
const amount = (value: number): string => value.toPrecision(2);
const weeks = (value: number): string => {
  const whole = Math.round(value);
  return whole === 0 ? 'less than a week' : whole === 1 ? 'a week' : `${whole} weeks`;
};
const count = (value: number): string => {
  const whole = Math.round(value);
  return whole === 0 ? 'No case was' : whole === 1 ? 'One case was' : `${whole} cases were`;
};
