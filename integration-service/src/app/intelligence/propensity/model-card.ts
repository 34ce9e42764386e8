import type { Training, Promotion } from '../../../domain/propensity/training.ts';
import { FEATURES } from '../../../domain/propensity/features.ts';
import type { LearnedModel } from '../../../domain/scoring/model.ts';
import type { StoredModel } from '../../../infrastructure/propensity/score-models.ts';
import type { OwnRow } from '../../../ports/crm/own-rows.ts';
import type { FieldValue } from '../../../ports/crm/crm.ts';

const rounded = (value: number, places = 4): number => Number(value.toFixed(places));
const dayOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString().slice(0, 10));

/** Everything that is told of a model, as JSON on its record. */
export interface ModelCard {
  readonly version: 1;
  readonly says: string;
  readonly algorithm: LearnedModel['algorithm'];
  readonly data: {
    readonly from: string | null;
    readonly to: string | null;
    readonly deals: number;
    readonly won: number;
    readonly rows: number;
  };
  readonly measures: {
    readonly by: string;
    readonly auc: number;
    readonly brier: number;
    readonly skill: number;
    readonly logLoss: number;
    readonly ece: number;
    readonly ecePerfect: number;
    readonly lift: number;
  };
  /** Ten bins of equal width: rows, mean score, share that was won. */
  readonly calibration: LearnedModel['validation']['bins'];
  readonly candidates: LearnedModel['validation']['candidates'];
  readonly features: readonly {
    readonly name: string;
    readonly label: string;
    readonly source: string;
    readonly how: string;
    readonly share: number;
  }[];
  readonly leftOut: readonly { readonly field: string; readonly why: string }[];
  readonly promotion: Promotion;
}

/** A model's card. */
export const cardOf = (training: Training, model: LearnedModel, promotion: Promotion): ModelCard => {
  const { validation } = model;
  const share = new Map(model.importance.map((one) => [one.feature, one.share]));
  return {
    version: 1,
    says: saysOf(training, model),
    algorithm: model.algorithm,
    data: {
      from: dayOf(model.from),
      to: dayOf(model.to),
      deals: training.outcomes,
      won: training.won,
      rows: model.rows,
    },
    measures: {
      by: validation.by,
      auc: rounded(validation.auc),
      brier: rounded(validation.brier),
      skill: rounded(validation.skill),
      logLoss: rounded(validation.logLoss),
      ece: rounded(validation.ece),
      ecePerfect: rounded(validation.ecePerfect.high),
      lift: rounded(validation.lift, 2),
    },
    calibration: validation.bins.map((bin) => ({
      rows: bin.rows,
      score: rounded(bin.score),
      share: rounded(bin.share),
    })),
    candidates: validation.candidates.map((one) => ({ ...one, logLoss: rounded(one.logLoss), auc: rounded(one.auc) })),
    features: training.features
      .filter(({ name }) => model.features.some((feature) => feature.name === name))
      .map(({ name, label, source, how }) => ({ name, label, source, how, share: rounded(share.get(name) ?? 0) }))
      .sort((left, right) => right.share - left.share),
    leftOut: [
      ...training.leaks.filter(({ used }) => !used).map(({ field, why }) => ({ field, why })),
      ...model.refused.map(({ name, why }) => ({ field: labelOf(name), why })),
    ],
    promotion,
  };
};

const labelOf = (name: string): string =>
  FEATURES.find((feature) => feature.name === name)?.label ?? name.replace(/^own:/, '');

const saysOf = (training: Training, { validation, why }: LearnedModel): string => {
  const { outcomes, won, tooLittle } = training;
  const learned = `Learned from ${outcomes} closed deals, ${won} of them won. ${why}`;
  if (tooLittle || validation.by === 'none') return learned;
  return `${learned} On deals it had not seen, it puts the likelier of two in front ${Math.round(100 * validation.auc)} times in 100.`;
};

/** The longest text of `Card__c`, `LeakReport__c` and `Drift__c`. */
const CARD_LENGTH = 131_072;
const DRIFT_LENGTH = 32_768;

const within = (value: unknown, length: number): string => {
  const text = JSON.stringify(value ?? null);
  return text.length <= length
    ? text
    : JSON.stringify({ version: 1, says: 'Too long for this field; ask for it with the ledger.' });
};

/** A model on its record. */
export const modelRow = (stored: StoredModel): OwnRow => {
  const { model, version } = stored;
  const { validation } = model;
  const by = stored.activatedBy ?? '';
  const fields: Record<string, FieldValue> = {
    subject: 'propensity',
    version,
    state: stored.state,
    algorithm: model.algorithm,
    trainedAt: stored.trainedAt,
    dataFrom: dayOf(model.from),
    dataTo: dayOf(model.to),
    // Deals, not the moments of them that were learned from: a deal stands for several.
    rows: stored.outcomes,
    won: Number(Object(Object(stored.card).data).won ?? 0),
    auc: rounded(validation.auc),
    brier: rounded(validation.brier),
    ece: rounded(validation.ece),
    lift: rounded(validation.lift, 2),
    says: String(Object(stored.card).says ?? model.why).slice(0, 4_000),
    card: within(stored.card, CARD_LENGTH),
    leakReport: within(stored.leaks, CARD_LENGTH),
    drift: stored.drift === null ? null : within(stored.drift, DRIFT_LENGTH),
    tooLittle: stored.tooLittle,
    activatedAt: stored.activatedAt,
    ...(/^005\w{12,15}$/.test(by) ? { activatedBy: by } : {}),
  };
  return { object: 'ScoreModel__c', key: `p2b:v${version}`, fields };
};
