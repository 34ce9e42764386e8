/** The rule by which sources are put together; it stands with each score. */
export const MERGE_VERSION = 'merge:1';

export const SOURCES = ['own-model', 'aws', 'partner'] as const;
export type Source = (typeof SOURCES)[number];

/** What one source says of a deal. */
export interface SourceScore {
  readonly source: Source;
  /** 0 to 1. */
  readonly probability: number;
  /**
   * How well the source was found to tell won deals from lost ones: 2·AUC − 1, from 0 (by chance) to 1. Null: not measured
   * yet; it then counts as {@link UNMEASURED}.
   */
  readonly quality: number | null;
  /** How old what it says is, in days. */
  readonly ageDays: number;
}

/** What a source counts before enough of the deals that it rated have ended: a quarter of a perfect one. */
export const UNMEASURED = 0.25;
/** A source never counts less than this while it is fresh: it is shown, and a weight of nothing would say it was not read. */
const LEAST = 0.02;
/** What is so old counts half. */
const HALF_LIFE_DAYS = 30;

export interface MergedScore {
  readonly probability: number;
  /** Shares of one, in the order in which the sources came. */
  readonly weights: readonly number[];
}

/**
 * Puts sources together: the mean of what they say, each by how well it was found to tell deals apart, halved for each
 * thirty days of age. Null where there is none.
 */
export const mergeScores = (scores: readonly SourceScore[]): MergedScore | null => {
  if (scores.length === 0) return null;
  const counts = scores.map(
    ({ quality, ageDays }) =>
      Math.max(LEAST, Math.min(1, quality ?? UNMEASURED)) * 2 ** (-Math.max(0, ageDays) / HALF_LIFE_DAYS),
  );
  const all = counts.reduce((sum, count) => sum + count, 0);
  const weights = counts.map((count) => count / all);
  return {
    probability: scores.reduce((sum, { probability }, index) => sum + probability * (weights[index] ?? 0), 0),
    weights,
  };
};

/** What AWS says of a deal that was shared with it (GetAwsOpportunitySummary, `Insights`). */
export interface AwsInsight {
  /** `OpportunityQuality.Score`, 0 to 100; null until AWS has scored it. */
  readonly quality: number | null;
  /** `OpportunityQuality.Trend`: Improving, Declining or No Change. */
  readonly trend: string | null;
  /** `EngagementScore`: High, Medium or Low. */
  readonly engagement: string | null;
}

/** Odds by which AWS’s word for its engagement moves the base rate, where it has not scored the deal yet. Ours; shown with the rule. */
const ENGAGEMENT_ODDS: Readonly<Record<string, number>> = { High: 1.5, Medium: 1, Low: 2 / 3 };

/** AWS’s insight as a probability: its own score where there is one, else the base rate moved by its engagement. Null: it says nothing. */
export const probabilityOfInsight = ({ quality, engagement }: AwsInsight, baseRate: number): number | null => {
  if (quality !== null) return Math.min(1, Math.max(0, quality / 100));
  const odds = engagement === null ? undefined : ENGAGEMENT_ODDS[engagement];
  if (odds === undefined) return null;
  const moved = (odds * baseRate) / (1 - baseRate);
  return Number.isFinite(moved) ? moved / (1 + moved) : baseRate;
};

/** AWS’s insight in a sentence. */
export const saysInsight = ({ quality, trend, engagement }: AwsInsight): string =>
  [
    quality === null ? 'AWS has not scored this deal' : `AWS rates this deal ${Math.round(quality)} of 100`,
    ...(trend === null || trend === 'No Change' ? [] : [`and ${trend.toLowerCase()}`]),
    ...(engagement === null ? [] : [`with ${engagement.toLowerCase()} engagement`]),
  ].join(' ');
