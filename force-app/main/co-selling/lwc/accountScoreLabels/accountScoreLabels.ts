import title from '@salesforce/label/c.AccountScore_Title';
import loading from '@salesforce/label/c.AccountScore_Loading';
import noAccess from '@salesforce/label/c.AccountScore_No_Access';
import empty from '@salesforce/label/c.AccountScore_Empty';
import sumOne from '@salesforce/label/c.AccountScore_Sum_One';
import sumMany from '@salesforce/label/c.AccountScore_Sum_Many';
import expected from '@salesforce/label/c.AccountScore_Expected';
import unscoredOne from '@salesforce/label/c.AccountScore_Unscored_One';
import unscoredMany from '@salesforce/label/c.AccountScore_Unscored_Many';
import noneScored from '@salesforce/label/c.AccountScore_None_Scored';
import account from '@salesforce/label/c.AccountScore_Account';
import accountScore from '@salesforce/label/c.AccountScore_Account_Score';
import list from '@salesforce/label/c.AccountScore_List';
import noScore from '@salesforce/label/c.AccountScore_No_Score';
import stageAndClose from '@salesforce/label/c.AccountScore_Stage_And_Close';
import more from '@salesforce/label/c.AccountScore_More';

/** The texts of the card of an account’s open deals. */
export const labels = {
  title,
  loading,
  noAccess,
  empty,
  sumOne,
  sumMany,
  expected,
  unscoredOne,
  unscoredMany,
  noneScored,
  account,
  accountScore,
  list,
  noScore,
  stageAndClose,
  more,
};
