import { describe, expect, test } from '@jest/globals';
import { SalesforceError } from './client.ts';
import { OrgCurrency } from './org-currency.ts';

const paths = ['Opportunity.CurrencyIsoCode', 'Opportunity.PartnerMonthlySpend__c'];
const orgWith = (answer: () => Promise<readonly Record<string, unknown>[]>, fields: readonly string[]) =>
  OrgCurrency.learn({ query: answer }, { fieldsOf: () => Promise.resolve(fields.map((name) => ({ name }) as never)) });
const deal = { Opportunity: { Id: '006' } };

describe('the currency of an org', () => {
  test('of one currency is the organization’s, and its records are not asked for theirs', async () => {
    const org = await orgWith(() => Promise.resolve([{ DefaultCurrencyIsoCode: 'EUR' }]), ['Id']);
    expect(org.named(deal)).toEqual({ ...deal, Organization: { DefaultCurrencyIsoCode: 'EUR' } });
    expect(await org.pathsHere(paths)).toEqual(['Opportunity.PartnerMonthlySpend__c']);
  });

  test('of several is named by each record', async () => {
    const org = await orgWith(() => Promise.resolve([{ DefaultCurrencyIsoCode: 'EUR' }]), ['Id', 'CurrencyIsoCode']);
    expect(await org.pathsHere(paths)).toEqual(paths);
  });

  test('is unknown where the org does not tell, and an org that does not answer is not taken for one', async () => {
    const untold = await orgWith(
      () => Promise.reject(new SalesforceError(400, 'INVALID_FIELD', 'No such column')),
      ['Id'],
    );
    expect(untold.named(deal)).toMatchObject({ Organization: { DefaultCurrencyIsoCode: null } });
    const away = orgWith(() => Promise.reject(new SalesforceError(503, 'SERVER_UNAVAILABLE', 'away')), ['Id']);
    await expect(away).rejects.toMatchObject({ code: 'SERVER_UNAVAILABLE' });
  });
});
