import { LightningElement, api } from 'lwc';
import type { Referral } from 'c/referralData';
import { labels } from 'c/referralLabels';
import { ruleWords } from 'c/referralRules';
import { fill } from 'c/textFormat';

/**
 * What came of a referral and why: the partner's people and suggestions after an approval, its reason and comment after a
 * rejection, the rule that stopped it, or a retry that cannot file twice.
 * @fires retry when a referral that failed or was stopped shall be tried again.
 */
export default class ReferralOutcome extends LightningElement {
  @api referral: Referral | undefined;
  /** Whether the reader may ask for anything. */
  @api canAct = false;
  @api busy = false;

  labels = labels;

  get comment(): string {
    const isShownElsewhere = this.canAct && this.referral?.state === 'action-required';
    return isShownElsewhere ? '' : (this.referral?.reviewComments ?? '');
  }

  get partnerName(): string {
    return this.referral?.partnerName ?? '';
  }

  get reason(): string {
    const { state, reviewReason = '' } = this.referral ?? {};
    // "Other" tells nobody anything; the comment below it does.
    return state === 'rejected' && reviewReason !== '' && !reviewReason.startsWith('Other')
      ? fill(labels.reason, reviewReason)
      : '';
  }

  get rule(): string {
    const { state, blockedBy = '' } = this.referral ?? {};
    return (state === 'blocked' || state === 'waiting-approval') && blockedBy !== ''
      ? fill(labels.blockedRule, ruleWords(blockedBy))
      : '';
  }

  get isApproved(): boolean {
    return this.referral?.state === 'approved';
  }

  get partnerFacts(): { label: string; value: string }[] {
    const { partnerOwner = '', partnerStage = '' } = this.referral ?? {};
    return [
      { label: labels.partnerOwner, value: partnerOwner },
      { label: fill(labels.partnerStage, this.partnerName), value: partnerStage },
    ].filter(({ value }) => value !== '');
  }

  get suggestions(): string[] {
    return this.referral?.suggestions ?? [];
  }

  get hasSuggestions(): boolean {
    return this.isApproved && this.suggestions.length > 0;
  }

  get suggestionsTitle(): string {
    return fill(labels.partnerActions, this.partnerName);
  }

  get canRetry(): boolean {
    const { state, retryAllowed = false } = this.referral ?? {};
    return this.canAct && (state === 'failed' || state === 'blocked') && retryAllowed;
  }

  get hasFailed(): boolean {
    return this.referral?.state === 'failed';
  }

  get retryLabel(): string {
    return this.busy ? labels.buttonSending : labels.buttonRetry;
  }

  handleRetry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}
