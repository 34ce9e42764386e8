import title from '@salesforce/label/c.Review_Title';
import loading from '@salesforce/label/c.Review_Loading';
import forbidden from '@salesforce/label/c.Review_Forbidden';
import intro from '@salesforce/label/c.Review_Intro';
import quarter from '@salesforce/label/c.Review_Quarter';
import quarterName from '@salesforce/label/c.Review_Quarter_Name';
import audience from '@salesforce/label/c.Review_Audience';
import audienceCompany from '@salesforce/label/c.Review_Audience_Company';
import audiencePartner from '@salesforce/label/c.Review_Audience_Partner';
import audiencePartnerSays from '@salesforce/label/c.Review_Audience_Partner_Says';
import make from '@salesforce/label/c.Review_Make';
import making from '@salesforce/label/c.Review_Making';
import made from '@salesforce/label/c.Review_Made';
import letters from '@salesforce/label/c.Review_Letters';
import failed from '@salesforce/label/c.Review_Failed';
import docTitle from '@salesforce/label/c.Review_Doc_Title';
import docSubtitle from '@salesforce/label/c.Review_Doc_Subtitle';
import page from '@salesforce/label/c.Review_Page';
import summary from '@salesforce/label/c.Review_Summary';
import health from '@salesforce/label/c.Review_Health';
import referrals from '@salesforce/label/c.Review_Referrals';
import pipeline from '@salesforce/label/c.Review_Pipeline';
import decisions from '@salesforce/label/c.Review_Decisions';
import interventions from '@salesforce/label/c.Review_Interventions';
import insightsCompany from '@salesforce/label/c.Review_Insights_Company';
import insightsPartner from '@salesforce/label/c.Review_Insights_Partner';
import healthNow from '@salesforce/label/c.Review_Health_Now';
import healthNone from '@salesforce/label/c.Review_Health_None';
import usage from '@salesforce/label/c.Review_Usage';
import interaction from '@salesforce/label/c.Review_Interaction';
import noData from '@salesforce/label/c.Review_No_Data';
import confidence from '@salesforce/label/c.Review_Confidence';
import factors from '@salesforce/label/c.Review_Factors';
import referralCount from '@salesforce/label/c.Review_Referral_Count';
import referralNone from '@salesforce/label/c.Review_Referral_None';
import pipelineCount from '@salesforce/label/c.Review_Pipeline_Count';
import pipelineNone from '@salesforce/label/c.Review_Pipeline_None';
import decisionCount from '@salesforce/label/c.Review_Decision_Count';
import decisionNone from '@salesforce/label/c.Review_Decision_None';
import interventionNone from '@salesforce/label/c.Review_Intervention_None';
import insightNone from '@salesforce/label/c.Review_Insight_None';
import most from '@salesforce/label/c.Review_Most';
import deal from '@salesforce/label/c.Review_Deal';
import state from '@salesforce/label/c.Review_State';
import on from '@salesforce/label/c.Review_On';
import number from '@salesforce/label/c.Review_Number';
import stage from '@salesforce/label/c.Review_Stage';
import amount from '@salesforce/label/c.Review_Amount';
import closes from '@salesforce/label/c.Review_Closes';
import score from '@salesforce/label/c.Review_Score';
import what from '@salesforce/label/c.Review_What';
import answer from '@salesforce/label/c.Review_Answer';
import reason from '@salesforce/label/c.Review_Reason';
import points from '@salesforce/label/c.Review_Points';
import stateApproved from '@salesforce/label/c.Review_State_Approved';
import stateRejected from '@salesforce/label/c.Review_State_Rejected';
import stateWith from '@salesforce/label/c.Review_State_With';
import stateAsks from '@salesforce/label/c.Review_State_Asks';
import stateNotSent from '@salesforce/label/c.Review_State_Not_Sent';
import answerAllow from '@salesforce/label/c.Review_Answer_Allow';
import answerNeeds from '@salesforce/label/c.Review_Answer_Needs';
import answerDeny from '@salesforce/label/c.Review_Answer_Deny';

/** The texts of the quarterly review. */
export const labels = {
  title,
  loading,
  forbidden,
  intro,
  quarter,
  quarterName,
  audience,
  audienceCompany,
  audiencePartner,
  audiencePartnerSays,
  make,
  making,
  made,
  letters,
  failed,
  docTitle,
  docSubtitle,
  page,
  summary,
  health,
  referrals,
  pipeline,
  decisions,
  interventions,
  insightsCompany,
  insightsPartner,
  healthNow,
  healthNone,
  usage,
  interaction,
  noData,
  confidence,
  factors,
  referralCount,
  referralNone,
  pipelineCount,
  pipelineNone,
  decisionCount,
  decisionNone,
  interventionNone,
  insightNone,
  most,
  deal,
  state,
  on,
  number,
  stage,
  amount,
  closes,
  score,
  what,
  answer,
  reason,
  points,
  stateApproved,
  stateRejected,
  stateWith,
  stateAsks,
  stateNotSent,
  answerAllow,
  answerNeeds,
  answerDeny,
};
