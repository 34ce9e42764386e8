import title from '@salesforce/label/c.Portfolio_Title';
import loading from '@salesforce/label/c.Portfolio_Loading';
import loadingMore from '@salesforce/label/c.Portfolio_Loading_More';
import forbidden from '@salesforce/label/c.Portfolio_Forbidden';
import empty from '@salesforce/label/c.Portfolio_Empty';
import noneMatch from '@salesforce/label/c.Portfolio_None_Match';
import mostRead from '@salesforce/label/c.Portfolio_Most_Read';
import table from '@salesforce/label/c.Portfolio_Table';
import partner from '@salesforce/label/c.Portfolio_Partner';
import score from '@salesforce/label/c.Portfolio_Score';
import trend from '@salesforce/label/c.Portfolio_Trend';
import usage from '@salesforce/label/c.Portfolio_Usage';
import interaction from '@salesforce/label/c.Portfolio_Interaction';
import revenue from '@salesforce/label/c.Portfolio_Revenue';
import contact from '@salesforce/label/c.Portfolio_Contact';
import deals from '@salesforce/label/c.Portfolio_Deals';
import attention from '@salesforce/label/c.Portfolio_Attention';
import sortBy from '@salesforce/label/c.Portfolio_Sort_By';
import noData from '@salesforce/label/c.Portfolio_No_Data';
import never from '@salesforce/label/c.Portfolio_Never';
import moved from '@salesforce/label/c.Portfolio_Moved';
import sparkline from '@salesforce/label/c.Portfolio_Sparkline';
import sparklineNone from '@salesforce/label/c.Portfolio_Sparkline_None';
import search from '@salesforce/label/c.Portfolio_Search';
import band from '@salesforce/label/c.Portfolio_Band';
import segment from '@salesforce/label/c.Portfolio_Segment';
import tier from '@salesforce/label/c.Portfolio_Tier';
import manager from '@salesforce/label/c.Portfolio_Manager';
import missing from '@salesforce/label/c.Portfolio_Missing';
import all from '@salesforce/label/c.Portfolio_All';
import mine from '@salesforce/label/c.Portfolio_Mine';
import missingAny from '@salesforce/label/c.Portfolio_Missing_Any';
import missingUsage from '@salesforce/label/c.Portfolio_Missing_Usage';
import missingInteraction from '@salesforce/label/c.Portfolio_Missing_Interaction';
import declining from '@salesforce/label/c.Portfolio_Declining';
import clear from '@salesforce/label/c.Portfolio_Clear';
import view from '@salesforce/label/c.Portfolio_View';
import viewNone from '@salesforce/label/c.Portfolio_View_None';
import viewName from '@salesforce/label/c.Portfolio_View_Name';
import viewSave from '@salesforce/label/c.Portfolio_View_Save';
import viewDelete from '@salesforce/label/c.Portfolio_View_Delete';
import viewSaved from '@salesforce/label/c.Portfolio_View_Saved';
import viewDeleted from '@salesforce/label/c.Portfolio_View_Deleted';
import range from '@salesforce/label/c.Portfolio_Range';
import rangeFiltered from '@salesforce/label/c.Portfolio_Range_Filtered';
import previous from '@salesforce/label/c.Portfolio_Previous';
import next from '@salesforce/label/c.Portfolio_Next';
import choose from '@salesforce/label/c.Portfolio_Choose';
import chooseAll from '@salesforce/label/c.Portfolio_Choose_All';
import chooseColumn from '@salesforce/label/c.Portfolio_Choose_Column';
import chosen from '@salesforce/label/c.Portfolio_Chosen';
import chosenOne from '@salesforce/label/c.Portfolio_Chosen_One';
import chosenNone from '@salesforce/label/c.Portfolio_Chosen_None';
import assign from '@salesforce/label/c.Portfolio_Assign';
import assignTitle from '@salesforce/label/c.Portfolio_Assign_Title';
import assignNone from '@salesforce/label/c.Portfolio_Assign_None';
import assignCount from '@salesforce/label/c.Portfolio_Assign_Count';
import assignCountOne from '@salesforce/label/c.Portfolio_Assign_Count_One';
import assignMost from '@salesforce/label/c.Portfolio_Assign_Most';
import assignDue from '@salesforce/label/c.Portfolio_Assign_Due';
import assignSend from '@salesforce/label/c.Portfolio_Assign_Send';
import assignCancel from '@salesforce/label/c.Portfolio_Assign_Cancel';
import assignRefused from '@salesforce/label/c.Portfolio_Assign_Refused';
import assignWho from '@salesforce/label/c.Portfolio_Assign_Who';
import capacityMine from '@salesforce/label/c.Portfolio_Capacity_Mine';
import capacityMineOne from '@salesforce/label/c.Portfolio_Capacity_Mine_One';
import capacityNear from '@salesforce/label/c.Portfolio_Capacity_Near';
import capacityOver from '@salesforce/label/c.Portfolio_Capacity_Over';
import capacityYou from '@salesforce/label/c.Portfolio_Capacity_You';
import capacityMore from '@salesforce/label/c.Portfolio_Capacity_More';
import capacityUse from '@salesforce/label/c.Portfolio_Capacity_Use';
import capacityUseSays from '@salesforce/label/c.Portfolio_Capacity_Use_Says';
import stalePage from '@salesforce/label/c.Portfolio_Stale_Page';

/** The texts of the partner health page. */
export const labels = {
  title,
  loading,
  loadingMore,
  forbidden,
  empty,
  noneMatch,
  mostRead,
  table,
  partner,
  score,
  trend,
  usage,
  interaction,
  revenue,
  contact,
  deals,
  attention,
  sortBy,
  noData,
  never,
  moved,
  sparkline,
  sparklineNone,
  search,
  band,
  segment,
  tier,
  manager,
  missing,
  all,
  mine,
  missingAny,
  missingUsage,
  missingInteraction,
  declining,
  clear,
  view,
  viewNone,
  viewName,
  viewSave,
  viewDelete,
  viewSaved,
  viewDeleted,
  range,
  rangeFiltered,
  previous,
  next,
  choose,
  chooseAll,
  chooseColumn,
  chosen,
  chosenOne,
  chosenNone,
  assign,
  assignTitle,
  assignNone,
  assignCount,
  assignCountOne,
  assignMost,
  assignDue,
  assignSend,
  assignCancel,
  assignRefused,
  assignWho,
  capacityMine,
  capacityMineOne,
  capacityNear,
  capacityOver,
  capacityYou,
  capacityMore,
  capacityUse,
  capacityUseSays,
  stalePage,
};
