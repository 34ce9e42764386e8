import { describe, expect, test } from '@jest/globals';
import { differences } from 'c/referralDifferences';
import { draftReferral, parseMappingRow } from 'c/referralDraft';
import type { DealFacts, DraftValue, MappingRow } from 'c/referralDraft';
import * as records from '../../../../../../config/jest/support/referral-records';

const TODAY = '2026-11-21';
const usual = {
  Key__c: 'Marketing.Source',
  Target__c: 'Marketing.Source',
  Label__c: 'Source',
  Source__c: 'Opportunity.LeadSource',
  Settings__c: JSON.stringify({ default: 'None', defaultName: 'usual source' }),
  SortOrder__c: 9,
};
const mapping = [...records.mapping, usual].map((record) => parseMappingRow(record)) as MappingRow[];
const deal = (fields: Record<string, unknown> = {}): DealFacts => ({
  Opportunity: {
    Account: { Name: 'Initech' },
    UseCase__c: 'Migration',
    CustomerProblem__c: 'Their data centre closes in spring.',
    ...fields,
  },
  Contacts: [{ Email: 'pat@initech.example' }],
});
/** What was sent, as the record keeps it. */
const sent = (facts = deal(), change: (value: DraftValue) => DraftValue = (value) => value): DraftValue[] =>
  draftReferral(mapping, facts, {}, TODAY).values.map((value) =>
    change({ ...value, value: [value.value].flat().join(';'), shown: [value.value].flat().join(';') }),
  );
const replaced =
  (target: string, by: Partial<DraftValue>) =>
  (value: DraftValue): DraftValue => ({ ...value, ...(value.target === target ? by : {}) });
const found = (facts: DealFacts, values = sent()): unknown[] =>
  differences(mapping, facts, values, TODAY).map(({ target, was, now }) => [target, was, now]);

describe('what differs from what was sent', () => {
  test('nothing, while nobody changed the deal', () => {
    expect(found(deal())).toEqual([]);
  });

  test('a value that is another one now, and one that was not sent', () => {
    const withoutContact = { ...deal(), Contacts: [] };
    expect(found(deal({ UseCase__c: 'Analytics' }), sent(withoutContact))).toEqual([
      ['Customer.Contacts.0.Email', '', 'pat@initech.example'],
      ['Project.CustomerUseCase', 'Migration', 'Analytics'],
    ]);
  });

  test('not what the deal does not say any more, or says in a form that is not taken', () => {
    expect(found(deal({ UseCase__c: null, CustomerProblem__c: 'short' }))).toEqual([]);
  });

  test('not the usual value where a person had given another', () => {
    const values = sent(deal(), replaced('Marketing.Source', { value: 'Fair', shown: 'Fair', sourceKind: 'person' }));
    expect(found(deal(), values)).toEqual([]);
    expect(found(deal({ LeadSource: 'Web' }), values)).toEqual([['Marketing.Source', 'Fair', 'Web']]);
  });

  test('not a long text that the record ends with an ellipsis, nor another way to end a line', () => {
    const long = { Account: { Name: 'x'.repeat(5_000) } };
    const cut = sent(deal(long), replaced('Customer.Account.CompanyName', { value: `${'x'.repeat(3_999)}…` }));
    expect(found(deal(long), cut)).toEqual([]);
    const lines = { CustomerProblem__c: 'Their data centre closes.\nNothing is ready.' };
    const stored = sent(deal(lines), (value) => ({ ...value, value: String(value.value).replace('\n', '\r\n') }));
    expect(found(deal(lines), stored)).toEqual([]);
  });
});
