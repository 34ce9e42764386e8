import use from '@salesforce/label/c.ScoreUse_Use';
import useName from '@salesforce/label/c.ScoreUse_Use_Name';
import intro from '@salesforce/label/c.ScoreUse_Intro';
import reason from '@salesforce/label/c.ScoreUse_Reason';
import noReason from '@salesforce/label/c.ScoreUse_No_Reason';
import confirm from '@salesforce/label/c.ScoreUse_Confirm';
import cancel from '@salesforce/label/c.ScoreUse_Cancel';
import saving from '@salesforce/label/c.ScoreUse_Saving';
import refused from '@salesforce/label/c.ScoreUse_Refused';

/** The texts with which a model is put in use. */
export const labels = {
  use,
  useName,
  intro,
  reason,
  noReason,
  confirm,
  cancel,
  saving,
  refused,
};
