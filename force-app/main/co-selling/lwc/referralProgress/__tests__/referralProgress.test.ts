import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import ReferralProgress from 'c/referralProgress';
import { pathOf } from 'c/referralView';
import { button, find, settled, words } from '../../../../../../config/jest/support/wires';

const QUESTIONS = [
  {
    target: 'Solution',
    label: 'Solution',
    question: 'Which solution?',
    reason: '',
    kind: 'choice',
    allowed: ['A', 'B'],
    answerHome: '',
  },
  { target: 'Next', label: 'Next', question: 'What is next?', reason: '', kind: 'text', answerHome: '' },
];

function show(state: string, more: object = {}): HTMLElement {
  const element = createElement('c-referral-progress', { is: ReferralProgress });
  const view = {
    tone: 'ask',
    headline: 'AWS needs 2 answers from you',
    next: '',
    message: '',
    since: '',
    steps: pathOf(undefined),
  };
  const referral = {
    state,
    partnerName: 'AWS',
    questions: QUESTIONS,
    editableNow: [],
    suggestions: [],
    networkId: '',
    networkUrl: '',
  };
  Object.assign(element, { view, referral, partnerName: 'AWS', canAct: true, ...more });
  document.body.appendChild(element);
  return element;
}
const choose = (element: HTMLElement, value: string): unknown =>
  find(element, 'lightning-combobox')?.dispatchEvent(new CustomEvent('change', { detail: { value } }));
function write(element: HTMLElement, value: string): void {
  const input = find(element, 'lightning-input');
  Object.assign(input ?? {}, { setCustomValidity: jest.fn(), reportValidity: jest.fn() });
  input?.dispatchEvent(new CustomEvent('change', { detail: { value } }));
}

describe('c-referral-progress', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  test('answering the last question sends all answers', async () => {
    const element = show('needs-answers');
    const asked = jest.fn((event: Event) => (event as CustomEvent<unknown>).detail);
    element.addEventListener('request', asked);
    await expect(element).toBeAccessible();

    write(element, 'A workshop');
    await settled();
    find(element, 'lightning-input')?.dispatchEvent(new FocusEvent('focusout'));
    expect(asked).not.toHaveBeenCalled();
    choose(element, 'B');
    expect(asked.mock.results.map(({ value }) => value as unknown)).toEqual([
      { kind: 'answer', answers: { Solution: 'B', Next: 'A workshop' } },
    ]);
  });

  test('the button leads to what is still open', async () => {
    const element = show('needs-answers');
    const asked = jest.fn();
    element.addEventListener('request', asked);
    const focus = jest.fn();
    Object.assign(find(element, 'lightning-combobox') ?? {}, {
      focus,
      setCustomValidity: jest.fn(),
      reportValidity: jest.fn(),
    });
    button(element, 'Send the answers')?.click();
    await settled();
    expect(asked).not.toHaveBeenCalled();
    expect(focus).toHaveBeenCalled();
  });

  test('while a request is under way nothing can be sent twice', () => {
    const element = show('needs-answers', { busy: true });
    expect(button(element, 'Sending…')?.disabled).toBe(true);
    const asked = jest.fn();
    element.addEventListener('request', asked);
    choose(element, 'B');
    expect(asked).not.toHaveBeenCalled();
  });

  test('whoever may not act is shown no control', async () => {
    for (const state of ['needs-answers', 'action-required', 'failed']) {
      const element = show(state, { canAct: false });
      expect(find(element, 'lightning-button')).toBeUndefined();
      expect(find(element, 'c-referral-questions')).toBeUndefined();
    }
    await settled();
    expect(words(document.body)).toContain('AWS needs 2 answers from you');
  });
});
