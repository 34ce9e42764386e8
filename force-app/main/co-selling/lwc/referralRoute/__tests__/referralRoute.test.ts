import { afterEach, describe, expect, test } from '@jest/globals';
import { createElement } from 'lwc';
import type { DraftValue } from 'c/referralDraft';
import ReferralRoute from 'c/referralRoute';
import { words } from '../../../../../../config/jest/support/wires';

const value = (target: string, shown: string, source: string, sourceKind: DraftValue['sourceKind']): DraftValue => ({
  target,
  label: target,
  value: shown,
  shown,
  source,
  sourceKind,
  personal: false,
  sortOrder: 1,
});
const values = [
  value('OpportunityTeam.FirstName', 'Sally', 'Opportunity.Owner.FirstName', 'record'),
  value('OpportunityTeam.LastName', 'Seller', 'Opportunity.Owner.LastName', 'record'),
  value('AwsSubmission.InvolvementType', 'Co-Sell', 'rule: constant', 'rule'),
];

function show(more: object): HTMLElement {
  const element = createElement('c-referral-route', { is: ReferralRoute });
  Object.assign(element, { partnerName: 'AWS', network: 'aws-ace', values, ...more });
  document.body.appendChild(element);
  return element;
}

describe('c-referral-route', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  test('names portal, program and owner, each with the rule that chose it', async () => {
    const element = show({});
    expect(words(element)).toBe(
      [
        'Where it goes',
        'Portal | AWS Partner Central (ACE) | By rule: the network of AWS',
        'Program | Co-Sell | The same for every referral',
        'Owner | Sally Seller | From Opportunity › Owner',
      ].join(' | '),
    );
    await expect(element).toBeAccessible();
  });

  test('names who answers for it at the partner once the partner has chosen somebody', async () => {
    const element = show({ contact: 'Emil Berg' });
    expect(words(element)).toContain('Contact at AWS | Emil Berg | Chosen by AWS when it approved');
    await expect(element).toBeAccessible();
  });

  test('leaves out what the values do not say, and says nothing of a network it does not know', () => {
    expect(words(show({ values: [] }))).toBe(
      'Where it goes | Portal | AWS Partner Central (ACE) | By rule: the network of AWS',
    );
    document.body.replaceChildren();
    expect(words(show({ network: 'none' }))).toBe('');
  });
});
