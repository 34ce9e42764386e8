import { LightningElement, api } from 'lwc';
import type { Dispute } from 'c/decisionData';
import { labels } from 'c/disputeLabels';
import { sendRequest } from 'c/governanceRequest';
import type { Answer } from 'c/governanceRequest';

/**
 * The questions about a decision with what came of them, and the way to ask one.
 * @fires changed when the service took a question; bubbles to the timeline.
 */
export default class DecisionDisputes extends LightningElement {
  @api decisionKey = '';
  @api disputes: Dispute[] = [];

  labels = labels;
  isAsking = false;
  busy = false;
  requestId = '';
  errors: unknown;
  private question = '';
  /** Where the focus goes once the page has been drawn, so that it is never lost. */
  private focusNext = '';

  renderedCallback(): void {
    const target = this.focusNext && this.template?.querySelector<HTMLElement>(this.focusNext);
    if (target) {
      this.focusNext = '';
      target.focus();
    }
  }

  handleOpen(): void {
    this.isAsking = true;
    this.focusNext = 'lightning-textarea';
  }

  handleCancel(): void {
    this.isAsking = false;
    this.question = '';
    this.errors = undefined;
    this.focusNext = '.open';
  }

  handleChange(event: CustomEvent<{ value: string }>): void {
    this.question = event.detail.value;
  }

  async handleSend(): Promise<void> {
    if (this.question.trim() === '') {
      this.errors = labels.missing;
      this.template?.querySelector<HTMLElement>('lightning-textarea')?.focus();
      return;
    }
    this.busy = true;
    this.errors = undefined;
    try {
      this.requestId = await sendRequest('open-dispute', this.decisionKey, { question: this.question.trim() });
    } catch (error) {
      this.errors = error;
      this.busy = false;
    }
  }

  handleAnswered({ detail }: CustomEvent<Answer>): void {
    this.busy = false;
    if (detail.state === 'done') {
      this.isAsking = false;
      this.question = '';
      this.requestId = '';
      this.focusNext = '.open';
      this.dispatchEvent(new CustomEvent('changed', { bubbles: true, composed: true }));
    }
  }
}
