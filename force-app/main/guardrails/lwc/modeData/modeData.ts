import AGENT from '@salesforce/schema/Agent__c';
import AGENT_ACTIVE from '@salesforce/schema/Agent__c.Active__c';
import AGENT_DECISIONS from '@salesforce/schema/Agent__c.DecisionsToday__c';
import AGENT_FUNCTION from '@salesforce/schema/Agent__c.Function__c';
import AGENT_LAST from '@salesforce/schema/Agent__c.LastActedAt__c';
import AGENT_MANAGER from '@salesforce/schema/Agent__c.Manager__r.Name';
import AGENT_NAME from '@salesforce/schema/Agent__c.Name';
import AGENT_PERMISSIONS from '@salesforce/schema/Agent__c.Permissions__c';
import AGENT_ROLE from '@salesforce/schema/Agent__c.Role__c';
import AGENT_WORKLOAD from '@salesforce/schema/Agent__c.Workload__c';
import MODE from '@salesforce/schema/FunctionMode__c';
import MODE_FUNCTION from '@salesforce/schema/FunctionMode__c.Function__c';
import MODE_KEY from '@salesforce/schema/FunctionMode__c.Key__c';
import MODE_MODE from '@salesforce/schema/FunctionMode__c.Mode__c';
import MODE_PARTNER from '@salesforce/schema/FunctionMode__c.Partner__r.Key__c';
import MODE_PARTNER_NAME from '@salesforce/schema/FunctionMode__c.Partner__r.Name';
import MODE_PAUSED from '@salesforce/schema/FunctionMode__c.Paused__c';
import MODE_PAUSED_WHY from '@salesforce/schema/FunctionMode__c.PausedWhy__c';
import MODE_READINESS from '@salesforce/schema/FunctionMode__c.Readiness__c';
import MODE_READINESS_AT from '@salesforce/schema/FunctionMode__c.ReadinessAt__c';
import MODE_REASON from '@salesforce/schema/FunctionMode__c.Reason__c';
import PARTNER from '@salesforce/schema/Partner__c';
import PARTNER_KEY from '@salesforce/schema/Partner__c.Key__c';
import PARTNER_NAME from '@salesforce/schema/Partner__c.Name';
import PHASE from '@salesforce/schema/RolloutPhase__c';
import PHASE_KEY from '@salesforce/schema/RolloutPhase__c.Key__c';
import PHASE_OPEN from '@salesforce/schema/RolloutPhase__c.Open__c';
import PHASE_OPENED_AT from '@salesforce/schema/RolloutPhase__c.OpenedAt__c';
import PHASE_OPENED_BY from '@salesforce/schema/RolloutPhase__c.OpenedBy__r.Name';
import PHASE_PROGRESS from '@salesforce/schema/RolloutPhase__c.Progress__c';
import { jsonList, readRows, selectRows, text, uiApiQuery } from 'c/recordQuery';

/** One answer of the readiness check: what holds, or what is missing and what to do. */
export interface CheckAnswer {
  check: string;
  held: boolean;
  says: string;
}

/** How one function may act with one partner. */
export interface Mode {
  key: string;
  function: string;
  partner: string;
  partnerName: string;
  /** off, assisted, led. */
  mode: string;
  reason: string;
  /** Why led work pauses by itself; empty: it does not. */
  pausedWhy: string;
  readiness: CheckAnswer[];
  readinessAt: string;
}

/** What one function has shown. */
export interface FunctionProgress {
  function: string;
  decisions: number;
  approvedBps: number;
  /** ISO date and time until which an exception lets it run; empty: none. */
  exceptionUntil: string;
}

/** One of the three phases. */
export interface Phase {
  key: string;
  open: boolean;
  openedAt: string;
  openedBy: string;
  progress: FunctionProgress[];
}

/** An agent as a member of the team. */
export interface Agent {
  id: string;
  name: string;
  function: string;
  role: string;
  manager: string;
  permissions: string[];
  active: boolean;
  workload: number;
  decisionsToday: number;
  lastActedAt: string;
}

