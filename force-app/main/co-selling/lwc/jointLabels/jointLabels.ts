import title from '@salesforce/label/c.Joint_Title';
import loading from '@salesforce/label/c.Joint_Loading';
import partner from '@salesforce/label/c.Joint_Partner';
import allPartners from '@salesforce/label/c.Joint_All_Partners';
import noAccess from '@salesforce/label/c.Joint_No_Access';
import empty from '@salesforce/label/c.Joint_Empty';
import more from '@salesforce/label/c.Joint_More';
import headline from '@salesforce/label/c.Joint_Headline';
import pipeline from '@salesforce/label/c.Joint_Pipeline';
import pipelineHidden from '@salesforce/label/c.Joint_Pipeline_Hidden';
import pipelineRow from '@salesforce/label/c.Joint_Pipeline_Row';
import pipelineNone from '@salesforce/label/c.Joint_Pipeline_None';
import bandNone from '@salesforce/label/c.Joint_Band_None';
import dealsOne from '@salesforce/label/c.Joint_Deals_One';
import dealsMany from '@salesforce/label/c.Joint_Deals_Many';
import months from '@salesforce/label/c.Joint_Months';
import monthRow from '@salesforce/label/c.Joint_Month_Row';
import monthNone from '@salesforce/label/c.Joint_Month_None';
import taken from '@salesforce/label/c.Joint_Taken';
import underWay from '@salesforce/label/c.Joint_Under_Way';
import notTaken from '@salesforce/label/c.Joint_Not_Taken';
import health from '@salesforce/label/c.Joint_Health';
import healthRow from '@salesforce/label/c.Joint_Health_Row';
import healthMissing from '@salesforce/label/c.Joint_Health_Missing';
import healthScore from '@salesforce/label/c.Joint_Health_Score';
import healthUsage from '@salesforce/label/c.Joint_Health_Usage';
import healthInteraction from '@salesforce/label/c.Joint_Health_Interaction';
import healthPartners from '@salesforce/label/c.Joint_Health_Partners';
import healthUnknown from '@salesforce/label/c.Joint_Health_Unknown';
import insightsCompany from '@salesforce/label/c.Joint_Insights_Company';
import insightsPartner from '@salesforce/label/c.Joint_Insights_Partner';
import insightsNone from '@salesforce/label/c.Joint_Insights_None';
import sight from '@salesforce/label/c.Joint_Sight';
import sightTheirs from '@salesforce/label/c.Joint_Sight_Theirs';
import sightTheirsText from '@salesforce/label/c.Joint_Sight_Theirs_Text';
import sightOurs from '@salesforce/label/c.Joint_Sight_Ours';
import sightOursText from '@salesforce/label/c.Joint_Sight_Ours_Text';
import sightAsked from '@salesforce/label/c.Joint_Sight_Asked';
import sightMissing from '@salesforce/label/c.Joint_Sight_Missing';
import sightNone from '@salesforce/label/c.Joint_Sight_None';
import sightAllowed from '@salesforce/label/c.Joint_Sight_Allowed';
import sightUnknown from '@salesforce/label/c.Joint_Sight_Unknown';
import factStage from '@salesforce/label/c.Joint_Fact_Stage';
import factOwner from '@salesforce/label/c.Joint_Fact_Owner';
import factReview from '@salesforce/label/c.Joint_Fact_Review';
import factNumber from '@salesforce/label/c.Joint_Fact_Number';

/** The texts of the joint dashboard. */
export const labels = {
  title,
  loading,
  partner,
  allPartners,
  noAccess,
  empty,
  more,
  headline,
  pipeline,
  pipelineHidden,
  pipelineRow,
  pipelineNone,
  bandNone,
  dealsOne,
  dealsMany,
  months,
  monthRow,
  monthNone,
  taken,
  underWay,
  notTaken,
  health,
  healthRow,
  healthMissing,
  healthScore,
  healthUsage,
  healthInteraction,
  healthPartners,
  healthUnknown,
  insightsCompany,
  insightsPartner,
  insightsNone,
  sight,
  sightTheirs,
  sightTheirsText,
  sightOurs,
  sightOursText,
  sightAsked,
  sightMissing,
  sightNone,
  sightAllowed,
  sightUnknown,
  factStage,
  factOwner,
  factReview,
  factNumber,
};
