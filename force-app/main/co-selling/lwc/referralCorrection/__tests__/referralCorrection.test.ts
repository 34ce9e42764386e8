import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import ReferralCorrection from 'c/referralCorrection';
import { parseMappingRow } from 'c/referralDraft';
import * as records from '../../../../../../config/jest/support/referral-records';
import { button, find, settled, words } from '../../../../../../config/jest/support/wires';

const PROBLEM = 'Project.CustomerBusinessProblem';
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

function show(editableNow: string[]): HTMLElement {
  const element = createElement('c-referral-correction', { is: ReferralCorrection });
  const referral = { partnerName: 'AWS', reviewComments: 'Say more about the problem.', editableNow, questions: [] };
  Object.assign(element, { referral, mapping: records.mapping.map(parseMappingRow), values: [sent] });
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

  test('says who can help when nothing may be changed', async () => {
    const element = show([]);
    expect(words(element)).toContain('Nothing can be changed from here now.');
    await expect(element).toBeAccessible();
  });
});
