import { createHash } from 'node:crypto';
import type { AssessedHealth } from '../../../domain/health/assess.ts';
import { mondayOf } from '../../../domain/health/weeks.ts';
import type { OpenBusiness } from '../../../ports/partner-book/partner-book.ts';
import type { OwnRow } from '../../../ports/crm/own-rows.ts';

/** Lengths of `Partner__c`. */
const reasonsLength = 4_000;
/** Points from which a moved number is shown between two nights: below it nobody would look again. */
const SCORE_STEP = 5;

/**
 * What a record shows, as a word that changes when somebody should look again: band, trend, decline, what is missing, scores
 * by steps, the reasons that weigh as much as a step, and the week, so that the age on the record stays true.
 */
export const shownOf = ({ reading, band, trend, declining, reasons, series, version }: AssessedHealth): string => {
  const step = (score: number | null): number | null => (score === null ? null : Math.round(score / SCORE_STEP));
  const shown = [
    version,
    band,
    trend,
    declining?.flagged ?? null,
    reading.missing,
    step(reading.score),
    step(reading.signals.usage),
    step(reading.signals.interaction),
    reasons
      .slice(1)
      .filter(({ points }) => Math.abs(points) >= SCORE_STEP)
      .map(({ factor }) => factor)
      .toSorted(),
    series.weeks.at(-1),
  ];
  return createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 32);
};

/** `Partner__c` as health has it. `business` is left as it is where it was not read. */
export const healthRow = (
  partner: string,
  health: AssessedHealth,
  around: { readonly now: string; readonly lastContact: string | null; readonly business: OpenBusiness | null },
): OwnRow => {
  const { reading, band, reasons, trend, trends, series, declining, version } = health;
  const unknown = reading.missing.length === 2;
  return {
    object: 'Partner__c',
    key: partner,
    fields: {
      // What a segment starts from is no health of this partner: the record shows it among the reasons, not as a score.
      health: unknown ? null : reading.score,
      healthBand: band,
      healthTrend: trend,
      healthReasons: fitting(reasons),
      healthUpdatedAt: around.now,
      healthConfidence: reading.confidence,
      healthMissing: reading.missing.join(', ') || null,
      healthVersion: version,
      healthSeries: JSON.stringify(series),
      usageSignal: reading.signals.usage,
      interactionSignal: reading.signals.interaction,
      usageTrend: trends.usage,
      interactionTrend: trends.interaction,
      declining: declining !== null,
      decliningSince: declining === null ? null : mondayOf(declining.since),
      ...(around.lastContact === null ? {} : { lastContactAt: `${around.lastContact}T12:00:00.000Z` }),
      ...(around.business === null
        ? {}
        : { openDeals: around.business.deals, revenueAtStake: Math.round(around.business.amount * 100) / 100 }),
    },
  };
};

/** All of them stand in the sum, so one that does not fit is told with the rest that does not, as one line. */
const fitting = (reasons: AssessedHealth['reasons']): string => {
  for (let most = reasons.length; ; most -= 1) {
    const shown = reasons.slice(0, most);
    const left = reasons.slice(most);
    const tenths = left.reduce((sum, { points }) => sum + Math.round(10 * points), 0);
    const told =
      left.length === 0 ? shown : [...shown, { factor: 'other', points: tenths / 10, says: 'Other reasons together.' }];
    const text = JSON.stringify(told);
    if (text.length <= reasonsLength || most === 0) return text;
  }
};
