import type { Answers, Question } from 'c/referralDraft';
import { labels } from 'c/referralLabels';
import { fill } from 'c/textFormat';

/** What is wrong with an answer, in a sentence; empty when it can be sent. The service checks again, by the partner's rules. */
export function problemOf(question: Question, answer: string | string[] | undefined): string {
  const values = [answer ?? []].flat().map((value) => value.trim());
  const given = values.filter((value) => value !== '');
  if (given.length === 0) {
    return labels.questionsRequired;
  }
  const { kind, min, max } = question;
  const [first = ''] = given;
  if (kind === 'number') {
    return numberProblem(Number(first), min, max);
  }
  if (kind === 'text' || kind === 'long-text') {
    return lengthProblem([...first].length, min, max);
  }
  return '';
}

function numberProblem(value: number, min = -Infinity, max = Infinity): string {
  if (Number.isNaN(value)) {
    return labels.questionsNotANumber;
  }
  if (value < min) {
    return fill(labels.questionsTooSmall, min);
  }
  return value > max ? fill(labels.questionsTooLarge, max) : '';
}

function lengthProblem(length: number, min = 0, max = Infinity): string {
  if (length < min) {
    return fill(labels.questionsTooShort, min);
  }
  return length > max ? fill(labels.questionsTooLong, max) : '';
}

/** The questions that still lack a usable answer. */
export function openQuestions(questions: readonly Question[], answers: Answers): Question[] {
  return questions.filter((question) => problemOf(question, answers[question.target]) !== '');
}

/**
 * The questions to keep on the page while a person answers: those open now and those answered before, in their first
 * order, so that nothing jumps away under the hands; the newest wording and problem of each.
 */
export function keptQuestions(shown: readonly Question[], open: readonly Question[], answers: Answers): Question[] {
  const openByTarget = new Map(open.map((question) => [question.target, question]));
  const kept = shown
    .filter(({ target }) => openByTarget.has(target) || answers[target] !== undefined)
    .map((question) => openByTarget.get(question.target) ?? { ...question, problem: '' });
  const keptTargets = new Set(kept.map(({ target }) => target));
  return [...kept, ...open.filter(({ target }) => !keptTargets.has(target))];
}
