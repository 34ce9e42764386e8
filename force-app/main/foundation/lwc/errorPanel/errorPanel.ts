import { LightningElement, api } from 'lwc';
import { reduceErrors } from 'c/errorUtils';
import { labels } from 'c/foundationLabels';

/**
 * Shows errors where the problem is. Nothing is drawn without an error.
 * @fires retry when the reader wants to load again; only offered with `retryable`.
 */
export default class ErrorPanel extends LightningElement {
  /** Any error or list of errors of the platform. */
  @api errors: unknown;
  /** What could not be done, in one sentence; a general one when left out. */
  @api heading = '';
  /** Offers a button that fires `retry`. */
  @api retryable = false;

  labels = labels;

  get hasErrors(): boolean {
    return (
      this.errors !== undefined && this.errors !== null && !(Array.isArray(this.errors) && this.errors.length === 0)
    );
  }

  get shownHeading(): string {
    return this.heading === '' ? labels.errorTitle : this.heading;
  }

  get messages(): string[] {
    const messages = reduceErrors(this.errors);
    return messages.length > 0 ? messages : [labels.errorUnknown];
  }

  handleRetry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}
