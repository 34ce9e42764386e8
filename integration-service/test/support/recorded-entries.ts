import { recordDecision } from '../../src/domain/replay/record-decision.ts';
import type { RecordedDecision } from '../../src/domain/replay/recorded-decision.ts';
import { canonicalJson, type Json } from '../../src/domain/values/json.ts';
import type { LedgerEntryInput } from '../../src/ports/decision-ledger/decision-ledger.ts';
import { sha256Hex } from '../../src/agents/orchestration/decision-entries.ts';
import { goodProposal } from './guardrail-case.ts';
import { recordedDecision } from './recorded-decisions.ts';

/** The `verdict` entry of a recorded decision: its policies shared with others, its personal fingerprints of one subject. */
export const verdictEntry = (org: string, decision: RecordedDecision, subject = 'deal:006'): LedgerEntryInput => {
  const { record, personal } = recordDecision(decision.id, decision.proposal, decision.facts, decision.verdict);
  const text = canonicalJson(record.facts.policies as unknown as Json);
  const hash = sha256Hex(text);
  return {
    org,
    kind: 'verdict',
    decision: decision.id,
    at: decision.at,
    actor: 'agent:compliance',
    partnerOfRecord: decision.proposal.partner,
    body: {
      ...decision.verdict,
      record: { ...record, facts: { ...record.facts, policies: { content: hash } } },
    } as unknown as Json,
    personal: personal.map((path) => ({ path: `record.${path}`, subject })),
    shared: [{ hash, text }],
  };
};

/** What a person said to a decision. */
export const approvalEntry = (
  org: string,
  decision: string,
  answer: 'approve' | 'reject' | 'undo',
  by: string,
): LedgerEntryInput => ({
  org,
  kind: 'approval',
  decision,
  at: '2026-11-21T12:00:00.000Z',
  actor: by,
  partnerOfRecord: 'aws',
  body: { answer },
  personal: [],
});

/** A decision about a value that belongs to a person. */
export const personalDecision = (id: string): RecordedDecision => {
  const disclosed = goodProposal.disclosed.map((one) => ({ ...one, personal: true }));
  return recordedDecision(id, { proposal: { disclosed } });
};
