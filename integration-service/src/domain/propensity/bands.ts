export type Band = 'low' | 'medium' | 'high';

/** Points between two scores that are worth a write. */
export const STEP = 5;

/** Bands by the score alone, 0 to 100, so that a word means the same in every company: a third and two thirds. */
export const bandOf = (score: number): Band => (score >= 67 ? 'high' : score >= 34 ? 'medium' : 'low');

/** What stands on a deal. */
export interface Standing {
  readonly score: number | null;
  readonly band: Band | null;
}

/**
 * Whether a new score is worth writing on the deal, where the customer’s own automation runs: another band, or five points
 * from what stands there, so that a score which trembles around the edge of a step is not written again and again.
 */
export const isWorthWriting = (stands: Standing | null, now: Standing): boolean => {
  if (stands === null) return now.score !== null;
  if (stands.score === null || now.score === null) return stands.score !== now.score;
  return stands.band !== now.band || Math.abs(stands.score - now.score) >= STEP;
};
