import { LightningElement, api } from 'lwc';
import { labels } from 'c/scoreLeakLabels';
import type { LeakRow } from 'c/scoreModelData';
import { percent } from 'c/scoreWords';
import { fill } from 'c/textFormat';

interface ShownLeak {
  key: string;
  field: string;
  source: string;
  verdict: string;
  icon: string;
  why: string;
  evidence: string;
}

/** Which fields a model may not use and why, so that an admin can check it; those used stand below, folded. */
export default class ScoreLeaks extends LightningElement {
  /** The leak report; `undefined` where nothing was looked at. */
  @api rows: readonly LeakRow[] | undefined;
  /** Fields that carry no signal. */
  @api useless: readonly { field: string; why: string }[] = [];

  labels = labels;

  get isUnknown(): boolean {
    return this.rows === undefined;
  }

  get isClean(): boolean {
    return this.rows !== undefined && this.leftOut.length === 0;
  }

  get hasLeaks(): boolean {
    return this.leftOut.length > 0;
  }

  /** What was refused first, then what is suspect. */
  get leftOut(): ShownLeak[] {
    const of = (verdict: LeakRow['verdict']): LeakRow[] => (this.rows ?? []).filter((row) => row.verdict === verdict);
    return [...of('refused'), ...of('suspect')].map(({ field, label, source, verdict, why, lateShare }) => ({
      key: field,
      field: label,
      source: source === label ? '' : source,
      verdict: verdict === 'refused' ? labels.refused : labels.suspect,
      icon: verdict === 'refused' ? 'utility:ban' : 'utility:warning',
      why,
      evidence: lateShare === undefined ? labels.noHistory : fill(labels.evidence, percent(lateShare)),
    }));
  }

  get used(): LeakRow[] {
    return (this.rows ?? []).filter(({ verdict }) => verdict === 'used');
  }

  get hasUsed(): boolean {
    return this.used.length > 0;
  }

  get usedText(): string {
    return fill(labels.used, this.used.length);
  }

  get hasUseless(): boolean {
    return this.useless.length > 0;
  }

  get uselessText(): string {
    return fill(labels.useless, this.useless.length);
  }
}
