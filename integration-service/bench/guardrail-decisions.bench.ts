import { GUARDRAILS } from '../src/domain/guardrails/catalogue.ts';
import { compileJudge } from '../src/domain/guardrails/evaluate.ts';
import { type Bench, median } from './figure.ts';
import { guardrailCases, policies, type GuardrailCase } from './guardrails/cases.ts';
import { rulesEngine } from './guardrails/rules-engine.ts';

const rounds = 15;
const perRound = { ours: 20_000, engine: 200 } as const;

const judge = compileJudge(GUARDRAILS, policies);
const ask = rulesEngine();

/** Both must say the same of every case, or their speed cannot be compared. */
const checkAgreement = async (cases: readonly GuardrailCase[]): Promise<void> => {
  for (const one of cases) {
    const ours = judge(one.proposal, one.facts);
    const broken = ours.judgements.filter(({ answer }) => answer !== 'allow').map(({ rule }) => rule);
    const theirs = await ask(one);
    const same = broken.length === theirs.broken.size && broken.every((rule) => theirs.broken.has(rule));
    if (ours.answer !== theirs.answer || !same)
      throw new Error(
        `the engine says ${theirs.answer} (${[...theirs.broken].join(', ')}) of ${one.proposal.subject.id}, we say ${ours.answer} (${broken.join(', ')})`,
      );
  }
};

/** Judges so many cases one after the other; what came of them is counted, so that no work can be left out. */
const ours = (
  cases: readonly GuardrailCase[],
  count: number,
): { readonly perSecond: number; readonly judged: number } => {
  let judged = 0;
  const began = performance.now();
  for (let done = 0; done < count; done += 1) {
    const one = cases[done % cases.length];
    if (one !== undefined) judged += judge(one.proposal, one.facts).judgements.length;
  }
  return { perSecond: (count * 1_000) / (performance.now() - began), judged };
};

const engine = async (cases: readonly GuardrailCase[], count: number): Promise<number> => {
  const began = performance.now();
  for (let done = 0; done < count; done += 1) {
    const one = cases[done % cases.length];
    if (one !== undefined) await ask(one);
  }
  return (count * 1_000) / (performance.now() - began);
};

const p99 = (values: number[]): number =>
  values.sort((left, right) => left - right)[Math.floor(values.length * 0.99)] ?? Number.NaN;

/**
 * How many proposals are judged by all twenty-four rules, each with its judgement kept, and how long the slowest in a
 * hundred takes; against a general rules engine with the same rules, which must agree on every case first.
 */
export const guardrailDecisions: Bench = {
  names: ['guardrail-decisions', 'guardrail-decisions-p99'],
  async run(print) {
    const cases = guardrailCases(1_000);
    await checkAgreement(cases);
    const speeds = { ours: [] as number[], engine: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      const { perSecond, judged } = ours(cases, perRound.ours);
      if (judged !== perRound.ours * GUARDRAILS.length) throw new Error('a rule was not asked');
      speeds.ours.push(perSecond);
      speeds.engine.push(await engine(cases, perRound.engine));
    }
    const baseline = `json-rules-engine, the same ${GUARDRAILS.length} rules`;
    print({
      name: 'guardrail-decisions',
      value: median(speeds.ours),
      unit: `decisions/s with full trace, ${GUARDRAILS.length} rules`,
      baseline,
      baselineValue: median(speeds.engine),
    });
    const latencies = { ours: [] as number[], engine: [] as number[] };
    for (const one of Array.from({ length: 20 }, () => cases).flat()) {
      const began = performance.now();
      judge(one.proposal, one.facts);
      latencies.ours.push((performance.now() - began) * 1_000);
    }
    for (const one of [...cases, ...cases]) {
      const began = performance.now();
      await ask(one);
      latencies.engine.push((performance.now() - began) * 1_000);
    }
    print({
      name: 'guardrail-decisions-p99',
      value: p99(latencies.ours),
      unit: 'µs, slowest of a hundred',
      baseline,
      baselineValue: p99(latencies.engine),
    });
  },
};
