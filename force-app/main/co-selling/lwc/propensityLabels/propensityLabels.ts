import title from '@salesforce/label/c.Propensity_Title';
import loading from '@salesforce/label/c.Propensity_Loading';
import empty from '@salesforce/label/c.Propensity_Empty';
import score from '@salesforce/label/c.Propensity_Score';
import bandLow from '@salesforce/label/c.Propensity_Band_Low';
import bandMedium from '@salesforce/label/c.Propensity_Band_Medium';
import bandHigh from '@salesforce/label/c.Propensity_Band_High';
import up from '@salesforce/label/c.Propensity_Up';
import down from '@salesforce/label/c.Propensity_Down';
import source from '@salesforce/label/c.Propensity_Source';
import sourceUnknown from '@salesforce/label/c.Propensity_Source_Unknown';

/** The texts of the propensity card. */
export const labels = {
  title,
  loading,
  empty,
  score,
  bandLow,
  bandMedium,
  bandHigh,
  up,
  down,
  source,
  sourceUnknown,
};
