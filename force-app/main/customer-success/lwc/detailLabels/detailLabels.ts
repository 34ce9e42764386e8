import title from '@salesforce/label/c.Health_Detail_Title';
import loading from '@salesforce/label/c.Health_Detail_Loading';
import forbidden from '@salesforce/label/c.Health_Detail_Forbidden';
import none from '@salesforce/label/c.Health_Detail_None';
import factors from '@salesforce/label/c.Health_Detail_Factors';
import factor from '@salesforce/label/c.Health_Detail_Factor';
import says from '@salesforce/label/c.Health_Detail_Says';
import points from '@salesforce/label/c.Health_Detail_Points';
import prior from '@salesforce/label/c.Health_Detail_Prior';
import sum from '@salesforce/label/c.Health_Detail_Sum';
import was from '@salesforce/label/c.Health_Detail_Was';
import rounded from '@salesforce/label/c.Health_Detail_Rounded';
import noFactors from '@salesforce/label/c.Health_Detail_No_Factors';
import chartUsage from '@salesforce/label/c.Health_Detail_Chart_Usage';
import chartInteraction from '@salesforce/label/c.Health_Detail_Chart_Interaction';
import chartScore from '@salesforce/label/c.Health_Detail_Chart_Score';
import chartSays from '@salesforce/label/c.Health_Detail_Chart_Says';
import chartNone from '@salesforce/label/c.Health_Detail_Chart_None';
import chartGaps from '@salesforce/label/c.Health_Detail_Chart_Gaps';
import chartGapsOne from '@salesforce/label/c.Health_Detail_Chart_Gaps_One';
import chartWeek from '@salesforce/label/c.Health_Detail_Chart_Week';
import chartWeekNone from '@salesforce/label/c.Health_Detail_Chart_Week_None';
import chartSlider from '@salesforce/label/c.Health_Detail_Chart_Slider';
import asTable from '@salesforce/label/c.Health_Detail_As_Table';
import asChart from '@salesforce/label/c.Health_Detail_As_Chart';
import week from '@salesforce/label/c.Health_Detail_Week';
import value from '@salesforce/label/c.Health_Detail_Value';
import behind from '@salesforce/label/c.Health_Detail_Behind';
import behindWeek from '@salesforce/label/c.Health_Detail_Behind_Week';
import behindEmpty from '@salesforce/label/c.Health_Detail_Behind_Empty';
import behindWeekEmpty from '@salesforce/label/c.Health_Detail_Behind_Week_Empty';
import allWeeks from '@salesforce/label/c.Health_Detail_All_Weeks';
import insightPeriod from '@salesforce/label/c.Health_Detail_Insight_Period';
import insightFigures from '@salesforce/label/c.Health_Detail_Insight_Figures';
import version from '@salesforce/label/c.Health_Detail_Version';

/** The texts of a partner's health in detail. */
export const labels = {
  title,
  loading,
  forbidden,
  none,
  factors,
  factor,
  says,
  points,
  prior,
  sum,
  was,
  rounded,
  noFactors,
  chartUsage,
  chartInteraction,
  chartScore,
  chartSays,
  chartNone,
  chartGaps,
  chartGapsOne,
  chartWeek,
  chartWeekNone,
  chartSlider,
  asTable,
  asChart,
  week,
  value,
  behind,
  behindWeek,
  behindEmpty,
  behindWeekEmpty,
  allWeeks,
  insightPeriod,
  insightFigures,
  version,
};
