import { z } from 'zod';
import type { AwsInsight } from '../../../domain/propensity/merge.ts';
import type { Json } from '../../../domain/values/json.ts';
import type { OrgRuntime } from '../../org-runtime.ts';
import { DAY_MS } from './propensity-parts.ts';

/** Summaries asked for in one go: at ten a second about a minute, a hundredth of the day's reads. */
const MOST = 600;
/** How old an insight may be before it is asked for again. */
const MAX_AGE_MS = 6 * 3_600_000;
/** How old what a partner told of an account may be. */
const OPINION_DAYS = 90;
const scoreKind = 'partner.account-score';

const details = z.looseObject({
  engagementScore: z.string().nullish(),
  opportunityQuality: z.looseObject({ score: z.number().nullish(), trend: z.string().nullish() }).nullish(),
});

/** What of a network's summary says something of a deal; null: nothing yet. */
export const insightOf = (said: Json): AwsInsight | null => {
  const known = details.safeParse(said);
  if (!known.success) return null;
  const { engagementScore, opportunityQuality } = known.data;
  const insight = {
    quality: opportunityQuality?.score ?? null,
    trend: opportunityQuality?.trend ?? null,
    engagement: engagementScore ?? null,
  };
  return insight.quality === null && insight.engagement === null ? null : insight;
};

/**
 * Asks AWS for what it says of all shared deals, those never or longest not asked for first, within the account's budget of
 * reads; the last word is kept with its age. Gives the deals of which something new was said. Ends early when the
 * network asks to wait: the next time goes on.
 */
export const readAwsInsights = async (org: OrgRuntime): Promise<readonly string[]> => {
  const { propensity, portals, clock, log } = org;
  const portal = [...portals.values()].find(({ capabilities }) => capabilities.includes('partner-summary'));
  if (!portal) return [];
  const before = new Date(Date.parse(clock.now()) - MAX_AGE_MS).toISOString();
  const shared = await propensity.room.sharedDeals(portal.network, before, MOST);
  const said: { deal: string; value: Json }[] = [];
  for (const { deal, networkId } of shared) {
    const read = await portal.readSummary(networkId);
    if (!read.ok) {
      if (read.error.kind === 'not-found' || read.error.retry === 'never') continue;
      log.info({ problem: read.error.message }, 'insights of the network wait');
      break;
    }
    const insight = insightOf(read.value.details);
    if (insight) said.push({ deal, value: { ...insight } });
  }
  return propensity.room.rememberInsights('aws', said, clock.now());
};

/**
 * What partners say of joint customers: telemetry of the kind `partner.account-score` (0 to 100), of partners whose grant
 * lets it in, for open deals with that account that were referred to that partner. Gives the deals of which something new
 * was said.
 */
export const readPartnerOpinions = async (org: OrgRuntime): Promise<readonly string[]> => {
  const { propensity, telemetry, clock } = org;
  const allowed = await propensity.deals.readScoringPartners();
  if (!allowed.ok) throw new Error(`grants could not be read: ${allowed.error.message}`);
  if (allowed.value.length === 0) return [];
  const now = Date.parse(clock.now());
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  const rows = await telemetry.rollups.accountSeries({
    partners: allowed.value,
    from: day(now - OPINION_DAYS * DAY_MS),
    to: day(now),
    by: 'day',
  });
  const newest = new Map<string, { readonly partner: string; readonly score: number }>();
  for (const { partner, account, kind, value } of rows)
    if (kind === scoreKind && account !== '' && value <= 100)
      newest.set(`${account.slice(0, 15)}:${partner}`, { partner, score: value });
  const referred = await propensity.room.referredDeals(allowed.value);
  const said = referred.flatMap(({ deal, account, partner }) => {
    const opinion = newest.get(`${account.slice(0, 15)}:${partner}`);
    return opinion ? [{ deal, value: { ...opinion } as Json }] : [];
  });
  return propensity.room.rememberInsights('partner', said, clock.now());
};
