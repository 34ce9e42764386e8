import { LightningElement, api } from 'lwc';
import { labels } from 'c/detailLabels';
import { endsOf, linesOf, pathOf } from 'c/healthReasons';
import { dayText } from 'c/healthWords';
import { count, fill } from 'c/textFormat';

const WIDTH = 300;
const HEIGHT = 100;

/**
 * One signal week by week, 0 to 100: a line with gaps where nothing is known, and the same numbers as a table. Weeks are
 * chosen with a slider that lies over the chart, so mouse, finger and arrow keys all work.
 * @fires week with `detail.week` (ISO Monday) when the reader chooses one.
 */
export default class HealthChart extends LightningElement {
  /** What the chart shows. */
  @api heading = '';
  /** Mondays as ISO dates, oldest first. */
  @api weeks: readonly string[] = [];
  @api values: readonly (number | undefined)[] = [];
  /** The chosen week; empty for none. */
  @api week = '';

  labels = labels;
  isTable = false;
  viewBox = `0 -3 ${WIDTH} ${HEIGHT + 6}`;

  get isEmpty(): boolean {
    return endsOf(this.values) === undefined;
  }

  get isChart(): boolean {
    return !this.isEmpty && !this.isTable;
  }

  get lines(): { key: number; d: string }[] {
    return linesOf(this.values, WIDTH, HEIGHT).map((line, key) => ({ key, d: pathOf(line) }));
  }

  /** Weeks without a value, as bands behind the line: missing is drawn, not left out. */
  get gaps(): { key: string; x: number; width: number }[] {
    const step = WIDTH / Math.max(1, this.weeks.length - 1);
    return this.weeks.flatMap((key, at) => {
      const x = Math.max(0, (at - 0.5) * step);
      return this.values[at] === undefined ? [{ key, x, width: Math.min(WIDTH, (at + 0.5) * step) - x }] : [];
    });
  }

  /** The chosen week as a vertical line. */
  get mark(): { x: number } | undefined {
    const at = this.weeks.indexOf(this.week);
    return at < 0 ? undefined : { x: (at * WIDTH) / Math.max(1, this.weeks.length - 1) };
  }

  /** What the chart says, in a sentence. */
  get says(): string {
    const ends = endsOf(this.values);
    const known = this.values.filter((value) => value !== undefined);
    if (!ends) {
      return labels.chartNone;
    }
    const low = Math.min(...known);
    const when = dayText(this.weeks[this.values.indexOf(low)]);
    const sentence = fill(labels.chartSays, ends.from, ends.to, this.weeks.length, Math.round(low), when);
    const gaps = this.values.length - known.length;
    return gaps === 0 ? sentence : `${sentence} ${count(gaps, labels.chartGapsOne, labels.chartGaps)}`;
  }

  get firstWeek(): string {
    return dayText(this.weeks[0]);
  }

  get lastWeek(): string {
    return dayText(this.weeks.at(-1));
  }

  get last(): number {
    return Math.max(0, this.weeks.length - 1);
  }

  get at(): number {
    const at = this.weeks.indexOf(this.week);
    return at < 0 ? this.last : at;
  }

  get sliderLabel(): string {
    return fill(labels.chartSlider, this.heading);
  }

  get weekWords(): string {
    return this.wordsOf(this.at);
  }

  get hasWeek(): boolean {
    return this.week !== '';
  }

  get rows(): { key: string; week: string; value: string }[] {
    return this.weeks.map((key, at) => {
      const value = this.values[at];
      return { key, week: dayText(key), value: value === undefined ? '–' : String(Math.round(value)) };
    });
  }

  get switchLabel(): string {
    return this.isTable ? labels.asChart : labels.asTable;
  }

  handleSwitch(): void {
    this.isTable = !this.isTable;
  }

  handleWeek(event: Event): void {
    const week = this.weeks[Number((event.target as HTMLInputElement).value)] ?? '';
    this.dispatchEvent(new CustomEvent('week', { detail: { week } }));
  }

  private wordsOf(at: number): string {
    const value = this.values[at];
    const week = dayText(this.weeks[at]);
    return value === undefined ? fill(labels.chartWeekNone, week) : fill(labels.chartWeek, week, Math.round(value));
  }
}
