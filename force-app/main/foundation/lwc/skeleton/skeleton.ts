import { LightningElement, api } from 'lwc';

/** Grey lines where the content will stand, so that nothing jumps when it comes. */
export default class Skeleton extends LightningElement {
  /** What is loading, for screen readers. */
  @api label = '';
  /** How many lines; the last one is shorter. */
  @api lines = 3;

  get rows(): number[] {
    return Array.from({ length: Number(this.lines) }, (_line, index) => index);
  }
}
