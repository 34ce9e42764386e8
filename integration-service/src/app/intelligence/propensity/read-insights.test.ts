import { expect, test } from '@jest/globals';
import { ok } from '../../../domain/values/result.ts';
import type { Json } from '../../../domain/values/json.ts';
import type { OrgRuntime } from '../../org-runtime.ts';
import { insightOf, readPartnerOpinions } from './read-insights.ts';

test('of a network’s summary counts what says something of the deal', () => {
  expect(
    insightOf({ engagementScore: 'High', opportunityQuality: { score: 72, trend: 'Improving' }, nextSteps: null }),
  ).toEqual({ quality: 72, trend: 'Improving', engagement: 'High' });
  expect(insightOf({ engagementScore: null, opportunityQuality: null })).toBeNull();
});

test('a partner’s own score counts while a grant lets it in, for deals referred to it with that customer', async () => {
  const account = '001000000000001AAA';
  const rows = [
    ['001000000000001', 40, '2026-05-01', 'partner.account-score'],
    ['001000000000001', 85, '2026-05-20', 'partner.account-score'],
    ['001000000000001', 3, '2026-05-21', 'partner.meeting'],
    ['001000000000002', 400, '2026-05-21', 'partner.account-score'],
  ].map(([of, value, period, kind]) => ({
    partner: 'acme',
    account: of,
    value,
    period,
    kind,
    count: 1,
    signal: 'interaction',
  }));
  const kept: { readonly deal: string; readonly value: Json }[] = [];
  const orgWith = (allowed: readonly string[]): OrgRuntime =>
    ({
      clock: { now: () => '2026-06-01T00:00:00.000Z' },
      telemetry: { rollups: { accountSeries: () => Promise.resolve(rows) } },
      propensity: {
        deals: { readScoringPartners: () => Promise.resolve(ok(allowed)) },
        room: {
          referredDeals: () =>
            Promise.resolve([
              { deal: 'deal-1', account, partner: 'acme' },
              { deal: 'deal-2', account: '001000000000002AAA', partner: 'acme' },
            ]),
          rememberInsights: (_source: string, said: typeof kept) => {
            kept.push(...said);
            return Promise.resolve(said.map(({ deal }) => deal));
          },
        },
      },
    }) as unknown as OrgRuntime;
  expect(await readPartnerOpinions(orgWith([]))).toEqual([]);
  expect(await readPartnerOpinions(orgWith(['acme']))).toEqual(['deal-1']);
  // The latest word, and none that is no score.
  expect(kept).toEqual([{ deal: 'deal-1', value: { partner: 'acme', score: 85 } }]);
});
