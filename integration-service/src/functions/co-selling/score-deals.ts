import { bandOf, isWorthWriting, type Standing } from '../../domain/propensity/bands.ts';
import { endedAt } from '../../domain/propensity/deal.ts';
import { momentOf, type FeatureSpec, type Moment, type World } from '../../domain/propensity/features.ts';
import { MERGE_VERSION, mergeScores, type SourceScore } from '../../domain/propensity/merge.ts';
import { LEAST_RAISE, leversOf } from '../../domain/propensity/raises.ts';
import { reasonsOf, reasonsWithin, type Reason } from '../../domain/propensity/reasons.ts';
import { tableOf } from '../../domain/propensity/snapshots.ts';
import type { LearnedModel } from '../../domain/scoring/model.ts';
import { score, type Scores } from '../../domain/scoring/score.ts';
import type { ScoredDealRecord, ScoreRow, ScoreWrite } from '../../ports/crm/deal-scores.ts';

/** Everything that scores of one moment rest on. */
export interface Scoring {
  readonly version: number;
  readonly model: LearnedModel;
  readonly tooLittle: boolean;
  /** Id of the model's record in the CRM. */
  readonly recordId: string | null;
  readonly features: readonly FeatureSpec[];
  readonly world: World;
  /** ISO 8601. */
  readonly now: string;
  /** Partners that deals may be referred to, the one with the best record first. */
  readonly partners: readonly { readonly key: string; readonly name: string }[];
}

/** What somebody else says of a deal. */
export interface Opinion {
  readonly source: 'aws' | 'partner';
  readonly probability: number;
  readonly quality: number | null;
  /** ISO 8601: when it was read. */
  readonly at: string;
  readonly says: string;
}

/** What was written of a deal the last time. */
export interface Written {
  readonly score: number | null;
  /** By what rules: {@link rulesOf}. */
  readonly rules: string;
  readonly sources: Readonly<Record<string, number>>;
}

export interface AskedDeal {
  readonly record: ScoredDealRecord;
  readonly opinions: readonly Opinion[];
  readonly written: Written | null;
}

/** A deal that was scored, and what of it is worth writing; null: what was written still says it. */
export interface ScoredDeal {
  readonly dealId: string;
  readonly accountId: string | null;
  readonly standing: Standing;
  readonly rules: string;
  readonly sources: Readonly<Record<string, number>>;
  readonly write: ScoreWrite | null;
}

/** Points by which a source may move before its reasons are written anew. */
const TREMBLE = 2;
const REASONS_ON_DEAL = 4_000;
const REASONS_ON_SCORE = 32_768;
const RAISES_ON_SCORE = 8_000;
const DAY = 86_400_000;

/** Model, rule of merging and sources: when one of them is another, reasons are written anew. */
const rulesOf = ({ version }: Scoring, opinions: readonly Opinion[]): string =>
  [`p2b:v${version}`, MERGE_VERSION, ...opinions.map(({ source }) => source)].join('|');

const outOfHundred = (probability: number): number => Math.round(100 * probability);

/**
 * Scores open deals: our model on each as it stands now, put together with what others say of it. Reasons are worked out
 * only for what is worth writing. A deal whose past cannot be read is left out.
 */
export const scoreDeals = (scoring: Scoring, asked: readonly AskedDeal[]): readonly ScoredDeal[] => {
  const at = Date.parse(scoring.now);
  const known = asked.flatMap((one) => {
    const { deal } = one.record;
    const moment =
      deal.closed || endedAt(deal) !== null ? null : momentOf(deal, Math.max(at, deal.createdAt), scoring.world);
    return moment ? [{ one, moment }] : [];
  });
  const scores = score(
    scoring.model,
    tableOf(
      scoring.features,
      known.map(({ moment }) => moment),
    ),
  );
  return known.map(({ one, moment }, row) => scoreOne(scoring, one, moment, scores, row));
};

