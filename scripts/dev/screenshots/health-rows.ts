import type { Connection } from 'jsforce';
import { createRows } from './decision-rows.ts';

type Row = Readonly<Record<string, string | number | boolean | null>>;

const DAY = 86_400_000;
const WEEKS = 26;

/** What the rows hang on: records of the sample company, by id. */
export interface HealthPlaces {
  readonly aws: string;
  readonly manager: string;
}

const daysAgo = (days: number): string => new Date(Date.now() - days * DAY).toISOString();
const dateAgo = (days: number): string => daysAgo(days).slice(0, 10);
/** The Mondays of the last 26 weeks, oldest first. */
const mondays = (): string[] => {
  const today = new Date();
  const monday = today.getTime() - ((today.getUTCDay() + 6) % 7) * DAY;
  return Array.from({ length: WEEKS }, (_week, at) =>
    new Date(monday - (WEEKS - 1 - at) * 7 * DAY).toISOString().slice(0, 10),
  );
};

/** A level that moves from one value to another after `turn` weeks, with a wave of its own; whole points. */
const course = (from: number, to: number, turn: number, phase: number): number[] =>
  Array.from({ length: WEEKS }, (_week, at) => {
    const moved = at < turn ? 0 : (at - turn) / (WEEKS - 1 - turn);
    return Math.round(Math.min(100, Math.max(0, from + (to - from) * moved + 4 * Math.sin(at * 1.7 + phase))));
  });

interface Course {
  readonly usage: readonly number[] | undefined;
  readonly interaction: readonly number[] | undefined;
}

const FIRST = ['Alpen', 'Baltic', 'Cedar', 'Delta', 'Ember', 'Fjord', 'Granit', 'Harbour', 'Isar', 'Juniper'];
const SECOND = ['Cloudworks', 'Consulting', 'Systems', 'Digital', 'Partners'];
const SEGMENTS = ['Enterprise', 'Mid-market', 'Public sector'];
const TIERS = ['Gold', 'Silver', 'Registered'];

/** Names of the pictures' partners; after fifty they carry a number. */
export const partnerName = (at: number): string => {
  const name = `${FIRST[at % FIRST.length] ?? ''} ${SECOND[Math.floor(at / FIRST.length) % SECOND.length] ?? ''}`;
  const round = Math.floor(at / (FIRST.length * SECOND.length));
  return round === 0 ? name : `${name} ${round + 1}`;
};

const courseOf = (at: number): Course => ({
  usage: at % 7 === 4 ? undefined : course(78 - (at % 9) * 4, at % 6 === 0 ? 28 : 80 - (at % 9) * 4, 17, at),
  interaction: at % 11 === 6 ? undefined : course(74 - (at % 5) * 6, at % 4 === 0 ? 40 : 76 - (at % 5) * 6, 14, at + 2),
});

/** A partner's health as the service writes it: two signals by week, the score between them, its parts. */
export const healthOf = ({ usage, interaction }: Course): Row => {
  const known = [usage, interaction].filter((signal) => signal !== undefined);
  const score = mondays().map((_week, at) =>
    Math.round(known.reduce((sum, signal) => sum + (signal[at] ?? 0), 0) / Math.max(1, known.length)),
  );
  const last = (signal: readonly number[] | undefined, back = 1): number => signal?.at(-back) ?? 0;
  const now = last(score);
  const moved = now - last(score, 9);
  const parts = { usage: Math.round((last(usage) - 60) / known.length), interaction: 0 };
  parts.interaction = now - 60 - (usage === undefined ? 0 : parts.usage);
  const reasons = [
    { factor: 'prior', points: 60, says: 'Where partners of this segment usually are.' },
    ...(usage === undefined
      ? []
      : [
          {
            factor: 'usage.trend',
            signal: 'usage',
            points: parts.usage,
            says: `Usage has been ${parts.usage < 0 ? 'falling' : 'holding'} over the last eight weeks.`,
            was: String(last(usage, 9)),
            is: String(last(usage)),
          },
        ]),
    ...(interaction === undefined
      ? []
      : [
          {
            factor: 'interaction.level',
            signal: 'interaction',
            points: parts.interaction,
            says: 'Contact with us of the last four weeks, against its usual level.',
          },
        ]),
  ];
  return {
    Health__c: now,
    HealthBand__c: now >= 75 ? 'strong' : now >= 55 ? 'steady' : now >= 40 ? 'watch' : 'at-risk',
    HealthTrend__c: moved > 3 ? 'up' : moved < -3 ? 'down' : 'flat',
    HealthConfidence__c: known.length === 2 ? 84 : 46,
    HealthSeries__c: JSON.stringify({
      weeks: mondays(),
      score,
      usage: usage ?? score.map(() => null),
      interaction: interaction ?? score.map(() => null),
    }),
    HealthReasons__c: JSON.stringify(reasons),
    HealthMissing__c: [usage ? '' : 'usage', interaction ? '' : 'interaction'].filter(Boolean).join(','),
    HealthUpdatedAt__c: daysAgo(0),
    HealthVersion__c: 'health:v1',
    UsageSignal__c: usage === undefined ? null : last(usage),
    UsageTrend__c: usage === undefined ? null : last(usage) - last(usage, 5),
    InteractionSignal__c: interaction === undefined ? null : last(interaction),
    InteractionTrend__c: interaction === undefined ? null : last(interaction) - last(interaction, 5),
    Declining__c: moved < -10,
    DecliningSince__c: moved < -10 ? dateAgo(24) : null,
  };
};

