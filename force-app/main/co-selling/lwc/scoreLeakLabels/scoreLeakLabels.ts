import title from '@salesforce/label/c.ScoreLeak_Title';
import intro from '@salesforce/label/c.ScoreLeak_Intro';
import none from '@salesforce/label/c.ScoreLeak_None';
import unknown from '@salesforce/label/c.ScoreLeak_Unknown';
import refused from '@salesforce/label/c.ScoreLeak_Refused';
import suspect from '@salesforce/label/c.ScoreLeak_Suspect';
import evidence from '@salesforce/label/c.ScoreLeak_Evidence';
import noHistory from '@salesforce/label/c.ScoreLeak_No_History';
import useless from '@salesforce/label/c.ScoreLeak_Useless';
import used from '@salesforce/label/c.ScoreLeak_Used';
import field from '@salesforce/label/c.ScoreLeak_Field';
import why from '@salesforce/label/c.ScoreLeak_Why';

/** The texts of the list of fields that were left out. */
export const labels = {
  title,
  intro,
  none,
  unknown,
  refused,
  suspect,
  evidence,
  noHistory,
  useless,
  used,
  field,
  why,
};
