import title from '@salesforce/label/c.Approval_Title';
import loading from '@salesforce/label/c.Approval_Loading';
import forbidden from '@salesforce/label/c.Approval_Forbidden';
import countOne from '@salesforce/label/c.Approval_Count_One';
import countMany from '@salesforce/label/c.Approval_Count_Many';
import countMost from '@salesforce/label/c.Approval_Count_Most';
import shown from '@salesforce/label/c.Approval_Shown';
import keys from '@salesforce/label/c.Approval_Keys';
import empty from '@salesforce/label/c.Approval_Empty';
import emptyAlone from '@salesforce/label/c.Approval_Empty_Alone';
import emptyAloneOne from '@salesforce/label/c.Approval_Empty_Alone_One';
import emptyTeach from '@salesforce/label/c.Approval_Empty_Teach';
import emptyLink from '@salesforce/label/c.Approval_Empty_Link';
import more from '@salesforce/label/c.Approval_More';
import moreShown from '@salesforce/label/c.Approval_More_Shown';
import approve from '@salesforce/label/c.Approval_Approve';
import reject from '@salesforce/label/c.Approval_Reject';
import details from '@salesforce/label/c.Approval_Details';
import lessDetails from '@salesforce/label/c.Approval_Less_Details';
import choose from '@salesforce/label/c.Approval_Choose';
import chooseAll from '@salesforce/label/c.Approval_Choose_All';
import chooseMost from '@salesforce/label/c.Approval_Choose_Most';
import chosenOne from '@salesforce/label/c.Approval_Chosen_One';
import chosenMany from '@salesforce/label/c.Approval_Chosen_Many';
import chosenMoney from '@salesforce/label/c.Approval_Chosen_Money';
import approveAll from '@salesforce/label/c.Approval_Approve_All';
import rejectAll from '@salesforce/label/c.Approval_Reject_All';
import clear from '@salesforce/label/c.Approval_Clear';
import comment from '@salesforce/label/c.Approval_Comment';
import askedBy from '@salesforce/label/c.Approval_Asked_By';
import agentAsks from '@salesforce/label/c.Approval_Agent_Asks';
import why from '@salesforce/label/c.Approval_Why';
import rules from '@salesforce/label/c.Approval_Rules';
import would from '@salesforce/label/c.Approval_Would';
import facts from '@salesforce/label/c.Approval_Facts';
import about from '@salesforce/label/c.Approval_About';
import changed from '@salesforce/label/c.Approval_Changed';
import changedFact from '@salesforce/label/c.Approval_Changed_Fact';
import nothing from '@salesforce/label/c.Approval_Nothing';
import due from '@salesforce/label/c.Approval_Due';
import overdue from '@salesforce/label/c.Approval_Overdue';
import noDue from '@salesforce/label/c.Approval_No_Due';
import escalated from '@salesforce/label/c.Approval_Escalated';
import sending from '@salesforce/label/c.Approval_Sending';
import approvedOne from '@salesforce/label/c.Approval_Approved_One';
import rejectedOne from '@salesforce/label/c.Approval_Rejected_One';
import approvedMany from '@salesforce/label/c.Approval_Approved_Many';
import rejectedMany from '@salesforce/label/c.Approval_Rejected_Many';
import refused from '@salesforce/label/c.Approval_Refused';
import answeredTitle from '@salesforce/label/c.Approval_Answered_Title';
import youApproved from '@salesforce/label/c.Approval_You_Approved';
import youRejected from '@salesforce/label/c.Approval_You_Rejected';
import undo from '@salesforce/label/c.Approval_Undo';
import undoOf from '@salesforce/label/c.Approval_Undo_Of';
import undoAll from '@salesforce/label/c.Approval_Undo_All';
import undoUntil from '@salesforce/label/c.Approval_Undo_Until';
import undoing from '@salesforce/label/c.Approval_Undoing';
import undone from '@salesforce/label/c.Approval_Undone';
import undoRefused from '@salesforce/label/c.Approval_Undo_Refused';

/** The texts of the approval inbox. */
export const labels = {
  title,
  loading,
  forbidden,
  countOne,
  countMany,
  countMost,
  shown,
  keys,
  empty,
  emptyAlone,
  emptyAloneOne,
  emptyTeach,
  emptyLink,
  more,
  moreShown,
  approve,
  reject,
  details,
  lessDetails,
  choose,
  chooseAll,
  chooseMost,
  chosenOne,
  chosenMany,
  chosenMoney,
  approveAll,
  rejectAll,
  clear,
  comment,
  askedBy,
  agentAsks,
  why,
  rules,
  would,
  facts,
  about,
  changed,
  changedFact,
  nothing,
  due,
  overdue,
  noDue,
  escalated,
  sending,
  approvedOne,
  rejectedOne,
  approvedMany,
  rejectedMany,
  refused,
  answeredTitle,
  youApproved,
  youRejected,
  undo,
  undoOf,
  undoAll,
  undoUntil,
  undoing,
  undone,
  undoRefused,
};
