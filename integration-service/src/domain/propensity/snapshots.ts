import { categoryColumn, numberColumn, type Column, type Table, type TrainingTable } from '../scoring/table.ts';
import { endedAt, type Deal } from './deal.ts';
import { momentOf, type FeatureSpec, type Moment, type World } from './features.ts';

const DAY = 86_400_000;
/**
 * Ages, in days, between which an ended deal is looked at once each, as long as it was open. They have nothing to do with
 * when a deal ended: rows of an age are then like the deals of that age that are open today, quick ones and slow ones.
 */
const AGES = [0, 3, 30, 90, 180, 365, 730] as const;

/** A number from 0 up to 1 that is the same for the same text: FNV-1a, 32 bits (Fowler, Noll, Vo). */
const partOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0) / 0x1_0000_0000;
};

/** When an ended deal is looked at, all of it before its end; chosen by its id, so that it is the same every time. */
export const snapshotTimes = (deal: Deal): readonly number[] => {
  const end = endedAt(deal);
  if (end === null) return [];
  return AGES.slice(0, -1)
    .map((from, index) => {
      const to = AGES[index + 1] ?? from;
      return Math.floor(deal.createdAt + DAY * (from + (to - from) * partOf(`${deal.id}:${index}`)));
    })
    .filter((at) => at < end);
};

/** Moments as a table, a column for each feature. */
export const tableOf = (features: readonly FeatureSpec[], moments: readonly Moment[]): Table => ({
  rows: moments.length,
  columns: features.map((feature): Column => {
    const values = moments.map((moment) => feature.value(moment));
    return feature.kind === 'number'
      ? numberColumn(
          feature.name,
          values.map((value) => (typeof value === 'number' ? value : null)),
        )
      : categoryColumn(
          feature.name,
          values.map((value) => (value === null ? null : String(value))),
        );
  }),
});

/** Rows to learn from, and the moments that they are. */
export interface Snapshots {
  readonly table: TrainingTable;
  readonly moments: readonly Moment[];
}

/** Looks at ended deals as they stood before they ended. Rows of one deal are one group; their time is the deal’s end. */
export const snapshotsOf = (features: readonly FeatureSpec[], deals: readonly Deal[], world: World): Snapshots => {
  const moments: Moment[] = [];
  const groups: number[] = [];
  const ends: number[] = [];
  deals.forEach((deal, index) => {
    const end = endedAt(deal);
    if (end === null) return;
    for (const at of snapshotTimes(deal)) {
      const moment = momentOf(deal, at, world);
      if (!moment) continue;
      moments.push(moment);
      groups.push(index);
      ends.push(end);
    }
  });
  return {
    moments,
    table: {
      ...tableOf(features, moments),
      outcome: Uint8Array.from(moments, ({ deal }) => (deal.won ? 1 : 0)),
      at: Float64Array.from(ends),
      group: Int32Array.from(groups),
    },
  };
};
