import MODEL from '@salesforce/schema/ScoreModel__c';
import ACTIVATED_AT from '@salesforce/schema/ScoreModel__c.ActivatedAt__c';
import ACTIVATED_BY from '@salesforce/schema/ScoreModel__c.ActivatedBy__r.Name';
import ALGORITHM from '@salesforce/schema/ScoreModel__c.Algorithm__c';
import AUC from '@salesforce/schema/ScoreModel__c.Auc__c';
import BRIER from '@salesforce/schema/ScoreModel__c.Brier__c';
import CARD from '@salesforce/schema/ScoreModel__c.Card__c';
import DATA_FROM from '@salesforce/schema/ScoreModel__c.DataFrom__c';
import DATA_TO from '@salesforce/schema/ScoreModel__c.DataTo__c';
import DRIFT from '@salesforce/schema/ScoreModel__c.Drift__c';
import ECE from '@salesforce/schema/ScoreModel__c.Ece__c';
import KEY from '@salesforce/schema/ScoreModel__c.Key__c';
import LEAK_REPORT from '@salesforce/schema/ScoreModel__c.LeakReport__c';
import LIFT from '@salesforce/schema/ScoreModel__c.Lift__c';
import NAME from '@salesforce/schema/ScoreModel__c.Name';
import ROWS from '@salesforce/schema/ScoreModel__c.Rows__c';
import SAYS from '@salesforce/schema/ScoreModel__c.Says__c';
import STATE from '@salesforce/schema/ScoreModel__c.State__c';
import SUBJECT from '@salesforce/schema/ScoreModel__c.Subject__c';
import TOO_LITTLE from '@salesforce/schema/ScoreModel__c.TooLittle__c';
import TRAINED_AT from '@salesforce/schema/ScoreModel__c.TrainedAt__c';
import VERSION from '@salesforce/schema/ScoreModel__c.Version__c';
import WON from '@salesforce/schema/ScoreModel__c.Won__c';
import { jsonList, jsonObject, readRows, selectPage, text, uiApiQuery } from 'c/recordQuery';
import { numberOf } from 'c/scoreData';

/** A trained model as lists and cards show it. Numbers are `undefined` and texts empty where the record has none. */
export interface ScoreModel {
  id: string;
  key: string;
  name: string;
  /** propensity or health. */
  subject: string;
  version: number;
  /** candidate, active, retired or refused. */
  state: string;
  /** boosted-trees, logistic or prior. */
  algorithm: string;
  trainedAt: string;
  /** Days. */
  dataFrom: string;
  dataTo: string;
  /** Closed deals or partners, and how many of them were won or left. */
  rows: number;
  won: number;
  auc: number | undefined;
  ece: number | undefined;
  lift: number | undefined;
  says: string;
  isTooLittle: boolean;
}

/** A tenth of the scale: how many there were, the mean of what was stated and the share that happened (0 to 1). */
export interface CalibrationBin {
  rows: number;
  score: number;
  share: number;
}

/** What the service keeps about a model beside its figures (`Card__c`). */
export interface ModelCard {
  /** time-split, folds, or empty where nothing was measured. */
  measuredBy: string;
  /** What a perfect model of this size would show as its calibration error, at most. */
  perfectEce: number | undefined;
  bins: CalibrationBin[];
  /** Facts by their share in what moves the scores, largest first. */
  importance: { name: string; share: number }[];
  /** Fields that were not used, each with why. */
  leftOut: { field: string; why: string }[];
}

/** One field of the leak report. */
export interface LeakRow {
  field: string;
  /** What people call it, and where it stands. */
  label: string;
  source: string;
  verdict: 'used' | 'refused' | 'suspect';
  why: string;
  /** Share of the deals in which it was changed at or after the end; `undefined` where it has no history. */
  lateShare: number | undefined;
}

/** How far today's deals differ from those that were learned from. */
export interface Drift {
  at: string;
  /** Deals that ended since it was trained, and how many of them were won. */
  ended: number | undefined;
  won: number | undefined;
  noticed: { feature: string; says: string }[];
}

