import type { DraftValue } from 'c/referralDraft';
import { labels } from 'c/referralLabels';
import { fill } from 'c/textFormat';

/** A path as it stands inside the words of a rule. */
const PATH = /\b(?:Opportunity|Contacts\[\d*\])(?:\.\w+(?:\[\d*\])?)+/g;

/** "From Account › Website": a path or rule id in the words of the page. */
export function sourceText(kind: DraftValue['sourceKind'], source: string): string {
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
