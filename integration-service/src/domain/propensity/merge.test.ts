import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bandOf, isWorthWriting } from './bands.ts';
import { mergeScores, probabilityOfInsight, saysInsight } from './merge.ts';
import { type Reason, reasonsOf, reasonsWithin } from './reasons.ts';

describe('sources put together', () => {
  test('weights add up to one, and the score lies between what the sources say', () => {
    const source = fc.record({
      source: fc.constantFrom('own-model' as const, 'aws' as const, 'partner' as const),
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
      quality: fc.option(fc.double({ min: -0.2, max: 1, noNaN: true })),
      ageDays: fc.double({ min: 0, max: 2_000, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(source, { minLength: 1, maxLength: 3 }), (sources) => {
        const merged = mergeScores(sources);
        if (!merged) throw new Error('there is a source');
        expect(merged.weights.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
        const said = sources.map(({ probability }) => probability);
        expect(merged.probability).toBeGreaterThanOrEqual(Math.min(...said) - 1e-9);
        expect(merged.probability).toBeLessThanOrEqual(Math.max(...said) + 1e-9);
      }),
    );
    expect(mergeScores([])).toBeNull();
  });

  test('the better and the fresher counts more', () => {
    const own = { source: 'own-model' as const, probability: 0.2, quality: 0.5, ageDays: 0 };
    const aws = { source: 'aws' as const, probability: 0.8, quality: 0.5, ageDays: 30 };
    expect(mergeScores([own, aws])?.weights[1]).toBeCloseTo(1 / 3, 9);
    expect(mergeScores([own, { ...aws, quality: null, ageDays: 0 }])?.weights[1]).toBeCloseTo(1 / 3, 9);
  });

  test('AWS’s own score goes before its engagement, and silence is no opinion', () => {
    expect(probabilityOfInsight({ quality: 72, trend: 'Improving', engagement: 'Low' }, 0.4)).toBe(0.72);
    expect(probabilityOfInsight({ quality: null, trend: null, engagement: 'High' }, 0.5)).toBeCloseTo(0.6, 9);
    expect(probabilityOfInsight({ quality: null, trend: null, engagement: null }, 0.5)).toBeNull();
    expect(saysInsight({ quality: 72, trend: 'Improving', engagement: 'High' })).toBe(
      'AWS rates this deal 72 of 100 and improving with high engagement',
    );
  });
});

describe('what is written', () => {
  test.each([
    [{ score: 70, band: 'high' }, { score: 74, band: 'high' }, false],
    [{ score: 70, band: 'high' }, { score: 75, band: 'high' }, true],
    [{ score: 68, band: 'high' }, { score: 66, band: 'medium' }, true],
    [{ score: null, band: null }, { score: 50, band: 'medium' }, true],
    [{ score: null, band: null }, { score: null, band: null }, false],
    [{ score: 50, band: 'medium' }, { score: null, band: null }, true],
  ] as const)('%j then %j: %s', (stands, now, worth) => {
    expect(isWorthWriting(stands, now)).toBe(worth);
  });

  test('bands are thirds', () => {
    expect([0, 33, 34, 66, 67, 100].map(bandOf)).toEqual(['low', 'low', 'medium', 'medium', 'high', 'high']);
  });

  test('reasons add up to the score that is shown, however many there are, and fit into their field', () => {
    const moved = fc.array(
      fc.record({ feature: fc.string(), points: fc.double({ min: -60, max: 60, noNaN: true }), says: fc.string() }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(moved, fc.integer({ min: 0, max: 100 }), (all, score) => {
        const reasons = reasonsOf({ points: 41.26, says: 'Where every deal starts' }, all, score);
        const sum = (some: readonly Reason[]): number => some.reduce((total, { points }) => total + points, 0);
        expect(sum(reasons)).toBeCloseTo(score, 6);
        expect(reasons.length).toBeLessThanOrEqual(10);
        const text = reasonsWithin(reasons, 400);
        const kept = JSON.parse(text) as Reason[];
        expect(sum(kept)).toBeCloseTo(score, 6);
        if (kept.length > 2) expect(text.length).toBeLessThanOrEqual(400);
      }),
    );
  });
});
