import title from '@salesforce/label/c.Worklist_Title';
import loading from '@salesforce/label/c.Worklist_Loading';
import empty from '@salesforce/label/c.Worklist_Empty';
import readyTitle from '@salesforce/label/c.Worklist_Ready_Title';
import readyEmpty from '@salesforce/label/c.Worklist_Ready_Empty';
import readyClose from '@salesforce/label/c.Worklist_Ready_Close';
import readyAll from '@salesforce/label/c.Worklist_Ready_All';
import forbidden from '@salesforce/label/c.Worklist_Forbidden';

/** The texts of the worklist. */
export const labels = {
  title,
  loading,
  empty,
  readyTitle,
  readyEmpty,
  readyClose,
  readyAll,
  forbidden,
};
