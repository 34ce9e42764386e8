import killSwitch from '@salesforce/label/c.Referral_Rule_KillSwitch';
import mode from '@salesforce/label/c.Referral_Rule_Mode';
import phasePrerequisites from '@salesforce/label/c.Referral_Rule_PhasePrerequisites';
import orgContact from '@salesforce/label/c.Referral_Rule_OrgContact';
import sanctioned from '@salesforce/label/c.Referral_Rule_Sanctioned';
import ownershipZone from '@salesforce/label/c.Referral_Rule_OwnershipZone';
import dataSharing from '@salesforce/label/c.Referral_Rule_DataSharing';
import recipients from '@salesforce/label/c.Referral_Rule_Recipients';
import duplicate from '@salesforce/label/c.Referral_Rule_Duplicate';
import conflict from '@salesforce/label/c.Referral_Rule_Conflict';
import territory from '@salesforce/label/c.Referral_Rule_Territory';
import partnerHealth from '@salesforce/label/c.Referral_Rule_PartnerHealth';
import freshness from '@salesforce/label/c.Referral_Rule_Freshness';
import consent from '@salesforce/label/c.Referral_Rule_Consent';
import language from '@salesforce/label/c.Referral_Rule_Language';
import discountBands from '@salesforce/label/c.Referral_Rule_DiscountBands';
import amountPerAction from '@salesforce/label/c.Referral_Rule_AmountPerAction';
import amountPerDay from '@salesforce/label/c.Referral_Rule_AmountPerDay';
import volumePerDay from '@salesforce/label/c.Referral_Rule_VolumePerDay';
import batchSize from '@salesforce/label/c.Referral_Rule_BatchSize';
import quietHours from '@salesforce/label/c.Referral_Rule_QuietHours';
import moneySpend from '@salesforce/label/c.Referral_Rule_MoneySpend';
import tokenSpend from '@salesforce/label/c.Referral_Rule_TokenSpend';
import separateApprover from '@salesforce/label/c.Referral_Rule_SeparateApprover';
import fivePartTest from '@salesforce/label/c.Referral_Rule_FivePartTest';

/** The company's rules in the seller's words, by the names the service gives them; last the test of every action. */
const WORDS: Readonly<Record<string, string>> = {
  'kill-switch': killSwitch,
  mode,
  'phase-prerequisites': phasePrerequisites,
  'org-contact': orgContact,
  'sanctioned-environment': sanctioned,
  'ownership-zone': ownershipZone,
  'data-sharing': dataSharing,
  recipients,
  duplicate,
  conflict,
  territory,
  'partner-health': partnerHealth,
  freshness,
  consent,
  language,
  'discount-bands': discountBands,
  'amount-per-action': amountPerAction,
  'amount-per-day': amountPerDay,
  'volume-per-day': volumePerDay,
  'batch-size': batchSize,
  'quiet-hours': quietHours,
  'money-spend': moneySpend,
  'token-spend': tokenSpend,
  'separate-approver': separateApprover,
  'five-part-test': fivePartTest,
};

/** What a rule is about; one that this page does not know is called by its name. */
export function ruleWords(rule: string): string {
  return WORDS[rule] ?? rule;
}
