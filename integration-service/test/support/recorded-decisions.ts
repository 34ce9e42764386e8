// Decisions as the ledger gives them back. Run as a program it prints those that are kept for every released version:
//   node integration-service/test/support/recorded-decisions.ts > src/domain/replay/__fixtures__/decisions-<version>.jsonl
import { GUARDRAILS } from '../../src/domain/guardrails/catalogue.ts';
import { evaluate } from '../../src/domain/guardrails/evaluate.ts';
import type { JudgedProposal, JudgeFacts } from '../../src/domain/guardrails/guardrail.ts';
import type { RecordedDecision } from '../../src/domain/replay/recorded-decision.ts';
import { canonicalJson, type Json } from '../../src/domain/values/json.ts';
import {
  daysBefore,
  type Differences,
  goodFacts,
  goodGrant,
  goodProposal,
  MANAGER,
  NOW,
  REQUESTER,
} from './guardrail-case.ts';

/** A decision in which everything is in order but for what differs. */
export const recordedDecision = (id: string, { proposal, facts }: Differences = {}): RecordedDecision => {
  const judged: JudgedProposal = { ...goodProposal, ...proposal };
  const told: JudgeFacts = { ...goodFacts, ...facts };
  return { id, at: told.now, proposal: judged, facts: told, verdict: evaluate(judged, GUARDRAILS, told) };
};

/** A decision about a quote with this discount, in basis points. */
export const discountDecision = (id: string, discountBps: number, partner = 'aws'): RecordedDecision =>
  recordedDecision(id, {
    proposal: { partner },
    facts: {
      quote: { lines: [{ label: 'Line', discountBps }] },
      claims: [],
      recipients: [{ id: '003000000000001AAA', side: 'partner', partner }],
    },
  });

/** Each rule once broken, once for each way in which it answers. */
export const brokenOnce: readonly Differences[] = [
  {},
  { facts: { killSwitches: [{ scope: 'partner:aws', reason: 'drill' }] } },
  { facts: { mode: null } },
  { facts: { mode: { function: 'co-selling', mode: 'led' } } },
  { proposal: { consent: { ...goodProposal.consent, by: '' } } },
  { facts: { mode: { function: 'co-selling', mode: 'led' }, contact: { heardAt: null } } },
  { facts: { grant: null } },
  { facts: { grant: { ...goodGrant, status: 'revoked', revokedBy: 'partner' } } },
  { facts: { grant: { ...goodGrant, evidenceCheckedAt: daysBefore(91) } } },
  { facts: { grant: { ...goodGrant, fields: [] } } },
  { facts: { ownership: { action: null, writes: [] } } },
  { facts: { ownership: { action: 'vendor-controlled', writes: [{ field: 'Stage', zone: 'partner-controlled' }] } } },
  { facts: { recipients: [{ id: '003000000000009AAA', side: 'unknown', partner: null }] } },
  { facts: { underWay: ['006000000000001AAA:aws:2'] } },
  { facts: { claims: [{ by: 'other', kind: 'registration', label: 'Other Ltd' }] } },
  { facts: { claims: [{ by: 'company', kind: 'direct-sale', label: 'Our own team' }] } },
  { facts: { territory: { deal: 'APAC/JP', partner: ['EMEA'] } } },
  { facts: { territory: { deal: 'APAC/JP', partner: [] } } },
  { facts: { health: null } },
  { facts: { health: { score: 30, usageSignal: 30, interactionSignal: 30, updatedAt: daysBefore(1) } } },
  { facts: { health: { score: 10, usageSignal: 10, interactionSignal: 10, updatedAt: daysBefore(1) } } },
  { proposal: { facts: [{ name: 'deal', readAt: daysBefore(1) }] } },
  { proposal: { consent: { ...goodProposal.consent, fingerprints: { Name: 'another print' } } } },
  { proposal: { consent: { ...goodProposal.consent, fields: [] } } },
  {
    facts: {
      language: { gateVersion: 1, texts: 1, findings: [{ rule: 'r', version: 1, why: 'Why.', severity: 'ask' }] },
    },
  },
  {
    facts: {
      language: { gateVersion: 1, texts: 1, findings: [{ rule: 'r', version: 1, why: 'Why.', severity: 'block' }] },
    },
  },
  ...[0, 1_500, 1_501, 2_500, 2_501, 10_000].map((discountBps) => ({
    facts: { quote: { lines: [{ label: 'Line', discountBps }] } },
  })),
  { facts: { quote: { lines: [{ label: 'Line', discountBps: null }] } } },
  { facts: { amount: { minor: 10_000_001, currency: 'USD' } } },
  { facts: { amount: { minor: 100_000_001, currency: 'USD' } } },
  { facts: { amount: { minor: 1, currency: 'EUR' } } },
  { facts: { doneToday: { actions: 100, currency: 'USD', minor: 50_000_000 } } },
  { facts: { doneToday: { actions: 500, currency: 'USD', minor: 500_000_000 } } },
  { facts: { batch: { items: 201 } } },
  { facts: { batch: { items: 2_001 } } },
  { facts: { recipientTime: { localMinute: 1_320, offsetMinutes: 600, weekday: 6 } } },
  { facts: { recipientTime: { localMinute: 721, offsetMinutes: 0, weekday: 6 } } },
  { facts: { moneySpend: { currency: 'USD', spentMinor: 100_000, wantedMinor: 1 } } },
  { facts: { moneySpend: { currency: 'USD', spentMinor: 500_000, wantedMinor: 1 } } },
  { facts: { tokenSpend: { spent: 2_000_000, wanted: 1 } } },
  { facts: { tokenSpend: { spent: 4_000_000, wanted: 1 } } },
  { facts: { progress: { openPhase: 1, functions: [], exceptions: [] } }, proposal: { function: 'renewals' } },
  { facts: { approvals: [{ rule: 'territory', policyVersion: 1, by: REQUESTER, at: NOW }] } },
  {
    facts: {
      territory: { deal: 'APAC/JP', partner: ['EMEA'] },
      approvals: [{ rule: 'territory', policyVersion: 1, by: MANAGER, at: NOW }],
    },
  },
  { facts: { policies: [] } },
];

if (import.meta.main)
  for (const [index, differences] of brokenOnce.entries())
    process.stdout.write(
      `${canonicalJson(recordedDecision(`decision-${index + 1}`, differences) as unknown as Json)}\n`,
    );
