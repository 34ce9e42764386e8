import { z } from 'zod';
import { probabilityOfInsight, saysInsight, type AwsInsight } from '../../../domain/propensity/merge.ts';
import { auc } from '../../../domain/scoring/measures.ts';
import type { Opinion } from '../../../functions/co-selling/score-deals.ts';
import type { KnownInsight, PostgresScoreRoom } from '../../../infrastructure/propensity/score-room.ts';

/** Ended deals of either outcome that a source must have rated before its quality is measured. */
const LEAST_RATED = 15;

export const awsInsight: z.ZodType<AwsInsight> = z.object({
  quality: z.number().nullable(),
  trend: z.string().nullable(),
  engagement: z.string().nullable(),
});

/** What a partner says of an account: 0 to 100. */
export const partnerOpinion = z.object({ partner: z.string(), score: z.number().min(0).max(100) });

const probabilityOf = ({ source, value }: KnownInsight, baseRate: number): number | null => {
  if (source === 'aws') {
    const known = awsInsight.safeParse(value);
    return known.success ? probabilityOfInsight(known.data, baseRate) : null;
  }
  const known = partnerOpinion.safeParse(value);
  return known.success ? known.data.score / 100 : null;
};

const says = ({ source, value }: KnownInsight, names: ReadonlyMap<string, string>): string => {
  if (source === 'aws') return saysInsight(awsInsight.parse(value));
  const { partner, score } = partnerOpinion.parse(value);
  return `${names.get(partner) ?? partner} rates this customer ${Math.round(score)} of 100`;
};

/** How well each source told won deals from lost ones: 2·AUC − 1; null while too few of those that it rated have ended. */
export type Qualities = Readonly<Record<KnownInsight['source'], number | null>>;

/** Measures sources by the deals that they rated and that have ended since: what counts is what they said before the end. */
export const measureSources = async (
  room: Pick<PostgresScoreRoom, 'insightsOf' | 'ended'>,
  baseRate: number,
): Promise<Qualities> => {
  const ends = new Map((await room.ended()).map(({ deal, at, won }) => [deal, { at, won }]));
  const measured = async (source: KnownInsight['source']): Promise<number | null> => {
    const rated = (await room.insightsOf(source)).flatMap((insight) => {
      const end = ends.get(insight.deal);
      const probability = probabilityOf(insight, baseRate);
      return end && probability !== null && Date.parse(insight.readAt) < end.at ? [{ probability, won: end.won }] : [];
    });
    const won = rated.filter((one) => one.won).length;
    if (Math.min(won, rated.length - won) < LEAST_RATED) return null;
    const power = auc(
      Float64Array.from(rated, ({ probability }) => probability),
      Uint8Array.from(rated, (one) => (one.won ? 1 : 0)),
    );
    return Math.max(0, 2 * power - 1);
  };
  return { aws: await measured('aws'), partner: await measured('partner') };
};

/** What others say of these deals, by deal; AWS first. */
export const opinionsOf = (
  insights: readonly KnownInsight[],
  qualities: Qualities,
  baseRate: number,
  names: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly Opinion[]> => {
  const found = new Map<string, Opinion[]>();
  for (const insight of [...insights].sort((left, right) => (left.source < right.source ? -1 : 1))) {
    const probability = probabilityOf(insight, baseRate);
    if (probability === null) continue;
    const opinion: Opinion = {
      source: insight.source,
      probability,
      quality: qualities[insight.source],
      at: insight.lookedAt,
      says: says(insight, names),
    };
    found.set(insight.deal, [...(found.get(insight.deal) ?? []), opinion]);
  }
  return found;
};
