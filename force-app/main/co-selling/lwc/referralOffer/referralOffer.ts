import { LightningElement, api } from 'lwc';
import { keptQuestions } from 'c/referralAnswers';
import type { Partner } from 'c/referralSetup';
import { draftReferral, fingerprint } from 'c/referralDraft';
import type { Answers, DealFacts, Draft, MappingRow, Question } from 'c/referralDraft';
import { labels } from 'c/referralLabels';
import { count, fill } from 'c/textFormat';

interface QuestionsElement extends HTMLElement {
  focusFirstOpen(): void;
}

/** What a click agrees to: exactly these fields with exactly these values, and the answers given. */
export interface ReferralInput {
  version: 1;
  shown: { fields: string[]; fingerprints: Record<string, string> };
  answers: Answers;
}

/**
 * A deal that can be referred: why this partner, what will be sent, and only what is missing. One press of the button
 * is enough; with questions open the press is remembered and the last answer sends.
 * @fires refer with `detail.input` (a `ReferralInput`), once per press.
 * @fires look when what will be sent is unfolded, so that it can be read again.
 */
export default class ReferralOffer extends LightningElement {
  @api partner: Partner | undefined;
  @api reasons: string[] = [];
  /** The mapping of the partner's network. */
  @api mapping: MappingRow[] = [];
  @api facts: DealFacts = { Opportunity: {} };
  /** Says "Refer again" after a rejection. */
  @api again = false;
  /** The seller said yes to something else than what is there now: what will be sent is unfolded, and the button says so. */
  @api confirms = false;
  /** ISO time at which the deal was read. */
  @api readAt = '';

  /** While the request is being made the button rests; afterwards it may be pressed again. */
  @api
  get busy(): boolean {
    return this.isBusy;
  }
  set busy(value: boolean) {
    this.isBusy = value;
    this.wasSent = value;
  }

  labels = labels;
  isBusy = false;
  wantsToSend = false;
  typed: Answers = {};
  private answers: Answers = {};
  private shownQuestions: readonly Question[] = [];
  private wasSent = false;

  /** Puts the focus back on the button, as after an error. */
  @api
  focusButton(): void {
    this.template?.querySelector<HTMLElement>('lightning-button')?.focus();
  }

  get draft(): Draft {
    const today = new Date().toISOString().slice(0, 10);
    return draftReferral(this.mapping, this.facts, this.answers, today);
  }

  get questions(): Question[] {
    return keptQuestions(this.shownQuestions, this.draft.questions, this.answers);
  }

  get partnerName(): string {
    return this.partner?.name ?? '';
  }

  get recommendation(): string {
    const { length } = this.reasons;
    if (length === 0) {
      const hasRules = (this.partner?.fitRules.length ?? 0) > 0;
      return fill(hasRules ? labels.fitNone : labels.fitOpen, this.partnerName);
    }
    return count(length, labels.fitOne, labels.fitMany, this.partnerName, length);
  }

  get hasReasons(): boolean {
    return this.reasons.length > 0;
  }

  get buttonLabel(): string {
    if (this.isBusy) {
      return labels.buttonSending;
    }
    if (this.confirms) {
      return fill(labels.buttonConfirm, this.partnerName);
    }
    return this.again ? labels.buttonReferAgain : fill(labels.buttonRefer, this.partnerName);
  }

  get hasQuestions(): boolean {
    return this.questions.length > 0;
  }

  get questionsTitle(): string {
    const open = this.draft.questions.length;
    return open === 0
      ? labels.questionsComplete
      : count(open, labels.questionsTitleOne, labels.questionsTitleMany, this.partnerName, open);
  }

  get hint(): string {
    return this.wantsToSend ? labels.questionsAuto : labels.questionsHint;
  }

  get network(): string {
    return this.partner?.network ?? '';
  }

  get previewTitle(): string {
    return fill(labels.previewTitleCount, this.draft.values.length);
  }

  handleToggle(event: CustomEvent<{ open: boolean }>): void {
    if (event.detail.open) {
      this.dispatchEvent(new CustomEvent('look'));
    }
  }

  handlePress(): void {
    this.wantsToSend = true;
    if (!this.sendIfComplete()) {
      this.template?.querySelector<QuestionsElement>('c-referral-questions')?.focusFirstOpen();
    }
  }

  handleAnswer(event: CustomEvent<{ target: string; value: string | string[] }>): void {
    const { target, value } = event.detail;
    this.typed = { ...this.typed, [target]: value };
  }

  handleCommit(event: CustomEvent<{ target: string; value: string | string[] }>): void {
    const { target, value } = event.detail;
    this.shownQuestions = this.questions;
    this.typed = { ...this.typed, [target]: value };
    this.answers = { ...this.answers, [target]: value };
    if (this.wantsToSend) {
      this.sendIfComplete();
    }
  }

  private sendIfComplete(): boolean {
    const { values, questions } = this.draft;
    if (questions.length > 0) {
      return false;
    }
    if (!this.wasSent) {
      this.wasSent = true;
      const answered = values.filter(({ sourceKind }) => sourceKind === 'person').map(({ target }) => target);
      const input: ReferralInput = {
        version: 1,
        shown: {
          fields: values.map(({ target }) => target),
          // A value that only the service can find (a solution by its name) was shown in words, not as it is sent.
          fingerprints: Object.fromEntries(
            values.filter(({ value }) => value !== '').map(({ target, value }) => [target, fingerprint(value)]),
          ),
        },
        answers: Object.fromEntries(Object.entries(this.answers).filter(([target]) => answered.includes(target))),
      };
      this.dispatchEvent(new CustomEvent('refer', { detail: { input } }));
    }
    return true;
  }
}
