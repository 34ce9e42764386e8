import { LightningElement, api } from 'lwc';
import { endsOf, linesOf, pathOf } from 'c/healthReasons';
import { labels } from 'c/portfolioLabels';
import { fill } from 'c/textFormat';

const WIDTH = 100;
const HEIGHT = 24;
/** Room for half the line's width, so that 0 and 100 are not cut off. */
const MARGIN = 2;

/** A trend as a small line of 0 to 100; where nothing is known the line has a gap. */
export default class HealthSparkline extends LightningElement {
  /** One value a week, oldest first. */
  @api values: readonly (number | undefined)[] = [];

  viewBox = `0 ${-MARGIN} ${WIDTH} ${HEIGHT + 2 * MARGIN}`;

  get lines(): { key: number; d: string }[] {
    return linesOf(this.values, WIDTH, HEIGHT).map((line, key) => ({ key, d: pathOf(line) }));
  }

  get isEmpty(): boolean {
    return endsOf(this.values) === undefined;
  }

  get says(): string {
    const ends = endsOf(this.values);
    return ends ? fill(labels.sparkline, ends.from, ends.to) : labels.sparklineNone;
  }
}
