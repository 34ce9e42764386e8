import { LightningElement, api } from 'lwc';
import { openQuestions } from 'c/referralAnswers';
import type { Referral } from 'c/referralData';
import type { Answers, DraftValue, MappingRow } from 'c/referralDraft';
import { labels } from 'c/referralLabels';
import type { ReferralView, Tone } from 'c/referralView';

interface QuestionsElement extends HTMLElement {
  focusFirstOpen(): void;
}

const ICONS: Record<Tone, { name: string; variant: string }> = {
  moving: { name: 'utility:sync', variant: '' },
  waiting: { name: 'utility:clock', variant: '' },
  ask: { name: 'utility:edit', variant: 'warning' },
  good: { name: 'utility:success', variant: 'success' },
  stopped: { name: 'utility:warning', variant: 'warning' },
};

/**
 * Where a referral stands, in the order: what is the state, what to do, why. Holds the one thing that may be done now.
 * @fires request with `detail.kind` (answer, correct or retry) and `detail.answers`.
 */
export default class ReferralProgress extends LightningElement {
  @api view: ReferralView | undefined;
  @api referral: Referral | undefined;
  @api mapping: MappingRow[] = [];
  @api values: DraftValue[] = [];
  @api partnerName = '';
  /** Whether the reader may ask for anything. */
  @api canAct = false;
  @api busy = false;

  labels = labels;
  typed: Answers = {};

  /** Moves the focus to the headline, as after the click that made this appear. */
  @api
  focusHeadline(): void {
    this.template?.querySelector<HTMLElement>('.headline')?.focus();
  }

  get icon(): { name: string; variant: string } {
    return ICONS[this.view?.tone ?? 'moving'];
  }

  get hasQuestions(): boolean {
    return this.canAct && this.referral?.state === 'needs-answers' && this.referral.questions.length > 0;
  }

  get hasCorrection(): boolean {
    return this.canAct && this.referral?.state === 'action-required';
  }

  get hasOutcome(): boolean {
    return this.referral !== undefined;
  }

  get networkId(): string {
    return this.referral?.networkId ?? '';
  }

  get networkUrl(): string {
    return this.referral?.networkUrl ?? '';
  }

  get sendLabel(): string {
    return this.busy ? labels.buttonSending : labels.questionsSend;
  }

  handleAnswer(event: CustomEvent<{ target: string; value: string | string[] }>): void {
    const { target, value } = event.detail;
    this.typed = { ...this.typed, [target]: value };
  }

  handleCommit(event: CustomEvent<{ target: string; value: string | string[] }>): void {
    this.handleAnswer(event);
    if (this.isComplete) {
      this.sendAnswers();
    }
  }

  handleSend(): void {
    if (this.isComplete) {
      this.sendAnswers();
    } else {
      this.template?.querySelector<QuestionsElement>('c-referral-questions')?.focusFirstOpen();
    }
  }

  handleCorrect(event: CustomEvent<{ answers: Answers }>): void {
    this.ask('correct', event.detail.answers);
  }

  handleRetry(): void {
    this.ask('retry', {});
  }

  private get isComplete(): boolean {
    return openQuestions(this.referral?.questions ?? [], this.typed).length === 0;
  }

  private sendAnswers(): void {
    const targets = (this.referral?.questions ?? []).map(({ target }) => target);
    this.ask('answer', Object.fromEntries(targets.map((target) => [target, this.typed[target] ?? ''])));
  }

  private ask(kind: string, answers: Answers): void {
    if (!this.busy) {
      this.dispatchEvent(new CustomEvent('request', { detail: { kind, answers } }));
    }
  }
}
