import { LightningElement, api } from 'lwc';
import { labels } from 'c/propensityLabels';
import { shareRange } from 'c/scoreData';
import { decimal, percent } from 'c/scoreWords';
import { fill } from 'c/textFormat';

/** The drawn line is this long, in units of its own picture. */
const WIDTH = 200;

/**
 * What is known where too little was learned: how often deals are won, drawn as the range in which the true share lies.
 * There is no ring and no number for the deal, as nothing is known about this very deal.
 */
export default class PropensityBase extends LightningElement {
  @api won = 0;
  @api closed = 0;

  labels = labels;

  get isKnown(): boolean {
    return this.closed > 0;
  }

  get words(): string {
    return this.isKnown
      ? fill(labels.tooLittleText, decimal(this.won, 0), decimal(this.closed, 0))
      : labels.tooLittleNone;
  }

  get range(): string {
    const { low, high } = shareRange(this.won, this.closed);
    return fill(labels.tooLittleRange, percent(low), percent(high));
  }

  get pictureText(): string {
    const { low, high } = shareRange(this.won, this.closed);
    return fill(labels.rangeText, percent(low), percent(high), percent(this.won / this.closed));
  }

  get box(): string {
    return `0 0 ${WIDTH} 24`;
  }

  get from(): number {
    return shareRange(this.won, this.closed).low * WIDTH;
  }

  get length(): number {
    const { low, high } = shareRange(this.won, this.closed);
    return (high - low) * WIDTH;
  }

  get middle(): number {
    return (this.won / this.closed) * WIDTH;
  }
}
