import { CATALOGUE } from '../../domain/guardrails/catalogue.ts';
import { decidePolicyChange, type PolicyChange, type PolicyProblem } from '../../domain/guardrails/policy-change.ts';
import { partReaderFor, type ReadPart } from '../../domain/replay/decision-part.ts';
import { type Simulation, simulatePolicies } from '../../domain/replay/simulate.ts';
import { ok, type Result } from '../../domain/values/result.ts';
import type { LedgerPart } from '../../ports/decision-ledger/decision-ledger.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { readPolicyRows } from './policy-rows.ts';

/** Past decisions that are looked at unless somebody says how many. */
export const usualDecisions = 10_000;
export const mostDecisions = 100_000;

/** A simulation, and when the decisions that it looked at were made. */
export interface PolicySimulation extends Simulation {
  /** ISO 8601 instants; null: there were none. */
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * What a change of a policy would have done to the last decisions of the ledger. The change is checked like one that is to
 * be saved; nothing is written. @throws what the org or the database said.
 */
export const simulateChange = async (
  org: OrgRuntime,
  change: PolicyChange,
  last: number,
): Promise<Result<PolicySimulation, readonly PolicyProblem[]>> => {
  const { policies, gone } = await readPolicyRows(org, change);
  const decided = decidePolicyChange(change, {
    versions: [...policies, ...gone],
    author: '',
    now: org.clock.now(),
    catalogue: CATALOGUE,
  });
  if (!decided.ok) return decided;
  const span: { from: string | null; to: string | null } = { from: null, to: null };
  const simulation = await simulatePolicies(
    readsOf(org.ledger.parts(org.org, { last }, partReaderFor([change.rule], CATALOGUE)), span),
    [decided.value],
    { catalogue: CATALOGUE },
  );
  return ok({ ...simulation, ...span });
};

const readsOf = async function* (
  decisions: AsyncIterable<LedgerPart>,
  span: { from: string | null; to: string | null },
): AsyncGenerator<ReadPart> {
  for await (const { at, read } of decisions) {
    span.from ??= at;
    span.to = at;
    yield read;
  }
};
