import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import { labels } from 'c/simulationLabels';
import { text } from 'c/recordQuery';
import { count, fill } from 'c/textFormat';

interface Example {
  decision?: unknown;
  at?: unknown;
  partner?: unknown;
  before?: unknown;
  after?: unknown;
}
interface Transition {
  from?: unknown;
  to?: unknown;
  count?: unknown;
  examples?: Example[];
}
interface ShownTransition {
  key: string;
  title: string;
  icon: string;
  examples: { key: string; head: string; before: string; after: string }[];
  examplesTitle: string;
  hasExamples: boolean;
}

const WAS: Readonly<Record<string, string>> = {
  allow: labels.allow,
  'needs-approval': labels.approval,
  deny: labels.deny,
};
const WOULD: Readonly<Record<string, string>> = {
  allow: labels.would_allow,
  'needs-approval': labels.would_approval,
  deny: labels.would_deny,
};
const ICONS: Readonly<Record<string, string>> = {
  allow: 'utility:forward',
  'needs-approval': 'utility:user',
  deny: 'utility:block_visitor',
};
const DAY = 86_400_000;

/** What a changed rule would have done to past decisions: one sentence, then how they would have gone, then which. */
export default class SimulationResult extends LightningElement {
  /** The service's answer to `simulate-policy`. */
  @api result: Record<string, unknown> = {};

  get sentence(): string {
    const { judged, changed, span } = this;
    if (judged === 0) {
      const looked = Number(this.result.decisions ?? 0);
      return looked === 0 ? labels.noDecisionsYet : fill(labels.noDecisions, number(looked));
    }
    if (span === '') {
      return changed === 0
        ? fill(labels.nothing_noSpan, number(judged))
        : fill(labels.one_noSpan, number(changed), number(judged));
    }
    return changed === 0
      ? fill(labels.nothing, span, number(judged))
      : fill(labels.one, span, number(changed), number(judged));
  }

  get transitions(): ShownTransition[] {
    const list = Array.isArray(this.result.transitions) ? (this.result.transitions as Transition[]) : [];
    return list.map(({ from, to, count: amount, examples = [] }) => ({
      key: `${text(from)} ${text(to)}`,
      title: fill(
        labels.transition,
        fill(labels.from_to, WAS[text(from)] ?? text(from), WOULD[text(to)] ?? text(to)),
        number(Number(amount)),
      ),
      icon: ICONS[text(to)] ?? 'utility:forward',
      examples: examples.map((example, index) => shownExample(example, index)),
      examplesTitle: fill(labels.examples, number(examples.length)),
      hasExamples: examples.length > 0,
    }));
  }

  get notComparable(): { key: string; words: string }[] {
    return Object.entries((this.result.notComparable ?? {}) as Record<string, number>).map(([why, amount]) => ({
      key: why,
      words: fill(labels.notComparable, number(amount), why),
    }));
  }

  private get judged(): number {
    return Number(this.result.judged ?? 0);
  }

  private get changed(): number {
    return Number(this.result.changed ?? 0);
  }

  /** "90 days": from the first decision looked at until now; empty where the service does not say. */
  private get span(): string {
    const from = Date.parse(text(this.result.from));
    if (Number.isNaN(from)) {
      return '';
    }
    const days = Math.max(1, Math.ceil((Date.now() - from) / DAY));
    return count(days, labels.day, labels.days, number(days));
  }
}

function shownExample(
  { decision, at, partner, before, after }: Example,
  index: number,
): ShownTransition['examples'][0] {
  return {
    key: text(decision) || String(index),
    head: [day(text(at)), text(partner)].filter((part) => part !== '').join(' · '),
    before: text(before) === '' ? '' : fill(labels.before, text(before)),
    after: text(after) === '' ? '' : fill(labels.after, text(after)),
  };
}

function number(value: number): string {
  return new Intl.NumberFormat(LOCALE).format(value);
}

function day(at: string): string {
  const moment = Date.parse(at);
  return Number.isNaN(moment) ? '' : new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium' }).format(moment);
}