const intervention = (partner: string, key: string, more: Row): Row => ({
  Key__c: `${key}:${dateAgo(24)}`,
  Partner__c: partner,
  State__c: 'proposed',
  FlaggedAt__c: daysAgo(3),
  DueAt__c: daysAgo(-4),
  Evidence__c: JSON.stringify({ usageBefore: 74, usageNow: 31, weeksWithoutMeeting: 5 }),
  ...more,
});

/** Partners with health, open and past interventions, and insights; gives the id of the partner that falls furthest. */
export const writeHealth = async (
  integration: Connection,
  { aws, manager }: HealthPlaces,
  amount: number,
): Promise<{ falling: string }> => {
  const rows = Array.from({ length: amount }, (_partner, at) => ({
    Name: partnerName(at),
    Key__c: `pictured-${at}`,
    Kind__c: at % 2 === 0 ? 'reseller' : 'technology',
    Network__c: 'none',
    Active__c: true,
    Segment__c: SEGMENTS[at % SEGMENTS.length] ?? '',
    Tier__c: TIERS[at % TIERS.length] ?? '',
    ManagerUser__c: manager,
    RevenueAtStake__c: ((at * 37) % 50) * 12_000,
    OpenDeals__c: at % 5,
    LastContactAt__c: at % 9 === 8 ? null : daysAgo((at * 13) % 80),
    ...healthOf(courseOf(at)),
  }));
  const ids = await createRows(integration, 'Partner__c', rows);
  await integration.sobject('Partner__c').update({
    Id: aws,
    ManagerUser__c: manager,
    RevenueAtStake__c: 1_840_000,
    OpenDeals__c: 9,
    LastContactAt__c: daysAgo(1),
    ...healthOf({ usage: course(58, 74, 12, 0), interaction: course(70, 82, 9, 1) }),
  });
  const [falling = '', second = '', third = ''] = [ids[0], ids[12], ids[24]];
  await createRows(integration, 'Intervention__c', [
    intervention(falling, 'pictured-0', {
      Kind__c: 'call',
      Reason__c: 'Usage has fallen since the week of 26 October, and nobody met for five weeks.',
      NextStep__c:
        'Call your contact this week. Ask what has changed on their side, and agree on one joint deal to move next.',
    }),
    intervention(second, 'pictured-12', {
      Kind__c: 'training',
      Reason__c: 'Usage of the last four weeks is 48 % below its usual level.',
      NextStep__c: 'Offer a working session on the product: find the customers who use less than before.',
      FlaggedAt__c: daysAgo(9),
      DueAt__c: daysAgo(1),
    }),
    intervention(third, 'pictured-24', {
      Kind__c: 'review',
      State__c: 'accepted',
      AssignedTo__c: manager,
      Reason__c: 'Usage and contact with us have fallen since the week of 12 October.',
      NextStep__c: 'Hold a review: go through the open deals and both signals together.',
    }),
    intervention(falling, 'pictured-0-spring', {
      Kind__c: 'review',
      State__c: 'done',
      AssignedTo__c: manager,
      DecidedBy__c: manager,
      DecidedAt__c: daysAgo(120),
      FlaggedAt__c: daysAgo(131),
      DueAt__c: daysAgo(124),
      LeadDays__c: 41,
      Reason__c: 'Contact with us had fallen since April.',
      NextStep__c: 'Hold a review and agree on who does what.',
    }),
  ]);
  const insight = (key: string, partner: string, audience: string, says: string): Row => ({
    Key__c: key,
    Partner__c: partner,
    Audience__c: audience,
    Kind__c: 'fell',
    Says__c: says,
    Evidence__c: JSON.stringify({ weeks: mondays().slice(-4), values: [61, 52, 40, 31], before: 74, now: 46 }),
    PeriodStart__c: mondays().at(-5) ?? '',
    PeriodEnd__c: dateAgo(2),
    Weight__c: 80,
  });
  await createRows(integration, 'TelemetryInsight__c', [
    insight('pictured-0-company', falling, 'company', 'Active users fell by 38 % in the last four weeks.'),
    insight(
      'pictured-0-partner',
      falling,
      'partner',
      'Two of your customers have stopped using the forecasting module.',
    ),
    insight('pictured-aws-company', aws, 'company', 'Three joint customers use more than in spring.'),
    insight('pictured-aws-partner', aws, 'partner', 'Three of your customers use more than in spring.'),
  ]);
  return { falling };
};
