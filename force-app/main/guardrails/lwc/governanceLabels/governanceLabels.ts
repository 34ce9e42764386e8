import asking from '@salesforce/label/c.Governance_Asking';
import slow from '@salesforce/label/c.Governance_Slow';
import done from '@salesforce/label/c.Governance_Done';
import refused from '@salesforce/label/c.Governance_Refused';
import sendFailed from '@salesforce/label/c.Governance_SendFailed';

/** The texts of asking the service and hearing its answer. */
export const labels = {
  asking,
  slow,
  done,
  refused,
  sendFailed,
};