const scoreOne = (scoring: Scoring, one: AskedDeal, moment: Moment, scores: Scores, row: number): ScoredDeal => {
  const { record, opinions, written } = one;
  const { deal } = record;
  const sources = sourcesOf(scoring, opinions, scores.probability[row] ?? scoring.model.prior.share);
  const merged = mergeScores(sources);
  if (!merged) throw new Error('a deal has at least the score of our own model');
  const shown = outOfHundred(merged.probability);
  // The base rate of a dozen deals is no score of this one: nothing is claimed on the deal itself.
  const known = !scoring.tooLittle || opinions.length > 0;
  const standing: Standing = known ? { score: shown, band: bandOf(shown) } : { score: null, band: null };
  const rules = rulesOf(scoring, opinions);
  const all: Readonly<Record<string, number>> = {
    merged: shown,
    ...Object.fromEntries(sources.map(({ source, probability }) => [source, outOfHundred(probability)])),
  };
  const onDeal = isWorthWriting(record.stands, standing);
  const stands =
    written !== null &&
    written.rules === rules &&
    Object.entries(all).every(([source, value]) => {
      const before = written.sources[source];
      return before !== undefined && Math.abs(before - value) < TREMBLE && bandOf(before) === bandOf(value);
    });
  return {
    dealId: deal.id,
    accountId: deal.accountId,
    standing,
    rules,
    sources: all,
    write:
      stands && !onDeal
        ? null
        : writeOf(scoring, one, moment, { scores, row, sources, weights: merged.weights, standing, shown, onDeal }),
  };
};

const sourcesOf = (
  { model, now, tooLittle }: Scoring,
  opinions: readonly Opinion[],
  own: number,
): readonly SourceScore[] => [
  {
    source: 'own-model',
    probability: own,
    // What nothing was learned from tells nobody apart.
    quality: tooLittle || model.algorithm === 'prior' ? 0 : 2 * model.validation.auc - 1,
    ageDays: 0,
  },
  ...opinions.map(({ source, probability, quality, at }) => ({
    source,
    probability,
    quality,
    ageDays: (Date.parse(now) - Date.parse(at)) / DAY,
  })),
];

interface Worked {
  readonly scores: Scores;
  readonly row: number;
  readonly sources: readonly SourceScore[];
  readonly weights: readonly number[];
  readonly standing: Standing;
  readonly shown: number;
  readonly onDeal: boolean;
}

const writeOf = (scoring: Scoring, { record, opinions }: AskedDeal, moment: Moment, worked: Worked): ScoreWrite => {
  const { deal } = record;
  const { now, recordId } = scoring;
  const { sources, weights, shown } = worked;
  const own = ownReasons(scoring, moment, worked);
  const ownWeight = weights[0] ?? 1;
  const confidence = Math.round(100 * Math.max(0, Math.min(1, worked.scores.confidence(worked.row))));
  const missing = missingOf(scoring, moment, opinions);
  const raises = raisesOf(scoring, moment, worked, ownWeight);
  const mergedReasons = reasonsOf(
    own.base,
    [
      ...own.moved.map(({ feature, points, says }) => ({ feature, says, points: points * ownWeight })),
      ...opinions.map(({ source, probability, says }, index) => ({
        feature: source,
        says,
        points: (100 * probability - own.base.points) * (weights[index + 1] ?? 0),
      })),
    ],
    shown,
  );
  const common = { scoredAt: now, inputsAt: deal.changedAt, missing, raises: '[]', modelId: null };
  const rows: readonly ScoreRow[] = sources.map(({ source, probability }, index) => {
    const value = outOfHundred(probability);
    const opinion = opinions[index - 1];
    return opinion === undefined
      ? {
          ...common,
          source,
          score: value,
          band: bandOf(value),
          confidence,
          says: saysOf(scoring, value),
          reasons: reasonsWithin(reasonsOf(own.base, own.moved, value), REASONS_ON_SCORE),
          raises,
          weight: round(ownWeight),
          modelId: recordId,
        }
      : {
          ...common,
          source,
          score: value,
          band: bandOf(value),
          confidence: Math.round(100 * Math.max(0, opinion.quality ?? 0)),
          says: opinion.says.slice(0, 255),
          reasons: JSON.stringify([{ feature: source, points: value, says: opinion.says }]),
          weight: round(weights[index] ?? 0),
          inputsAt: opinion.at,
        };
  });
  return {
    dealId: deal.id,
    accountId: deal.accountId,
    ownerId: deal.ownerId,
    deal: worked.onDeal
      ? { ...worked.standing, reasons: reasonsWithin(mergedReasons, REASONS_ON_DEAL), scoredAt: now }
      : null,
    rows: [
      {
        ...common,
        source: 'merged',
        score: shown,
        band: bandOf(shown),
        confidence,
        says: saysOf(scoring, shown),
        reasons: reasonsWithin(mergedReasons, REASONS_ON_SCORE),
        raises,
        weight: 1,
        modelId: recordId,
      },
      ...rows,
    ],
  };
};

