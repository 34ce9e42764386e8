import { LightningElement, api } from 'lwc';
import type { DraftValue } from 'c/referralDraft';
import { labels } from 'c/referralLabels';
import { fill } from 'c/textFormat';

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

/** A path as it stands inside the words of a rule. */
const PATH = /\b(?:Opportunity|Contacts\[\d*\])(?:\.\w+(?:\[\d*\])?)+/g;

/** "From Account › Website": a path or rule id in the words of the page. */
function sourceText(kind: DraftValue['sourceKind'], source: string): string {
  const bare = source.replace(/^(rule|template):\s*/, '');
  switch (kind) {
    case 'record':
      return fill(labels.sourceRecord, pathText(bare));
    case 'template':
      return fill(labels.sourceTemplate, bare);
    case 'person':
      return bare === 'answer' ? labels.sourcePerson : bare;
    default:
      return bare === 'constant' ? labels.sourceConstant : fill(labels.sourceRule, bare.replace(PATH, pathText));
  }
}

/** The last record and the field of a path, without the platform's endings: `Opportunity.Account.Website` → `Account › Website`. */
function pathText(path: string): string {
  const steps = path
    .split('.')
    .slice(-2)
    .map((step) => step.replace(/\[\d*\]$/, '').replace(/__[cr]$|\d$/, ''));
  return steps.map((step) => step.replace(/([a-z0-9])([A-Z])/g, '$1 $2')).join(' › ');
}
