import errorTitle from '@salesforce/label/c.Error_Title';
import errorUnknown from '@salesforce/label/c.Error_Unknown';
import errorRetry from '@salesforce/label/c.Error_Retry';
import serviceNever from '@salesforce/label/c.Service_Never';
import serviceNotice from '@salesforce/label/c.Service_Notice';
import serviceSilent from '@salesforce/label/c.Service_Silent';

/** The texts of the foundation's components. */
export const labels = { errorTitle, errorUnknown, errorRetry, serviceNever, serviceNotice, serviceSilent };
