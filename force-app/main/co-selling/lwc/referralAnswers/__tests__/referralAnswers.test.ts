import { describe, expect, test } from '@jest/globals';
import { keptQuestions, openQuestions, problemOf } from 'c/referralAnswers';
import type { Question } from 'c/referralDraft';

const question = (more: Partial<Question> = {}): Question => ({
  target: 'A',
  label: 'A',
  question: 'A?',
  reason: '',
  kind: 'text',
  answerHome: '',
  ...more,
});

describe('answers before they are sent', () => {
  test.each<[string, Partial<Question>, string | string[] | undefined, string]>([
    ['no answer', {}, undefined, 'Answer this one.'],
    ['blanks', {}, '  ', 'Answer this one.'],
    ['no choice', { kind: 'choices' }, [], 'Answer this one.'],
    ['a choice', { kind: 'choices' }, ['Migration'], ''],
    ['a short text', { kind: 'long-text', min: 20 }, 'Too short', 'Write at least 20 characters.'],
    ['a long text', { max: 3 }, 'four', 'Write at most 3 characters.'],
    ['a text that fits', { min: 4, max: 4 }, 'four', ''],
    ['words for a number', { kind: 'number' }, 'many', 'Enter a number, digits only.'],
    ['a small number', { kind: 'number', min: 1 }, '0', 'Enter 1 or more.'],
    ['a large number', { kind: 'number', max: 9 }, '10', 'Enter 9 or less.'],
    ['a number at the limit', { kind: 'number', min: 1, max: 9 }, '9', ''],
    ['a day', { kind: 'date' }, '2030-01-31', ''],
  ])('%s', (_name, more, answer, problem) => {
    expect(problemOf(question(more), answer)).toBe(problem);
  });

  test('a question stays open until its answer can be sent', () => {
    const questions = [question(), question({ target: 'B', min: 5 })];
    expect(openQuestions(questions, { A: 'yes', B: 'no' })).toEqual([questions[1]]);
  });

  test('answered questions stay where they are, and new ones come after them', () => {
    const shown = [question(), question({ target: 'B', problem: 'Not a web address.' })];
    const kept = keptQuestions(shown, [question({ target: 'C' }), shown[0] ?? question()], { B: 'www.example.com' });
    expect(kept.map(({ target }) => target)).toEqual(['A', 'B', 'C']);
    expect(kept[1]?.problem).toBe('');
  });

  test('a question that no longer applies and was not answered goes away', () => {
    expect(keptQuestions([question()], [], {})).toEqual([]);
  });
});
