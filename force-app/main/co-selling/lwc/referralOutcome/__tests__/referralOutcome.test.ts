import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import ReferralOutcome from 'c/referralOutcome';
import { button, find, words } from '../../../../../../config/jest/support/wires';

function show(referral: object, canAct = true): HTMLElement {
  const element = createElement('c-referral-outcome', { is: ReferralOutcome });
  const empty = {
    partnerName: 'AWS',
    partnerOwner: '',
    partnerStage: '',
    suggestions: [],
    reviewReason: '',
    blockedBy: '',
  };
  Object.assign(element, { referral: { ...empty, ...referral }, canAct });
  document.body.appendChild(element);
  return element;
}

describe('c-referral-outcome', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  test('an approval names the contact, the stage and what to do next', async () => {
    const element = show({
      state: 'approved',
      partnerOwner: 'Dana Rivera',
      partnerStage: 'Qualified',
      suggestions: ['Plan a proof of concept.'],
    });
    expect(words(element)).toBe(
      'Your contact | Dana Rivera | Stage at AWS | Qualified | What AWS suggests next | Plan a proof of concept.',
    );
    await expect(element).toBeAccessible();
  });

  test('a rejection tells the reason and the comment in full', async () => {
    const element = show({ state: 'rejected', reviewReason: 'Forecast Conflict', reviewComments: 'Known.' });
    expect(words(element)).toBe('Reason: Forecast Conflict | What AWS wrote | Known.');
    await expect(element).toBeAccessible();
  });

  test('a reason that says nothing is left out', () => {
    const element = show({ state: 'rejected', reviewReason: 'Other', reviewComments: 'Not in our territory.' });
    expect(words(element)).toBe('What AWS wrote | Not in our territory.');
  });

  test.each(['blocked', 'waiting-approval'])('%s names the rule', async (state) => {
    const element = show({ state, blockedBy: 'data-sharing' });
    expect(words(element)).toBe('Rule: Only data that may leave your company');
    await expect(element).toBeAccessible();
  });

  test('a comment that comes with a correction is not said twice, except to those who cannot correct', () => {
    const referral = { state: 'action-required', reviewComments: 'Say more.' };
    expect(words(show(referral))).toBe('');
    expect(words(show(referral, false))).toBe('What AWS wrote | Say more.');
  });

  test.each<[string, boolean, boolean, boolean]>([
    ['failed', true, true, true],
    ['failed', false, true, false],
    ['failed', true, false, false],
    ['blocked', true, true, true],
    ['rejected', true, true, false],
  ])('%s, retry allowed %s, may act %s: a button %s', (state, retryAllowed, canAct, offered) => {
    expect(button(show({ state, retryAllowed }, canAct), 'Try again') !== undefined).toBe(offered);
  });

  test('asks to try again', () => {
    const element = show({ state: 'failed', retryAllowed: true });
    const retry = jest.fn();
    element.addEventListener('retry', retry);
    find(element, 'lightning-button')?.click();
    expect(retry).toHaveBeenCalledTimes(1);
  });
});
