import { LightningElement, api } from 'lwc';
import CURRENCY from '@salesforce/i18n/currency';
import LOCALE from '@salesforce/i18n/locale';
import type { Approval, ApprovalAnswer } from 'c/approvalData';
import { labels } from 'c/approvalLabels';
import { plainName } from 'c/decisionWords';
import { fill } from 'c/textFormat';
import { absoluteText, momentOf, relativeText } from 'c/timeFormat';

const KEYS: Readonly<Record<string, ApprovalAnswer>> = { a: 'approve', r: 'reject' };
const MOVES: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** Where a letter is typed and not pressed. */
const isTyping = (event: KeyboardEvent): boolean =>
  event.composedPath().some((node) => node instanceof HTMLElement && /^(LIGHTNING-)?TEXTAREA$/.test(node.tagName));

/**
 * One decision that waits: readable without opening it, answered by buttons or keys while the focus is on it.
 * @fires answer with `detail.key`, `detail.answer` and `detail.comment`.
 * @fires choose with `detail.key` and `detail.chosen`.
 * @fires answerchosen with `detail.answer`: the reader answers all chosen lines at once.
 * @fires move with `detail.by`: the reader wants the line that many further.
 */
export default class ApprovalRow extends LightningElement {
  @api approval: Approval | undefined;
  @api chosen = false;
  /** An answer is on its way; nothing more can be said. */
  @api busy = false;
  /** The one line that the tab key stops at. */
  @api active = false;
  /** The moment to which times are relative, in milliseconds since 1970. */
  @api now = 0;

  labels = labels;
  isOpen = false;
  private comment = '';

  @api
  focusRow(): void {
    this.template?.querySelector<HTMLElement>('.row')?.focus();
  }

  get tabStop(): string {
    return this.active ? '0' : '-1';
  }

  get rowClass(): string {
    return this.busy ? 'row busy' : 'row';
  }

  get money(): string {
    const amount = this.approval?.amount;
    return amount === undefined
      ? ''
      : new Intl.NumberFormat(LOCALE, { style: 'currency', currency: CURRENCY, maximumFractionDigits: 0 }).format(
          amount,
        );
  }

  get due(): { words: string; exact: string; class: string } {
    const due = momentOf(this.approval?.dueAt);
    if (due === undefined) {
      return { words: labels.noDue, exact: '', class: 'quiet' };
    }
    const late = due < this.now;
    return {
      words: fill(late ? labels.overdue : labels.due, relativeText(due, this.now)),
      exact: absoluteText(due),
      class: late ? 'late' : 'quiet',
    };
  }

  get asks(): string {
    const who = this.approval?.requestedBy ?? '';
    return who === '' ? labels.agentAsks : fill(labels.askedBy, who);
  }

  get isEscalated(): boolean {
    return (this.approval?.escalatedAt ?? '') !== '';
  }

  get chooseLabel(): string {
    return fill(labels.choose, this.approval?.says ?? '');
  }

  get changed(): { key: number; words: string }[] {
    const shown = (value: string): string => value || labels.nothing;
    return (this.approval?.changed ?? []).map(({ label, was, is }, key) => ({
      key,
      words: fill(labels.changedFact, label, shown(was), shown(is)),
    }));
  }

  get hasChanged(): boolean {
    return this.changed.length > 0;
  }

  /** The rules in their own words, for a line that is read without opening it. */
  get rules(): string {
    return (this.approval?.rules ?? []).map(({ rule, reason }) => reason || plainName(rule)).join(' ');
  }

  get would(): string {
    return (this.approval?.wouldDo ?? []).join('; ');
  }

  get ruleDetails(): { key: number; words: string }[] {
    return (this.approval?.rules ?? []).map(({ rule, policyVersion, reason }, key) => {
      const name = policyVersion === '' ? plainName(rule) : `${plainName(rule)} (${policyVersion})`;
      return { key, words: `${name}: ${reason}` };
    });
  }

  get facts(): { key: number; label: string; value: string }[] {
    return (this.approval?.facts ?? []).map((fact, key) => ({ key, ...fact }));
  }

  get hasFacts(): boolean {
    return this.facts.length > 0;
  }

  get hasAbout(): boolean {
    return (this.approval?.about.length ?? 0) > 0;
  }

  get detailsLabel(): string {
    return this.isOpen ? labels.lessDetails : labels.details;
  }

  handleKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) {
      return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const answer = KEYS[key];
    const by = MOVES[key];
    if (answer && event.shiftKey) {
      this.dispatchEvent(new CustomEvent('answerchosen', { detail: { answer } }));
    } else if (answer) {
      this.say(answer);
    } else if (key === 'e') {
      this.handleDetails();
    } else if (key === 'x') {
      this.choose(!this.chosen);
    } else if (by === undefined) {
      return;
    } else {
      this.dispatchEvent(new CustomEvent('move', { detail: { by } }));
    }
    event.preventDefault();
  }

  handleApprove(): void {
    this.say('approve');
  }

  handleReject(): void {
    this.say('reject');
  }

  handleDetails(): void {
    this.isOpen = !this.isOpen;
  }

  handleChoose(event: CustomEvent<{ checked: boolean }>): void {
    this.choose(event.detail.checked);
  }

  handleComment(event: CustomEvent<{ value: string }>): void {
    this.comment = event.detail.value;
  }

  private say(answer: ApprovalAnswer): void {
    if (!this.busy) {
      const detail = { key: this.approval?.key ?? '', answer, comment: this.comment.trim() };
      this.dispatchEvent(new CustomEvent('answer', { detail }));
    }
  }

  private choose(chosen: boolean): void {
    if (!this.busy) {
      this.dispatchEvent(new CustomEvent('choose', { detail: { key: this.approval?.key ?? '', chosen } }));
    }
  }
}
