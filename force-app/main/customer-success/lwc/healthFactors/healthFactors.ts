import { LightningElement, api } from 'lwc';
import { labels } from 'c/detailLabels';
import { labels as healthLabels } from 'c/healthLabels';
import { PRIOR } from 'c/healthReasons';
import type { Factor } from 'c/healthReasons';
import { pointsText } from 'c/healthWords';
import { fill } from 'c/textFormat';

const SIGNALS: Readonly<Record<string, string>> = {
  usage: healthLabels.signalUsage,
  interaction: healthLabels.signalInteraction,
  '': '',
};

/** The parts of a score from the largest to the smallest, after where it begins; the last line is their sum. */
export default class HealthFactors extends LightningElement {
  @api factors: readonly Factor[] = [];
  /** The score itself, 0 to 100. */
  @api score: number | undefined;

  labels = labels;

  get isEmpty(): boolean {
    return this.factors.length === 0;
  }

  get rows(): { key: number; says: string; moved: string; signal: string; points: string; className: string }[] {
    const size = ({ factor, points }: Factor): number => (factor === PRIOR ? Infinity : Math.abs(points));
    return [...this.factors]
      .sort((one, other) => size(other) - size(one))
      .map(({ factor, signal, says, was, is, points }, key) => ({
        key,
        says: factor === PRIOR ? says || labels.prior : says,
        moved: was === '' && is === '' ? '' : fill(labels.was, was, is),
        signal: SIGNALS[signal] ?? '',
        // Where it begins is a level; all else moves it up or down.
        points: factor === PRIOR ? String(Math.round(points * 10) / 10) : pointsText(points),
        className: factor !== PRIOR && points < 0 ? 'points down' : 'points',
      }));
  }

  get sum(): number {
    return Math.round(this.factors.reduce((all, { points }) => all + points, 0) * 10) / 10;
  }

  /** The score as it is written; the sum of the parts where there is none. */
  get total(): string {
    return String(this.score ?? this.sum);
  }

  get isRounded(): boolean {
    return this.score !== undefined && this.sum !== this.score;
  }
}
