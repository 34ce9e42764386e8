import { LightningElement, api } from 'lwc';
import { sendRequest } from 'c/governanceRequest';
import type { Answer } from 'c/governanceRequest';
import { MOST_AT_ONCE } from 'c/interventionData';
import type { Intervention } from 'c/interventionData';
import { labels as interventionLabels } from 'c/interventionLabels';
import { labels } from 'c/portfolioLabels';
import { count } from 'c/textFormat';

/** A due date is a day, until the end of its work. */
const END_OF_WORK = 'T17:00:00.000Z';

/**
 * Gives the open interventions of the chosen partners to one person, in one request.
 * @fires assigned with `detail.said` when the service has done it, `cancel` when the reader leaves the form.
 */
export default class InterventionAssign extends LightningElement {
  /** The open interventions of the chosen partners. */
  @api interventions: readonly Intervention[] = [];

  labels = labels;
  sending = interventionLabels.sending;
  errors: unknown;
  requestId = '';
  problem = '';
  person = '';
  due = '';
  isSending = false;

  get isEmpty(): boolean {
    return this.interventions.length === 0;
  }

  get countWords(): string {
    return count(this.keys.length, labels.assignCountOne, labels.assignCount);
  }

  get isMost(): boolean {
    return this.interventions.length > MOST_AT_ONCE;
  }

  get isBusy(): boolean {
    return this.isSending || this.requestId !== '';
  }

  handlePerson(event: CustomEvent<{ id: string }>): void {
    this.person = event.detail.id;
    this.problem = '';
  }

  handleDue(event: CustomEvent<{ value: string }>): void {
    this.due = event.detail.value;
  }

  handleCancel(): void {
    this.dispatchEvent(new CustomEvent('cancel'));
  }

  async handleSend(): Promise<void> {
    if (this.person === '') {
      this.problem = labels.assignWho;
      return;
    }
    this.errors = undefined;
    this.isSending = true;
    try {
      this.requestId = await sendRequest('assign-interventions', '', {
        interventions: this.keys,
        assignTo: this.person,
        ...(this.due === '' ? {} : { dueAt: `${this.due}${END_OF_WORK}` }),
      });
    } catch (error) {
      this.errors = error;
    } finally {
      this.isSending = false;
    }
  }

  handleAnswered({ detail }: CustomEvent<Answer>): void {
    this.requestId = '';
    if (detail.state === 'done') {
      this.dispatchEvent(new CustomEvent('assigned', { detail: { said: detail.message } }));
    } else {
      this.errors = [detail.message];
    }
  }

  private get keys(): string[] {
    return this.interventions.slice(0, MOST_AT_ONCE).map(({ key }) => key);
  }
}
