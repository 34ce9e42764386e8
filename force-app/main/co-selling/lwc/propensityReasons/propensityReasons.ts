import { LightningElement, api } from 'lwc';
import { labels } from 'c/propensityLabels';
import type { Reason } from 'c/scoreData';
import { decimal, signed } from 'c/scoreWords';
import { fill } from 'c/textFormat';

/** An entry of this name is where every deal starts, one of the other what is too small to name; neither is a reason. */
const BASE = 'base';
const REST = 'rest';
const MOST_FOR = 3;
const MOST_AGAINST = 2;

interface ShownReason {
  key: string;
  says: string;
  /** With its sign; empty where the weight is not known. */
  points: string;
  pointsText: string;
}

/** What speaks for and against a deal, the weightiest first, and on demand all of it, adding up to the score. */
export default class PropensityReasons extends LightningElement {
  @api reasons: readonly Reason[] = [];
  /** 0 to 100; what the reasons add up to. */
  @api score: number | undefined;
  /** What would raise the score. */
  @api raises: readonly Reason[] = [];

  labels = labels;

  get forIt(): ShownReason[] {
    return this.named((points) => points > 0)
      .slice(0, MOST_FOR)
      .map(shownOf);
  }

  get againstIt(): ShownReason[] {
    return this.named((points) => points < 0)
      .slice(0, MOST_AGAINST)
      .map(shownOf);
  }

  get hasFor(): boolean {
    return this.forIt.length > 0;
  }

  get hasAgainst(): boolean {
    return this.againstIt.length > 0;
  }

  get raisers(): ShownReason[] {
    return this.raises.map(shownOf);
  }

  get hasRaisers(): boolean {
    return this.raises.length > 0;
  }

  /** All reasons by weight, once they can be added up. */
  get all(): ShownReason[] {
    return this.weightiest((points) => points !== 0).map(shownOf);
  }

  get addsUp(): boolean {
    return this.score !== undefined && this.all.length > 0;
  }

  get allText(): string {
    return fill(labels.allReasons, this.all.length);
  }

  get baseText(): string {
    return this.reasons.find(({ feature }) => feature === BASE)?.says ?? labels.base;
  }

  get base(): string {
    const moved = this.own.reduce((sum, { points }) => sum + (points ?? 0), 0);
    return decimal((this.score ?? 0) - moved, 1);
  }

  get total(): string {
    return decimal(this.score ?? 0, 1);
  }

  private get own(): Reason[] {
    return this.reasons.filter(({ feature }) => feature !== BASE);
  }

  private named(keep: (points: number) => boolean): Reason[] {
    return this.weightiest(keep).filter(({ feature }) => feature !== REST);
  }

  private weightiest(keep: (points: number) => boolean): Reason[] {
    return this.own
      .filter(({ points }) => points !== undefined && keep(points))
      .sort((one, other) => Math.abs(other.points ?? 0) - Math.abs(one.points ?? 0));
  }
}

function shownOf({ says, points }: Reason): ShownReason {
  const words = points === undefined ? '' : signed(points);
  return { key: says, says, points: words, pointsText: words === '' ? '' : fill(labels.points, words) };
}
