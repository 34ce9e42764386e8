import { LightningElement, api } from 'lwc';

/**
 * The card around a list: its icon and heading, and in place of rows what is wrong, that they are on their way, or what
 * will be here. Slots: `action` beside the heading, the rows, `footer`.
 */
export default class ListFrame extends LightningElement {
  @api icon = '';
  @api heading = '';
  /** Where the heading leads; nowhere when left out. */
  @api address: string | undefined;
  @api failure = '';
  @api loading = false;
  /** Said where there is nothing to show; empty where there is. */
  @api emptyWords = '';
}
