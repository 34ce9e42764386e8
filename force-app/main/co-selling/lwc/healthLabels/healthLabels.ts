import title from '@salesforce/label/c.Health_Title';
import titlePartner from '@salesforce/label/c.Health_Title_Partner';
import loading from '@salesforce/label/c.Health_Loading';
import none from '@salesforce/label/c.Health_None';
import noPartner from '@salesforce/label/c.Health_No_Partner';
import score from '@salesforce/label/c.Health_Score';
import trendUp from '@salesforce/label/c.Health_Trend_Up';
import trendFlat from '@salesforce/label/c.Health_Trend_Flat';
import trendDown from '@salesforce/label/c.Health_Trend_Down';
import signalUsage from '@salesforce/label/c.Health_Signal_Usage';
import signalInteraction from '@salesforce/label/c.Health_Signal_Interaction';
import signalValue from '@salesforce/label/c.Health_Signal_Value';
import signalMissing from '@salesforce/label/c.Health_Signal_Missing';
import why from '@salesforce/label/c.Health_Why';
import updated from '@salesforce/label/c.Health_Updated';

/** The texts of the partner health card. */
export const labels = {
  title,
  titlePartner,
  loading,
  none,
  noPartner,
  score,
  trendUp,
  trendFlat,
  trendDown,
  signalUsage,
  signalInteraction,
  signalValue,
  signalMissing,
  why,
  updated,
};
