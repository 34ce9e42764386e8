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
import bandStrong from '@salesforce/label/c.Health_Band_Strong';
import bandSteady from '@salesforce/label/c.Health_Band_Steady';
import bandWatch from '@salesforce/label/c.Health_Band_Watch';
import bandRisk from '@salesforce/label/c.Health_Band_Risk';
import bandUnknown from '@salesforce/label/c.Health_Band_Unknown';
import scoreBand from '@salesforce/label/c.Health_Score_Band';
import pointsUp from '@salesforce/label/c.Health_Points_Up';
import pointsDown from '@salesforce/label/c.Health_Points_Down';
import pointsFlat from '@salesforce/label/c.Health_Points_Flat';
import sureHigh from '@salesforce/label/c.Health_Sure_High';
import sureFair from '@salesforce/label/c.Health_Sure_Fair';
import sureLow from '@salesforce/label/c.Health_Sure_Low';
import sureLittle from '@salesforce/label/c.Health_Sure_Little';
import missingUsage from '@salesforce/label/c.Health_Missing_Usage';
import missingInteraction from '@salesforce/label/c.Health_Missing_Interaction';
import missingBoth from '@salesforce/label/c.Health_Missing_Both';
import stale from '@salesforce/label/c.Health_Stale';
import decliningSince from '@salesforce/label/c.Health_Declining_Since';
import noPartnerAccount from '@salesforce/label/c.Health_No_Partner_Account';
import openDetail from '@salesforce/label/c.Health_Open_Detail';

/** The words for health, its signals, bands and reasons. */
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
  bandStrong,
  bandSteady,
  bandWatch,
  bandRisk,
  bandUnknown,
  scoreBand,
  pointsUp,
  pointsDown,
  pointsFlat,
  sureHigh,
  sureFair,
  sureLow,
  sureLittle,
  missingUsage,
  missingInteraction,
  missingBoth,
  stale,
  decliningSince,
  noPartnerAccount,
  openDetail,
};
