import title from '@salesforce/label/c.Matrix_Title';
import loading from '@salesforce/label/c.Matrix_Loading';
import forbidden from '@salesforce/label/c.Matrix_Forbidden';
import intro from '@salesforce/label/c.Matrix_Intro';
import readOnly from '@salesforce/label/c.Matrix_ReadOnly';
import empty from '@salesforce/label/c.Matrix_Empty';
import zone_label from '@salesforce/label/c.Matrix_Zone_Label';
import zone_vendor from '@salesforce/label/c.Matrix_Zone_Vendor';
import zone_partner from '@salesforce/label/c.Matrix_Zone_Partner';
import zone_joint from '@salesforce/label/c.Matrix_Zone_Joint';
import pillar_technology from '@salesforce/label/c.Matrix_Pillar_Technology';
import pillar_process from '@salesforce/label/c.Matrix_Pillar_Process';
import pillar_governance from '@salesforce/label/c.Matrix_Pillar_Governance';
import pillar_metrics from '@salesforce/label/c.Matrix_Pillar_Metrics';
import function_label from '@salesforce/label/c.Matrix_Function_Label';
import table from '@salesforce/label/c.Matrix_Table';
import help from '@salesforce/label/c.Matrix_Help';
import counts from '@salesforce/label/c.Matrix_Counts';
import state_planned from '@salesforce/label/c.Matrix_State_Planned';
import state_inPlace from '@salesforce/label/c.Matrix_State_InPlace';
import state_gap from '@salesforce/label/c.Matrix_State_Gap';
import state_notNeeded from '@salesforce/label/c.Matrix_State_NotNeeded';
import state_none from '@salesforce/label/c.Matrix_State_None';
import noOwner from '@salesforce/label/c.Matrix_NoOwner';
import owner from '@salesforce/label/c.Matrix_Owner';
import state from '@salesforce/label/c.Matrix_State';
import agent from '@salesforce/label/c.Matrix_Agent';
import agent_none from '@salesforce/label/c.Matrix_Agent_None';
import metric from '@salesforce/label/c.Matrix_Metric';
import metric_help from '@salesforce/label/c.Matrix_Metric_Help';
import note from '@salesforce/label/c.Matrix_Note';
import cell from '@salesforce/label/c.Matrix_Cell';
import cell_name from '@salesforce/label/c.Matrix_Cell_Name';
import owned from '@salesforce/label/c.Matrix_Owned';
import changed from '@salesforce/label/c.Matrix_Changed';
import save from '@salesforce/label/c.Matrix_Save';
import saving from '@salesforce/label/c.Matrix_Saving';
import cancel from '@salesforce/label/c.Matrix_Cancel';
import close from '@salesforce/label/c.Matrix_Close';
import nothing from '@salesforce/label/c.Matrix_Nothing';
import saved from '@salesforce/label/c.Matrix_Saved';
import person_find from '@salesforce/label/c.Matrix_Person_Find';
import person_help from '@salesforce/label/c.Matrix_Person_Help';
import person_none from '@salesforce/label/c.Matrix_Person_None';
import person_nobody from '@salesforce/label/c.Matrix_Person_Nobody';

/** The texts of the matrix of ownership. */
export const labels = {
  title,
  loading,
  forbidden,
  intro,
  readOnly,
  empty,
  zone_label,
  zone_vendor,
  zone_partner,
  zone_joint,
  pillar_technology,
  pillar_process,
  pillar_governance,
  pillar_metrics,
  function_label,
  table,
  help,
  counts,
  state_planned,
  state_inPlace,
  state_gap,
  state_notNeeded,
  state_none,
  noOwner,
  owner,
  state,
  agent,
  agent_none,
  metric,
  metric_help,
  note,
  cell,
  cell_name,
  owned,
  changed,
  save,
  saving,
  cancel,
  close,
  nothing,
  saved,
  person_find,
  person_help,
  person_none,
  person_nobody,
};
