import { binShares, binTable, sharesBetween } from './binning.ts';
import type { Feature, LearnedModel } from './model.ts';
import { score } from './score.ts';
import type { Table } from './table.ts';

/** Groups into which a number is laid for the comparison; the usual ten of the population stability index. */
const NUMBER_GROUPS = 10;
/** Levels of a category that are compared alone. */
const LEVEL_GROUPS = 19;
/** Rules of thumb of credit scoring (N. Siddiqi, 2006): below 0.1 nothing, above 0.25 another population. */
export const PSI_SOME = 0.1;
export const PSI_LARGE = 0.25;
/** Standard errors by which a base rate must have moved. */
const RATE_MARGIN = 3;
/** Keeps an empty group from making the index infinite. */
const LEAST_SHARE = 1e-4;

export interface FeatureDrift {
  readonly feature: string;
  readonly psi: number;
  /** What the index would reach by chance with so many rows (mean and two standard deviations). */
  readonly byChance: number;
}

export interface DriftReport {
  readonly rows: number;
  readonly features: readonly FeatureDrift[];
  readonly score: FeatureDrift;
  /** Share of positives then and now, and the distance in standard errors; null where outcomes are not yet known. */
  readonly baseRate: { readonly then: number; readonly now: number; readonly errors: number } | null;
  /** What has moved further than chance and rule allow, furthest first, in words. */
  readonly noticed: readonly { readonly feature: string; readonly psi: number; readonly says: string }[];
}

/**
 * Compares newer rows with those a model was learned from: the population stability index Σ (now - then) · ln(now / then) of
 * every feature and of the score, and the base rate where outcomes are known. Little data moves the index by chance (B.
 * Yurdakul, 2018: mean (groups-1)·(1/then + 1/now)); only what lies above that is told.
 */
export const watchDrift = (model: LearnedModel, table: Table, outcome: Uint8Array | null = null): DriftReport => {
  const bins = binTable(model.features, table);
  const features = model.features.map((feature, index) => {
    const now = binShares(feature, bins[index] ?? new Uint8Array(0));
    const groups = groupsOfBins(feature);
    return stability(feature.name, gathered(feature.shares, groups), gathered(now, groups), model.rows, table.rows);
  });
  const { edges, shares } = model.scores;
  const { probability } = score(model, table);
  const scores = stability('score', shares, sharesBetween(edges, probability), model.rows, table.rows);
  const baseRate = outcome === null || outcome.length === 0 ? null : rateMoved(model, outcome);
  const moved = [...features, scores].filter(({ psi, byChance }) => psi > PSI_SOME + byChance);
  return {
    rows: table.rows,
    features,
    score: scores,
    baseRate,
    noticed: [
      ...(baseRate === null || Math.abs(baseRate.errors) < RATE_MARGIN ? [] : [rateNotice(baseRate)]),
      ...moved
        .sort((left, right) => right.psi - left.psi)
        .map(({ feature, psi }) => ({ feature, psi, says: notice(feature, psi) })),
    ],
  };
};

/** For each bin the group in which it is compared: "not given" alone, numbers in about ten, rare levels together. */
const groupsOfBins = ({ kind, shares }: Feature): readonly number[] => {
  if (kind === 'category') {
    const common = [...shares.keys()]
      .slice(1)
      .sort((left, right) => (shares[right] ?? 0) - (shares[left] ?? 0) || left - right)
      .slice(0, LEVEL_GROUPS);
    const groupOf = new Map(common.map((bin, index) => [bin, index + 1]));
    return shares.map((_, bin) => (bin === 0 ? 0 : (groupOf.get(bin) ?? LEVEL_GROUPS + 1)));
  }
  let [before, group] = [0, 1];
  const given = 1 - (shares[0] ?? 0);
  return shares.map((share, bin) => {
    if (bin === 0) return 0;
    const mine = group;
    before += share;
    // A group is full when the rows up to here fill it.
    if (before * NUMBER_GROUPS >= given * group - 1e-9) group = Math.floor((before * NUMBER_GROUPS) / given + 1e-9) + 1;
    return mine;
  });
};

const gathered = (shares: readonly number[], groups: readonly number[]): readonly number[] => {
  const sums = new Map<number, number>();
  for (const [bin, group] of groups.entries()) sums.set(group, (sums.get(group) ?? 0) + (shares[bin] ?? 0));
  return [...sums.values()];
};

const stability = (
  feature: string,
  then: readonly number[],
  now: readonly number[],
  rowsThen: number,
  rowsNow: number,
): FeatureDrift => {
  let psi = 0;
  let groups = 0;
  for (const [group, before] of then.entries()) {
    const after = now[group] ?? 0;
    if (before === 0 && after === 0) continue;
    groups += 1;
    const [held, heldNow] = [Math.max(before, LEAST_SHARE), Math.max(after, LEAST_SHARE)];
    psi += (heldNow - held) * Math.log(heldNow / held);
  }
  const free = Math.max(0, groups - 1);
  const perRow = 1 / Math.max(1, rowsThen) + 1 / Math.max(1, rowsNow);
  return { feature, psi, byChance: (free + 2 * Math.sqrt(2 * free)) * perRow };
};

const rateMoved = ({ positives, rows }: LearnedModel, outcome: Uint8Array): NonNullable<DriftReport['baseRate']> => {
  const won = outcome.reduce((sum, one) => sum + one, 0);
  const [then, now] = [positives / Math.max(1, rows), won / outcome.length];
  const share = (positives + won) / (rows + outcome.length);
  const error = Math.sqrt(share * (1 - share) * (1 / Math.max(1, rows) + 1 / outcome.length));
  return { then, now, errors: error === 0 ? 0 : (now - then) / error };
};

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const rateNotice = ({ then, now }: NonNullable<DriftReport['baseRate']>): DriftReport['noticed'][number] => {
  const [held, heldNow] = [
    Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, then)),
    Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, now)),
  ];
  const psi = (heldNow - held) * (Math.log(heldNow / held) - Math.log((1 - heldNow) / (1 - held)));
  const says = `${percent(then)} of the rows learned from ended well, and ${percent(now)} of the newer ones: scores are too ${now > then ? 'low' : 'high'} until a newer model is learned.`;
  return { feature: 'outcome', psi, says };
};

const notice = (feature: string, psi: number): string => {
  const what = feature === 'score' ? 'The scores lie' : `"${feature}" lies`;
  return psi > PSI_LARGE
    ? `${what} quite elsewhere than in the rows learned from (index ${psi.toFixed(2)}; above ${PSI_LARGE} it is another population).`
    : `${what} somewhat elsewhere than in the rows learned from (index ${psi.toFixed(2)}; above ${PSI_SOME} is worth a look).`;
};
