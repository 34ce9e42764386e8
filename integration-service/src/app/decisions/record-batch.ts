import { hash } from 'node:crypto';
import { type BatchBody, batchForm, type BatchFact } from '../../domain/decisions/batch.ts';
import type { FunctionId } from '../../domain/framework/functions.ts';
import { worstOf } from '../../domain/guardrails/evaluate.ts';
import type { Judgement } from '../../domain/guardrails/verdict.ts';
import { canonicalJson, type Json } from '../../domain/values/json.ts';
import type { ChainedEntry, LedgerEntryInput } from '../../ports/decision-ledger/decision-ledger.ts';
import type { OrgRuntime } from '../org-runtime.ts';

/** Many results that are decided together. */
export interface Batch {
  /**
   * The ledger's name of it, which says what and which run (`score-deals:propensity#2026-11-22T06:00:00Z`): nothing is
   * recorded twice under one. A `#` parts what it is from which one it is.
   */
  readonly decision: string;
  readonly function: FunctionId;
  /** A verb phrase: `score-deals`. */
  readonly useCase: string;
  /** The key of the agent that made them (`agent:co-selling`). */
  readonly agent: string;
  /** One sentence for people; names nobody. */
  readonly says: string;
  /** What was asked before they count: guardrails, and the model with its version. Each must allow, or nothing may be used. */
  readonly rules: readonly Judgement[];
  /** The results, in a settled order. Ids and numbers only: what stands here is kept for ever and can be erased for nobody. */
  readonly items: AsyncIterable<Json> | Iterable<Json>;
  readonly facts: readonly BatchFact[];
  /** The partner it is about; absent: several. */
  readonly partner?: string;
  /** The user who asked for it; absent: it was time. */
  readonly requestedBy?: string;
}

export interface RecordedBatch {
  readonly entry: ChainedEntry;
  /** SHA-256, in hexadecimal, of the canonical JSON of the list of all items. */
  readonly hash: string;
  readonly count: number;
  readonly answer: Judgement['answer'];
  /** True where an earlier try had recorded the very same. */
  readonly again: boolean;
}

/** A batch is one statement and one value in memory; ten thousand scores with their reasons are about three million. */
const mostCharacters = 32_000_000;

/**
 * Records many results as one decision, durably, before any of them is used: one entry, and all items as one content under
 * one hash, which the chain, its export and every check of it cover. Whoever calls sees to it that two do not record under
 * one name at once. @throws when the name stands for other items, when there is too much, or when the ledger cannot be
 * written: then nothing of it may be used.
 */
export const recordBatch = async (
  org: Pick<OrgRuntime, 'org' | 'ledger' | 'clock'>,
  batch: Batch,
): Promise<RecordedBatch> => {
  const { decision, function: of, useCase, agent, says, rules, facts, partner = 'none', requestedBy = '' } = batch;
  const { text, count } = await listOf(decision, batch.items);
  const content = hash('sha256', text, 'hex');
  const answer = worstOf(rules);
  const known = await recordedBatch(org, decision);
  if (known) {
    if (known.hash === content) return known;
    throw new Error(`${decision} is in the ledger with other items: give each run a name of its own`);
  }
  const body: BatchBody = {
    what: says,
    function: of,
    useCase,
    requestedBy,
    answer,
    judgements: rules,
    facts,
    count,
    content,
  };
  const entry: LedgerEntryInput = {
    org: org.org,
    kind: 'batch',
    decision,
    at: org.clock.now(),
    actor: agent,
    partnerOfRecord: partner,
    body: { ...body, items: { content } } as unknown as Json,
    shared: [{ hash: content, text }],
    personal: [],
  };
  const [chained] = await org.ledger.append([entry]);
  if (!chained) throw new Error(`the ledger did not answer for ${decision}`);
  return { entry: chained, hash: content, count, answer, again: false };
};

/** A batch that stands in the ledger; null: there is none of this name. */
export const recordedBatch = async (
  { org, ledger }: Pick<OrgRuntime, 'org' | 'ledger'>,
  decision: string,
): Promise<RecordedBatch | null> => {
  const entry = (await ledger.read(org, decision)).find(({ kind }) => kind === 'batch');
  if (!entry) return null;
  const { content, count, answer } = batchForm.parse(entry.body);
  return { entry: { org, sequence: entry.sequence, hash: entry.hash }, hash: content, count, answer, again: true };
};

/** Canonical JSON of the list, made item by item. */
const listOf = async (
  decision: string,
  items: Batch['items'],
): Promise<{ readonly text: string; readonly count: number }> => {
  const parts: string[] = [];
  let characters = 0;
  for await (const item of items) {
    const text = canonicalJson(item);
    characters += text.length + 1;
    if (characters > mostCharacters)
      throw new Error(`${decision} holds more than ${mostCharacters} characters of items: record it in several runs`);
    parts.push(text);
  }
  return { text: `[${parts.join(',')}]`, count: parts.length };
};
