import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createElement } from 'lwc';
import type { Answers, Question } from 'c/referralDraft';
import ReferralQuestions from 'c/referralQuestions';
import { find, settled, words } from '../../../../../../config/jest/support/wires';

const QUESTIONS: Question[] = [
  {
    target: 'Use',
    label: 'Use',
    question: 'What is it for?',
    reason: 'AWS routes by it.',
    kind: 'choice',
    allowed: ['Migration', 'Analytics'],
    answerHome: '',
  },
  {
    target: 'Needs',
    label: 'Needs',
    question: 'What do you need?',
    reason: '',
    kind: 'choices',
    allowed: ['Pricing', 'Architecture'],
    answerHome: '',
  },
  {
    target: 'Spend',
    label: 'Spend',
    question: 'How much a month?',
    reason: '',
    kind: 'number',
    min: 1,
    answerHome: '',
  },
  { target: 'Close', label: 'Close', question: 'When will it close?', reason: '', kind: 'date', answerHome: '' },
  {
    target: 'Problem',
    label: 'Problem',
    question: 'Which problem?',
    reason: '',
    kind: 'long-text',
    min: 20,
    max: 2000,
    answerHome: '',
  },
  {
    target: 'Website',
    label: 'Website',
    question: 'Which website?',
    reason: '',
    kind: 'text',
    current: 'n/a',
    problem: '"n/a" is not a web address.',
    answerHome: '',
  },
];

interface Shown extends HTMLElement {
  questions: Question[];
  answers: Answers;
  focusFirstOpen(): void;
}

function show(questions: Question[], answers: Answers = {}): Shown {
  const element = createElement('c-referral-questions', { is: ReferralQuestions }) as unknown as Shown;
  Object.assign(element, { questions, answers });
  document.body.appendChild(element);
  return element;
}
const control = (element: Shown, target: string): HTMLElement & { value?: unknown } => {
  const found = element.shadowRoot?.querySelector<HTMLElement & { value?: unknown }>(`[data-target="${target}"]`);
  if (!found) {
    throw new Error(`no control asks for ${target}`);
  }
  return found;
};

describe('c-referral-questions', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  test('asks each kind with its own control, its reason and what is wrong now', async () => {
    const element = show(QUESTIONS);
    const tags = QUESTIONS.map(({ target }) => control(element, target).tagName.toLowerCase());
    expect(tags).toEqual([
      'lightning-combobox',
      'lightning-checkbox-group',
      'lightning-input',
      'lightning-input',
      'lightning-textarea',
      'lightning-input',
    ]);
    expect(words(element)).toContain('Why: AWS routes by it.');
    expect(words(element)).toContain('20 to 2000 characters');
    expect(control(element, 'Website').value).toBe('n/a');
    await expect(element).toBeAccessible();
  });

  test('what is wrong with a value that is there stands at its field, and is said once', async () => {
    const element = show(QUESTIONS, { Website: 'https://example.com' });
    const [setCustomValidity, reportValidity] = [jest.fn(), jest.fn()];
    Object.assign(control(element, 'Website'), { setCustomValidity, reportValidity });
    element.answers = {};
    await settled();
    expect(setCustomValidity.mock.calls).toEqual([['"n/a" is not a web address.']]);
    expect(reportValidity).toHaveBeenCalledTimes(1);
    element.questions = [...QUESTIONS];
    await settled();
    expect(setCustomValidity).toHaveBeenCalledTimes(1);
  });

  test('a choice is an answer and done at once', () => {
    const element = show(QUESTIONS);
    const heard = jest.fn((event: Event) => [event.type, (event as CustomEvent).detail] as const);
    element.addEventListener('answer', heard);
    element.addEventListener('commit', heard);
    control(element, 'Use').dispatchEvent(new CustomEvent('change', { detail: { value: 'Analytics' } }));
    expect(heard.mock.results.map(({ value }) => value as unknown)).toEqual([
      ['answer', { target: 'Use', value: 'Analytics' }],
      ['commit', { target: 'Use', value: 'Analytics' }],
    ]);
  });

  test('a text is done when the field is left or Enter is pressed, not on each letter', () => {
    const element = show(QUESTIONS, { Website: 'www.example.com' });
    const committed = jest.fn();
    element.addEventListener('commit', committed);
    const website = control(element, 'Website');
    Object.assign(website, { setCustomValidity: jest.fn(), reportValidity: jest.fn() });
    website.dispatchEvent(new CustomEvent('change', { detail: { value: 'www.example.com' } }));
    expect(committed).not.toHaveBeenCalled();
    website.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    website.dispatchEvent(new FocusEvent('focusout'));
    expect(committed).toHaveBeenCalledTimes(2);
  });

  test('leaving an untouched field says nothing', () => {
    const element = show(QUESTIONS);
    const committed = jest.fn();
    element.addEventListener('commit', committed);
    control(element, 'Website').dispatchEvent(new FocusEvent('focusout'));
    expect(committed).not.toHaveBeenCalled();
  });

  test('leads to the first open question and says there what is missing', () => {
    const element = show(QUESTIONS, { Use: 'Migration', Needs: ['Pricing'], Spend: '0' });
    const spend = control(element, 'Spend');
    const [setCustomValidity, reportValidity, focus] = [jest.fn(), jest.fn(), jest.fn()];
    Object.assign(spend, { setCustomValidity, reportValidity, focus });
    element.focusFirstOpen();
    expect(setCustomValidity).toHaveBeenCalledWith('Enter 1 or more.');
    expect(reportValidity).toHaveBeenCalled();
    expect(focus).toHaveBeenCalled();
  });

  test('asks nothing when nothing is missing', () => {
    expect(find(show([]), 'lightning-input')).toBeUndefined();
  });
});
