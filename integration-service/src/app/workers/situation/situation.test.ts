import { describe, expect, test } from '@jest/globals';
import { effectKey } from '../../../agents/orchestration/dispatch-effects.ts';
import { amount } from './amount.ts';
import { claims } from './claims.ts';
import { doneToday } from './done-today.ts';
import type { SituationAsk } from './situation-ask.ts';
import { territory } from './territory.ts';

const deal = '006000000000001AAA';
const org = '00D000000000001AAA';
const count = (more: Record<string, unknown> = {}) => ({
  function: 'co-selling',
  partner: 'aws',
  currency: 'USD',
  minor: 100,
  actions: 1,
  key: '',
  ...more,
});

interface Given {
  readonly opportunity?: Record<string, unknown>;
  readonly currency?: string | null;
  readonly totals?: readonly ReturnType<typeof count>[];
  readonly own?: readonly ReturnType<typeof count>[];
  readonly links?: readonly { partner: string; networkId: string | null; state: string }[];
  readonly ofAccount?: readonly string[];
}

/** What the facts look at, and nothing else. */
const ask = ({ opportunity = {}, currency = 'USD', totals = [], own = [], links = [], ofAccount = [] }: Given) =>
  ({
    org: { org, links: { partnersOfAccount: async () => ofAccount } },
    held: { today: { totals, own }, links },
    facts: {
      deal: { Opportunity: { Id: deal, ...opportunity }, Organization: { DefaultCurrencyIsoCode: currency } },
      dealReferrals: [],
    },
    proposal: { function: 'co-selling', partner: 'aws', effects: [{ step: 'create' }] },
    now: '2026-11-22T10:00:00.000Z',
  }) as unknown as SituationAsk;

describe('what the deal is worth', () => {
  test.each([
    ['in the org’s currency', { opportunity: { Amount: 184_000 } }, { minor: 18_400_000, currency: 'USD' }],
    ['in its own', { opportunity: { Amount: 12.5, CurrencyIsoCode: 'EUR' } }, { minor: 1_250, currency: 'EUR' }],
    ['nothing said', { opportunity: { Amount: null } }, null],
    ['nobody knows the currency', { opportunity: { Amount: 1 }, currency: null }, null],
  ])('%s', (_says, given, worth) => {
    expect(amount(ask(given))).toEqual(worth);
  });
});

describe('what was begun today', () => {
  const opportunity = { Amount: 1 };

  test('is that of this function and partner, in this currency; others count as actions', () => {
    const totals = [
      count({ actions: 3, minor: 300 }),
      count({ currency: 'EUR', minor: 5 }),
      count({ partner: 'globex' }),
      count({ function: 'quoting' }),
    ];
    expect(doneToday(ask({ opportunity, totals }), 'id')).toEqual({ actions: 4, currency: 'USD', minor: 300 });
  });

  test('is without this very action, which an earlier turn began', () => {
    const own = [count({ key: effectKey(org, 'id', 'create') }), count({ key: 'another' })];
    expect(doneToday(ask({ opportunity, totals: [count({ actions: 2, minor: 200 })], own }), 'id')).toEqual({
      actions: 1,
      currency: 'USD',
      minor: 100,
    });
  });
});

describe('claims of others', () => {
  test('are those of partners with whom the deal, or another deal of the customer, stands', async () => {
    const links = [
      { partner: 'globex', networkId: 'O1', state: 'in-review' },
      { partner: 'aws', networkId: 'O2', state: 'submitted' },
      { partner: 'initech', networkId: 'O3', state: 'rejected' },
      { partner: 'umbrella', networkId: null, state: 'needs-answers' },
    ];
    const found = await claims(ask({ opportunity: { AccountId: '001' }, links, ofAccount: ['initech', 'aws'] }));
    expect(found.map(({ by, kind }) => [by, kind])).toEqual([
      ['globex', 'registration'],
      ['initech', 'named-account'],
    ]);
  });
});

test('a deal lies where its customer does', () => {
  const at = (Account: unknown) => territory(ask({ opportunity: { Account } })).deal;
  expect(at({ BillingCountry: 'Germany', BillingState: 'Bavaria' })).toBe('Germany/Bavaria');
  expect(at({ BillingCountry: 'Germany', BillingState: null })).toBe('Germany');
  expect(at({ BillingState: 'Bavaria' })).toBeNull();
  expect(at(null)).toBeNull();
});
