import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventBusOf } from '../../../local/org/surfaces.ts';
import { present } from '../../../test/support/present.ts';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import type { DealScores, ScoreWrite } from '../../ports/crm/deal-scores.ts';
import type { Result } from '../../domain/values/result.ts';
import { BULK_ABOVE } from './score-writer.ts';

const told = <Value>(answer: Result<Value, { readonly message: string }>): Value => {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
};

const at = '2026-11-22T06:00:00.000Z';
const nobody = '006000000000000AAA';

const write = (dealId: string, ownerId: string | null, score: number): ScoreWrite => ({
  dealId,
  accountId: null,
  ownerId,
  deal: { score, band: 'high', reasons: '[]', scoredAt: at },
  rows: [
    {
      source: 'merged',
      score,
      band: 'high',
      confidence: 80,
      says: 'Likely.',
      reasons: '[]',
      raises: '[]',
      missing: '',
      weight: 1,
      modelId: null,
      scoredAt: at,
      inputsAt: at,
    },
  ],
});

const namespace = 'acme';
const prefix = `${namespace}__`;

// Without a prefix the same is walked by `app/intelligence/propensity/propensity.test.ts`.
describe('scores of deals in an org in which our names carry a prefix', () => {
  let world: WorkingOrg;
  let deals: DealScores;
  beforeAll(async () => {
    world = await openWorkingOrg({ namespace });
    deals = world.open.runtime.propensity.deals;
  });
  afterAll(() => world.close());

  const on = async (deal: string): Promise<Record<string, unknown>> => {
    const fields = ['P2bScore__c', 'P2bBand__c'].map((name) => `${prefix}${name}`);
    const soql = `SELECT OwnerId, ${fields.join(', ')} FROM Opportunity WHERE Id = '${deal}'`;
    const row = present((await world.query<Record<string, unknown>>(soql))[0]);
    return { owner: row.OwnerId, score: row[fields[0] ?? ''], band: row[fields[1] ?? ''] };
  };

  test('a deal is read with its course, its referrals, and the changes since', async () => {
    const id = await world.makeDeal();
    const [before] = told(await deals.readDeals({ ids: [id] }, []));
    expect(before?.deal).toMatchObject({ id, closed: false, partners: [] });
    expect(new Set(before?.deal.course.map(({ stage }) => stage)).size).toBe(1);
    await world.refer(id);
    await world.org.call('admin', 'PATCH', `sobjects/Opportunity/${id}`, { StageName: 'Negotiation/Review' });
    const [after] = told(await deals.readDeals({ ids: [id] }, []));
    expect(after?.deal.course.map(({ stage }) => stage).at(-1)).toBe('Negotiation/Review');
    expect(after?.deal.partners.map(({ key }) => key)).toEqual(['aws']);
    const touched = told(await deals.touchedSince({ changedAt: '2020-01-01T00:00:00Z', id: '' }, 2_000));
    expect(touched.at(-1)?.id).toBe(id);
    expect(told(await deals.touchedSince(present(touched.at(-1)), 10))).toEqual([]);
    const open = told(await deals.readDeals({ open: true, after: null, limit: 2_000 }, []));
    expect(open.map(({ deal }) => deal.id)).toContain(id);
  });

  test('a score stands on the deal and beside it, its owner sees it; one that is refused takes no other along', async () => {
    const id = await world.makeDeal();
    const { owner } = await on(id);
    const answers = told(await deals.writeScores([write(id, String(owner), 88), write(nobody, null, 70)]));
    expect(answers.find(({ dealId }) => dealId === id)?.problems).toEqual([]);
    expect(answers.find(({ dealId }) => dealId === nobody)?.problems.length).toBeGreaterThan(0);
    expect(await on(id)).toMatchObject({ score: 88, band: 'high' });
    const [row] = await world.query<{ OwnerId: string }>(
      `SELECT OwnerId FROM ${prefix}DealScore__c WHERE ${prefix}Key__c = '${id}:merged'`,
    );
    expect(row?.OwnerId).toBe(owner);
    const [read] = told(await deals.readDeals({ ids: [id] }, []));
    expect(read?.stands).toEqual({ score: 88, band: 'high' });
  });

  test('many go in bulk, with the same answers; none of them comes back as an event', async () => {
    const id = await world.makeDeal();
    await world.org.call('admin', 'PATCH', `sobjects/Opportunity/${id}`, { [`${prefix}TandemTracked__c`]: true });
    const { bus } = world.open;
    const heard: string[] = [];
    const arrived = Promise.withResolvers<undefined>();
    const subscription = await bus.subscribe(
      `/data/${prefix}TandemChannel__chn`,
      'latest',
      async (event) => {
        const change = await bus.decode(event);
        if (change.object === 'Opportunity') heard.push(change.changeOrigin);
        if (change.fields.NextStep === 'Looked at') arrived.resolve(undefined);
      },
      () => Promise.resolve(),
    );
    const many = Array.from({ length: BULK_ABOVE + 1 }, () => nobody).map((_, index) =>
      index === 0 ? write(id, null, 91) : write(`006${String(index).padStart(12, '0')}AAA`, null, 70),
    );
    const before = world.org.requests().jobs ?? 0;
    const answers = told(await deals.writeScores(many));
    expect(world.org.requests().jobs ?? 0).toBeGreaterThan(before);
    expect(answers.filter(({ problems }) => problems.length === 0).map(({ dealId }) => dealId)).toEqual([id]);
    expect(await on(id)).toMatchObject({ score: 91 });
    // What somebody else writes does come, and after everything that was before it.
    await world.org.call('admin', 'PATCH', `sobjects/Opportunity/${id}`, { NextStep: 'Looked at' });
    await arrived.promise;
    subscription.stop();
    expect(heard).toHaveLength(1);
    expect(eventBusOf(world.org.services).deliveries.today).toBeGreaterThan(0);
  }, 60_000);
});