/** Fields that everybody with a Tandem permission set may read. */
export const MODEL_FIELDS = {
  key: KEY,
  name: NAME,
  subject: SUBJECT,
  version: VERSION,
  state: STATE,
  algorithm: ALGORITHM,
  trainedAt: TRAINED_AT,
  dataFrom: DATA_FROM,
  dataTo: DATA_TO,
  rows: ROWS,
  won: WON,
  auc: AUC,
  ece: ECE,
  lift: LIFT,
  says: SAYS,
  tooLittle: TOO_LITTLE,
};

/** Fields of the card that only some may read; a reader without them sees the card without these parts. */
export const DETAIL_FIELDS = {
  brier: BRIER,
  card: CARD,
  leakReport: LEAK_REPORT,
  drift: DRIFT,
  activatedAt: ACTIVATED_AT,
  activatedBy: ACTIVATED_BY,
};

/** A model is trained once a week at most: this many are two years of both kinds. */
const MOST_MODELS = 200;

/** Every model, newest first. */
export const MODELS_QUERY = uiApiQuery('scoreModels', '', [
  selectPage(
    'models',
    MODEL,
    MODEL_FIELDS,
    `orderBy: { ${VERSION.fieldApiName}: { order: DESC } }, first: ${MOST_MODELS}`,
  ),
]);

/** The models of an answer. */
export function readModels(data: unknown): ScoreModel[] {
  return readRows(data, 'models', MODEL_FIELDS).map(({ id, ...values }) => modelOf(id, values));
}

/** A model from the values of `MODEL_FIELDS`. */
export function modelOf(id: string, values: Readonly<Record<keyof typeof MODEL_FIELDS, unknown>>): ScoreModel {
  return {
    id,
    key: text(values.key),
    name: text(values.name),
    subject: text(values.subject),
    version: numberOf(values.version) ?? 0,
    state: text(values.state),
    algorithm: text(values.algorithm),
    trainedAt: text(values.trainedAt),
    dataFrom: text(values.dataFrom),
    dataTo: text(values.dataTo),
    rows: numberOf(values.rows) ?? 0,
    won: numberOf(values.won) ?? 0,
    auc: numberOf(values.auc),
    ece: numberOf(values.ece),
    lift: numberOf(values.lift),
    says: text(values.says),
    isTooLittle: values.tooLittle === true || values.algorithm === 'prior',
  };
}

/** The JSON of `Card__c`; what is missing in it is empty. */
export function readCard(value: unknown): ModelCard {
  const card = jsonObject(value);
  const measures = objectOf(card.measures);
  return {
    measuredBy: text(measures.by),
    perfectEce: numberOf(measures.ecePerfect),
    bins: listOf(card.calibration).map((bin) => ({
      rows: numberOf(bin.rows) ?? 0,
      score: numberOf(bin.score) ?? 0,
      share: numberOf(bin.share) ?? 0,
    })),
    importance: listOf(card.features)
      .map(({ name, label, share }) => ({ name: text(label) || text(name), share: numberOf(share) ?? 0 }))
      .sort((one, other) => other.share - one.share),
    leftOut: listOf(card.leftOut).map(({ field, why }) => ({ field: text(field), why: text(why) })),
  };
}

/** The JSON list of `LeakReport__c`; `undefined` where nothing was looked at yet. */
export function readLeaks(value: unknown): LeakRow[] | undefined {
  return text(value) === ''
    ? undefined
    : listOf(jsonList(value)).map(({ field, label, source, verdict, why, evidence, used }) => ({
        field: text(field),
        label: text(label) || text(field),
        source: text(source),
        verdict: verdict === 'refused' || used === false ? 'refused' : verdict === 'suspect' ? 'suspect' : 'used',
        why: text(why),
        lateShare: numberOf(objectOf(evidence).lateShare),
      }));
}

/** The JSON of `Drift__c`; `undefined` where nothing was looked at yet. */
export function readDrift(value: unknown): Drift | undefined {
  const drift = jsonObject(value);
  const since = objectOf(drift.endedSince);
  return drift.noticed === undefined
    ? undefined
    : {
        at: text(drift.at),
        ended: numberOf(since.deals),
        won: numberOf(since.won),
        noticed: listOf(drift.noticed).map(({ feature, says }) => ({ feature: text(feature), says: text(says) })),
      };
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}
