import killSwitch from '@salesforce/label/c.Rule_KillSwitch';
import killSwitch_says from '@salesforce/label/c.Rule_KillSwitch_Says';
import mode from '@salesforce/label/c.Rule_Mode';
import mode_says from '@salesforce/label/c.Rule_Mode_Says';
import phasePrerequisites from '@salesforce/label/c.Rule_PhasePrerequisites';
import phasePrerequisites_says from '@salesforce/label/c.Rule_PhasePrerequisites_Says';
import phasePrerequisites_needs from '@salesforce/label/c.Rule_PhasePrerequisites_Needs';
import orgContact from '@salesforce/label/c.Rule_OrgContact';
import orgContact_says from '@salesforce/label/c.Rule_OrgContact_Says';
import sanctionedEnvironment from '@salesforce/label/c.Rule_SanctionedEnvironment';
import sanctionedEnvironment_says from '@salesforce/label/c.Rule_SanctionedEnvironment_Says';
import ownershipZone from '@salesforce/label/c.Rule_OwnershipZone';
import ownershipZone_says from '@salesforce/label/c.Rule_OwnershipZone_Says';
import dataSharing from '@salesforce/label/c.Rule_DataSharing';
import dataSharing_says from '@salesforce/label/c.Rule_DataSharing_Says';
import recipients from '@salesforce/label/c.Rule_Recipients';
import recipients_says from '@salesforce/label/c.Rule_Recipients_Says';
import duplicate from '@salesforce/label/c.Rule_Duplicate';
import duplicate_says from '@salesforce/label/c.Rule_Duplicate_Says';
import conflict from '@salesforce/label/c.Rule_Conflict';
import conflict_says from '@salesforce/label/c.Rule_Conflict_Says';
import territory from '@salesforce/label/c.Rule_Territory';
import territory_says from '@salesforce/label/c.Rule_Territory_Says';
import partnerHealth from '@salesforce/label/c.Rule_PartnerHealth';
import partnerHealth_says from '@salesforce/label/c.Rule_PartnerHealth_Says';
import freshness from '@salesforce/label/c.Rule_Freshness';
import freshness_says from '@salesforce/label/c.Rule_Freshness_Says';
import freshness_fact from '@salesforce/label/c.Rule_Freshness_Fact';
import consent from '@salesforce/label/c.Rule_Consent';
import consent_says from '@salesforce/label/c.Rule_Consent_Says';
import language from '@salesforce/label/c.Rule_Language';
import language_says from '@salesforce/label/c.Rule_Language_Says';
import discountBands from '@salesforce/label/c.Rule_DiscountBands';
import discountBands_says from '@salesforce/label/c.Rule_DiscountBands_Says';
import amountPerAction from '@salesforce/label/c.Rule_AmountPerAction';
import amountPerAction_says from '@salesforce/label/c.Rule_AmountPerAction_Says';
import amount_unknown from '@salesforce/label/c.Rule_Amount_Unknown';
import amountPerDay from '@salesforce/label/c.Rule_AmountPerDay';
import amountPerDay_says from '@salesforce/label/c.Rule_AmountPerDay_Says';
import volumePerDay from '@salesforce/label/c.Rule_VolumePerDay';
import volumePerDay_says from '@salesforce/label/c.Rule_VolumePerDay_Says';
import batchSize from '@salesforce/label/c.Rule_BatchSize';
import batchSize_says from '@salesforce/label/c.Rule_BatchSize_Says';
import quietHours from '@salesforce/label/c.Rule_QuietHours';
import quietHours_says from '@salesforce/label/c.Rule_QuietHours_Says';
import moneySpend from '@salesforce/label/c.Rule_MoneySpend';
import moneySpend_says from '@salesforce/label/c.Rule_MoneySpend_Says';
import tokenSpend from '@salesforce/label/c.Rule_TokenSpend';
import tokenSpend_says from '@salesforce/label/c.Rule_TokenSpend_Says';
import separateApprover from '@salesforce/label/c.Rule_SeparateApprover';
import separateApprover_says from '@salesforce/label/c.Rule_SeparateApprover_Says';
import actUpTo from '@salesforce/label/c.Rule_ActUpTo';
import reviewUpTo from '@salesforce/label/c.Rule_ReviewUpTo';
import actFrom from '@salesforce/label/c.Rule_ActFrom';
import reviewFrom from '@salesforce/label/c.Rule_ReviewFrom';
import minimumDecisions from '@salesforce/label/c.Rule_MinimumDecisions';
import minimumApprovedBps from '@salesforce/label/c.Rule_MinimumApprovedBps';
import pauseAfterSeconds from '@salesforce/label/c.Rule_PauseAfterSeconds';
import evidenceMaxAgeDays from '@salesforce/label/c.Rule_EvidenceMaxAgeDays';
import personalFields from '@salesforce/label/c.Rule_PersonalFields';
import registration from '@salesforce/label/c.Rule_Registration';
import directSale from '@salesforce/label/c.Rule_DirectSale';
import namedAccount from '@salesforce/label/c.Rule_NamedAccount';
import outside from '@salesforce/label/c.Rule_Outside';
import unknown from '@salesforce/label/c.Rule_Unknown';
import maxAgeDays from '@salesforce/label/c.Rule_MaxAgeDays';
import maxAgeSeconds from '@salesforce/label/c.Rule_MaxAgeSeconds';
import required from '@salesforce/label/c.Rule_Required';
import gateFrom from '@salesforce/label/c.Rule_GateFrom';
import currency from '@salesforce/label/c.Rule_Currency';
import from from '@salesforce/label/c.Rule_From';
import to from '@salesforce/label/c.Rule_To';
import days from '@salesforce/label/c.Rule_Days';
import then from '@salesforce/label/c.Rule_Then';
import factAge from '@salesforce/label/c.Rule_FactAge';
import consequence_act from '@salesforce/label/c.Rule_Consequence_Act';
import consequence_review from '@salesforce/label/c.Rule_Consequence_Review';
import consequence_block from '@salesforce/label/c.Rule_Consequence_Block';
import consent_yes from '@salesforce/label/c.Rule_Consent_Yes';
import consent_no from '@salesforce/label/c.Rule_Consent_No';
import personal_all from '@salesforce/label/c.Rule_Personal_All';
import personal_none from '@salesforce/label/c.Rule_Personal_None';
import personal_named from '@salesforce/label/c.Rule_Personal_Named';
import personal_some from '@salesforce/label/c.Rule_Personal_Some';
import noDay from '@salesforce/label/c.Rule_NoDay';
import number_missing from '@salesforce/label/c.Rule_Number_Missing';
import number_range from '@salesforce/label/c.Rule_Number_Range';
import percent_range from '@salesforce/label/c.Rule_Percent_Range';
import money_range from '@salesforce/label/c.Rule_Money_Range';
import currency_form from '@salesforce/label/c.Rule_Currency_Form';
import time_missing from '@salesforce/label/c.Rule_Time_Missing';
import order_up from '@salesforce/label/c.Rule_Order_Up';
import order_down from '@salesforce/label/c.Rule_Order_Down';

