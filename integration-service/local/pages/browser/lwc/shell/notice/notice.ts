import { LightningElement, api } from 'lwc';

/** One sentence where something is wrong or not shown. */
export default class Notice extends LightningElement {
  @api message = '';
  /** `info`, `warning` or `error`. */
  @api variant = 'info';

  get icon(): string {
    return `utility:${this.variant}`;
  }

  get alertRole(): string | undefined {
    return this.variant === 'error' ? 'alert' : undefined;
  }
}
