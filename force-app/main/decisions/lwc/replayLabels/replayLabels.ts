import title from '@salesforce/label/c.Replay_Title';
import button from '@salesforce/label/c.Replay_Button';
import never from '@salesforce/label/c.Replay_Never';
import working from '@salesforce/label/c.Replay_Working';
import same from '@salesforce/label/c.Replay_Same';
import different from '@salesforce/label/c.Replay_Different';
import erased from '@salesforce/label/c.Replay_Erased';
import unreadable from '@salesforce/label/c.Replay_Unreadable';
import todaySame from '@salesforce/label/c.Replay_Today_Same';
import todayDifferent from '@salesforce/label/c.Replay_Today_Different';
import difference from '@salesforce/label/c.Replay_Difference';
import at from '@salesforce/label/c.Replay_At';
import refused from '@salesforce/label/c.Replay_Refused';
import allow from '@salesforce/label/c.Replay_Allow';
import review from '@salesforce/label/c.Replay_Review';
import deny from '@salesforce/label/c.Replay_Deny';
import missing from '@salesforce/label/c.Replay_Missing';

/** The texts of replaying a decision. */
export const labels = {
  title,
  button,
  never,
  working,
  same,
  different,
  erased,
  unreadable,
  todaySame,
  todayDifferent,
  difference,
  at,
  refused,
  allow,
  review,
  deny,
  missing,
};
