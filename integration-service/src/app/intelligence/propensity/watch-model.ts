import { featuresOf, momentOf } from '../../../domain/propensity/features.ts';
import { tableOf } from '../../../domain/propensity/snapshots.ts';
import { watchDrift } from '../../../domain/scoring/drift.ts';
import type { Json } from '../../../domain/values/json.ts';
import type { OrgRuntime } from '../../org-runtime.ts';
import type { WorldReader } from './know-world.ts';
import { mustWait } from './propensity-parts.ts';

/** Open deals that stand for all of them. */
const SAMPLE = 2_000;
/** Deals below which shares say nothing. */
const LEAST = 50;

/**
 * Compares the deals that are open now with those the model in use was learned from, and says on its record what lies
 * elsewhere. Gives how much was noticed; null where there is nothing to compare.
 * @throws what the CRM or the database said
 */
export const watchModel = async (org: OrgRuntime, worlds: WorldReader): Promise<number | null> => {
  const { propensity, clock } = org;
  const stored = await propensity.models.active();
  if (!stored || stored.model.algorithm === 'prior' || mustWait(propensity)) return null;
  const read = await propensity.deals.readDeals({ open: true, after: null, limit: SAMPLE }, stored.ownFields);
  if (!read.ok) throw new Error(`deals could not be read: ${read.error.message}`);
  const world = await worlds.world();
  const now = clock.now();
  const moments = read.value.flatMap(({ deal }) => momentOf(deal, Date.parse(now), world) ?? []);
  if (moments.length < LEAST) return null;
  const report = watchDrift(stored.model, tableOf(featuresOf(stored.ownFields), moments));
  const ended = (await propensity.room.ended()).filter(({ at }) => at > (stored.model.to ?? 0));
  const labels = new Map(featuresOf(stored.ownFields).map(({ name, label }) => [name, label]));
  const told = {
    version: 1,
    at: now,
    rows: report.rows,
    endedSince: { deals: ended.length, won: ended.filter(({ won }) => won).length },
    score: report.score,
    features: report.features.map((one) => ({ ...one, label: labels.get(one.feature) ?? one.feature })),
    noticed: report.noticed.map((one) => ({
      ...one,
      says: one.says.replace(`"${one.feature}"`, `"${labels.get(one.feature) ?? one.feature}"`),
    })),
  };
  await propensity.models.tellDrift(stored.version, told as unknown as Json);
  return report.noticed.length;
};
