import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { counting, LANDSCAPE, seriesWith } from './testing/series.ts';
import { FIRST_WEIGHTS, inPoints, readHealth } from './health-score.ts';
import { landscapeOf } from './landscape.ts';
import { reasonsOf } from './reasons.ts';

const health = (series: Parameters<typeof readHealth>[0], segment = '') =>
  readHealth(series, series.length - 1, FIRST_WEIGHTS, LANDSCAPE, segment);

describe('a score and its points', () => {
  test('prior and points come to the score exactly, whatever the parts are', () => {
    const parts = fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), parts, (start, list) => {
        const { score, from, points } = inPoints(start, list);
        const tenths = points.reduce((sum, point) => sum + Math.round(10 * point), 0);
        expect(10 * from + tenths).toBe(10 * score);
        // A part never counts for the other side by more than the rounding that makes the sum whole.
        list.forEach((part, index) => expect((points[index] ?? 0) * Math.sign(part)).toBeGreaterThanOrEqual(-1));
      }),
    );
  });

  test('a partner that does what it usually does has the score everybody starts from', () => {
    const { score, prior, missing } = health(seriesWith({ usage: () => 10, interaction: () => 5 }));
    expect({ score, prior, missing }).toEqual({ score: 65, prior: 65, missing: [] });
  });

  test('half the usage lowers usage and health, and leaves the interaction signal as it is', () => {
    const steady = health(seriesWith({ usage: () => 10, interaction: () => 5 }));
    const halved = health(seriesWith({ usage: (week) => (week >= 54 ? 5 : 10), interaction: () => 5 }));
    expect(halved.score).toBeLessThan(steady.score - 8);
    expect(halved.signals.usage).toBeLessThan(steady.signals.usage as number);
    expect(halved.signals.interaction).toBe(steady.signals.interaction);
  });

  test('a missing signal is told, moves nothing and costs half of the confidence', () => {
    const both = health(seriesWith({ usage: (week) => (week >= 54 ? 5 : 10), interaction: () => 5 }));
    const one = health(seriesWith({ usage: (week) => (week >= 54 ? 5 : 10), interaction: null }));
    expect(one.missing).toEqual(['interaction']);
    expect(one.signals.interaction).toBeNull();
    expect(one.confidence).toBeLessThanOrEqual(50);
    expect(one.score).toBe(both.score);
    expect(reasonsOf(one, '').find(({ factor }) => factor === 'interaction.missing')).toMatchObject({ points: 0 });
  });

  test('without a signal the segment speaks, and says so', () => {
    const landscape = landscapeOf({ ...LANDSCAPE, segments: { reseller: { partners: 80, evidence: -0.5 } } });
    const none = seriesWith({ usage: null, interaction: null });
    const unknown = readHealth(none, none.length - 1, FIRST_WEIGHTS, landscape, 'reseller');
    expect(unknown).toMatchObject({ score: 55, prior: 55, confidence: 0, contributions: [] });
    expect(reasonsOf(unknown, 'reseller')[0]).toMatchObject({ factor: 'prior', points: 55 });
  });

  test('reasons add up to the score and name what was and what is', () => {
    const reading = health(
      seriesWith({ usage: (week) => (week >= 50 ? 4 : 10), interaction: (week) => (week >= 52 ? 0 : 5) }),
    );
    const reasons = reasonsOf(reading, '');
    const sum = reasons.reduce((all, { points }) => all + Math.round(10 * points), 0);
    expect(sum).toBe(10 * reading.score);
    expect(reasons.map(({ factor }) => factor)).toEqual(
      expect.arrayContaining(['usage.level', 'interaction.recency', 'interaction.level']),
    );
    expect(reasons.find(({ factor }) => factor === 'interaction.recency')).toMatchObject({
      says: 'Nothing was heard for 8 weeks; usually it is never a whole week.',
    });
  });

  test('being asked for help more than usual costs points', () => {
    const calm = health(seriesWith({ usage: () => 10, interaction: () => 5, strain: () => 1 }));
    const strained = health(
      seriesWith({ usage: () => 10, interaction: () => 5, strain: (week) => (week >= 57 ? 6 : 1) }),
    );
    expect(strained.score).toBeLessThan(calm.score);
  });

  test('a handful of events tells less than many', () => {
    const often = health(seriesWith({ usage: null, interaction: (week) => (week >= 54 ? 0 : 8) }));
    const seldom = health(seriesWith({ usage: null, interaction: (week) => (week % 15 === 0 ? 1 : 0) }));
    expect(seldom.confidence).toBeLessThan(often.confidence);
    expect(often.score).toBeLessThan(seldom.score);
  });
});

test('an event moves the week in progress at once, and a quiet Monday does not', () => {
  const usual = (more: number) => counting({ weeks: 60, perWeek: 10, inProgress: more, shareOfLast: 0.1 });
  expect(health(usual(0)).score).toBeGreaterThanOrEqual(64);
  expect(health(usual(8)).score).toBeGreaterThan(health(usual(0)).score);
});
