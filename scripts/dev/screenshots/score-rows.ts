import type { Connection } from 'jsforce';
import { createRows } from './decision-rows.ts';

type Row = Readonly<Record<string, string | number | boolean | null>>;

const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
const dateAgo = (days: number): string => hoursAgo(days * 24).slice(0, 10);

const reasons = JSON.stringify([
  { feature: 'base', points: 32, says: 'Your deals are won 32 times in 100' },
  { feature: 'stage', points: 18.5, says: 'Reached Negotiation in 21 days; won deals take 30' },
  { feature: 'partner', points: 14, says: 'Closed 8 of 10 deals with this product and a partner' },
  { feature: 'industry', points: 9.5, says: 'Logistics buys more often than other industries' },
  { feature: 'usage', points: 6, says: 'The partner’s joint customers use the product more each week' },
  { feature: 'pushes', points: -5, says: 'The close date was moved twice' },
  { feature: 'age', points: -2, says: 'Open for 80 days' },
  { feature: 'rest', points: -1, says: 'Everything else together' },
]);

/** Rows and mean score of ten bins, and how far what happened lay from it. */
const bins = [
  [410, 0.04, 0.01],
  [520, 0.15, -0.02],
  [430, 0.25, 0.015],
  [300, 0.36, -0.01],
  [220, 0.44, 0.02],
  [180, 0.55, -0.03],
  [140, 0.66, 0.02],
  [110, 0.74, 0.01],
  [70, 0.85, -0.04],
  [20, 0.94, -0.02],
].map(([rows = 0, score = 0, off = 0]) => ({ rows, score, share: score + off }));

const card = JSON.stringify({
  version: 1,
  measures: { by: 'time-split', ecePerfect: 0.031 },
  calibration: bins,
  features: [
    { name: 'stage', label: 'Days in the current stage', share: 0.31 },
    { name: 'partner', label: 'Past deals with the partner', share: 0.22 },
    { name: 'industry', label: 'Industry', share: 0.14 },
    { name: 'amount', label: 'Amount', share: 0.12 },
    { name: 'usage', label: 'Use of the joint product', share: 0.09 },
    { name: 'pushes', label: 'Times the close date was moved', share: 0.07 },
  ],
  leftOut: [{ field: 'Region', why: 'It is "EU" in every row.' }],
});

const leaks = JSON.stringify([
  {
    field: 'own:ClosedReason__c',
    label: 'Closed reason',
    source: 'Opportunity.ClosedReason__c',
    verdict: 'refused',
    used: false,
    why: 'It is filled in when a deal is closed, so an open deal never has it.',
    evidence: { lateShare: 0.98 },
  },
  {
    field: 'nextStep',
    label: 'Next step',
    source: 'Opportunity.NextStep',
    verdict: 'suspect',
    used: true,
    why: 'It is often changed in the last days. It is used as it stood when the deal was looked at.',
    evidence: { lateShare: 0.21 },
  },
  { field: 'amount', label: 'Amount', verdict: 'used', used: true, why: 'Known from the start.', evidence: {} },
]);

/** A deal with all its scores, four models, and insights for either side. Gives the id of the model in use. */
export const writeScores = async (
  integration: Connection,
  places: { readonly deal: string; readonly partner: string },
): Promise<{ readonly model: string }> => {
  const model = {
    Subject__c: 'propensity',
    Algorithm__c: 'boosted-trees',
    DataFrom__c: dateAgo(760),
    DataTo__c: dateAgo(30),
    Rows__c: 2_412,
    Won__c: 771,
    Auc__c: 0.824,
    Brier__c: 0.151,
    Ece__c: 0.018,
    Lift__c: 2.4,
    Says__c: 'Deals with a partner and a short negotiation are won more often.',
    Card__c: card,
    LeakReport__c: leaks,
    Drift__c: JSON.stringify({
      version: 1,
      at: hoursAgo(5),
      endedSince: { deals: 41, won: 13 },
      noticed: [{ feature: 'amount', psi: 0.3, says: 'Deals are larger than those it learned from.' }],
    }),
    TooLittle__c: false,
  };
  const one = (version: number, state: string, days: number, changed: Row = {}): Row => ({
    ...model,
    Name: `Propensity ${version}`,
    Key__c: `picture:v${version}`,
    Version__c: version,
    State__c: state,
    TrainedAt__c: hoursAgo(days * 24),
    ...(state === 'active' ? { ActivatedAt__c: hoursAgo(days * 24) } : {}),
    ...changed,
  });
  const [active = ''] = await createRows(integration, 'ScoreModel__c', [
    one(904, 'active', 3),
    one(903, 'candidate', 10, { Auc__c: 0.806 }),
    one(902, 'retired', 31, { Auc__c: 0.811 }),
    one(901, 'retired', 190, { Algorithm__c: 'prior', TooLittle__c: true, Rows__c: 31, Won__c: 9 }),
  ]);
  const score = (source: string, changed: Row): Row => ({
    Opportunity__c: places.deal,
    Key__c: `picture:${source}`,
    Source__c: source,
    Band__c: 'high',
    ScoredAt__c: hoursAgo(0.2),
    ...changed,
  });
  await createRows(integration, 'DealScore__c', [
    score('merged', {
      Score__c: 72,
      Confidence__c: 78,
      Reasons__c: reasons,
      Says__c: '7 of 10 deals like this one closed.',
      Raises__c: JSON.stringify([{ says: 'Agree on a close date that is still ahead', points: 4 }]),
      Missing__c: 'next step',
      Model__c: active,
    }),
    score('own-model', { Score__c: 70, Weight__c: 0.7, Model__c: active }),
    score('aws', { Score__c: 78, Weight__c: 0.3, InputsAt__c: hoursAgo(6) }),
  ]);
  await createRows(
    integration,
    'TelemetryInsight__c',
    (
      [
        ['company', 'Customers that AWS brought use the product twice as much since June.'],
        ['company', 'Referrals are answered in 3 days now; in spring it took 9.'],
        ['partner', 'Two of your customers have not signed in for three weeks.'],
      ] as const
    ).map(([audience, says], at) => ({
      Key__c: `picture:insight:${at}`,
      Partner__c: places.partner,
      Audience__c: audience,
      Kind__c: 'usage',
      Says__c: says,
      PeriodStart__c: dateAgo(90),
      PeriodEnd__c: dateAgo(at),
      Weight__c: 1,
    })),
  );
  return { model: active };
};
