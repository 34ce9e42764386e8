import title from '@salesforce/label/c.Intervention_Title';
import titleCount from '@salesforce/label/c.Intervention_Title_Count';
import loading from '@salesforce/label/c.Intervention_Loading';
import empty from '@salesforce/label/c.Intervention_Empty';
import since from '@salesforce/label/c.Intervention_Since';
import due from '@salesforce/label/c.Intervention_Due';
import overdue from '@salesforce/label/c.Intervention_Overdue';
import revenue from '@salesforce/label/c.Intervention_Revenue';
import nextStep from '@salesforce/label/c.Intervention_Next_Step';
import forWhom from '@salesforce/label/c.Intervention_For_Whom';
import nobody from '@salesforce/label/c.Intervention_Nobody';
import accept from '@salesforce/label/c.Intervention_Accept';
import change from '@salesforce/label/c.Intervention_Change';
import dismiss from '@salesforce/label/c.Intervention_Dismiss';
import done from '@salesforce/label/c.Intervention_Done';
import acceptOf from '@salesforce/label/c.Intervention_Accept_Of';
import changeOf from '@salesforce/label/c.Intervention_Change_Of';
import dismissOf from '@salesforce/label/c.Intervention_Dismiss_Of';
import doneOf from '@salesforce/label/c.Intervention_Done_Of';
import save from '@salesforce/label/c.Intervention_Save';
import cancel from '@salesforce/label/c.Intervention_Cancel';
import reason from '@salesforce/label/c.Intervention_Reason';
import reasonHelp from '@salesforce/label/c.Intervention_Reason_Help';
import reasonNeeded from '@salesforce/label/c.Intervention_Reason_Needed';
import stepNeeded from '@salesforce/label/c.Intervention_Step_Needed';
import dueAt from '@salesforce/label/c.Intervention_Due_At';
import evidence from '@salesforce/label/c.Intervention_Evidence';
import sending from '@salesforce/label/c.Intervention_Sending';
import refused from '@salesforce/label/c.Intervention_Refused';
import accepted from '@salesforce/label/c.Intervention_Accepted';
import changedSaid from '@salesforce/label/c.Intervention_Changed_Said';
import dismissedSaid from '@salesforce/label/c.Intervention_Dismissed_Said';
import doneSaid from '@salesforce/label/c.Intervention_Done_Said';
import underWay from '@salesforce/label/c.Intervention_Under_Way';
import showAll from '@salesforce/label/c.Intervention_Show_All';
import stateProposed from '@salesforce/label/c.Intervention_State_Proposed';
import stateAccepted from '@salesforce/label/c.Intervention_State_Accepted';
import stateChanged from '@salesforce/label/c.Intervention_State_Changed';
import stateDismissed from '@salesforce/label/c.Intervention_State_Dismissed';
import stateDone from '@salesforce/label/c.Intervention_State_Done';
import kindCall from '@salesforce/label/c.Intervention_Kind_Call';
import kindReview from '@salesforce/label/c.Intervention_Kind_Review';
import kindTraining from '@salesforce/label/c.Intervention_Kind_Training';
import kindExecutive from '@salesforce/label/c.Intervention_Kind_Executive';
import kindOther from '@salesforce/label/c.Intervention_Kind_Other';
import history from '@salesforce/label/c.Intervention_History';
import historyEmpty from '@salesforce/label/c.Intervention_History_Empty';
import flagged from '@salesforce/label/c.Intervention_Flagged';
import decidedBy from '@salesforce/label/c.Intervention_Decided_By';
import leadDays from '@salesforce/label/c.Intervention_Lead_Days';
import why from '@salesforce/label/c.Intervention_Why';

/** The texts of interventions. */
export const labels = {
  title,
  titleCount,
  loading,
  empty,
  since,
  due,
  overdue,
  revenue,
  nextStep,
  forWhom,
  nobody,
  accept,
  change,
  dismiss,
  done,
  acceptOf,
  changeOf,
  dismissOf,
  doneOf,
  save,
  cancel,
  reason,
  reasonHelp,
  reasonNeeded,
  stepNeeded,
  dueAt,
  evidence,
  sending,
  refused,
  accepted,
  changedSaid,
  dismissedSaid,
  doneSaid,
  underWay,
  showAll,
  stateProposed,
  stateAccepted,
  stateChanged,
  stateDismissed,
  stateDone,
  kindCall,
  kindReview,
  kindTraining,
  kindExecutive,
  kindOther,
  history,
  historyEmpty,
  flagged,
  decidedBy,
  leadDays,
  why,
};
