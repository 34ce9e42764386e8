import { LightningElement, api } from 'lwc';

/** One bar: what it is called, its numbers in words, and its parts as shares (0 to 100) of the longest bar. */
export interface Bar {
  key: string;
  label: string;
  words: string;
  parts: readonly { key: string; share: number; tone: 'one' | 'two' | 'three' }[];
}

/**
 * Bars that are a table at the same time: each row says in words what its bar draws, so no colour has to be told apart
 * and nothing has to be unfolded.
 */
export default class JointBars extends LightningElement {
  /** Read out before the table. */
  @api caption = '';
  @api bars: readonly Bar[] = [];

  get rows(): {
    key: string;
    label: string;
    words: string;
    parts: { key: string; className: string; width: string }[];
  }[] {
    return this.bars.map(({ key, label, words, parts }) => ({
      key,
      label,
      words,
      parts: parts.map((part) => ({
        key: part.key,
        className: `part ${part.tone}`,
        width: `inline-size: ${Math.max(0, Math.min(100, part.share))}%`,
      })),
    }));
  }
}
