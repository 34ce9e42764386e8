import { LightningElement, api } from 'lwc';
import { sendFailed, sendRequest } from 'c/governanceRequest';
import type { Answer } from 'c/governanceRequest';
import { labels } from 'c/scoreUseLabels';
import { fill } from 'c/textFormat';

/** The service asks for a sentence. */
const SHORTEST_REASON = 10;

/**
 * Puts a model in use, after the reader has said why. Whether that may be is the service's to say.
 * @fires changed after the service has done it.
 */
export default class ScoreModelUse extends LightningElement {
  /** `ScoreModel__c.Key__c`. */
  @api modelKey = '';
  @api modelName = '';

  labels = labels;
  sendFailed = sendFailed;
  isOpen = false;
  reason = '';
  problem = '';
  requestId = '';
  busy = false;
  sendErrors: unknown;
  private focusNext = '';

  renderedCallback(): void {
    const { focusNext } = this;
    if (focusNext !== '') {
      this.focusNext = '';
      this.template?.querySelector<HTMLElement>(focusNext)?.focus();
    }
  }

  get openName(): string {
    return fill(labels.useName, this.modelName);
  }

  get confirmLabel(): string {
    return this.busy ? labels.saving : labels.confirm;
  }

  handleOpen(): void {
    this.isOpen = true;
    this.requestId = '';
    this.focusNext = 'lightning-textarea';
  }

  handleReason(event: CustomEvent<{ value: string }>): void {
    this.reason = event.detail.value;
    this.problem = '';
  }

  handleCancel(): void {
    this.isOpen = false;
    this.problem = '';
    this.focusNext = 'button';
  }

  async handleConfirm(): Promise<void> {
    if (this.reason.trim().length < SHORTEST_REASON) {
      this.problem = labels.noReason;
      this.focusNext = 'lightning-textarea';
      return;
    }
    this.busy = true;
    this.sendErrors = undefined;
    this.requestId = '';
    try {
      this.requestId = await sendRequest('activate-model', this.modelKey, { reason: this.reason.trim() });
    } catch (error) {
      this.sendErrors = error;
      this.busy = false;
    }
  }

  handleAnswered(event: CustomEvent<Answer>): void {
    this.busy = false;
    if (event.detail.state === 'done') {
      this.isOpen = false;
      this.reason = '';
      this.focusNext = 'button';
      this.dispatchEvent(new CustomEvent('changed'));
    }
  }
}
