import type { FunctionId } from '../../src/domain/framework/functions.ts';
import { CATALOGUE, GUARDRAILS } from '../../src/domain/guardrails/catalogue.ts';
import { evaluate } from '../../src/domain/guardrails/evaluate.ts';
import type { JudgedProposal, JudgeFacts, PartnerGrant, Policy } from '../../src/domain/guardrails/guardrail.ts';
import type { SituationFacts } from '../../src/domain/guardrails/situation.ts';
import type { Judgement } from '../../src/domain/guardrails/verdict.ts';
import type { JsonObject } from '../../src/domain/values/json.ts';

/** The moment of every case: a Saturday, noon UTC. */
export const NOW = '2026-11-21T12:00:00.000Z';
export const secondsBefore = (seconds: number): string => new Date(Date.parse(NOW) - seconds * 1_000).toISOString();
export const daysBefore = (days: number): string => secondsBefore(days * 86_400);

export const REQUESTER = '005000000000001AAA';
export const MANAGER = '005000000000002AAA';

export const goodGrant: PartnerGrant = {
  key: 'aws',
  status: 'active',
  actions: ['refer', 'update-referral'],
  fields: ['Name', 'Email'],
  evidenceKind: 'platform-terms',
  evidence: 'probe answered',
  evidenceCheckedAt: daysBefore(1),
  effectiveFrom: null,
  expiresAt: null,
  revokedBy: null,
};

/** A proposal that every rule allows: one field, one message, shown and agreed to. */
export const goodProposal: JudgedProposal = {
  function: 'co-selling',
  useCase: 'refer-to-partner',
  subject: { kind: 'referral', id: '006000000000001AAA:aws:1' },
  partner: 'aws',
  requestedBy: REQUESTER,
  disclosed: [{ target: 'Name', label: 'Customer', sourceKind: 'record', personal: false, fingerprint: 'f1' }],
  effects: [
    { step: 'create', port: 'partner-portal', operation: 'create-opportunity' },
    { step: 'tell', port: 'messaging', operation: 'send-message' },
  ],
  consent: { by: REQUESTER, surface: 'panel', fields: ['Name'], fingerprints: { Name: 'f1' } },
  facts: [{ name: 'deal', readAt: secondsBefore(1) }],
};

/** A situation in which every rule allows the good proposal. Every fact was looked up. */
export const goodSituation: SituationFacts = {
  profile: { tier: 'gold', segment: 'cloud' },
  progress: {
    openPhase: 1,
    functions: [{ function: 'co-selling', mode: 'assisted', decisions: 200, approvedBps: 9_800 }],
    exceptions: [],
  },
  ownership: { action: 'jointly-managed', writes: [{ field: 'Name', zone: 'vendor-controlled' }] },
  claims: [{ by: 'aws', kind: 'registration', label: 'AWS' }],
  territory: { deal: 'EMEA/DE/Bavaria', partner: ['EMEA/DE'] },
  health: { score: 80, usageSignal: 75, interactionSignal: 85, updatedAt: daysBefore(2) },
  quote: { lines: [{ label: 'Support', discountBps: 1_000 }] },
  amount: { minor: 5_000_000, currency: 'USD' },
  doneToday: { actions: 3, currency: 'USD', minor: 1_000_000 },
  batch: { items: 1 },
  // Los Angeles on that Saturday would be a day of rest: the cases that are about it say so.
  recipientTime: { localMinute: 780, offsetMinutes: 60, weekday: 6 },
  language: { gateVersion: 1, texts: 1, findings: [] },
  recipients: [{ id: '003000000000001AAA', side: 'partner', partner: 'aws' }],
  moneySpend: { currency: 'USD', spentMinor: 1_000, wantedMinor: 100 },
  tokenSpend: { spent: 10_000, wanted: 1_000 },
  contact: { heardAt: secondsBefore(30) },
  approvals: [],
};

/** A policy for everybody at a rule's starting point, or at other settings. */
export const policyOf = (rule: string, settings?: JsonObject, of: FunctionId = 'co-selling'): Policy => ({
  function: of,
  rule,
  scope: 'all',
  version: 1,
  effectiveFrom: null,
  settings: settings ?? ((CATALOGUE.current(rule)?.startingPoint ?? {}) as JsonObject),
});

/** A policy for every rule that has numbers. Saturday is a working day here, because the moment of the cases is one. */
export const goodPolicies: readonly Policy[] = GUARDRAILS.filter(({ settings }) => settings !== null).map(({ id }) =>
  id === 'quiet-hours' ? policyOf(id, { from: 1_260, to: 420, days: [7], then: 'review' }) : policyOf(id),
);

export const goodFacts: JudgeFacts & SituationFacts = {
  grant: goodGrant,
  mode: { function: 'co-selling', mode: 'assisted' },
  policies: goodPolicies,
  killSwitches: [],
  underWay: [],
  now: NOW,
  ...goodSituation,
};

/** What differs from the good case. */
export interface Differences {
  readonly proposal?: Partial<JudgedProposal>;
  readonly facts?: Partial<JudgeFacts>;
  readonly settings?: JsonObject;
}

/** What one rule says of a case. */
export const judgeOne = (rule: string, { proposal, facts, settings }: Differences = {}): Judgement => {
  const guardrail = CATALOGUE.current(rule);
  if (guardrail === undefined) throw new Error(`there is no rule "${rule}"`);
  const policies = settings === undefined ? goodPolicies : [policyOf(rule, settings)];
  const { judgements } = evaluate({ ...goodProposal, ...proposal }, [guardrail], { ...goodFacts, policies, ...facts });
  const [judgement] = judgements;
  if (judgement === undefined) throw new Error('a rule was asked and said nothing');
  return judgement;
};

/** How far an answer lets the agent go: the stricter, the smaller. */
export const RANK = { deny: 0, 'needs-approval': 1, allow: 2 } as const;

/** A boundary: what differs, and what the rule must say. */
export type Row = readonly [says: string, differences: Differences, answer: keyof typeof RANK, reason?: RegExp];
