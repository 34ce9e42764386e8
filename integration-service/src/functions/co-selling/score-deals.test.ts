import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Deal } from '../../domain/propensity/deal.ts';
import { endedOf } from '../../domain/propensity/features.ts';
import type { Reason } from '../../domain/propensity/reasons.ts';
import { TrackRecords } from '../../domain/propensity/track-record.ts';
import { newestPeriod, prepareTraining, promotionOf, type Training } from '../../domain/propensity/training.ts';
import { chanceFrom } from '../../domain/scoring/chance.ts';
import { learn } from '../../domain/scoring/learn.ts';
import type { LearnedModel } from '../../domain/scoring/model.ts';
import type { ScoredDealRecord } from '../../ports/crm/deal-scores.ts';
import { scoreDeals, type Scoring } from './score-deals.ts';

const DAY = 86_400_000;
const START = Date.parse('2025-01-01T00:00:00Z');
const NOW = '2026-06-01T00:00:00.000Z';

/** Deals from the web are mostly lost, those that somebody recommended mostly won, and nothing else counts. */
const deal = (index: number, closed: boolean): Deal => {
  const web = index % 2 === 0;
  const won = closed && chanceFrom(index)() < (web ? 0.2 : 0.8);
  const createdAt = closed ? START + (index % 400) * DAY : Date.parse(NOW) - 20 * DAY;
  const first = { at: createdAt, stage: 'Open', amount: 1_000 + (index % 7), closeDate: '2026-07-01' };
  const end = { ...first, at: createdAt + (40 + (index % 30)) * DAY, stage: won ? 'Closed Won' : 'Closed Lost' };
  return {
    id: `006${String(index).padStart(12, '0')}AAA`,
    ownerId: '005000000000001AAA',
    accountId: `001${String(index % 50).padStart(12, '0')}AAA`,
    createdAt,
    changedAt: new Date(createdAt).toISOString(),
    stage: closed ? end.stage : 'Open',
    amount: first.amount,
    closeDate: first.closeDate,
    closed,
    won,
    fields: { Type: 'New', LeadSource: web ? 'Web' : 'Recommended' },
    account: { industry: null, employees: null, country: null },
    products: [],
    partners: [],
    course: closed ? [first, end] : [first],
    changes: [],
  };
};

const nothingStands = { score: null, band: null };
const record = (index: number, stands: ScoredDealRecord['stands'] = nothingStands): ScoredDealRecord => ({
  deal: deal(index, false),
  stands,
});

let training: Training;
let model: LearnedModel;
let scoring: Scoring;

const worldOf = (deals: readonly Deal[]) => ({
  records: new TrackRecords(deals.flatMap((one) => endedOf(one) ?? [])),
  partners: new Map(),
});

beforeAll(() => {
  const closed = Array.from({ length: 400 }, (_, index) => deal(index, true));
  const world = worldOf(closed);
  training = prepareTraining(closed, [], [], Date.parse(NOW), world);
  model = learn(training.table, { seed: 1 });
  scoring = {
    version: 3,
    model,
    tooLittle: training.tooLittle,
    recordId: 'a0M000000000001AAA',
    features: training.features,
    world,
    now: NOW,
    partners: [],
  };
});

const scored = (asked: Parameters<typeof scoreDeals>[1][number], by: Scoring = scoring) => {
  const [one] = scoreDeals(by, [asked]);
  if (!one) throw new Error('the deal was not scored');
  return one;
};

describe('scores of open deals', () => {
  test('follow what drove the outcome, and name it first', () => {
    const web = scored({ record: record(0), opinions: [], written: null });
    const recommended = scored({ record: record(1), opinions: [], written: null });
    expect(web.standing.band).toBe('low');
    expect(recommended.standing.band).toBe('high');
    const reasons = JSON.parse(recommended.write?.rows[0]?.reasons ?? '[]') as Reason[];
    expect(reasons.map(({ feature }) => feature).slice(0, 2)).toEqual(['base', 'lead-source']);
    expect(reasons.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(recommended.standing.score ?? 0, 6);
  });

  test('the same again writes nothing; another model writes reasons, and the deal only where it moved', () => {
    const first = scored({ record: record(1), opinions: [], written: null });
    const stands = { score: first.standing.score, band: first.standing.band };
    const written = { score: first.standing.score, rules: first.rules, sources: first.sources };
    expect(scored({ record: record(1, stands), opinions: [], written }).write).toBeNull();
    const next = scored({ record: record(1, stands), opinions: [], written }, { ...scoring, version: 4 }).write;
    expect(next?.deal).toBeNull();
    expect(next?.rows.map(({ source }) => source)).toEqual(['merged', 'own-model']);
    // Somebody emptied the field.
    expect(scored({ record: record(1), opinions: [], written }).write?.deal?.score).toBe(first.standing.score);
  });

  test('what others say moves the score by its weight, and stands beside it with its age', () => {
    const alone = scored({ record: record(0), opinions: [], written: null });
    const opinion = {
      source: 'aws' as const,
      probability: 0.9,
      quality: null,
      at: '2026-05-02T00:00:00.000Z',
      says: 'AWS rates this deal 90 of 100',
    };
    const both = scored({ record: record(0), opinions: [opinion], written: null });
    expect(both.standing.score).toBeGreaterThan(alone.standing.score ?? 100);
    const [merged, own, aws] = both.write?.rows ?? [];
    expect((own?.weight ?? 0) + (aws?.weight ?? 0)).toBeCloseTo(1, 6);
    expect(aws).toMatchObject({ source: 'aws', score: 90, inputsAt: opinion.at });
    const reasons = JSON.parse(merged?.reasons ?? '[]') as Reason[];
    expect(reasons.find(({ feature }) => feature === 'aws')?.points).toBeGreaterThan(0);
    expect(reasons.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(merged?.score ?? 0, 6);
  });

  test('too little history claims nothing on the deal, and says so beside it', () => {
    const few = Array.from({ length: 12 }, (_, index) => deal(index, true));
    const little = prepareTraining(few, [], [], Date.parse(NOW), worldOf(few));
    expect(little.tooLittle).toBe(true);
    const one = scored(
      { record: record(1), opinions: [], written: null },
      { ...scoring, model: learn(little.table, { seed: 1 }), tooLittle: true, features: little.features },
    );
    expect(one.standing).toEqual(nothingStands);
    expect(one.write?.deal).toBeNull();
    expect(one.write?.rows[0]).toMatchObject({
      says: expect.stringContaining('Not enough history yet'),
      missing: expect.stringContaining('history'),
    });
  });
});

describe('a new model', () => {
  test('takes over only when it says more of the newest period than the one in use', () => {
    const period = newestPeriod(training.table, null);
    if (!period) throw new Error('there is a newest period');
    const challenger = learn(period.before, { seed: 1 });
    expect(promotionOf(model, challenger, null, null).promoted).toBe(true);
    expect(promotionOf(model, challenger, challenger, period)).toMatchObject({
      promoted: false,
      losses: { rows: period.newest.rows },
    });
    const guess: LearnedModel = { ...challenger, algorithm: 'prior', boosted: null, regression: null };
    expect(promotionOf(model, challenger, guess, period).promoted).toBe(true);
    expect(promotionOf(guess, guess, challenger, period).promoted).toBe(false);
    expect(promotionOf(model, null, challenger, null).promoted).toBe(false);
  });
});
