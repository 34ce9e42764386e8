/** Partners with health, interventions and insights by the names the components' queries give their fields. */
export const PARTNER_ID = 'a01000000000001AAA';

/** 26 Mondays up to the week of 16 November 2026. */
export const WEEKS = Array.from({ length: 26 }, (_week, at) =>
  new Date(Date.UTC(2026, 10, 16) - (25 - at) * 7 * 86_400_000).toISOString().slice(0, 10),
);

/** A falling series; the weeks named are without data. */
export const falling = (from: number, to: number, missing: readonly number[] = []): (number | null)[] =>
  WEEKS.map((_week, at) => (missing.includes(at) ? null : Math.round(from + ((to - from) * at) / 25)));

const score = falling(78, 41);
const reasons = [
  { factor: 'prior', signal: null, points: 60, says: 'Resellers of this size usually stand here' },
  {
    factor: 'active-users',
    signal: 'usage',
    points: -14.5,
    says: 'Fewer people use the product',
    was: '210',
    is: '96',
  },
  { factor: 'meetings', signal: 'interaction', points: -8, says: 'No meeting for seven weeks' },
  { factor: 'referrals', signal: 'interaction', points: 3.5, says: 'Referrals are answered within a day' },
];

/** A partner whose health falls, with both signals. */
export function partner(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: PARTNER_ID,
    name: 'Globex',
    segment: 'Mid-market',
    tier: 'Gold',
    score: 41,
    health: 41,
    band: 'at-risk',
    trend: 'down',
    series: JSON.stringify({ weeks: WEEKS, score, usage: falling(80, 35), interaction: falling(70, 50, [10, 11]) }),
    usage: 35,
    usageTrend: -12,
    interaction: 50,
    interactionTrend: -3,
    revenue: 480_000,
    lastContact: '2026-10-03T10:00:00.000Z',
    openDeals: 4,
    declining: true,
    decliningSince: '2026-11-02',
    managerId: '005000000000001AAA',
    managerName: 'Max Manager',
    updatedAt: new Date().toISOString(),
    confidence: 82,
    reasons: JSON.stringify(reasons),
    version: 'health:v3',
    ...more,
  };
}

/** A proposed intervention at the falling partner. */
export function intervention(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'a09000000000001AAA',
    key: 'globex:2026-11-02',
    partnerId: PARTNER_ID,
    partnerName: 'Globex',
    kind: 'call',
    reason: 'Use fell by half in four weeks, and nobody met.',
    nextStep: 'Call Ines at Globex about the plant in Graz.',
    evidence: JSON.stringify({ version: 1, activeUsers: { was: 210, is: 96 }, weeks: [3, 4] }),
    state: 'proposed',
    flaggedAt: '2026-11-02T06:00:00.000Z',
    dueAt: '2026-11-27T12:00:00.000Z',
    assignedId: null,
    assignedName: null,
    decidedBy: null,
    decidedAt: null,
    dismissed: null,
    leadDays: null,
    revenue: 480_000,
    ...more,
  };
}

/** What telemetry noticed, for the company's own team. */
export function insight(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'a0A000000000001AAA',
    audience: 'company',
    kind: 'usage.fell',
    says: 'Active users at Globex fell from 210 to 96.',
    evidence: JSON.stringify([{ label: 'Active users', value: '96 of 210' }]),
    from: '2026-11-02',
    to: '2026-11-08',
    weight: 9,
    ...more,
  };
}
