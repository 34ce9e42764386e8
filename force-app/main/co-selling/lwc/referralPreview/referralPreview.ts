import { LightningElement, api } from 'lwc';
import type { DraftValue } from 'c/referralDraft';
import { labels } from 'c/referralLabels';
import { sourceText } from 'c/referralSource';

interface ShownValue {
  key: string;
  label: string;
  shown: string;
  source: string;
  personal: boolean;
}

/** The exact list of what will be sent or was sent: field, value, where the value comes from, personal data marked. */
export default class ReferralPreview extends LightningElement {
  /** Values in the order of the mapping. */
  @api values: DraftValue[] = [];
  /** A sentence above the list; none when empty. */
  @api note = '';
  /** ISO time at which the values were read from the deal; empty where nobody knows. */
  @api readAt = '';
  /** What becomes of the values that change after they were read; none when empty. */
  @api readNote = '';

  labels = labels;

  get isEmpty(): boolean {
    return this.values.length === 0;
  }

  get rows(): ShownValue[] {
    return this.values.map(({ target, label, shown, source, sourceKind, personal }) => ({
      key: target,
      label,
      shown,
      source: sourceText(sourceKind, source),
      personal,
    }));
  }
}
