import { LightningElement, api } from 'lwc';
import type { Approval } from 'c/approvalData';
import { labels } from 'c/approvalLabels';
import { sendRequest } from 'c/governanceRequest';
import type { Answer } from 'c/governanceRequest';
import { fill } from 'c/textFormat';
import { absoluteText, momentOf } from 'c/timeFormat';

/**
 * Answers that are not carried out yet, each with the way to take it back.
 * @fires undone with `detail.said` when the service has taken them back.
 */
export default class ApprovalAnswered extends LightningElement {
  @api approvals: Approval[] = [];

  labels = labels;
  busy = false;
  requestId = '';
  errors: unknown;

  get rows(): { key: string; says: string; answer: string; until: string; about: string }[] {
    return this.approvals.map(({ key, says, answer, undoUntil }) => ({
      key,
      says,
      answer: answer === 'reject' ? labels.youRejected : labels.youApproved,
      until: fill(labels.undoUntil, absoluteText(momentOf(undoUntil) ?? 0)),
      about: fill(labels.undoOf, says),
    }));
  }

  get hasMany(): boolean {
    return this.approvals.length > 1;
  }

  get allLabel(): string {
    return fill(labels.undoAll, this.approvals.length);
  }

  async handleUndo(event: Event): Promise<void> {
    const { key } = (event.currentTarget as HTMLElement).dataset;
    await this.takeBack([key ?? '']);
  }

  async handleUndoAll(): Promise<void> {
    await this.takeBack(this.approvals.map(({ key }) => key));
  }

  handleAnswered({ detail }: CustomEvent<Answer>): void {
    this.busy = false;
    if (detail.state === 'done') {
      this.requestId = '';
      this.dispatchEvent(new CustomEvent('undone', { detail: { said: detail.message || labels.undone } }));
    }
  }

  private async takeBack(approvals: string[]): Promise<void> {
    this.busy = true;
    this.errors = undefined;
    try {
      this.requestId = await sendRequest('undo-approval', '', { approvals });
    } catch (error) {
      this.errors = error;
      this.busy = false;
    }
  }
}
