import AGENT from '@salesforce/schema/Agent__c';
import AGENT_KEY from '@salesforce/schema/Agent__c.Key__c';
import AGENT_NAME from '@salesforce/schema/Agent__c.Name';
import CONTROL from '@salesforce/schema/FunctionControl__c';
import CONTROL_AGENT_KEY from '@salesforce/schema/FunctionControl__c.Agent__r.Key__c';
import CONTROL_AGENT_NAME from '@salesforce/schema/FunctionControl__c.Agent__r.Name';
import CONTROL_CHANGED_AT from '@salesforce/schema/FunctionControl__c.ChangedAt__c';
import CONTROL_CHANGED_BY from '@salesforce/schema/FunctionControl__c.ChangedBy__r.Name';
import CONTROL_FUNCTION from '@salesforce/schema/FunctionControl__c.Function__c';
import CONTROL_KEY from '@salesforce/schema/FunctionControl__c.Key__c';
import CONTROL_METRIC from '@salesforce/schema/FunctionControl__c.Metric__c';
import CONTROL_NOTE from '@salesforce/schema/FunctionControl__c.Note__c';
import CONTROL_OWNER from '@salesforce/schema/FunctionControl__c.OwnerUser__c';
import CONTROL_OWNER_NAME from '@salesforce/schema/FunctionControl__c.OwnerUser__r.Name';
import CONTROL_PILLAR from '@salesforce/schema/FunctionControl__c.Pillar__c';
import CONTROL_STATE from '@salesforce/schema/FunctionControl__c.State__c';
import CONTROL_ZONE from '@salesforce/schema/FunctionControl__c.Zone__c';
import { labels } from 'c/matrixLabels';
import { readRows, selectRows, text, uiApiQuery } from 'c/recordQuery';

/** One of the 120 parts that somebody owns. */
export interface Control {
  id: string;
  key: string;
  function: string;
  pillar: string;
  zone: string;
  ownerId: string;
  ownerName: string;
  /** planned, in-place, gap, not-needed; empty while nobody has said. */
  state: string;
  agentKey: string;
  agentName: string;
  metric: string;
  note: string;
  changedBy: string;
  changedAt: string;
}

/** A value and what it is called. */
export interface Choice {
  value: string;
  label: string;
}

export const ZONES: readonly Choice[] = [
  { value: 'vendor-controlled', label: labels.zone_vendor },
  { value: 'partner-controlled', label: labels.zone_partner },
  { value: 'jointly-managed', label: labels.zone_joint },
];
export const PILLARS: readonly Choice[] = [
  { value: 'technology', label: labels.pillar_technology },
  { value: 'process', label: labels.pillar_process },
  { value: 'governance', label: labels.pillar_governance },
  { value: 'metrics', label: labels.pillar_metrics },
];
export const STATES: readonly (Choice & { icon: string })[] = [
  { value: 'in-place', label: labels.state_inPlace, icon: 'utility:success' },
  { value: 'planned', label: labels.state_planned, icon: 'utility:clock' },
  { value: 'gap', label: labels.state_gap, icon: 'utility:warning' },
  { value: 'not-needed', label: labels.state_notNeeded, icon: 'utility:dash' },
];

/** What a state is called and drawn with. */
export function stateOf(value: string): { label: string; icon: string } {
  return STATES.find((state) => state.value === value) ?? { label: labels.state_none, icon: 'utility:question' };
}

/** What a value of a list is called; one that is not in it is shown as it is. */
export function nameIn(choices: readonly Choice[], value: string): string {
  return choices.find((choice) => choice.value === value)?.label ?? value;
}

const CONTROL_FIELDS = {
  key: CONTROL_KEY,
  function: CONTROL_FUNCTION,
  pillar: CONTROL_PILLAR,
  zone: CONTROL_ZONE,
  ownerId: CONTROL_OWNER,
  ownerName: CONTROL_OWNER_NAME,
  state: CONTROL_STATE,
  agentKey: CONTROL_AGENT_KEY,
  agentName: CONTROL_AGENT_NAME,
  metric: CONTROL_METRIC,
  note: CONTROL_NOTE,
  changedBy: CONTROL_CHANGED_BY,
  changedAt: CONTROL_CHANGED_AT,
};
const AGENT_FIELDS = { key: AGENT_KEY, name: AGENT_NAME };

/** All cells of the matrix, and the agents that can stand in them. */
export const CONTROL_QUERY = uiApiQuery('functionControls', '', [
  selectRows('controls', CONTROL, CONTROL_FIELDS, 'first: 200'),
  selectRows('agents', AGENT, AGENT_FIELDS, 'orderBy: { Name: { order: ASC } }, first: 200'),
]);

/** The cells of an answer. */
export function readControls(data: unknown): Control[] {
  return readRows(data, 'controls', CONTROL_FIELDS).map(({ id, ...row }) => ({
    ...(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, text(value)])) as Omit<Control, 'id'>),
    id,
  }));
}

/** The agents of an answer, as a list to choose from. */
export function readAgentChoices(data: unknown): Choice[] {
  return readRows(data, 'agents', AGENT_FIELDS).map(({ key, name }) => ({ value: text(key), label: text(name) }));
}
