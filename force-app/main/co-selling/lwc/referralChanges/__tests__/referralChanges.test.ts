import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import ReferralChanges from 'c/referralChanges';
import { fingerprint, parseMappingRow } from 'c/referralDraft';
import * as records from '../../../../../../config/jest/support/referral-records';
import { button, settled, words } from '../../../../../../config/jest/support/wires';

const COMPANY = 'Customer.Account.CompanyName';
const USE_CASE = 'Project.CustomerUseCase';
const EMAIL = 'Customer.Contacts.0.Email';
const sent = (target: string, value: string): object => ({
  target,
  label: target,
  value,
  shown: value,
  source: '',
  sourceKind: 'record',
  personal: false,
  sortOrder: 1,
});
const facts = {
  Opportunity: { Account: { Name: 'Initech Group' }, UseCase__c: 'Analytics' },
  Contacts: [{ Email: 'new@initech.example' }],
};

interface Given {
  state: string;
  editableNow?: string[];
  values?: object[];
  busy?: boolean;
}
function show({ state, editableNow = [], values, busy = false }: Given): HTMLElement {
  const element = createElement('c-referral-changes', { is: ReferralChanges });
  Object.assign(element, {
    referral: { partnerName: 'AWS', state, editableNow },
    mapping: records.mapping.map((record) => parseMappingRow(record)),
    facts,
    values: values ?? [sent(COMPANY, 'Initech'), sent(USE_CASE, 'Migration'), sent(EMAIL, 'old@initech.example')],
    busy,
  });
  document.body.appendChild(element);
  return element;
}

describe('c-referral-changes', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  test('says nothing while nothing differs, and while what was sent is not known', async () => {
    const same = [sent(COMPANY, 'Initech Group'), sent(USE_CASE, 'Analytics'), sent(EMAIL, 'new@initech.example')];
    expect(words(show({ state: 'approved', values: same }))).toBe('');
    expect(words(show({ state: 'approved', values: [] }))).toBe('');
    await expect(document.body).toBeAccessible();
  });

  test('approved: what AWS takes with one button, what it does not take below with the reason', async () => {
    const element = show({ state: 'approved', editableNow: [USE_CASE, EMAIL] });
    const said = words(element);
    expect(said).toContain('The deal has changed since it was sent to AWS');
    expect(said).toContain('Contact e-mail | Personal data | Now: new@initech.example | Sent: old@initech.example');
    expect(said.indexOf('Send these 2 changes to AWS')).toBeGreaterThan(said.indexOf('Now: Analytics'));
    expect(said.indexOf('AWS does not take changes of these now:')).toBeLessThan(said.indexOf('Now: Initech Group'));
    await expect(element).toBeAccessible();
  });

  test('sends exactly what is shown above the button, once', async () => {
    const element = show({ state: 'approved', editableNow: [USE_CASE] });
    const send = jest.fn((event: Event) => (event as CustomEvent<unknown>).detail);
    element.addEventListener('send', send);
    button(element, 'Send this change to AWS')?.click();
    expect(send.mock.results[0]?.value).toEqual({
      input: {
        version: 1,
        shown: { fields: [USE_CASE], fingerprints: { [USE_CASE]: fingerprint('Analytics') } },
        changed: [USE_CASE],
      },
    });
    Object.assign(element, { busy: true });
    await settled();
    expect(button(element, 'Sending…')?.disabled).toBe(true);
    button(element, 'Sending…')?.click();
    expect(send).toHaveBeenCalledTimes(1);
  });

  test.each(['submitted', 'in-review'])('%s: shows what differs, and that it waits for the review', async (state) => {
    const element = show({ state, editableNow: [USE_CASE] });
    expect(words(element)).toContain('AWS takes no changes while it reviews the deal.');
    expect(words(element)).toContain('Now: Analytics');
    expect(element.shadowRoot?.querySelector('lightning-button')).toBeNull();
    await expect(element).toBeAccessible();
  });
});