/** The titles, sentences and number names of rules. */
export const labels = {
  killSwitch,
  killSwitch_says,
  mode,
  mode_says,
  phasePrerequisites,
  phasePrerequisites_says,
  phasePrerequisites_needs,
  orgContact,
  orgContact_says,
  sanctionedEnvironment,
  sanctionedEnvironment_says,
  ownershipZone,
  ownershipZone_says,
  dataSharing,
  dataSharing_says,
  recipients,
  recipients_says,
  duplicate,
  duplicate_says,
  conflict,
  conflict_says,
  territory,
  territory_says,
  partnerHealth,
  partnerHealth_says,
  freshness,
  freshness_says,
  freshness_fact,
  consent,
  consent_says,
  language,
  language_says,
  discountBands,
  discountBands_says,
  amountPerAction,
  amountPerAction_says,
  amount_unknown,
  amountPerDay,
  amountPerDay_says,
  volumePerDay,
  volumePerDay_says,
  batchSize,
  batchSize_says,
  quietHours,
  quietHours_says,
  moneySpend,
  moneySpend_says,
  tokenSpend,
  tokenSpend_says,
  separateApprover,
  separateApprover_says,
  actUpTo,
  reviewUpTo,
  actFrom,
  reviewFrom,
  minimumDecisions,
  minimumApprovedBps,
  pauseAfterSeconds,
  evidenceMaxAgeDays,
  personalFields,
  registration,
  directSale,
  namedAccount,
  outside,
  unknown,
  maxAgeDays,
  maxAgeSeconds,
  required,
  gateFrom,
  currency,
  from,
  to,
  days,
  then,
  factAge,
  consequence_act,
  consequence_review,
  consequence_block,
  consent_yes,
  consent_no,
  personal_all,
  personal_none,
  personal_named,
  personal_some,
  noDay,
  number_missing,
  number_range,
  percent_range,
  money_range,
  currency_form,
  time_missing,
  order_up,
  order_down,
};
