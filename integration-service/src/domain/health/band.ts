import type { HealthReading } from './health-score.ts';

/** `Partner__c.HealthBand__c`. */
export const HEALTH_BANDS = ['strong', 'steady', 'watch', 'at-risk', 'unknown'] as const;
export type HealthBand = (typeof HEALTH_BANDS)[number];

/** Which scores make which band; data, so that a company's own numbers need no code. */
export interface BandRule {
  readonly version: number;
  /** From this score on; below the lowest of them it is `at-risk`. */
  readonly strongFrom: number;
  readonly steadyFrom: number;
  readonly watchFrom: number;
  /** With less confidence nobody can say. */
  readonly unknownBelow: number;
  /** So far beyond a bound a score must go before the band follows, so that it does not flicker. */
  readonly slack: number;
}

export const BAND_RULE: BandRule = {
  version: 1,
  strongFrom: 75,
  steadyFrom: 55,
  watchFrom: 40,
  unknownBelow: 10,
  slack: 2,
};

const bandAt = (score: number, { strongFrom, steadyFrom, watchFrom }: BandRule): HealthBand =>
  score >= strongFrom ? 'strong' : score >= steadyFrom ? 'steady' : score >= watchFrom ? 'watch' : 'at-risk';

/**
 * The band of a reading. A partner in decline is `watch` at best, however high the score still is; one of whom too little is
 * known is `unknown`, whatever its segment starts from. `before` is the band that is shown: a score within `slack` of it
 * keeps it.
 */
export const bandOf = (
  { score, confidence }: Pick<HealthReading, 'score' | 'confidence'>,
  declining: boolean,
  before: HealthBand | null,
  rule: BandRule = BAND_RULE,
): HealthBand => {
  if (confidence < rule.unknownBelow) return 'unknown';
  const near = [score - rule.slack, score, score + rule.slack].map((one) => bandAt(one, rule));
  const band = before !== null && before !== 'unknown' && near.includes(before) ? before : bandAt(score, rule);
  return declining && (band === 'strong' || band === 'steady') ? 'watch' : band;
};
