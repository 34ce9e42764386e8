import title from '@salesforce/label/c.Propensity_Title';
import loading from '@salesforce/label/c.Propensity_Loading';
import noAccess from '@salesforce/label/c.Propensity_No_Access';
import empty from '@salesforce/label/c.Propensity_Empty';
import closed from '@salesforce/label/c.Propensity_Closed';
import score from '@salesforce/label/c.Propensity_Score';
import ringText from '@salesforce/label/c.Propensity_Ring_Text';
import bandLow from '@salesforce/label/c.Propensity_Band_Low';
import bandMedium from '@salesforce/label/c.Propensity_Band_Medium';
import bandHigh from '@salesforce/label/c.Propensity_Band_High';
import tooLittle from '@salesforce/label/c.Propensity_Too_Little';
import tooLittleText from '@salesforce/label/c.Propensity_Too_Little_Text';
import tooLittleRange from '@salesforce/label/c.Propensity_Too_Little_Range';
import tooLittleNone from '@salesforce/label/c.Propensity_Too_Little_None';
import tooLittleNext from '@salesforce/label/c.Propensity_Too_Little_Next';
import rangeText from '@salesforce/label/c.Propensity_Range_Text';
import up from '@salesforce/label/c.Propensity_Up';
import down from '@salesforce/label/c.Propensity_Down';
import points from '@salesforce/label/c.Propensity_Points';
import allReasons from '@salesforce/label/c.Propensity_All_Reasons';
import reason from '@salesforce/label/c.Propensity_Reason';
import pointsColumn from '@salesforce/label/c.Propensity_Points_Column';
import base from '@salesforce/label/c.Propensity_Base';
import total from '@salesforce/label/c.Propensity_Total';
import raises from '@salesforce/label/c.Propensity_Raises';
import missing from '@salesforce/label/c.Propensity_Missing';
import stale from '@salesforce/label/c.Propensity_Stale';
import again from '@salesforce/label/c.Propensity_Again';
import first from '@salesforce/label/c.Propensity_First';
import asking from '@salesforce/label/c.Propensity_Asking';
import refused from '@salesforce/label/c.Propensity_Refused';
import sources from '@salesforce/label/c.Propensity_Sources';
import sourcesUnfold from '@salesforce/label/c.Propensity_Sources_Unfold';
import source from '@salesforce/label/c.Propensity_Source';
import sourceOwnModel from '@salesforce/label/c.Propensity_Source_Own_Model';
import sourceAws from '@salesforce/label/c.Propensity_Source_Aws';
import sourcePartner from '@salesforce/label/c.Propensity_Source_Partner';
import sourceMerged from '@salesforce/label/c.Propensity_Source_Merged';
import weight from '@salesforce/label/c.Propensity_Weight';
import age from '@salesforce/label/c.Propensity_Age';
import inputs from '@salesforce/label/c.Propensity_Inputs';
import confidenceHigh from '@salesforce/label/c.Propensity_Confidence_High';
import confidenceFair from '@salesforce/label/c.Propensity_Confidence_Fair';
import confidenceLow from '@salesforce/label/c.Propensity_Confidence_Low';
import confidenceNone from '@salesforce/label/c.Propensity_Confidence_None';
import model from '@salesforce/label/c.Propensity_Model';
import fieldBehind from '@salesforce/label/c.Propensity_Field_Behind';

/** The texts of the propensity cards. */
export const labels = {
  title,
  loading,
  noAccess,
  empty,
  closed,
  score,
  ringText,
  bandLow,
  bandMedium,
  bandHigh,
  tooLittle,
  tooLittleText,
  tooLittleRange,
  tooLittleNone,
  tooLittleNext,
  rangeText,
  up,
  down,
  points,
  allReasons,
  reason,
  pointsColumn,
  base,
  total,
  raises,
  missing,
  stale,
  again,
  first,
  asking,
  refused,
  sources,
  sourcesUnfold,
  source,
  sourceOwnModel,
  sourceAws,
  sourcePartner,
  sourceMerged,
  weight,
  age,
  inputs,
  confidenceHigh,
  confidenceFair,
  confidenceLow,
  confidenceNone,
  model,
  fieldBehind,
};
