import SCORE from '@salesforce/schema/DealScore__c';
import BAND from '@salesforce/schema/DealScore__c.Band__c';
import CONFIDENCE from '@salesforce/schema/DealScore__c.Confidence__c';
import INPUTS_AT from '@salesforce/schema/DealScore__c.InputsAt__c';
import MISSING from '@salesforce/schema/DealScore__c.Missing__c';
import MODEL from '@salesforce/schema/DealScore__c.Model__c';
import MODEL_ALGORITHM from '@salesforce/schema/DealScore__c.Model__r.Algorithm__c';
import MODEL_NAME from '@salesforce/schema/DealScore__c.Model__r.Name';
import MODEL_TOO_LITTLE from '@salesforce/schema/DealScore__c.Model__r.TooLittle__c';
import OPPORTUNITY from '@salesforce/schema/DealScore__c.Opportunity__c';
import RAISES from '@salesforce/schema/DealScore__c.Raises__c';
import REASONS from '@salesforce/schema/DealScore__c.Reasons__c';
import SAYS from '@salesforce/schema/DealScore__c.Says__c';
import VALUE from '@salesforce/schema/DealScore__c.Score__c';
import SCORED_AT from '@salesforce/schema/DealScore__c.ScoredAt__c';
import SOURCE from '@salesforce/schema/DealScore__c.Source__c';
import WEIGHT from '@salesforce/schema/DealScore__c.Weight__c';
import LEARNED from '@salesforce/schema/ScoreModel__c';
import LEARNED_ROWS from '@salesforce/schema/ScoreModel__c.Rows__c';
import LEARNED_STATE from '@salesforce/schema/ScoreModel__c.State__c';
import LEARNED_SUBJECT from '@salesforce/schema/ScoreModel__c.Subject__c';
import LEARNED_TOO_LITTLE from '@salesforce/schema/ScoreModel__c.TooLittle__c';
import LEARNED_WON from '@salesforce/schema/ScoreModel__c.Won__c';
import { jsonList, readRows, selectRows, text, uiApiQuery } from 'c/recordQuery';

/** One reason of a score: what it says and how many of the hundred points it is worth, when that is known. */
export interface Reason {
  feature: string;
  says: string;
  points: number | undefined;
}

/** One score of a deal. Texts are empty and numbers `undefined` where the record has none. */
export interface DealScore {
  id: string;
  /** merged, own-model, aws or partner. */
  source: string;
  /** 0 to 100. */
  score: number | undefined;
  band: string;
  reasons: Reason[];
  raises: Reason[];
  says: string;
  /** Percent. */
  confidence: number | undefined;
  /** 0 to 1: how much it counts in the merged score. */
  weight: number | undefined;
  scoredAt: string;
  inputsAt: string;
  missing: string[];
  modelId: string;
  modelName: string;
  /** The model tells the base rate only, as there was too little to learn from. */
  isBaseRate: boolean;
}

/** What the model in use has seen so far. */
export interface Learned {
  isTooLittle: boolean;
  /** Closed deals it learned from, and how many of them were won. */
  closed: number;
  won: number;
}

const SCORE_FIELDS = {
  source: SOURCE,
  score: VALUE,
  band: BAND,
  reasons: REASONS,
  raises: RAISES,
  says: SAYS,
  confidence: CONFIDENCE,
  weight: WEIGHT,
  scoredAt: SCORED_AT,
  inputsAt: INPUTS_AT,
  missing: MISSING,
  modelId: MODEL,
  modelName: MODEL_NAME,
  modelAlgorithm: MODEL_ALGORITHM,
  modelTooLittle: MODEL_TOO_LITTLE,
};
const LEARNED_FIELDS = { tooLittle: LEARNED_TOO_LITTLE, rows: LEARNED_ROWS, won: LEARNED_WON };

/** A deal (`$recordId`) has one score for each source and the merged one. */
const MOST_SOURCES = 10;

/** Every score of a deal (`$recordId`), and what the model in use has seen. */
export const DEAL_SCORE_QUERY = uiApiQuery('dealScore', '$recordId: ID', [
  selectRows(
    'scores',
    SCORE,
    SCORE_FIELDS,
    `where: { ${OPPORTUNITY.fieldApiName}: { eq: $recordId } }, ` +
      `orderBy: { ${SCORED_AT.fieldApiName}: { order: DESC } }, first: ${MOST_SOURCES}`,
  ),
  selectRows(
    'models',
    LEARNED,
    LEARNED_FIELDS,
    `where: { and: [{ ${LEARNED_SUBJECT.fieldApiName}: { eq: "propensity" } }, ` +
      `{ ${LEARNED_STATE.fieldApiName}: { eq: "active" } }] }, first: 1`,
  ),
]);

/** The scores of an answer, each source once (its newest). */
export function readDealScores(data: unknown): DealScore[] {
  const seen = new Set<string>();
  return readRows(data, 'scores', SCORE_FIELDS)
    .map(({ id, ...row }) => ({
      id,
      source: text(row.source),
      score: numberOf(row.score),
      band: text(row.band),
      reasons: readReasons(row.reasons),
      raises: readReasons(row.raises),
      says: text(row.says),
      confidence: numberOf(row.confidence),
      weight: numberOf(row.weight),
      scoredAt: text(row.scoredAt),
      inputsAt: text(row.inputsAt),
      missing: listOf(row.missing),
      modelId: text(row.modelId),
      modelName: text(row.modelName),
      isBaseRate: row.modelTooLittle === true || row.modelAlgorithm === 'prior',
    }))
    .filter(({ source }) => !seen.has(source) && seen.add(source));
}

/** What the model in use has seen, if there is one. */
export function readLearned(data: unknown): Learned | undefined {
  const [row] = readRows(data, 'models', LEARNED_FIELDS);
  return row
    ? { isTooLittle: row.tooLittle === true, closed: numberOf(row.rows) ?? 0, won: numberOf(row.won) ?? 0 }
    : undefined;
}

/** Reasons as the service writes them, a JSON list of `{feature, points, says}`; an entry without words is left out. */
export function readReasons(value: unknown): Reason[] {
  return jsonList(value)
    .map((entry) => {
      const { feature, says, points } = (entry ?? {}) as Record<string, unknown>;
      return { feature: text(feature), says: text(says), points: numberOf(points) };
    })
    .filter(({ says }) => says !== '');
}

/** A number of a record; nothing where it has none. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function listOf(value: unknown): string[] {
  return text(value)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/**
 * The range in which a true share lies with a certainty of 90 %, when `won` of `closed` were won (E. B. Wilson, 1927).
 * With nothing closed it is the whole range.
 */
export function shareRange(won: number, closed: number): { low: number; high: number } {
  if (closed <= 0) {
    return { low: 0, high: 1 };
  }
  // The 95th percentile of the standard normal distribution: five percent lie beyond either end.
  const z = 1.6449;
  const share = won / closed;
  const middle = (share + (z * z) / (2 * closed)) / (1 + (z * z) / closed);
  const reach =
    (z / (1 + (z * z) / closed)) * Math.sqrt((share * (1 - share)) / closed + (z * z) / (4 * closed * closed));
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}
