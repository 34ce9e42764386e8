import title from '@salesforce/label/c.Guardrail_Title';
import loading from '@salesforce/label/c.Guardrail_Loading';
import forbidden from '@salesforce/label/c.Guardrail_Forbidden';
import intro from '@salesforce/label/c.Guardrail_Intro';
import readOnly from '@salesforce/label/c.Guardrail_ReadOnly';
import function_label from '@salesforce/label/c.Guardrail_Function_Label';
import function_option from '@salesforce/label/c.Guardrail_Function_Option';
import empty_title from '@salesforce/label/c.Guardrail_Empty_Title';
import empty from '@salesforce/label/c.Guardrail_Empty';
import notSet from '@salesforce/label/c.Guardrail_NotSet';
import notSet_intro from '@salesforce/label/c.Guardrail_NotSet_Intro';
import notSet_says from '@salesforce/label/c.Guardrail_NotSet_Says';
import fixed from '@salesforce/label/c.Guardrail_Fixed';
import fixed_intro from '@salesforce/label/c.Guardrail_Fixed_Intro';
import set from '@salesforce/label/c.Guardrail_Set';
import set_for from '@salesforce/label/c.Guardrail_Set_For';
import change from '@salesforce/label/c.Guardrail_Change';
import change_for from '@salesforce/label/c.Guardrail_Change_For';
import edit_number from '@salesforce/label/c.Guardrail_Edit_Number';
import more from '@salesforce/label/c.Guardrail_More';
import scope_all from '@salesforce/label/c.Guardrail_Scope_All';
import scope_partner from '@salesforce/label/c.Guardrail_Scope_Partner';
import scope_tier from '@salesforce/label/c.Guardrail_Scope_Tier';
import scope_segment from '@salesforce/label/c.Guardrail_Scope_Segment';
import scope_for from '@salesforce/label/c.Guardrail_Scope_For';
import scope_label from '@salesforce/label/c.Guardrail_Scope_Label';
import scope_kind_partner from '@salesforce/label/c.Guardrail_Scope_Kind_Partner';
import scope_kind_tier from '@salesforce/label/c.Guardrail_Scope_Kind_Tier';
import scope_kind_segment from '@salesforce/label/c.Guardrail_Scope_Kind_Segment';
import scope_which from '@salesforce/label/c.Guardrail_Scope_Which';
import scope_missing from '@salesforce/label/c.Guardrail_Scope_Missing';
import scope_none from '@salesforce/label/c.Guardrail_Scope_None';
import version from '@salesforce/label/c.Guardrail_Version';
import by from '@salesforce/label/c.Guardrail_By';
import by_tandem from '@salesforce/label/c.Guardrail_By_Tandem';
import since from '@salesforce/label/c.Guardrail_Since';
import starts from '@salesforce/label/c.Guardrail_Starts';
import always from '@salesforce/label/c.Guardrail_Always';
import withdrawn from '@salesforce/label/c.Guardrail_Withdrawn';
import unreadable from '@salesforce/label/c.Guardrail_Unreadable';
import history from '@salesforce/label/c.Guardrail_History';
import upcoming from '@salesforce/label/c.Guardrail_Upcoming';
import when_label from '@salesforce/label/c.Guardrail_When_Label';
import when_now from '@salesforce/label/c.Guardrail_When_Now';
import when_later from '@salesforce/label/c.Guardrail_When_Later';
import when_date from '@salesforce/label/c.Guardrail_When_Date';
import when_missing from '@salesforce/label/c.Guardrail_When_Missing';
import simulate from '@salesforce/label/c.Guardrail_Simulate';
import simulate_again from '@salesforce/label/c.Guardrail_Simulate_Again';
import simulating from '@salesforce/label/c.Guardrail_Simulating';
import save from '@salesforce/label/c.Guardrail_Save';
import saving from '@salesforce/label/c.Guardrail_Saving';
import cancel from '@salesforce/label/c.Guardrail_Cancel';
import saved from '@salesforce/label/c.Guardrail_Saved';
import saved_overtaken from '@salesforce/label/c.Guardrail_Saved_Overtaken';
import nothing from '@salesforce/label/c.Guardrail_Nothing';
import heading_change from '@salesforce/label/c.Guardrail_Heading_Change';
import problems from '@salesforce/label/c.Guardrail_Problems';
import move_title from '@salesforce/label/c.Guardrail_Move_Title';
import move_direction_widen from '@salesforce/label/c.Guardrail_Move_Direction_Widen';
import move_direction_narrow from '@salesforce/label/c.Guardrail_Move_Direction_Narrow';
import move_evidence from '@salesforce/label/c.Guardrail_Move_Evidence';
import move_backTest from '@salesforce/label/c.Guardrail_Move_BackTest';
import move_adopt from '@salesforce/label/c.Guardrail_Move_Adopt';
import move_decline from '@salesforce/label/c.Guardrail_Move_Decline';
import move_adopt_for from '@salesforce/label/c.Guardrail_Move_Adopt_For';
import move_decline_for from '@salesforce/label/c.Guardrail_Move_Decline_For';
import move_details from '@salesforce/label/c.Guardrail_Move_Details';
import move_against from '@salesforce/label/c.Guardrail_Move_Against';
import move_rule from '@salesforce/label/c.Guardrail_Move_Rule';

/** The texts of the guardrails page. */
export const labels = {
  title,
  loading,
  forbidden,
  intro,
  readOnly,
  function_label,
  function_option,
  empty_title,
  empty,
  notSet,
  notSet_intro,
  notSet_says,
  fixed,
  fixed_intro,
  set,
  set_for,
  change,
  change_for,
  edit_number,
  more,
  scope_all,
  scope_partner,
  scope_tier,
  scope_segment,
  scope_for,
  scope_label,
  scope_kind_partner,
  scope_kind_tier,
  scope_kind_segment,
  scope_which,
  scope_missing,
  scope_none,
  version,
  by,
  by_tandem,
  since,
  starts,
  always,
  withdrawn,
  unreadable,
  history,
  upcoming,
  when_label,
  when_now,
  when_later,
  when_date,
  when_missing,
  simulate,
  simulate_again,
  simulating,
  save,
  saving,
  cancel,
  saved,
  saved_overtaken,
  nothing,
  heading_change,
  problems,
  move_title,
  move_direction_widen,
  move_direction_narrow,
  move_evidence,
  move_backTest,
  move_adopt,
  move_decline,
  move_adopt_for,
  move_decline_for,
  move_details,
  move_against,
  move_rule,
};
