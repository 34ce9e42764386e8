import title from '@salesforce/label/c.Story_Title';
import loading from '@salesforce/label/c.Story_Loading';
import forbidden from '@salesforce/label/c.Story_Forbidden';
import factsTitle from '@salesforce/label/c.Story_Facts_Title';
import deal from '@salesforce/label/c.Story_Deal';
import partner from '@salesforce/label/c.Story_Partner';
import number from '@salesforce/label/c.Story_Number';
import askedBy from '@salesforce/label/c.Story_Asked_By';
import filedIn from '@salesforce/label/c.Story_Filed_In';
import fields from '@salesforce/label/c.Story_Fields';
import fieldsValue from '@salesforce/label/c.Story_Fields_Value';
import questions from '@salesforce/label/c.Story_Questions';
import valuesTitle from '@salesforce/label/c.Story_Values_Title';
import valuesNone from '@salesforce/label/c.Story_Values_None';
import historyTitle from '@salesforce/label/c.Story_History_Title';
import historyNone from '@salesforce/label/c.Story_History_None';
import stepReceived from '@salesforce/label/c.Story_Step_Received';
import stepDrafted from '@salesforce/label/c.Story_Step_Drafted';
import stepChecked from '@salesforce/label/c.Story_Step_Checked';
import stepRecorded from '@salesforce/label/c.Story_Step_Recorded';
import stepFiled from '@salesforce/label/c.Story_Step_Filed';
import stepAssociated from '@salesforce/label/c.Story_Step_Associated';
import stepSubmitted from '@salesforce/label/c.Story_Step_Submitted';
import stepInReview from '@salesforce/label/c.Story_Step_InReview';
import stepDecided from '@salesforce/label/c.Story_Step_Decided';
import partSystemOfRecord from '@salesforce/label/c.Story_Part_System_Of_Record';
import partLoopClosed from '@salesforce/label/c.Story_Part_Loop_Closed';
import partLiveContext from '@salesforce/label/c.Story_Part_Live_Context';
import partSanctioned from '@salesforce/label/c.Story_Part_Sanctioned';
import partAuditable from '@salesforce/label/c.Story_Part_Auditable';
import testTitle from '@salesforce/label/c.Story_Test_Title';
import testHeld from '@salesforce/label/c.Story_Test_Held';
import testNotHeld from '@salesforce/label/c.Story_Test_Not_Held';

/** The texts of the referral story. */
export const labels = {
  title,
  loading,
  forbidden,
  factsTitle,
  deal,
  partner,
  number,
  askedBy,
  filedIn,
  fields,
  fieldsValue,
  questions,
  valuesTitle,
  valuesNone,
  historyTitle,
  historyNone,
  stepReceived,
  stepDrafted,
  stepChecked,
  stepRecorded,
  stepFiled,
  stepAssociated,
  stepSubmitted,
  stepInReview,
  stepDecided,
  partSystemOfRecord,
  partLoopClosed,
  partLiveContext,
  partSanctioned,
  partAuditable,
  testTitle,
  testHeld,
  testNotHeld,
};
