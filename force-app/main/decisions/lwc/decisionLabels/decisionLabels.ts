import title from '@salesforce/label/c.Decision_Title';
import loading from '@salesforce/label/c.Decision_Loading';
import empty from '@salesforce/label/c.Decision_Empty';
import forbidden from '@salesforce/label/c.Decision_Forbidden';
import gone from '@salesforce/label/c.Decision_Gone';
import more from '@salesforce/label/c.Decision_More';
import moreLoaded from '@salesforce/label/c.Decision_More_Loaded';
import byAgent from '@salesforce/label/c.Decision_By_Agent';
import byAgentFor from '@salesforce/label/c.Decision_By_Agent_For';
import byPerson from '@salesforce/label/c.Decision_By_Person';
import stateJudged from '@salesforce/label/c.Decision_State_Judged';
import stateWaiting from '@salesforce/label/c.Decision_State_Waiting';
import stateDone from '@salesforce/label/c.Decision_State_Done';
import stateRefused from '@salesforce/label/c.Decision_State_Refused';
import stateStopped from '@salesforce/label/c.Decision_State_Stopped';
import unfold from '@salesforce/label/c.Decision_Unfold';
import whyTitle from '@salesforce/label/c.Decision_Why_Title';
import whyNone from '@salesforce/label/c.Decision_Why_None';
import answerAllow from '@salesforce/label/c.Decision_Answer_Allow';
import answerReview from '@salesforce/label/c.Decision_Answer_Review';
import answerDeny from '@salesforce/label/c.Decision_Answer_Deny';
import ruleVersion from '@salesforce/label/c.Decision_Rule_Version';
import policyVersion from '@salesforce/label/c.Decision_Policy_Version';
import policyScope from '@salesforce/label/c.Decision_Policy_Scope';
import approvedBy from '@salesforce/label/c.Decision_Approved_By';
import ruleRead from '@salesforce/label/c.Decision_Rule_Read';
import factsTitle from '@salesforce/label/c.Decision_Facts_Title';
import factsNone from '@salesforce/label/c.Decision_Facts_None';
import factAge from '@salesforce/label/c.Decision_Fact_Age';
import effectsTitle from '@salesforce/label/c.Decision_Effects_Title';
import effectsNone from '@salesforce/label/c.Decision_Effects_None';
import partsTitle from '@salesforce/label/c.Decision_Parts_Title';
import partHeld from '@salesforce/label/c.Decision_Part_Held';
import partNotHeld from '@salesforce/label/c.Decision_Part_Not_Held';
import resultTitle from '@salesforce/label/c.Decision_Result_Title';
import proofTitle from '@salesforce/label/c.Decision_Proof_Title';
import proofEntries from '@salesforce/label/c.Decision_Proof_Entries';
import proofHash from '@salesforce/label/c.Decision_Proof_Hash';
import proofHashFull from '@salesforce/label/c.Decision_Proof_Hash_Full';

/** The texts of the decision timeline. */
export const labels = {
  title,
  loading,
  empty,
  forbidden,
  gone,
  more,
  moreLoaded,
  byAgent,
  byAgentFor,
  byPerson,
  stateJudged,
  stateWaiting,
  stateDone,
  stateRefused,
  stateStopped,
  unfold,
  whyTitle,
  whyNone,
  answerAllow,
  answerReview,
  answerDeny,
  ruleVersion,
  policyVersion,
  policyScope,
  approvedBy,
  ruleRead,
  factsTitle,
  factsNone,
  factAge,
  effectsTitle,
  effectsNone,
  partsTitle,
  partHeld,
  partNotHeld,
  resultTitle,
  proofTitle,
  proofEntries,
  proofHash,
  proofHashFull,
};
