import { LightningElement, api } from 'lwc';
import { sendFailed, sendRequest } from 'c/governanceRequest';
import type { Answer } from 'c/governanceRequest';
import { labels } from 'c/modeLabels';
import { functionName } from 'c/partnerFunctions';
import { fill } from 'c/textFormat';

/** The service asks for a sentence. */
const SHORTEST_REASON = 10;

/**
 * Lets a function run until a day without what its phase asks for, with a reason. Whether that may be is the service's to say.
 * @fires changed after the service has answered.
 */
export default class FunctionException extends LightningElement {
  @api functionId = '';

  labels = labels;
  sendFailed = sendFailed;
  isOpen = false;
  until = '';
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
    return fill(labels.exception_for, functionName(this.functionId));
  }

  get allowLabel(): string {
    return this.busy ? labels.saving : labels.exception_allow;
  }

  handleOpen(): void {
    this.isOpen = true;
    this.requestId = '';
    this.focusNext = 'lightning-input';
  }

  handleUntil(event: CustomEvent<{ value: string | null }>): void {
    this.until = event.detail.value ?? '';
    this.problem = '';
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

  async handleAllow(): Promise<void> {
    if (this.until === '') {
      this.problem = labels.exception_noUntil;
      this.focusNext = 'lightning-input';
      return;
    }
    if (this.reason.trim().length < SHORTEST_REASON) {
      this.problem = labels.exception_noReason;
      this.focusNext = 'lightning-textarea';
      return;
    }
    this.busy = true;
    this.sendErrors = undefined;
    this.requestId = '';
    try {
      this.requestId = await sendRequest('allow-exception', this.functionId, {
        until: this.until,
        reason: this.reason.trim(),
      });
    } catch (error) {
      this.sendErrors = error;
      this.busy = false;
    }
  }

  handleAnswered(event: CustomEvent<Answer>): void {
    this.busy = false;
    if (event.detail.state === 'done') {
      this.isOpen = false;
      this.until = '';
      this.reason = '';
      this.focusNext = 'button';
    }
    this.dispatchEvent(new CustomEvent('changed'));
  }
}
