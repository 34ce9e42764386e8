import panelTitle from '@salesforce/label/c.Referral_Panel_Title';
import buttonRefer from '@salesforce/label/c.Referral_Button_Refer';
import buttonReferAgain from '@salesforce/label/c.Referral_Button_ReferAgain';
import buttonRetry from '@salesforce/label/c.Referral_Button_Retry';
import buttonSendCorrection from '@salesforce/label/c.Referral_Button_SendCorrection';
import buttonSending from '@salesforce/label/c.Referral_Button_Sending';
import fitOne from '@salesforce/label/c.Referral_Fit_One';
import fitMany from '@salesforce/label/c.Referral_Fit_Many';
import fitNone from '@salesforce/label/c.Referral_Fit_None';
import fitOthers from '@salesforce/label/c.Referral_Fit_Others';
import previewPersonal from '@salesforce/label/c.Referral_Preview_Personal';
import questionsTitleOne from '@salesforce/label/c.Referral_Questions_Title_One';
import questionsTitleMany from '@salesforce/label/c.Referral_Questions_Title_Many';
import questionsChoose from '@salesforce/label/c.Referral_Questions_Choose';
import stepChecked from '@salesforce/label/c.Referral_Step_Checked';
import stepRecorded from '@salesforce/label/c.Referral_Step_Recorded';
import stepFiled from '@salesforce/label/c.Referral_Step_Filed';
import stepInReview from '@salesforce/label/c.Referral_Step_InReview';
import stepApproved from '@salesforce/label/c.Referral_Step_Approved';
import stepRejected from '@salesforce/label/c.Referral_Step_Rejected';
import stepDone from '@salesforce/label/c.Referral_Step_Done';
import stepCurrent from '@salesforce/label/c.Referral_Step_Current';
import stepWaiting from '@salesforce/label/c.Referral_Step_Waiting';
import stateFiling from '@salesforce/label/c.Referral_State_Filing';
import stateSubmitted from '@salesforce/label/c.Referral_State_Submitted';
import stateInReview from '@salesforce/label/c.Referral_State_InReview';
import stateActionRequired from '@salesforce/label/c.Referral_State_ActionRequired';
import stateApproved from '@salesforce/label/c.Referral_State_Approved';
import stateRejected from '@salesforce/label/c.Referral_State_Rejected';
import stateBlocked from '@salesforce/label/c.Referral_State_Blocked';
import stateWaitingApproval from '@salesforce/label/c.Referral_State_WaitingApproval';
import stateFailed from '@salesforce/label/c.Referral_State_Failed';
import correctionComment from '@salesforce/label/c.Referral_Correction_Comment';
import correctionEditable from '@salesforce/label/c.Referral_Correction_Editable';
import blockedRule from '@salesforce/label/c.Referral_Blocked_Rule';
import networkId from '@salesforce/label/c.Referral_NetworkId';
import noPermission from '@salesforce/label/c.Referral_NoPermission';
import noPartner from '@salesforce/label/c.Referral_NoPartner';
import loading from '@salesforce/label/c.Referral_Loading';
import fitOpen from '@salesforce/label/c.Referral_Fit_Open';
import choosePartner from '@salesforce/label/c.Referral_Choose_Partner';
import chooseReasonsOne from '@salesforce/label/c.Referral_Choose_Reasons_One';
import chooseReasonsMany from '@salesforce/label/c.Referral_Choose_Reasons_Many';
import chooseReasonsNone from '@salesforce/label/c.Referral_Choose_Reasons_None';
import chooseUnconnected from '@salesforce/label/c.Referral_Choose_Unconnected';
import previewTitleCount from '@salesforce/label/c.Referral_Preview_Title_Count';
import previewEmpty from '@salesforce/label/c.Referral_Preview_Empty';
import previewNote from '@salesforce/label/c.Referral_Preview_Note';
import sourceRecord from '@salesforce/label/c.Referral_Source_Record';
import sourceRule from '@salesforce/label/c.Referral_Source_Rule';
import sourceTemplate from '@salesforce/label/c.Referral_Source_Template';
import sourcePerson from '@salesforce/label/c.Referral_Source_Person';
import questionsHint from '@salesforce/label/c.Referral_Questions_Hint';
import questionsAuto from '@salesforce/label/c.Referral_Questions_Auto';
import questionsWhy from '@salesforce/label/c.Referral_Questions_Why';
import questionsRequired from '@salesforce/label/c.Referral_Questions_Required';
import questionsTooShort from '@salesforce/label/c.Referral_Questions_TooShort';
import questionsTooLong from '@salesforce/label/c.Referral_Questions_TooLong';
import questionsTooSmall from '@salesforce/label/c.Referral_Questions_TooSmall';
import questionsTooLarge from '@salesforce/label/c.Referral_Questions_TooLarge';
import questionsNotANumber from '@salesforce/label/c.Referral_Questions_NotANumber';
import questionsLength from '@salesforce/label/c.Referral_Questions_Length';
import questionsSend from '@salesforce/label/c.Referral_Questions_Send';
import stateSent from '@salesforce/label/c.Referral_State_Sent';
import stateSentNext from '@salesforce/label/c.Referral_State_Sent_Next';
import stateInLine from '@salesforce/label/c.Referral_State_InLine';
import stateLineTime from '@salesforce/label/c.Referral_State_Line_Time';
import stateLine from '@salesforce/label/c.Referral_State_Line';
import stateLineReason from '@salesforce/label/c.Referral_State_Line_Reason';
import stateNeedsAnswersOne from '@salesforce/label/c.Referral_State_NeedsAnswers_One';
import stateNeedsAnswersMany from '@salesforce/label/c.Referral_State_NeedsAnswers_Many';
import stateSubmittedNext from '@salesforce/label/c.Referral_State_Submitted_Next';
import stateInReviewNext from '@salesforce/label/c.Referral_State_InReview_Next';
import stateActionRequiredNext from '@salesforce/label/c.Referral_State_ActionRequired_Next';
import stateApprovedNext from '@salesforce/label/c.Referral_State_Approved_Next';
import stateApprovalNext from '@salesforce/label/c.Referral_State_Approval_Next';
import stateFailedNext from '@salesforce/label/c.Referral_State_Failed_Next';
import stateRefused from '@salesforce/label/c.Referral_State_Refused';
import stateSince from '@salesforce/label/c.Referral_State_Since';
import reason from '@salesforce/label/c.Referral_Reason';
import helpClarifyRevenue from '@salesforce/label/c.Referral_Help_Clarify_Revenue';
import helpClarifySolution from '@salesforce/label/c.Referral_Help_Clarify_Solution';
import helpForecastConflict from '@salesforce/label/c.Referral_Help_Forecast_Conflict';
import helpOther from '@salesforce/label/c.Referral_Help_Other';
import steps from '@salesforce/label/c.Referral_Steps';
import stepStopped from '@salesforce/label/c.Referral_Step_Stopped';
import stepActionRequired from '@salesforce/label/c.Referral_Step_ActionRequired';
import stepDecided from '@salesforce/label/c.Referral_Step_Decided';
import partnerOwner from '@salesforce/label/c.Referral_Partner_Owner';
import partnerStage from '@salesforce/label/c.Referral_Partner_Stage';
import partnerActions from '@salesforce/label/c.Referral_Partner_Actions';
import open from '@salesforce/label/c.Referral_Open';
import correctionMore from '@salesforce/label/c.Referral_Correction_More';
import changesTitle from '@salesforce/label/c.Referral_Changes_Title';
import changesNow from '@salesforce/label/c.Referral_Changes_Now';
import changesWas from '@salesforce/label/c.Referral_Changes_Was';
import changesNotSent from '@salesforce/label/c.Referral_Changes_NotSent';
import changesSendOne from '@salesforce/label/c.Referral_Changes_Send_One';
import changesSendMany from '@salesforce/label/c.Referral_Changes_Send_Many';
import changesLocked from '@salesforce/label/c.Referral_Changes_Locked';
import changesReview from '@salesforce/label/c.Referral_Changes_Review';
import correctionNothing from '@salesforce/label/c.Referral_Correction_Nothing';
import correctionChange from '@salesforce/label/c.Referral_Correction_Change';
import questionsComplete from '@salesforce/label/c.Referral_Questions_Complete';
import sourceConstant from '@salesforce/label/c.Referral_Source_Constant';
import routeTitle from '@salesforce/label/c.Referral_Route_Title';
import routePortal from '@salesforce/label/c.Referral_Route_Portal';
import routeProgram from '@salesforce/label/c.Referral_Route_Program';
import routeOwner from '@salesforce/label/c.Referral_Route_Owner';
import routeContact from '@salesforce/label/c.Referral_Route_Contact';
import routeWhyPortal from '@salesforce/label/c.Referral_Route_Why_Portal';
import routeWhyContact from '@salesforce/label/c.Referral_Route_Why_Contact';
import networkAwsAce from '@salesforce/label/c.Referral_Network_Aws_Ace';
import readAt from '@salesforce/label/c.Referral_Read_At';
import readAgain from '@salesforce/label/c.Referral_Read_Again';
import filedAfter from '@salesforce/label/c.Referral_Filed_After';
import filedLate from '@salesforce/label/c.Referral_Filed_Late';
import stateSlow from '@salesforce/label/c.Referral_State_Slow';
import stateConfirm from '@salesforce/label/c.Referral_State_Confirm';
import buttonConfirm from '@salesforce/label/c.Referral_Button_Confirm';
import stepNotFiled from '@salesforce/label/c.Referral_Step_NotFiled';
import stepStoppedByRule from '@salesforce/label/c.Referral_Step_StoppedByRule';

