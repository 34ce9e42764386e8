import { LightningElement, api } from 'lwc';
import CURRENCY from '@salesforce/i18n/currency';
import LOCALE from '@salesforce/i18n/locale';
import { MOST_AT_ONCE } from 'c/approvalData';
import type { Approval, ApprovalAnswer } from 'c/approvalData';
import { labels } from 'c/approvalLabels';
import { count, fill } from 'c/textFormat';

/**
 * The bar under the list while lines are chosen: how many, what they come to together, and answering them at once.
 * @fires clear when the reader wants none chosen.
 * @fires answerchosen with `detail.answer`.
 */
export default class ApprovalBatch extends LightningElement {
  @api chosen: Approval[] = [];
  /** How many lines are shown. */
  @api shown = 0;

  labels = labels;

  get hasChosen(): boolean {
    return this.chosen.length > 0;
  }

  get words(): string {
    const sum = this.chosen.reduce((total, { amount = 0 }) => total + amount, 0);
    const money = new Intl.NumberFormat(LOCALE, { style: 'currency', currency: CURRENCY, maximumFractionDigits: 0 });
    const parts = [
      count(this.chosen.length, labels.chosenOne, labels.chosenMany),
      sum === 0 ? '' : fill(labels.chosenMoney, money.format(sum)),
      this.shown > MOST_AT_ONCE && this.chosen.length === MOST_AT_ONCE ? labels.chooseMost : '',
    ];
    return parts.filter((part) => part !== '').join(' · ');
  }

  get approveLabel(): string {
    return fill(labels.approveAll, this.chosen.length);
  }

  get rejectLabel(): string {
    return fill(labels.rejectAll, this.chosen.length);
  }

  handleClear(): void {
    this.dispatchEvent(new CustomEvent('clear'));
  }

  handleApprove(): void {
    this.answer('approve');
  }

  handleReject(): void {
    this.answer('reject');
  }

  private answer(answer: ApprovalAnswer): void {
    this.dispatchEvent(new CustomEvent('answerchosen', { detail: { answer } }));
  }
}
