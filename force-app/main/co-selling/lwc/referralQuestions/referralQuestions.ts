import { LightningElement, api } from 'lwc';
import { problemOf } from 'c/referralAnswers';
import type { Answers, Question } from 'c/referralDraft';
import { labels } from 'c/referralLabels';
import { fill } from 'c/textFormat';

/** The base components a question is shown with, as far as this component talks to them. */
interface Control extends HTMLElement {
  setCustomValidity(message: string): void;
  reportValidity(): boolean;
}

interface Item {
  target: string;
  question: string;
  reason: string;
  lengthHelp: string;
  value: string | string[];
  options: { label: string; value: string }[];
  isChoice: boolean;
  isChoices: boolean;
  isNumber: boolean;
  isDate: boolean;
  isLongText: boolean;
}

/**
 * Asks only what is missing, each with its reason and the allowed answers. What was typed is kept by the parent.
 * @fires answer on every change, with `detail.target` and `detail.value`.
 * @fires commit when the reader is done with one answer (left the field, pressed Enter, chose), with the same detail.
 */
export default class ReferralQuestions extends LightningElement {
  @api questions: Question[] = [];
  @api answers: Answers = {};
  /** Nothing has to be answered: an untouched field keeps its value, as in a correction. */
  @api optional = false;

  labels = labels;

  /** What each field has said about the value that is there now; said once, so that it does not come back over typing. */
  private readonly told = new Map<string, string>();

  get isRequired(): boolean {
    return !this.optional;
  }

  get items(): Item[] {
    return this.questions.map((question) => {
      const { target, kind, min, max, current, allowed = [] } = question;
      const answer = this.answers[target] ?? (kind === 'choices' ? [] : (current ?? ''));
      return {
        target,
        question: question.question,
        reason: question.reason === '' ? '' : fill(labels.questionsWhy, question.reason),
        lengthHelp: kind === 'long-text' && min && max ? fill(labels.questionsLength, min, max) : '',
        value: kind === 'choices' ? [answer].flat() : [answer].flat().join('; '),
        options: allowed.map((value) => ({ label: value, value })),
        isChoice: kind === 'choice',
        isChoices: kind === 'choices',
        isNumber: kind === 'number',
        isDate: kind === 'date',
        isLongText: kind === 'long-text',
      };
    });
  }

  /** What is wrong with a value that is there already stands at its field, where a screen reader reads it with the field. */
  renderedCallback(): void {
    this.questions.forEach(({ target, problem = '' }) => {
      if (problem !== '' && this.answers[target] === undefined && this.told.get(target) !== problem) {
        this.told.set(target, problem);
        const control = this.controlOf(target);
        control?.setCustomValidity(problem);
        control?.reportValidity();
      }
    });
  }

  /** Moves the focus to the first question without a usable answer and says there what is missing; false: all have one. */
  @api
  focusFirstOpen(): boolean {
    const open = this.questions.find(
      ({ target }) => !(this.optional && this.answers[target] === undefined) && this.problemAt(target) !== '',
    );
    const control = open && this.controlOf(open.target);
    if (control) {
      this.report(control, open.target);
      control.focus();
    }
    return open !== undefined;
  }

  handleChange(event: CustomEvent<{ value: string | string[] }>): void {
    this.tell('answer', event.currentTarget as Control, event.detail.value);
  }

  handleChoice(event: CustomEvent<{ value: string }>): void {
    const control = event.currentTarget as Control;
    control.setCustomValidity('');
    control.reportValidity();
    this.tell('answer', control, event.detail.value);
    this.tell('commit', control, event.detail.value);
  }

  handleKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter') {
      this.commit(event.currentTarget as Control);
    }
  }

  handleLeave(event: FocusEvent): void {
    const control = event.currentTarget as Control;
    // Moving from one checkbox to the next stays inside the same question.
    if (!control.contains(event.relatedTarget as Node | null)) {
      this.commit(control);
    }
  }

  private commit(control: Control): void {
    const target = control.dataset.target ?? '';
    const question = this.questions.find((candidate) => candidate.target === target);
    const answer = this.answers[target];
    if (question && answer !== undefined) {
      this.report(control, target);
      this.tell('commit', control, answer);
    }
  }

  private report(control: Control, target: string): void {
    control.setCustomValidity(this.problemAt(target));
    control.reportValidity();
  }

  private problemAt(target: string): string {
    const question = this.questions.find((candidate) => candidate.target === target);
    return question ? problemOf(question, this.answers[target]) : '';
  }

  private tell(name: 'answer' | 'commit', control: Control, value: string | string[]): void {
    this.dispatchEvent(new CustomEvent(name, { detail: { target: control.dataset.target, value } }));
  }

  private controlOf(target: string): Control | undefined {
    const controls = [...(this.template?.querySelectorAll<Control>('[data-target]') ?? [])];
    return controls.find((control) => control.dataset.target === target);
  }
}
