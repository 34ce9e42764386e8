import open from '@salesforce/label/c.Dispute_Open';
import question from '@salesforce/label/c.Dispute_Question';
import questionHelp from '@salesforce/label/c.Dispute_Question_Help';
import send from '@salesforce/label/c.Dispute_Send';
import cancel from '@salesforce/label/c.Dispute_Cancel';
import missing from '@salesforce/label/c.Dispute_Missing';
import missingAnswer from '@salesforce/label/c.Dispute_Missing_Answer';
import sent from '@salesforce/label/c.Dispute_Sent';
import stateOpen from '@salesforce/label/c.Dispute_State_Open';
import stateAnswered from '@salesforce/label/c.Dispute_State_Answered';
import stateClosed from '@salesforce/label/c.Dispute_State_Closed';
import stateClosedIn from '@salesforce/label/c.Dispute_State_Closed_In';
import asked from '@salesforce/label/c.Dispute_Asked';
import answered from '@salesforce/label/c.Dispute_Answered';
import told from '@salesforce/label/c.Dispute_Told';
import answerLabel from '@salesforce/label/c.Dispute_Answer_Label';
import answer from '@salesforce/label/c.Dispute_Answer';
import answering from '@salesforce/label/c.Dispute_Answering';
import close from '@salesforce/label/c.Dispute_Close';
import closing from '@salesforce/label/c.Dispute_Closing';
import badge from '@salesforce/label/c.Dispute_Badge';
import refused from '@salesforce/label/c.Dispute_Refused';

/** The texts of disputes. */
export const labels = {
  open,
  question,
  questionHelp,
  send,
  cancel,
  missing,
  missingAnswer,
  sent,
  stateOpen,
  stateAnswered,
  stateClosed,
  stateClosedIn,
  asked,
  answered,
  told,
  answerLabel,
  answer,
  answering,
  close,
  closing,
  badge,
  refused,
};
