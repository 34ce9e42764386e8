import { LightningElement, api } from 'lwc';
import APPROVE_PARTNERS from '@salesforce/customPermission/TandemApprovePartners';
import MANAGE_GUARDRAILS from '@salesforce/customPermission/TandemManageGuardrails';
import USER_ID from '@salesforce/user/Id';
import type { Dispute } from 'c/decisionData';
import { disputeState, replayWords } from 'c/decisionWords';
import { labels } from 'c/disputeLabels';
import { sendRequest } from 'c/governanceRequest';
import type { Answer } from 'c/governanceRequest';
import { fill } from 'c/textFormat';

/** May answer disputes of others; the service checks it again. */
const MAY_ANSWER = APPROVE_PARTNERS === true || MANAGE_GUARDRAILS === true;

/** Ids come with 15 or 18 characters; the first 15 tell records apart. */
const isReader = (id: string): boolean => id !== '' && id.slice(0, 15) === USER_ID.slice(0, 15);

/**
 * One question about a decision: what was asked, what the record tells, the answer, and what the reader may do next.
 * @fires changed when the service took an answer or closed it; bubbles to the timeline.
 */
export default class DecisionDispute extends LightningElement {
  @api dispute: Dispute | undefined;

  labels = labels;
  busy = false;
  requestId = '';
  waiting = '';
  errors: unknown;
  private answer = '';

  get state(): string {
    return this.dispute ? disputeState(this.dispute) : '';
  }

  get asked(): string {
    return fill(labels.asked, this.dispute?.openedBy ?? '');
  }

  get answered(): string {
    return fill(labels.answered, this.dispute?.answeredBy ?? '');
  }

  get told(): { key: number; at: string; says: string }[] {
    return (this.dispute?.told ?? []).map((entry, key) => ({ key, ...entry }));
  }

  get hasTold(): boolean {
    return this.told.length > 0;
  }

  get replay(): string {
    return this.dispute?.replay ? replayWords(this.dispute.replay).then : '';
  }

  get mayAnswer(): boolean {
    return this.dispute?.state === 'open' && MAY_ANSWER && !isReader(this.dispute.openerId);
  }

  get mayClose(): boolean {
    const { state, openerId = '' } = this.dispute ?? {};
    return state === 'answered' && (isReader(openerId) || MANAGE_GUARDRAILS === true);
  }

  handleChange(event: CustomEvent<{ value: string }>): void {
    this.answer = event.detail.value;
  }

  async handleAnswer(): Promise<void> {
    if (this.answer.trim() === '') {
      this.errors = labels.missingAnswer;
      this.template?.querySelector<HTMLElement>('lightning-textarea')?.focus();
      return;
    }
    await this.send('answer-dispute', { answer: this.answer.trim() }, labels.answering);
  }

  async handleClose(): Promise<void> {
    await this.send('close-dispute', {}, labels.closing);
  }

  handleAnswered({ detail }: CustomEvent<Answer>): void {
    this.busy = false;
    if (detail.state === 'done') {
      this.requestId = '';
      this.template?.querySelector<HTMLElement>('.dispute')?.focus();
      this.dispatchEvent(new CustomEvent('changed', { bubbles: true, composed: true }));
    }
  }

  private async send(kind: 'answer-dispute' | 'close-dispute', input: object, waiting: string): Promise<void> {
    this.busy = true;
    this.errors = undefined;
    this.waiting = waiting;
    try {
      this.requestId = await sendRequest(kind, this.dispute?.key ?? '', input);
    } catch (error) {
      this.errors = error;
      this.busy = false;
    }
  }
}
