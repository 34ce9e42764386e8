import { AGENTS } from '../../domain/framework/agents.ts';
import { FUNCTION_IDS } from '../../domain/framework/functions.ts';
import { cellKey, MATRIX } from '../../domain/framework/matrix.ts';
import { PHASES } from '../../domain/framework/phase-opening.ts';
import type { SeedRow } from '../../ports/crm/crm.ts';

/** How far each function goes by itself on the first day: nowhere; a person's click files. */
export const modeRows = (): readonly SeedRow[] => [
  {
    object: 'FunctionMode__c',
    key: 'co-selling:aws',
    partner: 'aws',
    fields: {
      function: 'co-selling',
      mode: 'assisted',
      reason: 'Delivered with Tandem: a person’s click files.',
      paused: false,
    },
  },
];

/** Every agent is known by name from the first day; only those of which something is built are active. */
export const agentRows = (): readonly SeedRow[] =>
  AGENTS.map(({ key, name, kind, function: of, role, permissions, built }) => ({
    object: 'Agent__c',
    key,
    fields: { Name: name, kind, function: of, role, permissions: permissions.join('\n'), active: built },
  }));

/** The 120 cells of the matrix. */
export const matrixRows = (): readonly SeedRow[] =>
  MATRIX.map((cell) => ({
    object: 'FunctionControl__c',
    key: cellKey(cell),
    fields: {
      function: cell.function,
      pillar: cell.pillar,
      zone: cell.zone,
      state: cell.state,
      metric: cell.metric,
      note: cell.note,
    },
    refs: { agent: { object: 'Agent__c', key: cell.agent } },
  }));

/** Scopes that have a switch: everything, each function, each partner named. */
export const switchScopes = (partners: readonly string[]): readonly string[] => [
  'all',
  ...FUNCTION_IDS.map((id) => `function:${id}`),
  ...partners.map((key) => `partner:${key}`),
];

export const switchRows = (partners: readonly string[]): readonly SeedRow[] =>
  switchScopes(partners).map((scope) => ({ object: 'ControlSwitch__c', key: scope, fields: { active: false } }));

/** Phase 1 is open from the first day. */
export const phaseRows = (now: string): readonly SeedRow[] =>
  PHASES.map((phase) => ({
    object: 'RolloutPhase__c',
    key: String(phase),
    fields: { open: phase === 1, ...(phase === 1 ? { openedAt: now } : {}) },
  }));