const MODE_FIELDS = {
  key: MODE_KEY,
  function: MODE_FUNCTION,
  partner: MODE_PARTNER,
  partnerName: MODE_PARTNER_NAME,
  mode: MODE_MODE,
  reason: MODE_REASON,
  paused: MODE_PAUSED,
  pausedWhy: MODE_PAUSED_WHY,
  readiness: MODE_READINESS,
  readinessAt: MODE_READINESS_AT,
};
const PHASE_FIELDS = {
  key: PHASE_KEY,
  open: PHASE_OPEN,
  openedAt: PHASE_OPENED_AT,
  openedBy: PHASE_OPENED_BY,
  progress: PHASE_PROGRESS,
};
const AGENT_FIELDS = {
  name: AGENT_NAME,
  function: AGENT_FUNCTION,
  role: AGENT_ROLE,
  manager: AGENT_MANAGER,
  permissions: AGENT_PERMISSIONS,
  active: AGENT_ACTIVE,
  workload: AGENT_WORKLOAD,
  decisionsToday: AGENT_DECISIONS,
  lastActedAt: AGENT_LAST,
};
const PARTNER_FIELDS = { key: PARTNER_KEY, name: PARTNER_NAME };

/** Modes, phases and agents, and the partners that a mode can be set for. */
export const MODE_QUERY = uiApiQuery('functionModes', '', [
  selectRows('modes', MODE, MODE_FIELDS, `orderBy: { ${MODE_KEY.fieldApiName}: { order: ASC } }, first: 2000`),
  selectRows('phases', PHASE, PHASE_FIELDS, 'first: 10'),
  selectRows('agents', AGENT, AGENT_FIELDS, 'orderBy: { Name: { order: ASC } }, first: 200'),
  selectRows('partners', PARTNER, PARTNER_FIELDS, 'orderBy: { Name: { order: ASC } }, first: 2000'),
]);

export function readModes(data: unknown): Mode[] {
  return readRows(data, 'modes', MODE_FIELDS).map((row) => ({
    key: text(row.key),
    function: text(row.function),
    partner: text(row.partner),
    partnerName: text(row.partnerName),
    mode: text(row.mode) || 'off',
    reason: text(row.reason),
    pausedWhy: row.paused === true ? text(row.pausedWhy) : '',
    readiness: jsonList(row.readiness).map((entry) => {
      const { check, held, says } = (entry ?? {}) as Partial<CheckAnswer>;
      return { check: text(check), held: held === true, says: text(says) };
    }),
    readinessAt: text(row.readinessAt),
  }));
}

export function readPhases(data: unknown): Phase[] {
  return readRows(data, 'phases', PHASE_FIELDS).map((row) => ({
    key: text(row.key),
    open: row.open === true,
    openedAt: text(row.openedAt),
    openedBy: text(row.openedBy),
    progress: jsonList(row.progress).map(progressOf),
  }));
}

function progressOf(entry: unknown): FunctionProgress {
  const { exceptions, ...state } = (entry ?? {}) as Partial<FunctionProgress> & { exceptions?: { until?: string }[] };
  return {
    function: text(state.function),
    decisions: Number(state.decisions ?? 0),
    approvedBps: Number(state.approvedBps ?? 0),
    exceptionUntil: text(exceptions?.[0]?.until),
  };
}

export function readAgents(data: unknown): Agent[] {
  return readRows(data, 'agents', AGENT_FIELDS).map((row) => ({
    id: row.id,
    name: text(row.name),
    function: text(row.function),
    role: text(row.role),
    manager: text(row.manager),
    permissions: text(row.permissions)
      .split('\n')
      .filter((line) => line.trim() !== ''),
    active: row.active === true,
    workload: Number(row.workload ?? 0),
    decisionsToday: Number(row.decisionsToday ?? 0),
    lastActedAt: text(row.lastActedAt),
  }));
}

export function readModePartners(data: unknown): { value: string; label: string }[] {
  return readRows(data, 'partners', PARTNER_FIELDS).map(({ key, name }) => ({ value: text(key), label: text(name) }));
}