/** The texts of the referral components. */
export const labels = {
  panelTitle,
  buttonRefer,
  buttonReferAgain,
  buttonRetry,
  buttonSendCorrection,
  buttonSending,
  fitOne,
  fitMany,
  fitNone,
  fitOthers,
  previewPersonal,
  questionsTitleOne,
  questionsTitleMany,
  questionsChoose,
  stepChecked,
  stepRecorded,
  stepFiled,
  stepInReview,
  stepApproved,
  stepRejected,
  stepDone,
  stepCurrent,
  stepWaiting,
  stateFiling,
  stateSubmitted,
  stateInReview,
  stateActionRequired,
  stateApproved,
  stateRejected,
  stateBlocked,
  stateWaitingApproval,
  stateFailed,
  correctionComment,
  correctionEditable,
  blockedRule,
  networkId,
  noPermission,
  noPartner,
  loading,
  fitOpen,
  choosePartner,
  chooseReasonsOne,
  chooseReasonsMany,
  chooseReasonsNone,
  chooseUnconnected,
  previewTitleCount,
  previewEmpty,
  previewNote,
  sourceRecord,
  sourceRule,
  sourceTemplate,
  sourcePerson,
  questionsHint,
  questionsAuto,
  questionsWhy,
  questionsRequired,
  questionsTooShort,
  questionsTooLong,
  questionsTooSmall,
  questionsTooLarge,
  questionsNotANumber,
  questionsLength,
  questionsSend,
  stateSent,
  stateSentNext,
  stateInLine,
  stateLineTime,
  stateLine,
  stateLineReason,
  stateNeedsAnswersOne,
  stateNeedsAnswersMany,
  stateSubmittedNext,
  stateInReviewNext,
  stateActionRequiredNext,
  stateApprovedNext,
  stateApprovalNext,
  stateFailedNext,
  stateRefused,
  stateSince,
  reason,
  helpClarifyRevenue,
  helpClarifySolution,
  helpForecastConflict,
  helpOther,
  steps,
  stepStopped,
  stepActionRequired,
  stepDecided,
  partnerOwner,
  partnerStage,
  partnerActions,
  open,
  correctionMore,
  changesTitle,
  changesNow,
  changesWas,
  changesNotSent,
  changesSendOne,
  changesSendMany,
  changesLocked,
  changesReview,
  correctionNothing,
  correctionChange,
  questionsComplete,
  sourceConstant,
  routeTitle,
  routePortal,
  routeProgram,
  routeOwner,
  routeContact,
  routeWhyPortal,
  routeWhyContact,
  networkAwsAce,
  readAt,
  readAgain,
  filedAfter,
  filedLate,
  stateSlow,
  stateConfirm,
  buttonConfirm,
  stepNotFiled,
  stepStoppedByRule,
};
