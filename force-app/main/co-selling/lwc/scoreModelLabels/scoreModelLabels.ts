import title from '@salesforce/label/c.ScoreModel_Title';
import cardTitle from '@salesforce/label/c.ScoreModel_Card_Title';
import loading from '@salesforce/label/c.ScoreModel_Loading';
import intro from '@salesforce/label/c.ScoreModel_Intro';
import empty from '@salesforce/label/c.ScoreModel_Empty';
import noAccess from '@salesforce/label/c.ScoreModel_No_Access';
import subjectPropensity from '@salesforce/label/c.ScoreModel_Subject_Propensity';
import subjectHealth from '@salesforce/label/c.ScoreModel_Subject_Health';
import stateActive from '@salesforce/label/c.ScoreModel_State_Active';
import stateCandidate from '@salesforce/label/c.ScoreModel_State_Candidate';
import stateRetired from '@salesforce/label/c.ScoreModel_State_Retired';
import stateRefused from '@salesforce/label/c.ScoreModel_State_Refused';
import algorithmBoostedTrees from '@salesforce/label/c.ScoreModel_Algorithm_Boosted_Trees';
import algorithmLogistic from '@salesforce/label/c.ScoreModel_Algorithm_Logistic';
import algorithmPrior from '@salesforce/label/c.ScoreModel_Algorithm_Prior';
import inUseSince from '@salesforce/label/c.ScoreModel_In_Use_Since';
import inUseBy from '@salesforce/label/c.ScoreModel_In_Use_By';
import candidateSays from '@salesforce/label/c.ScoreModel_Candidate_Says';
import retiredSays from '@salesforce/label/c.ScoreModel_Retired_Says';
import refusedSays from '@salesforce/label/c.ScoreModel_Refused_Says';
import learned from '@salesforce/label/c.ScoreModel_Learned';
import learnedPartners from '@salesforce/label/c.ScoreModel_Learned_Partners';
import works from '@salesforce/label/c.ScoreModel_Works';
import tooLittle from '@salesforce/label/c.ScoreModel_Too_Little';
import figures from '@salesforce/label/c.ScoreModel_Figures';
import measuredTime from '@salesforce/label/c.ScoreModel_Measured_Time';
import measuredFolds from '@salesforce/label/c.ScoreModel_Measured_Folds';
import aucWords from '@salesforce/label/c.ScoreModel_Auc_Words';
import aucHelp from '@salesforce/label/c.ScoreModel_Auc_Help';
import eceWords from '@salesforce/label/c.ScoreModel_Ece_Words';
import eceHelp from '@salesforce/label/c.ScoreModel_Ece_Help';
import eceHelpPlain from '@salesforce/label/c.ScoreModel_Ece_Help_Plain';
import liftWords from '@salesforce/label/c.ScoreModel_Lift_Words';
import liftHelp from '@salesforce/label/c.ScoreModel_Lift_Help';
import brierWords from '@salesforce/label/c.ScoreModel_Brier_Words';
import brierHelp from '@salesforce/label/c.ScoreModel_Brier_Help';
import notMeasured from '@salesforce/label/c.ScoreModel_Not_Measured';
import column_auc from '@salesforce/label/c.ScoreModel_Column_Auc';
import column_ece from '@salesforce/label/c.ScoreModel_Column_Ece';
import column_lift from '@salesforce/label/c.ScoreModel_Column_Lift';
import column_version from '@salesforce/label/c.ScoreModel_Column_Version';
import column_state from '@salesforce/label/c.ScoreModel_Column_State';
import column_learned from '@salesforce/label/c.ScoreModel_Column_Learned';
import column_trained from '@salesforce/label/c.ScoreModel_Column_Trained';
import column_action from '@salesforce/label/c.ScoreModel_Column_Action';
import deals from '@salesforce/label/c.ScoreModel_Deals';
import partners from '@salesforce/label/c.ScoreModel_Partners';
import aucCell from '@salesforce/label/c.ScoreModel_Auc_Cell';
import eceCell from '@salesforce/label/c.ScoreModel_Ece_Cell';
import liftCell from '@salesforce/label/c.ScoreModel_Lift_Cell';
import list from '@salesforce/label/c.ScoreModel_List';
import importance from '@salesforce/label/c.ScoreModel_Importance';
import importanceHelp from '@salesforce/label/c.ScoreModel_Importance_Help';
import importanceNone from '@salesforce/label/c.ScoreModel_Importance_None';
import drift from '@salesforce/label/c.ScoreModel_Drift';
import driftNone from '@salesforce/label/c.ScoreModel_Drift_None';
import driftUnknown from '@salesforce/label/c.ScoreModel_Drift_Unknown';
import driftSince from '@salesforce/label/c.ScoreModel_Drift_Since';
import driftAt from '@salesforce/label/c.ScoreModel_Drift_At';
import driftNoticed from '@salesforce/label/c.ScoreModel_Drift_Noticed';
import problemName from '@salesforce/label/c.ScoreModel_Problem_Name';

/** The texts of the pages about score models. */
export const labels = {
  title,
  cardTitle,
  loading,
  intro,
  empty,
  noAccess,
  subjectPropensity,
  subjectHealth,
  stateActive,
  stateCandidate,
  stateRetired,
  stateRefused,
  algorithmBoostedTrees,
  algorithmLogistic,
  algorithmPrior,
  inUseSince,
  inUseBy,
  candidateSays,
  retiredSays,
  refusedSays,
  learned,
  learnedPartners,
  works,
  tooLittle,
  figures,
  measuredTime,
  measuredFolds,
  aucWords,
  aucHelp,
  eceWords,
  eceHelp,
  eceHelpPlain,
  liftWords,
  liftHelp,
  brierWords,
  brierHelp,
  notMeasured,
  column_auc,
  column_ece,
  column_lift,
  column_version,
  column_state,
  column_learned,
  column_trained,
  column_action,
  deals,
  partners,
  aucCell,
  eceCell,
  liftCell,
  list,
  importance,
  importanceHelp,
  importanceNone,
  drift,
  driftNone,
  driftUnknown,
  driftSince,
  driftAt,
  driftNoticed,
  problemName,
};
