import title from '@salesforce/label/c.Stop_Title';
import loading from '@salesforce/label/c.Stop_Loading';
import running from '@salesforce/label/c.Stop_Running';
import running_some from '@salesforce/label/c.Stop_Running_Some';
import underWay from '@salesforce/label/c.Stop_UnderWay';
import open from '@salesforce/label/c.Stop_Open';
import what_label from '@salesforce/label/c.Stop_What_Label';
import what_all from '@salesforce/label/c.Stop_What_All';
import what_function from '@salesforce/label/c.Stop_What_Function';
import what_partner from '@salesforce/label/c.Stop_What_Partner';
import function_label from '@salesforce/label/c.Stop_Function_Label';
import partner_label from '@salesforce/label/c.Stop_Partner_Label';
import reason_label from '@salesforce/label/c.Stop_Reason_Label';
import reason_help from '@salesforce/label/c.Stop_Reason_Help';
import reason_missing from '@salesforce/label/c.Stop_Reason_Missing';
import scope_missing from '@salesforce/label/c.Stop_Scope_Missing';
import scope_all from '@salesforce/label/c.Stop_Scope_All';
import scope_function from '@salesforce/label/c.Stop_Scope_Function';
import scope_partner from '@salesforce/label/c.Stop_Scope_Partner';
import will_all from '@salesforce/label/c.Stop_Will_All';
import will_function from '@salesforce/label/c.Stop_Will_Function';
import will_coSelling from '@salesforce/label/c.Stop_Will_CoSelling';
import will_partner from '@salesforce/label/c.Stop_Will_Partner';
import will_keep from '@salesforce/label/c.Stop_Will_Keep';
import stop from '@salesforce/label/c.Stop_Stop';
import stop_everything from '@salesforce/label/c.Stop_Stop_Everything';
import stop_thing_function from '@salesforce/label/c.Stop_Stop_Thing_Function';
import stop_thing_partner from '@salesforce/label/c.Stop_Stop_Thing_Partner';
import stopping from '@salesforce/label/c.Stop_Stopping';
import drill from '@salesforce/label/c.Stop_Drill';
import drilling from '@salesforce/label/c.Stop_Drilling';
import drill_last from '@salesforce/label/c.Stop_Drill_Last';
import drill_never from '@salesforce/label/c.Stop_Drill_Never';
import cancel from '@salesforce/label/c.Stop_Cancel';
import refused from '@salesforce/label/c.Stop_Refused';
import stopped from '@salesforce/label/c.Stop_Stopped';
import by from '@salesforce/label/c.Stop_By';
import halfDone from '@salesforce/label/c.Stop_HalfDone';
import halfDone_item from '@salesforce/label/c.Stop_HalfDone_Item';
import resume from '@salesforce/label/c.Stop_Resume';
import resume_for from '@salesforce/label/c.Stop_Resume_For';
import resume_ask from '@salesforce/label/c.Stop_Resume_Ask';
import resume_only from '@salesforce/label/c.Stop_Resume_Only';
import resuming from '@salesforce/label/c.Stop_Resuming';
import resume_refused from '@salesforce/label/c.Stop_Resume_Refused';

/** The texts of the stop switch. */
export const labels = {
  title,
  loading,
  running,
  running_some,
  underWay,
  open,
  what_label,
  what_all,
  what_function,
  what_partner,
  function_label,
  partner_label,
  reason_label,
  reason_help,
  reason_missing,
  scope_missing,
  scope_all,
  scope_function,
  scope_partner,
  will_all,
  will_function,
  will_coSelling,
  will_partner,
  will_keep,
  stop,
  stop_everything,
  stop_thing_function,
  stop_thing_partner,
  stopping,
  drill,
  drilling,
  drill_last,
  drill_never,
  cancel,
  refused,
  stopped,
  by,
  halfDone,
  halfDone_item,
  resume,
  resume_for,
  resume_ask,
  resume_only,
  resuming,
  resume_refused,
};
