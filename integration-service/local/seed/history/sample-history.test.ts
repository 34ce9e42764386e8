import { describe, expect, test } from '@jest/globals';
import { historyTruth, logOddsOf } from './deal-truth.ts';
import { activityOf } from './partner-truth.ts';
import { sampleHistory } from './sample-history.ts';
import { dayAfter } from './days.ts';

const today = '2026-11-22';
const history = sampleHistory({ today });
const closed = history.deals.filter(({ state }) => state !== 'open');
const probabilities = closed.map(({ facts, state }) => ({
  probability: 1 / (1 + Math.exp(-logOddsOf(facts))),
  won: state === 'won',
}));

describe('two years of deals', () => {
  test('are the same for the same wishes, and others for another seed', () => {
    const small = { today, accounts: 10, closed: 20, open: 2 };
    expect(sampleHistory(small).deals).toEqual(sampleHistory(small).deals);
    expect(sampleHistory({ ...small, seed: 7 }).deals).not.toEqual(sampleHistory(small).deals);
  });

  test('are as many as wished, and none lives after yesterday', () => {
    expect(closed).toHaveLength(2_500);
    expect(history.deals).toHaveLength(2_560);
    const days = history.deals.flatMap(({ moments }) => moments.map(({ day }) => day)).sort();
    expect([
      (days.at(-1) ?? today) < today,
      closed.every(({ closedOn }) => (closedOn ?? '') >= dayAfter(today, -730)),
    ]).toEqual([true, true]);
  });

  test('are won as often as their log odds say, in every fifth of them', () => {
    const ranked = [...probabilities].sort((one, other) => one.probability - other.probability);
    for (let fifth = 0; fifth < 5; fifth += 1) {
      const some = ranked.slice(fifth * 500, fifth * 500 + 500);
      const expected = some.reduce((sum, { probability }) => sum + probability, 0);
      const spread = Math.sqrt(some.reduce((sum, { probability }) => sum + probability * (1 - probability), 0));
      expect(Math.abs(some.filter(({ won }) => won).length - expected)).toBeLessThan(3.5 * spread);
    }
  });

  test('can be told apart by what drives them, and not too well', () => {
    const ranked = [...probabilities].sort((one, other) => one.probability - other.probability);
    const won = ranked.flatMap((deal, index) => (deal.won ? [index + 1] : []));
    const auc =
      (won.reduce((sum, rank) => sum + rank, 0) - (won.length * (won.length + 1)) / 2) /
      (won.length * (ranked.length - won.length));
    expect(auc).toBeGreaterThan(0.76);
    expect(auc).toBeLessThan(0.84);
  });

  test('hold every planted leak, each filled in as its truth says', () => {
    const filledIn = (field: string, last: boolean) => (deal: (typeof closed)[number]) =>
      (last ? deal.moments.slice(-1) : deal.moments.slice(0, -1)).some(({ values }) => values[field] !== undefined);
    const share = (state: string, field: string, last: boolean): number => {
      const some = closed.filter((deal) => deal.state === state);
      return some.filter(filledIn(field, last)).length / some.length;
    };
    expect(historyTruth.leaks.map(({ field }) => field)).toEqual([
      'ClosedReason__c',
      'LossNotes__c',
      'ContractSentOn__c',
      'NextStep',
      'TouchCount__c',
    ]);
    expect([
      share('won', 'ClosedReason__c', true),
      share('lost', 'ClosedReason__c', true),
      share('won', 'ClosedReason__c', false),
    ]).toEqual([1, 1, 0]);
    expect([share('won', 'LossNotes__c', true), share('lost', 'LossNotes__c', true)]).toEqual([0, 1]);
    expect(share('won', 'ContractSentOn__c', false)).toBeGreaterThan(0.9);
    expect(share('lost', 'ContractSentOn__c', false)).toBeLessThan(0.1);
  });
});

describe('two years of partners', () => {
  test('fall before they are gone, and are gone for good', () => {
    const churned = history.partners.filter(({ fate }) => fate === 'churned');
    expect(churned).toHaveLength(6);
    for (const partner of churned) {
      const [from, until] = [partner.declinesFrom ?? '', partner.churnedOn ?? ''];
      expect(activityOf(partner, dayAfter(from, -30))).toBeGreaterThan(activityOf(partner, dayAfter(until, -7)) * 2);
      expect(activityOf(partner, dayAfter(until, 1))).toBe(0);
    }
  });

  test('tell of both signals, but for those of whom one is missing', () => {
    const events = [...history.telemetry(String, { weeks: 12 })];
    const signals = (fate: string): readonly string[] => {
      const keys = new Set(history.partners.filter((partner) => partner.fate === fate).map(({ key }) => key));
      return [
        ...new Set(events.filter(({ partner }) => keys.has(partner)).map(({ kind }) => kind.split('.')[0] ?? '')),
      ].sort();
    };
    expect(signals('steady')).toEqual(['partner', 'product']);
    expect(signals('usage-only')).toEqual(['product']);
    expect(signals('interaction-only')).toEqual(['partner']);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  test('go on telling day by day, and never tell a day twice', () => {
    const told = (after: string, until: string): readonly string[] =>
      [...history.telemetry(String, { weeks: 6, after, until })].map(({ id, value }) => `${id} ${value}`);
    const later = dayAfter(today, 9);
    const first = told('', today);
    const more = told(dayAfter(today, -1), later);
    expect([...first, ...more].sort()).toEqual([...told('', later)].sort());
    expect(new Set([...first, ...more]).size).toBe(first.length + more.length);
    expect(more.length).toBeGreaterThan(500);
  });
});
