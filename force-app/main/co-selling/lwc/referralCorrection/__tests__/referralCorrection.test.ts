import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import ReferralCorrection from 'c/referralCorrection';
import { parseMappingRow } from 'c/referralDraft';
import * as records from '../../../../../../config/jest/support/referral-records';
import { button, find, settled, words } from '../../../../../../config/jest/support/wires';

const PROBLEM = 'Project.CustomerBusinessProblem';
const COMPANY = 'Customer.Account.CompanyName';
const sent = {
  target: PROBLEM,
  label: 'Customer problem',
  value: 'Old text.',
  shown: 'Old text.',
  source: '',
  sourceKind: 'record',
  personal: false,
  sortOrder: 4,
};

function show(editableNow: string[], reviewReason = '', values = [sent]): HTMLElement {
  const element = createElement('c-referral-correction', { is: ReferralCorrection });
  const reviewComments = 'Say more about the problem.';
  const referral = { partnerName: 'AWS', reviewComments, reviewReason, editableNow, questions: [] };
  Object.assign(element, { referral, mapping: records.mapping.map(parseMappingRow), values });
  document.body.appendChild(element);
  return element;
}
const write = async (element: HTMLElement, value: string): Promise<void> => {
  find(element, 'lightning-textarea')?.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await settled();
};

describe('c-referral-correction', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  test('shows the comment in full and only what may be changed, filled with what was sent', async () => {
    const element = show([PROBLEM]);
    expect(words(element)).toContain('What AWS wrote | Say more about the problem.');
    expect(find<HTMLElement & { value: string }>(element, 'lightning-textarea')?.value).toBe('Old text.');
    expect(find(element, 'lightning-combobox')).toBeUndefined();
    await expect(element).toBeAccessible();
  });

  test('sends only what was changed', async () => {
    const element = show([PROBLEM]);
    const corrected = jest.fn((event: Event) => (event as CustomEvent<unknown>).detail);
    element.addEventListener('correct', corrected);
    button(element, 'Send to AWS')?.click();
    await settled();
    expect(words(element)).toContain('Change at least one value first.');
    expect(corrected).not.toHaveBeenCalled();

    await write(element, 'Their data centre closes in spring.');
    button(element, 'Send to AWS')?.click();
    expect(corrected.mock.results[0]?.value).toEqual({ answers: { [PROBLEM]: 'Their data centre closes in spring.' } });
  });

  test('keeps back what the partner would refuse', async () => {
    const element = show([PROBLEM]);
    const corrected = jest.fn();
    element.addEventListener('correct', corrected);
    await write(element, 'Too short');
    Object.assign(find(element, 'lightning-textarea') ?? {}, {
      setCustomValidity: jest.fn(),
      reportValidity: jest.fn(),
    });
    button(element, 'Send to AWS')?.click();
    expect(corrected).not.toHaveBeenCalled();
  });

  test('puts first what the reason is about, and folds the rest away', async () => {
    const element = show([COMPANY, PROBLEM], 'Clarify Solution');
    expect(find<HTMLElement & { value: string }>(element, 'lightning-textarea')?.value).toBe('Old text.');
    expect(find(element, 'lightning-input')).toBeUndefined();
    find(element, 'c-disclosure')?.shadowRoot?.querySelector('button')?.click();
    await settled();
    expect(find<HTMLElement & { label: string }>(element, 'lightning-input')?.label).toBe('Customer');
    await expect(element).toBeAccessible();
  });

  test('a field that is left alone keeps what was sent and stops nothing', async () => {
    const element = show([COMPANY, PROBLEM]);
    const corrected = jest.fn((event: Event) => (event as CustomEvent<unknown>).detail);
    element.addEventListener('correct', corrected);
    await write(element, 'Their data centre closes in spring.');
    expect(find<HTMLElement & { required: boolean }>(element, 'lightning-input')?.required).toBe(false);
    button(element, 'Send to AWS')?.click();
    expect(corrected.mock.results[0]?.value).toEqual({ answers: { [PROBLEM]: 'Their data centre closes in spring.' } });
  });

  test('says who can help when nothing may be changed', async () => {
    const element = show([]);
    expect(words(element)).toContain('Nothing can be changed from here now.');
    await expect(element).toBeAccessible();
  });
});
