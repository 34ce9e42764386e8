import { expect, test } from '@jest/globals';
import type { WeeklyCount } from './activity.ts';
import { followDecline } from './decline.ts';
import { landscapeOf, type SampledPartner, surveyLandscape } from './landscape.ts';
import { seriesOf } from './series.ts';

/** Forty partners of different size; in week 50 everybody does a third, in week 55 nothing comes from anybody. */
const company = (ofWeek: (week: number, partner: number) => number): readonly SampledPartner[] =>
  Array.from({ length: 40 }, (_, partner) => ({
    segment: partner < 20 ? 'reseller' : 'consulting',
    counts: Array.from({ length: 60 }, (__, week): WeeklyCount => {
      const value = Math.round((10 + 20 * partner) * ofWeek(week, partner));
      return { signal: 'usage', kind: 'product.sessions', week, count: Math.min(7, value), value };
    }).filter(({ value }) => value > 0),
  }));

const survey = (sample: readonly SampledPartner[]) => landscapeOf(surveyLandscape(sample, { from: 0, to: 59 }));

test('a week in which everybody does less is nobody’s decline, and one without a feed is not observed', () => {
  const sample = company((week) => (week === 55 ? 0 : week >= 50 && week < 54 ? 0.35 : 1));
  const landscape = survey(sample);
  expect(Math.E ** landscape.movementAt('usage', 50)).toBeCloseTo(0.43, 1);
  expect(landscape.movementAt('usage', 55)).toBeNaN();
  expect(Math.abs(landscape.movementAt('usage', 58))).toBeLessThan(0.1);
  const window = { from: 0, to: 59, shareOfLast: 1 };
  const flags = sample.flatMap(({ counts }) => followDecline(null, seriesOf(counts, window, landscape), 59).events);
  expect(flags).toEqual([]);
});

test('a few partners who fall are not everybody', () => {
  const sample = company((week, partner) => (partner % 8 === 0 && week >= 50 ? 0.2 : 1));
  const landscape = survey(sample);
  const window = { from: 0, to: 59, shareOfLast: 1 };
  const flagged = sample.flatMap(({ counts }, partner) =>
    followDecline(null, seriesOf(counts, window, landscape), 59).events.length > 0 ? [partner] : [],
  );
  expect(flagged).toEqual([0, 8, 16, 24, 32]);
});

test('kinds count by what is typical of each, and small segments are drawn to all partners', () => {
  const sample = company(() => 1);
  const landscape = survey(sample);
  expect(landscape.references['product.sessions']).toBeGreaterThan(300);
  const all = landscape.peersOf('nobody', 'usage');
  const small = landscape.peersOf('reseller', 'usage');
  expect(all?.partners).toBe(40);
  expect(small?.mean).toBeLessThan(all?.mean as number);
  const own = landscape.peers.reseller?.usage.mean as number;
  expect(small?.mean).toBeCloseTo((own + (all?.mean as number)) / 2, 5);
});

test('with three partners nothing is what everybody does', () => {
  const sample = company((week) => (week === 50 ? 0.35 : 1)).slice(0, 3);
  expect(survey(sample).movementAt('usage', 50)).toBeGreaterThan(-0.25);
});
