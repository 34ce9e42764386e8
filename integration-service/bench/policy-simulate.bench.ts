import { CATALOGUE, GUARDRAILS } from '../src/domain/guardrails/catalogue.ts';
import { compileJudge, evaluate } from '../src/domain/guardrails/evaluate.ts';
import type { Policy } from '../src/domain/guardrails/guardrail.ts';
import { partReaderFor, type ReadPart } from '../src/domain/replay/decision-part.ts';
import { readDecision } from '../src/domain/replay/recorded-decision.ts';
import { simulatePolicies } from '../src/domain/replay/simulate.ts';
import { canonicalJson, type Json } from '../src/domain/values/json.ts';
import { type Bench } from './figure.ts';
import { guardrailCases, policies } from './guardrails/cases.ts';

const decisions = 100_000;
/** Each is judged by the whole, so a part is measured and the rest worked out. */
const judgedWhole = 2_000;

const changed: Policy = {
  function: 'co-selling',
  rule: 'discount-bands',
  scope: 'all',
  version: 2,
  effectiveFrom: null,
  settings: { actUpTo: 1_700, reviewUpTo: 2_000 },
};

/** Recorded decisions as the ledger keeps them: canonical text, with the policies, which all of them share, beside it. */
const recorded = (): readonly string[] => {
  const judge = compileJudge(GUARDRAILS, policies);
  return guardrailCases(500).map(({ proposal, facts }, index) => {
    const { policies: _shared, ...own } = facts;
    const record = { id: `decision-${index}`, at: facts.now, proposal, facts: own, verdict: judge(proposal, facts) };
    return canonicalJson(record as unknown as Json);
  });
};

/** The record of a text, with what it shares with others put back. */
const recordOf = (texts: readonly string[], index: number): unknown => {
  const record = JSON.parse(texts[index % texts.length] ?? '') as { facts: Record<string, unknown> };
  record.facts.policies = policies;
  return record;
};

const partsOf = async function* (texts: readonly string[], count: number): AsyncGenerator<ReadPart> {
  const read = partReaderFor([changed.rule], CATALOGUE);
  for (let done = 0; done < count; done += 1) yield read(recordOf(texts, done));
};

/** The plain way: every rule of every decision is asked again, under the policies of then with the change put in. */
const judgeWhole = (texts: readonly string[]): number => {
  const among = policies.map((policy) => (policy.rule === changed.rule ? changed : policy));
  let count = 0;
  for (let done = 0; done < judgedWhole; done += 1) {
    const read = readDecision(recordOf(texts, done));
    if (!read.ok) throw new Error('a decision of the bench cannot be read');
    const { proposal, facts, verdict } = read.value;
    if (evaluate(proposal, GUARDRAILS, { ...facts, policies: among }).answer !== verdict.answer) count += 1;
  }
  return count;
};

/** How long it takes to run a changed policy over past decisions, from their stored text to the counts. */
export const policySimulate: Bench = {
  names: ['policy-simulate'],
  async run(print) {
    const texts = recorded();
    const beganWhole = performance.now();
    const changedWhole = judgeWhole(texts);
    const whole = (performance.now() - beganWhole) / 1_000;
    const began = performance.now();
    const simulation = await simulatePolicies(partsOf(texts, decisions), [changed], { catalogue: CATALOGUE });
    const seconds = (performance.now() - began) / 1_000;
    if (simulation.judged !== decisions || simulation.changed * judgedWhole !== changedWhole * decisions)
      throw new Error(
        `the simulation found ${simulation.changed} of ${simulation.judged} changed, judging everything ${changedWhole} of ${judgedWhole}`,
      );
    print({
      name: 'policy-simulate',
      value: seconds,
      unit: `s for ${decisions} past decisions, ${simulation.changed} of them changed`,
      baseline: `asking all ${GUARDRAILS.length} rules again, worked out from ${judgedWhole}`,
      baselineValue: (whole * decisions) / judgedWhole,
    });
  },
};
