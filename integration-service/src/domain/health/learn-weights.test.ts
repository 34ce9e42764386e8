import { describe, expect, test } from '@jest/globals';
import { layOutPartners } from '../../../bench/health/lead-time.ts';
import { FIRST_WEEK, SIMULATION, simulatePartners } from '../../../bench/health/simulated-partners.ts';
import { FIRST_WEIGHTS } from './health-score.ts';
import { learnWeights, leftWeek, snapshotsOf } from './learn-weights.ts';

const lastWhole = FIRST_WEEK + SIMULATION.weeks - 1;
const partners = simulatePartners(260, 4_711);
const { landscape, series } = layOutPartners(partners);
const snapshots = series.flatMap((one, index) =>
  snapshotsOf(one, lastWhole, landscape, partners[index]?.segment ?? ''),
);

describe('what is learned from partners that left', () => {
  test('who left, and when, is told by silence: nobody who stayed, and to the week', () => {
    partners.forEach(({ leftIn }, index) => {
      const told = series[index] ? leftWeek(series[index], lastWhole) : null;
      if (leftIn === null) expect(told).toBeNull();
      else if (leftIn <= lastWhole - 15) expect(told).not.toBeNull();
      // Before its last event nobody says that a partner is gone; one that was silent first is taken for gone from then on.
      if (told !== null && leftIn !== null) expect(told).toBeLessThanOrEqual(leftIn);
    });
  });

  test('weights are learned where that is better on the newest outcomes, and no factor counts the wrong way round', () => {
    const learned = learnWeights(snapshots, FIRST_WEIGHTS, 'health-learned-1');
    expect(learned).toMatchObject({ changed: true, weights: { version: 'health-learned-1', prior: 65 } });
    expect(learned.newest?.after.logLoss).toBeLessThan(learned.newest?.before.logLoss ?? 0);
    expect(learned.newest?.after.auc).toBeGreaterThan(0.75);
    for (const [name, weight] of Object.entries(learned.weights.weights))
      expect(weight * (name === 'interaction.strain' ? -1 : 1)).toBeGreaterThanOrEqual(0);
  });

  test('too few outcomes change nothing, and neither do outcomes that chance made', () => {
    const few = learnWeights(snapshots.slice(0, 40), FIRST_WEIGHTS, 'health-learned-1');
    expect(few).toMatchObject({ changed: false, weights: FIRST_WEIGHTS, newest: null });
    const shuffled = snapshots.map((one, index) => ({
      ...one,
      left: snapshots[(index * 7_919) % snapshots.length]?.left ?? 0,
    }));
    const { newest } = learnWeights(shuffled, FIRST_WEIGHTS, 'health-learned-1');
    expect(newest?.after.auc).toBeLessThan(0.62);
  });
});
