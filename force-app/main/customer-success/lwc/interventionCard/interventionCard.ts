import { LightningElement, api } from 'lwc';
import { sendRequest } from 'c/governanceRequest';
import type { Answer } from 'c/governanceRequest';
import { moneyText } from 'c/healthWords';
import type { Intervention } from 'c/interventionData';
import { labels } from 'c/interventionLabels';
import { kindWords } from 'c/interventionWords';
import { fill } from 'c/textFormat';
import { absoluteText, momentOf, relativeText } from 'c/timeFormat';

/** What a person may say to a prepared step. */
type Said = 'accept' | 'change' | 'dismiss' | 'done';

const SAID: Readonly<Record<Said, string>> = {
  accept: labels.accepted,
  change: labels.changedSaid,
  dismiss: labels.dismissedSaid,
  done: labels.doneSaid,
};
/** A due date is a day, until the end of its work; the service sets its own the same way. */
const END_OF_WORK = 'T17:00:00.000Z';

/**
 * One intervention: why, since when, the prepared next step, and the answers to it. What was typed stays when an answer
 * is not taken.
 * @fires answered with `detail.said` (a sentence) when the service has taken the answer.
 */
export default class InterventionCard extends LightningElement {
  @api intervention: Intervention | undefined;
  /** The moment to which times are relative, in milliseconds since 1970. */
  @api now = 0;

  labels = labels;
  open: '' | 'change' | 'dismiss' = '';
  sendErrors: unknown;
  requestId = '';
  problem = '';
  isSending = false;
  private said: Said = 'accept';
  private step: string | undefined;
  private due: string | undefined;
  private person: string | undefined;
  private why = '';
  private focusForm = false;

  @api
  focusCard(): void {
    this.template?.querySelector<HTMLElement>('.card')?.focus();
  }

  renderedCallback(): void {
    if (this.focusForm) {
      this.focusForm = false;
      this.template?.querySelector<HTMLElement>('lightning-textarea')?.focus();
    }
  }

  get kind(): string {
    return kindWords(this.intervention?.kind ?? '');
  }

  get since(): { words: string; exact: string } {
    return this.timed(labels.since, this.intervention?.flaggedAt);
  }

  get dueWords(): { words: string; exact: string; className: string } {
    const due = momentOf(this.intervention?.dueAt);
    const late = due !== undefined && due < this.now;
    return {
      ...this.timed(late ? labels.overdue : labels.due, this.intervention?.dueAt),
      className: late ? 'late' : 'quiet',
    };
  }

  get revenue(): string {
    const amount = this.intervention?.revenue ?? 0;
    return amount > 0 ? fill(labels.revenue, moneyText(amount)) : '';
  }

  get forWhom(): string {
    const name = this.intervention?.assignedName ?? '';
    return name === '' ? labels.nobody : fill(labels.forWhom, name);
  }

  get evidence(): { key: number; label: string; value: string }[] {
    return (this.intervention?.evidence ?? []).map((line, key) => ({ key, ...line }));
  }

  get hasEvidence(): boolean {
    return this.evidence.length > 0;
  }

  get isProposed(): boolean {
    return this.intervention?.state === 'proposed';
  }

  get isBusy(): boolean {
    return this.isSending || this.requestId !== '';
  }

  get isChanging(): boolean {
    return this.open === 'change' && !this.isBusy;
  }

  get isDismissing(): boolean {
    return this.open === 'dismiss' && !this.isBusy;
  }

  get isResting(): boolean {
    return this.open === '' && !this.isBusy;
  }

  get names(): Record<Said, string> {
    const partner = this.intervention?.partnerName ?? '';
    return {
      accept: fill(labels.acceptOf, partner),
      change: fill(labels.changeOf, partner),
      dismiss: fill(labels.dismissOf, partner),
      done: fill(labels.doneOf, partner),
    };
  }

  get stepNow(): string {
    return this.step ?? this.intervention?.nextStep ?? '';
  }

  get dueNow(): string {
    return this.due ?? (this.intervention?.dueAt ?? '').slice(0, 10);
  }

  get personNow(): string {
    return this.person ?? this.intervention?.assignedId ?? '';
  }

  get whyNow(): string {
    return this.why;
  }

  handleAccept(): void {
    this.send('accept', {}).catch(ignoreReported);
  }

  handleDone(): void {
    this.send('done', {}).catch(ignoreReported);
  }

  handleChange(): void {
    this.unfold('change');
  }

  handleDismiss(): void {
    this.unfold('dismiss');
  }

  handleCancel(): void {
    this.open = '';
    this.problem = '';
    this.focusCard();
  }

  handleStep(event: CustomEvent<{ value: string }>): void {
    this.step = event.detail.value;
  }

  handleDue(event: CustomEvent<{ value: string }>): void {
    this.due = event.detail.value;
  }

  handlePerson(event: CustomEvent<{ id: string }>): void {
    this.person = event.detail.id;
  }

  handleWhy(event: CustomEvent<{ value: string }>): void {
    this.why = event.detail.value;
  }

  handleSave(): void {
    const nextStep = this.stepNow.trim();
    if (nextStep === '') {
      this.problem = labels.stepNeeded;
      return;
    }
    this.send('change', {
      nextStep,
      ...(this.dueNow === '' ? {} : { dueAt: `${this.dueNow}${END_OF_WORK}` }),
      ...(this.personNow === '' ? {} : { assignTo: this.personNow }),
    }).catch(ignoreReported);
  }

  handleSendDismissal(): void {
    const reason = this.why.trim();
    if (reason === '') {
      this.problem = labels.reasonNeeded;
      return;
    }
    this.send('dismiss', { reason }).catch(ignoreReported);
  }

  handleAnswered({ detail }: CustomEvent<Answer>): void {
    if (detail.state === 'done') {
      const said = fill(SAID[this.said], this.intervention?.partnerName ?? '');
      this.dispatchEvent(new CustomEvent('answered', { detail: { said } }));
      this.open = '';
    } else {
      this.sendErrors = [detail.message];
    }
    this.requestId = '';
  }

  private unfold(form: 'change' | 'dismiss'): void {
    this.open = form;
    this.problem = '';
    this.sendErrors = undefined;
    this.focusForm = true;
  }

  private timed(sentence: string, value: string | undefined): { words: string; exact: string } {
    const moment = momentOf(value);
    return moment === undefined
      ? { words: '', exact: '' }
      : { words: fill(sentence, relativeText(moment, this.now)), exact: absoluteText(moment) };
  }

  private async send(answer: Said, more: object): Promise<void> {
    this.said = answer;
    this.problem = '';
    this.sendErrors = undefined;
    this.isSending = true;
    try {
      this.requestId = await sendRequest('answer-intervention', this.intervention?.key ?? '', { answer, ...more });
    } catch (error) {
      this.sendErrors = error;
    } finally {
      this.isSending = false;
    }
  }
}

/** The error stands on the page; here it only must not become an unhandled rejection. */
function ignoreReported(): void {}
