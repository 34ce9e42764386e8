import { hash } from 'node:crypto';
import { rulesAsked } from '../agents/compliance/rule-list.ts';
import { batchForm } from '../domain/decisions/batch.ts';
import { CATALOGUE } from '../domain/guardrails/catalogue.ts';
import { worstOf } from '../domain/guardrails/evaluate.ts';
import type { Policy } from '../domain/guardrails/guardrail.ts';
import { type Difference, replayAsOfThen, replayUnder } from '../domain/replay/replay.ts';
import { functionOf } from '../functions/index.ts';
import type { LedgerBatch, LedgerDecision } from '../ports/decision-ledger/decision-ledger.ts';

/** A rule that says something else; null: it was not, or is no longer, asked. */
export interface ReplayedRule {
  readonly rule: string;
  readonly was: string | null;
  readonly is: string | null;
}

/** One decision of the ledger judged again. */
export interface Replayed {
  readonly decision: string;
  readonly sequence: number;
  readonly at: string;
  /** By the rules and policies of then; only `same` is a record that holds, `erased` one that nobody can judge any more. */
  readonly asOfThen: 'same' | 'different' | 'erased' | 'unreadable';
  /** By today's; null: that was not asked, or cannot be. */
  readonly today: 'same' | 'different' | null;
  /** Of as-of-then where it differs, otherwise of today. */
  readonly differences: readonly ReplayedRule[];
  /** What is missing in a record that cannot be judged again; empty otherwise. */
  readonly missing: readonly string[];
}

/** Judges a decision again as of then and, given today's policies, as of today. Nothing outside is asked. */
export const replayDecision = (one: LedgerDecision, policiesOfToday: readonly Policy[] | null): Replayed => {
  const { decision, sequence, at, read } = one;
  const about = { decision, sequence, at, today: null, differences: [], missing: [] } as const;
  if (!read.ok) return { ...about, asOfThen: read.error.kind, missing: read.error.what };
  const then = replayAsOfThen(read.value, CATALOGUE);
  if (then.kind === 'unknown-rule')
    return { ...about, asOfThen: 'unreadable', missing: [`version ${then.version} of the rule ${then.rule}`] };
  if (then.kind === 'different') return { ...about, asOfThen: 'different', differences: shortened(then.differences) };
  if (policiesOfToday === null) return { ...about, asOfThen: 'same' };
  const { proposal, facts } = read.value;
  const definition = functionOf(proposal.function);
  // What begins later today counts too: the question is what today's rules would say to it.
  const policies = policiesOfToday.map((policy) => ({ ...policy, effectiveFrom: null }));
  const guardrails = definition ? rulesAsked(definition, proposal, { ...facts, policies }) : [];
  const today = replayUnder(read.value, { guardrails, policies: policiesOfToday });
  return today.kind === 'different'
    ? { ...about, asOfThen: 'same', today: 'different', differences: shortened(today.differences) }
    : { ...about, asOfThen: 'same', today: 'same' };
};

/**
 * Looks at a batch again. Its results are stored facts (a model is not asked again): they must be the very bytes of then,
 * and the judgements must come to the answer of then. Today's rules are not asked: what they would judge is each act that
 * follows from a result.
 */
export const replayBatch = ({ decision, sequence, at, body, items }: LedgerBatch): Replayed => {
  const about = { decision, sequence, at, today: null, differences: [], missing: [] } as const;
  const read = batchForm.safeParse(body);
  if (!read.success)
    return { ...about, asOfThen: 'unreadable', missing: read.error.issues.map(({ path }) => path.join('.')) };
  if (items === null) return { ...about, asOfThen: 'unreadable', missing: ['items'] };
  const { content, count, answer, judgements } = read.data;
  const results: unknown = JSON.parse(items);
  const was = { items: content, count: String(count), answer };
  const is = {
    items: hash('sha256', items, 'hex'),
    count: String(Array.isArray(results) ? results.length : 0),
    answer: worstOf(judgements),
  };
  const differences = (['items', 'count', 'answer'] as const)
    .filter((part) => was[part] !== is[part])
    .map((part) => ({ rule: part, was: was[part], is: is[part] }));
  return { ...about, asOfThen: differences.length === 0 ? 'same' : 'different', differences };
};

const shortened = (differences: readonly Difference[]): readonly ReplayedRule[] =>
  differences.map(({ rule, was, is }) => ({ rule, was: saidBy(was), is: saidBy(is) }));

const saidBy = (judgement: Difference['was']): string | null =>
  judgement && (judgement.reason === '' ? judgement.answer : `${judgement.answer}: ${judgement.reason}`);
