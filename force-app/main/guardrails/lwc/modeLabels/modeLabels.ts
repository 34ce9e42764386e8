import title from '@salesforce/label/c.Mode_Title';
import loading from '@salesforce/label/c.Mode_Loading';
import forbidden from '@salesforce/label/c.Mode_Forbidden';
import intro from '@salesforce/label/c.Mode_Intro';
import readOnly from '@salesforce/label/c.Mode_ReadOnly';
import phase_1 from '@salesforce/label/c.Mode_Phase_1';
import phase_2 from '@salesforce/label/c.Mode_Phase_2';
import phase_3 from '@salesforce/label/c.Mode_Phase_3';
import phase_open from '@salesforce/label/c.Mode_Phase_Open';
import phase_closed from '@salesforce/label/c.Mode_Phase_Closed';
import phase_by from '@salesforce/label/c.Mode_Phase_By';
import phase_button from '@salesforce/label/c.Mode_Phase_Button';
import phase_why from '@salesforce/label/c.Mode_Phase_Why';
import phase_opening from '@salesforce/label/c.Mode_Phase_Opening';
import phase_refused from '@salesforce/label/c.Mode_Phase_Refused';
import function_none from '@salesforce/label/c.Mode_Function_None';
import mode_off from '@salesforce/label/c.Mode_Mode_Off';
import mode_assisted from '@salesforce/label/c.Mode_Mode_Assisted';
import mode_led from '@salesforce/label/c.Mode_Mode_Led';
import mode_label from '@salesforce/label/c.Mode_Mode_Label';
import change from '@salesforce/label/c.Mode_Change';
import change_for from '@salesforce/label/c.Mode_Change_For';
import reason_label from '@salesforce/label/c.Mode_Reason_Label';
import reason_missing from '@salesforce/label/c.Mode_Reason_Missing';
import mode_same from '@salesforce/label/c.Mode_Mode_Same';
import save from '@salesforce/label/c.Mode_Save';
import saving from '@salesforce/label/c.Mode_Saving';
import save_refused from '@salesforce/label/c.Mode_Save_Refused';
import cancel from '@salesforce/label/c.Mode_Cancel';
import paused from '@salesforce/label/c.Mode_Paused';
import readiness_ready from '@salesforce/label/c.Mode_Readiness_Ready';
import readiness_missing from '@salesforce/label/c.Mode_Readiness_Missing';
import readiness_one from '@salesforce/label/c.Mode_Readiness_One';
import readiness_none from '@salesforce/label/c.Mode_Readiness_None';
import readiness_checked from '@salesforce/label/c.Mode_Readiness_Checked';
import readiness_check from '@salesforce/label/c.Mode_Readiness_Check';
import readiness_check_for from '@salesforce/label/c.Mode_Readiness_Check_For';
import readiness_checking from '@salesforce/label/c.Mode_Readiness_Checking';
import held from '@salesforce/label/c.Mode_Held';
import missing from '@salesforce/label/c.Mode_Missing';
import check_guardrails from '@salesforce/label/c.Mode_Check_Guardrails';
import check_agent from '@salesforce/label/c.Mode_Check_Agent';
import check_ledger from '@salesforce/label/c.Mode_Check_Ledger';
import check_killSwitch from '@salesforce/label/c.Mode_Check_KillSwitch';
import check_grant from '@salesforce/label/c.Mode_Check_Grant';
import check_phase from '@salesforce/label/c.Mode_Check_Phase';
import check_decisions from '@salesforce/label/c.Mode_Check_Decisions';
import check_approvalRate from '@salesforce/label/c.Mode_Check_ApprovalRate';
import check_fiveParts from '@salesforce/label/c.Mode_Check_FiveParts';
import check_contact from '@salesforce/label/c.Mode_Check_Contact';
import check_disputes from '@salesforce/label/c.Mode_Check_Disputes';
import function_progress from '@salesforce/label/c.Mode_Function_Progress';
import function_progressOne from '@salesforce/label/c.Mode_Function_ProgressOne';
import function_noProgress from '@salesforce/label/c.Mode_Function_NoProgress';
import function_exception from '@salesforce/label/c.Mode_Function_Exception';
import exception_open from '@salesforce/label/c.Mode_Exception_Open';
import exception_for from '@salesforce/label/c.Mode_Exception_For';
import exception_intro from '@salesforce/label/c.Mode_Exception_Intro';
import exception_until from '@salesforce/label/c.Mode_Exception_Until';
import exception_why from '@salesforce/label/c.Mode_Exception_Why';
import exception_allow from '@salesforce/label/c.Mode_Exception_Allow';
import exception_noUntil from '@salesforce/label/c.Mode_Exception_NoUntil';
import exception_noReason from '@salesforce/label/c.Mode_Exception_NoReason';
import exception_refused from '@salesforce/label/c.Mode_Exception_Refused';
import partner_add from '@salesforce/label/c.Mode_Partner_Add';
import partner_addFor from '@salesforce/label/c.Mode_Partner_AddFor';
import partner_which from '@salesforce/label/c.Mode_Partner_Which';
import agents_title from '@salesforce/label/c.Mode_Agents_Title';
import agents_intro from '@salesforce/label/c.Mode_Agents_Intro';
import agents_empty from '@salesforce/label/c.Mode_Agents_Empty';
import agent_manager from '@salesforce/label/c.Mode_Agent_Manager';
import agent_noManager from '@salesforce/label/c.Mode_Agent_NoManager';
import agent_work from '@salesforce/label/c.Mode_Agent_Work';
import agent_last from '@salesforce/label/c.Mode_Agent_Last';
import agent_never from '@salesforce/label/c.Mode_Agent_Never';
import agents_inactive from '@salesforce/label/c.Mode_Agents_Inactive';
import agent_may from '@salesforce/label/c.Mode_Agent_May';

/** The texts of modes, phases and agents. */
export const labels = {
  title,
  loading,
  forbidden,
  intro,
  readOnly,
  phase_1,
  phase_2,
  phase_3,
  phase_open,
  phase_closed,
  phase_by,
  phase_button,
  phase_why,
  phase_opening,
  phase_refused,
  function_none,
  mode_off,
  mode_assisted,
  mode_led,
  mode_label,
  change,
  change_for,
  reason_label,
  reason_missing,
  mode_same,
  save,
  saving,
  save_refused,
  cancel,
  paused,
  readiness_ready,
  readiness_missing,
  readiness_one,
  readiness_none,
  readiness_checked,
  readiness_check,
  readiness_check_for,
  readiness_checking,
  held,
  missing,
  check_guardrails,
  check_agent,
  check_ledger,
  check_killSwitch,
  check_grant,
  check_phase,
  check_decisions,
  check_approvalRate,
  check_fiveParts,
  check_contact,
  check_disputes,
  function_progress,
  function_progressOne,
  function_noProgress,
  function_exception,
  exception_open,
  exception_for,
  exception_intro,
  exception_until,
  exception_why,
  exception_allow,
  exception_noUntil,
  exception_noReason,
  exception_refused,
  partner_add,
  partner_addFor,
  partner_which,
  agents_title,
  agents_intro,
  agents_empty,
  agent_manager,
  agent_noManager,
  agent_work,
  agent_last,
  agent_never,
  agents_inactive,
  agent_may,
};
