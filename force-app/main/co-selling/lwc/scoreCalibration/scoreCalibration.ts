import { LightningElement, api } from 'lwc';
import { labels } from 'c/scoreCalibrationLabels';
import type { CalibrationBin } from 'c/scoreModelData';
import { decimal, listWords, percent } from 'c/scoreWords';
import { fill } from 'c/textFormat';

/** The picture is a square of this many units, with room for the words at the axes. */
const SIZE = 200;
const MARGIN = 24;
/** Radius of the dot with the most rows, and of the smallest that can be seen. */
const LARGEST = 11;
const SMALLEST = 3;

/** What a model stated against what happened, tenth by tenth of the scale, as a picture and as a table. */
export default class ScoreCalibration extends LightningElement {
  @api bins: readonly CalibrationBin[] = [];

  labels = labels;
  box = `0 0 ${SIZE + 2 * MARGIN} ${SIZE + 2 * MARGIN}`;
  start = MARGIN;
  end = MARGIN + SIZE;
  middle = MARGIN + SIZE / 2;
  below = SIZE + 2 * MARGIN - 6;
  beside = 12;
  turned = `rotate(-90 12 ${MARGIN + SIZE / 2})`;

  get hasBins(): boolean {
    return this.bins.some(({ rows }) => rows > 0);
  }

  get dots(): { key: number; x: number; y: number; radius: number }[] {
    const most = Math.max(...this.bins.map(({ rows }) => rows));
    return this.filled.map(({ score, share, rows, tenth }) => ({
      key: tenth,
      x: MARGIN + score * SIZE,
      y: MARGIN + (1 - share) * SIZE,
      // The area tells the number.
      radius: Math.max(SMALLEST, LARGEST * Math.sqrt(rows / most)),
    }));
  }

  get pictureText(): string {
    const bins = this.filled.map(({ score, share }) => fill(labels.pictureBin, percent(score), percent(share)));
    return fill(labels.picture, listWords(bins));
  }

  get rows(): { key: number; range: string; stated: string; happened: string; rows: string }[] {
    return this.filled.map(({ score, share, rows, tenth }) => ({
      key: tenth,
      range: fill(labels.rangeCell, percent(tenth / this.bins.length), percent((tenth + 1) / this.bins.length)),
      stated: percent(score),
      happened: percent(share),
      rows: decimal(rows, 0),
    }));
  }

  private get filled(): (CalibrationBin & { tenth: number })[] {
    return this.bins.map((bin, tenth) => ({ ...bin, tenth })).filter(({ rows }) => rows > 0);
  }
}
