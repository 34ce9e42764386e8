import title from '@salesforce/label/c.Speed_Title';
import loading from '@salesforce/label/c.Speed_Loading';
import none from '@salesforce/label/c.Speed_None';
import usual from '@salesforce/label/c.Speed_Usual';
import slowest from '@salesforce/label/c.Speed_Slowest';
import lateNone from '@salesforce/label/c.Speed_Late_None';
import lateOne from '@salesforce/label/c.Speed_Late_One';
import lateMany from '@salesforce/label/c.Speed_Late_Many';

/** The texts of the card about how fast referrals are filed. */
export const labels = {
  title,
  loading,
  none,
  usual,
  slowest,
  lateNone,
  lateOne,
  lateMany,
};
