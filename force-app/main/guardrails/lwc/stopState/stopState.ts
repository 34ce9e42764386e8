import { LightningElement, api } from 'lwc';
import { sendFailed, sendRequest } from 'c/governanceRequest';
import type { Answer } from 'c/governanceRequest';
import type { StopSwitchRow, UnderWay } from 'c/stopData';
import { scopeName } from 'c/stopData';
import { labels } from 'c/stopLabels';
import { fill } from 'c/textFormat';

/** A record's id, as against a key of ours. */
const RECORD_ID = /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/;

/**
 * One stop that is on: since when, by whom, why, what is half done at a partner; and its end, for an admin.
 * @fires resumed with `detail.message` once the service has ended it.
 */
export default class StopState extends LightningElement {
  @api row: StopSwitchRow | undefined;
  @api partners: UnderWay['partners'] = [];
  /** The reader may end it. */
  @api resumable = false;

  labels = labels;
  sendFailed = sendFailed;
  asking = false;
  reason = '';
  problem = '';
  requestId = '';
  busy = false;
  sendErrors: unknown;
  private focusReason = false;

  renderedCallback(): void {
    if (this.focusReason) {
      this.focusReason = false;
      this.template?.querySelector<HTMLElement>('lightning-textarea')?.focus();
    }
  }

  get scope(): string {
    return scopeName(this.row?.scope ?? 'all', this.partners);
  }

  get headline(): string {
    return fill(labels.stopped, this.scope);
  }

  get by(): string {
    return fill(labels.by, this.row?.by ?? '');
  }

  get resumeName(): string {
    return fill(labels.resume_for, this.scope);
  }

  get resumeLabel(): string {
    return this.busy ? labels.resuming : labels.resume;
  }

  get mayAsk(): boolean {
    return this.resumable && !this.asking;
  }

  get isReader(): boolean {
    return !this.resumable;
  }

  get hasHalfDone(): boolean {
    return (this.row?.halfDone.length ?? 0) > 0;
  }

  get halfDoneTitle(): string {
    return fill(labels.halfDone, this.row?.halfDone.length ?? 0);
  }

  get halfDone(): { key: string; recordId: string; name: string; words: string }[] {
    return (this.row?.halfDone ?? []).map(({ referral, step, networkId, says }, index) => ({
      key: `${index}`,
      recordId: RECORD_ID.test(referral) ? referral : '',
      name: networkId || referral,
      words: fill(labels.halfDone_item, says, step),
    }));
  }

  handleAsk(): void {
    this.asking = true;
    this.focusReason = true;
  }

  handleReason(event: CustomEvent<{ value: string }>): void {
    this.reason = event.detail.value;
    this.problem = '';
  }

  handleCancel(): void {
    this.asking = false;
    this.requestId = '';
  }

  async handleResume(): Promise<void> {
    if (this.reason.trim() === '') {
      this.problem = labels.resume_ask;
      this.focusReason = true;
      return;
    }
    this.busy = true;
    this.sendErrors = undefined;
    this.requestId = '';
    try {
      this.requestId = await sendRequest('resume', this.row?.scope ?? '', { reason: this.reason.trim() });
    } catch (error) {
      this.sendErrors = error;
      this.busy = false;
    }
  }

  handleAnswered(event: CustomEvent<Answer>): void {
    this.busy = false;
    if (event.detail.state === 'done') {
      this.dispatchEvent(new CustomEvent('resumed', { detail: { message: event.detail.message } }));
    }
  }
}