const round = (weight: number): number => Math.round(weight * 100) / 100;

/** The base and what each feature adds, in points of the 0–100 score, with what it says of this deal. */
const ownReasons = (
  { features, model }: Scoring,
  moment: Moment,
  { scores, row }: Worked,
): { readonly base: { readonly points: number; readonly says: string }; readonly moved: readonly Reason[] } => {
  const { base, points } = scores.points(row);
  const byName = new Map(features.map((feature) => [feature.name, feature]));
  const { positives, rows } = model;
  return {
    base: {
      points: base,
      says: `Where every deal starts: ${Math.round((100 * positives) / Math.max(1, rows))} of 100 were won`,
    },
    moved: points.map((one) => ({ ...one, says: byName.get(one.feature)?.says(moment) ?? one.feature })),
  };
};

/** The score in a sentence: what became of deals that were rated like this one, on deals the model had not seen. */
const saysOf = ({ model, tooLittle }: Scoring, shown: number): string => {
  if (tooLittle) return 'Not enough history yet: this is how often deals were won so far.';
  if (model.algorithm === 'prior') return 'Nothing tells deals apart so far: this is how often deals are won.';
  const { bins } = model.validation;
  const bin = bins[Math.min(bins.length - 1, Math.floor((shown / 100) * bins.length))];
  return bin && bin.rows >= 10
    ? `${shown} of 100: of deals rated like this one, ${Math.round(10 * bin.share)} of 10 were won.`
    : `${shown} of 100.`;
};

/** What would make the score surer, by name. */
const missingOf = ({ features, model, tooLittle }: Scoring, moment: Moment, opinions: readonly Opinion[]): string => {
  const used = new Set(model.importance.filter(({ share }) => share >= 0.02).map(({ feature }) => feature));
  const empty = features.filter((feature) => used.has(feature.name) && feature.value(moment) === null);
  return [
    ...(tooLittle ? ['history'] : []),
    ...empty.map(({ label }) => label.replaceAll(',', ' ')),
    ...(moment.then.partners.length > 0 && !opinions.some(({ source }) => source === 'aws') ? ['AWS'] : []),
  ]
    .join(',')
    .slice(0, 255);
};

/** What would raise the score, in points of what is shown. */
const raisesOf = (scoring: Scoring, moment: Moment, { scores, row }: Worked, ownWeight: number): string => {
  if (scoring.model.algorithm === 'prior') return '[]';
  const levers = leversOf(moment, scoring.partners);
  if (levers.length === 0) return '[]';
  const then = score(
    scoring.model,
    tableOf(
      scoring.features,
      levers.map((lever) => lever.moment),
    ),
  );
  const now = scores.probability[row] ?? 0;
  const raises = levers
    .map(({ says }, index) => ({
      says,
      points: Math.round(1_000 * ownWeight * ((then.probability[index] ?? 0) - now)) / 10,
    }))
    .filter(({ points }) => points >= LEAST_RAISE)
    .sort((left, right) => right.points - left.points);
  return JSON.stringify(raises).slice(0, RAISES_ON_SCORE);
};
