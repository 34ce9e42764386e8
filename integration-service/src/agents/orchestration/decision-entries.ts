import { createHash } from 'node:crypto';
import type { EffectOutcome, FrozenEffect } from '../../domain/decisions/effect.ts';
import type { FivePartResult, Proposal } from '../../domain/decisions/proposal.ts';
import type { Verdict } from '../../domain/guardrails/verdict.ts';
import { canonicalJson, type Json, type JsonObject } from '../../domain/values/json.ts';
import type { LedgerEntryInput } from '../../ports/decision-ledger/decision-ledger.ts';

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Who and what an entry is about; the same for all entries of one decision. */
export interface DecisionFrame {
  readonly org: string;
  /** Groups the entries: what the work is about and for whom (`<referral key>#<request id>`). */
  readonly decision: string;
  readonly partner: string;
  readonly at: string;
  /** Whose key the personal values are kept under: the people of this deal. */
  readonly subject: string;
}

/** Plain data of ours as JSON; its types say it is, and `canonicalJson` refuses what is not. */
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** Facts, proposal and verdict, as they are recorded before anything is done. */
export const decisionEntries = (
  frame: DecisionFrame,
  proposal: Proposal,
  verdict: Verdict,
  fiveParts: readonly FivePartResult[],
): readonly LedgerEntryInput[] => {
  const { org, decision, at, partner: partnerOfRecord, subject } = frame;
  const common = { org, decision, at, partnerOfRecord };
  const agent = `agent:${proposal.function}`;
  const { facts, effects, disclosed, ...rest } = proposal;
  const kept = (path: string, value: unknown) => ({ path, subject, value: asJson(value) });
  return [
    {
      ...common,
      kind: 'facts',
      actor: agent,
      body: asJson({ facts }),
      personal: facts.flatMap((fact, index) => (fact.personal ? [kept(`facts.${index}.value`, fact.value)] : [])),
    },
    {
      ...common,
      kind: 'proposal',
      actor: agent,
      // The bytes of an effect are recorded when it is frozen; here stands what was wanted.
      body: asJson({
        ...rest,
        disclosed,
        effects: effects.map(({ step, port, operation }) => ({ step, port, operation })),
      }),
      personal: disclosed.flatMap((value, index) =>
        value.personal ? [kept(`disclosed.${index}.value`, value.value)] : [],
      ),
    },
    {
      ...common,
      kind: 'verdict',
      actor: 'agent:compliance',
      body: asJson({ ...verdict, fiveParts }),
      personal: [],
    },
  ];
};

/** An effect that is about to be sent: the hash of its bytes is in the chain, the bytes are kept beside it. */
export const intendedEntry = (frame: DecisionFrame, effect: FrozenEffect, actor: string): LedgerEntryInput => ({
  org: frame.org,
  decision: frame.decision,
  at: frame.at,
  partnerOfRecord: frame.partner,
  kind: 'effect-intended',
  actor,
  body: { key: effect.key, step: effect.step, operation: effect.operation, bytes: sha256Hex(effect.body) },
  personal: [],
});

/** What an effect came to. An answer of the far side is data about the deal, so it is kept under the deal's key. */
export const resultEntry = (frame: DecisionFrame, effect: FrozenEffect, outcome: EffectOutcome): LedgerEntryInput => {
  const answer: JsonObject | null = outcome.state === 'done' ? outcome.answer : null;
  return {
    org: frame.org,
    decision: frame.decision,
    at: frame.at,
    partnerOfRecord: frame.partner,
    kind: 'effect-result',
    actor: `partner:${frame.partner}`,
    body: asJson({ key: effect.key, step: effect.step, ...outcome }),
    personal: answer ? [{ path: 'answer', subject: frame.subject, value: answer }] : [],
  };
};

/** The hash that the record shows for a decision, so that anybody can ask the ledger for exactly this one. */
export const decisionHash = (entries: readonly LedgerEntryInput[]): string =>
  sha256Hex(canonicalJson(asJson(entries.map(({ kind, body }) => ({ kind, body })))));
