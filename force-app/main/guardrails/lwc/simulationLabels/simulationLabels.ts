import nothing from '@salesforce/label/c.Simulation_Nothing';
import one from '@salesforce/label/c.Simulation_One';
import nothing_noSpan from '@salesforce/label/c.Simulation_Nothing_NoSpan';
import one_noSpan from '@salesforce/label/c.Simulation_One_NoSpan';
import noDecisions from '@salesforce/label/c.Simulation_NoDecisions';
import noDecisionsYet from '@salesforce/label/c.Simulation_NoDecisionsYet';
import days from '@salesforce/label/c.Simulation_Days';
import day from '@salesforce/label/c.Simulation_Day';
import transition from '@salesforce/label/c.Simulation_Transition';
import from_to from '@salesforce/label/c.Simulation_From_To';
import allow from '@salesforce/label/c.Simulation_Allow';
import approval from '@salesforce/label/c.Simulation_Approval';
import deny from '@salesforce/label/c.Simulation_Deny';
import would_allow from '@salesforce/label/c.Simulation_Would_Allow';
import would_approval from '@salesforce/label/c.Simulation_Would_Approval';
import would_deny from '@salesforce/label/c.Simulation_Would_Deny';
import examples from '@salesforce/label/c.Simulation_Examples';
import before from '@salesforce/label/c.Simulation_Before';
import after from '@salesforce/label/c.Simulation_After';
import notComparable from '@salesforce/label/c.Simulation_NotComparable';

/** The texts of a simulation. */
export const labels = {
  nothing,
  one,
  nothing_noSpan,
  one_noSpan,
  noDecisions,
  noDecisionsYet,
  days,
  day,
  transition,
  from_to,
  allow,
  approval,
  deny,
  would_allow,
  would_approval,
  would_deny,
  examples,
  before,
  after,
  notComparable,
};
