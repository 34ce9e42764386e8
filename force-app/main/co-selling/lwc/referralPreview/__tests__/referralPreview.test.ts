import { afterEach, describe, expect, test } from '@jest/globals';
import { createElement } from 'lwc';
import type { DraftValue } from 'c/referralDraft';
import ReferralPreview from 'c/referralPreview';
import { find, words } from '../../../../../../config/jest/support/wires';

const value = (source: string, sourceKind: DraftValue['sourceKind'], personal = false): DraftValue => ({
  target: source,
  label: 'Field',
  value: 'x',
  shown: 'Shown',
  source,
  sourceKind,
  personal,
  sortOrder: 1,
});

function show(values: DraftValue[]): HTMLElement {
  const element = createElement('c-referral-preview', { is: ReferralPreview });
  Object.assign(element, { values, note: 'Exactly this.' });
  document.body.appendChild(element);
  return element;
}

describe('c-referral-preview', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  test.each<[string, DraftValue['sourceKind'], string]>([
    ['Opportunity.Account.Website', 'record', 'From Account › Website'],
    ['Opportunity.CustomerProblem__c', 'record', 'From Opportunity › Customer Problem'],
    ['Contacts[0].Email', 'record', 'From Contacts › Email'],
    ['rule: country of Opportunity.Account.BillingCountry', 'rule', 'By rule: country of Account › Billing Country'],
    [
      'rule: delivery model of Opportunity.OpportunityLineItems[].Product2.Family',
      'rule',
      'By rule: delivery model of Product › Family',
    ],
    ['rule: constant', 'rule', 'The same for every referral'],
    ['template: standard next step', 'template', 'Approved text: standard next step'],
    ['answer', 'person', 'Your answer'],
    ['answered by Sally Seller', 'person', 'answered by Sally Seller'],
  ])('says that %s is the source', (source, kind, text) => {
    expect(words(show([value(source, kind)]))).toContain(text);
  });

  test('marks personal data in words', async () => {
    const element = show([value('Contacts[0].Email', 'record', true)]);
    expect(find<HTMLElement & { label: string }>(element, 'lightning-badge')?.label).toBe('Personal data');
    await expect(element).toBeAccessible();
  });

  test('teaches what makes the list appear', async () => {
    const element = show([]);
    expect(words(element)).toContain('No field mapping is set up for this partner yet.');
    await expect(element).toBeAccessible();
  });
});
