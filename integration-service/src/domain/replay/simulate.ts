import type { GuardrailCatalogue } from '../guardrails/catalogue.ts';
import { compileJudge, worstOf } from '../guardrails/evaluate.ts';
import type { JudgedProposal, JudgeFacts, Policy } from '../guardrails/guardrail.ts';
import { scopeName } from '../guardrails/policy-key.ts';
import { FACT_WORDS } from '../guardrails/situation.ts';
import type { Judgement, Verdict } from '../guardrails/verdict.ts';
import type { DecisionPart, ReadPart } from './decision-part.ts';

type Answer = Verdict['answer'];

/** One decision that would have come out otherwise. */
export interface ChangedDecision {
  readonly decision: string;
  readonly at: string;
  readonly function: string;
  readonly partner: string;
  readonly rule: string;
  readonly from: Answer;
  readonly to: Answer;
  /** What the rule said then; empty when it allowed. */
  readonly before: string;
  /** What it would have said. */
  readonly after: string;
}

/** How many decisions would have gone from one answer to another, and the first of them. */
export interface Transition {
  readonly from: Answer;
  readonly to: Answer;
  readonly count: number;
  readonly examples: readonly ChangedDecision[];
}

/** Counts of one function or partner. */
export interface Share {
  readonly judged: number;
  readonly changed: number;
}

export interface Simulation {
  /** Decisions that were looked at. */
  readonly decisions: number;
  /** Decisions of the policy's function in which its rule took part and could be asked again. */
  readonly judged: number;
  readonly changed: number;
  readonly transitions: readonly Transition[];
  /** Of the decisions judged again. */
  readonly byFunction: Readonly<Record<string, Share>>;
  readonly byPartner: Readonly<Record<string, Share>>;
  /** Decisions that could not be asked again, counted by why: an old record lacks a fact, or a person was forgotten. */
  readonly notComparable: Readonly<Record<string, number>>;
}

export interface SimulationOptions {
  readonly catalogue: GuardrailCatalogue;
  /** How many decisions each transition names; 5 unless set. */
  readonly examples?: number;
}

/**
 * What a changed set of policies would have done to past decisions, as if it had been in force then: for each of them only
 * the rules whose policies change are asked again, and all other judgements stand as recorded. Decisions come one by one
 * and are not kept.
 */
export const simulatePolicies = async (
  decisions: AsyncIterable<ReadPart> | Iterable<ReadPart>,
  changed: readonly Policy[],
  { catalogue, examples = 5 }: SimulationOptions,
): Promise<Simulation> => {
  const tally = new Tally(examples);
  const judges = new Judges(catalogue, changed);
  for await (const read of decisions) {
    tally.decisions += 1;
    if (!read.ok) tally.notComparable(read.error.kind === 'erased' ? 'a person was forgotten' : 'cannot be read');
    else judgeAgain(read.value, judges, tally);
  }
  return tally.report();
};

/** Asks again the rules of one decision that the change is about. */
const judgeAgain = (decision: DecisionPart, judges: Judges, tally: Tally): void => {
  const { proposal, facts, verdict } = decision;
  const rules = judges.rulesFor(proposal.function);
  const asked = verdict.judgements.filter(({ rule }) => rules.has(rule));
  if (asked.length === 0) return;
  const problem = asked.map(({ rule }) => judges.problemOf(rule, decision)).find((one) => one !== null) ?? null;
  if (problem !== null) return tally.notComparable(problem);
  const again = new Map(asked.map(({ rule }) => [rule, judges.judge(rule, decision)]));
  const judgements = verdict.judgements.map((judgement) => again.get(judgement.rule) ?? judgement);
  const to = worstOf(judgements);
  tally.judged(proposal.function, proposal.partner, to !== verdict.answer);
  if (to === verdict.answer) return;
  const reason = reasonOf(asked, again, verdict.answer, to);
  tally.changed({
    decision: decision.id,
    at: facts.now,
    function: proposal.function,
    partner: proposal.partner,
    from: verdict.answer,
    to,
    ...reason,
  });
};

/** The rule that turned the answer: the one that says the new answer, or said the old one. */
const reasonOf = (
  asked: DecisionPart['verdict']['judgements'],
  again: ReadonlyMap<string, Judgement>,
  from: Answer,
  to: Answer,
): Pick<ChangedDecision, 'rule' | 'before' | 'after'> => {
  const differing = asked.filter((before) => again.get(before.rule)?.answer !== before.answer);
  const turned =
    differing.find(({ rule }) => again.get(rule)?.answer === to) ??
    differing.find((before) => before.answer === from) ??
    differing[0];
  return {
    rule: turned?.rule ?? '',
    before: turned?.reason ?? '',
    after: (turned && again.get(turned.rule)?.reason) ?? '',
  };
};

/** Judges for one rule each, under the policies of a decision's time with the change put in. */
class Judges {
  readonly #catalogue: GuardrailCatalogue;
  readonly #changed: readonly Policy[];
  readonly #rules = new Map<string, ReadonlySet<string>>();
  readonly #compiled = new Map<string, ReturnType<typeof compileJudge>>();
  readonly #byList = new WeakMap<readonly Policy[], Map<string, ReturnType<typeof compileJudge>>>();

  constructor(catalogue: GuardrailCatalogue, changed: readonly Policy[]) {
    this.#catalogue = catalogue;
    this.#changed = changed;
  }

  /** The rules of a function whose policies change. */
  rulesFor(id: string): ReadonlySet<string> {
    const known = this.#rules.get(id);
    if (known !== undefined) return known;
    const rules = new Set(this.#changed.filter((policy) => policy.function === id).map(({ rule }) => rule));
    this.#rules.set(id, rules);
    return rules;
  }

  /** Why a rule cannot be asked again about a decision; null: it can. */
  problemOf(rule: string, { facts }: DecisionPart): string | null {
    const guardrail = this.#catalogue.current(rule);
    if (guardrail === undefined) return `there is no rule "${rule}" any more`;
    const byProfile = this.#changed.some((policy) => policy.rule === rule && /^(tier|segment):/.test(policy.scope));
    const needs = byProfile ? [...guardrail.needs, 'profile' as const] : guardrail.needs;
    const missing = needs.find((need) => facts[need] === undefined);
    return missing === undefined ? null : `nobody had looked up ${FACT_WORDS[missing]}`;
  }

  judge(rule: string, { proposal, facts }: DecisionPart): Judgement {
    const judge = this.#judgeUnder(facts.policies, rule, proposal.function);
    // A part has what the rule looks at, and the rule looks at nothing else.
    const [judgement] = judge(proposal as JudgedProposal, facts as JudgeFacts).judgements;
    if (judgement === undefined) throw new Error(`the rule ${rule} said nothing`);
    return judgement;
  }

  /** Most decisions of a time were judged by the same policies, and mostly they are one and the same list: one judge serves them all. */
  #judgeUnder(policies: readonly Policy[], rule: string, of: string): ReturnType<typeof compileJudge> {
    const place = `${rule} ${of}`;
    const byPlace = this.#byList.get(policies) ?? new Map<string, ReturnType<typeof compileJudge>>();
    this.#byList.set(policies, byPlace);
    const found = byPlace.get(place);
    if (found) return found;
    const then = policies.filter((policy) => policy.rule === rule && policy.function === of);
    const key = `${place} ${JSON.stringify(then)}`;
    const judge = this.#compiled.get(key) ?? this.#compile(rule, of, then);
    this.#compiled.set(key, judge);
    byPlace.set(place, judge);
    return judge;
  }

  #compile(rule: string, of: string, then: readonly Policy[]): ReturnType<typeof compileJudge> {
    const guardrail = this.#catalogue.current(rule);
    const changed = this.#changed.filter((policy) => policy.rule === rule && policy.function === of);
    const scopes = new Set(changed.map(({ scope }) => scopeName(scope)));
    const kept = then.filter(({ scope }) => !scopes.has(scopeName(scope)));
    const asIfThen = changed.map((policy) => ({ ...policy, effectiveFrom: null }));
    return compileJudge(guardrail === undefined ? [] : [guardrail], [...kept, ...asIfThen]);
  }
}

/** Counts while decisions go by. */
class Tally {
  decisions = 0;
  readonly #examples: number;
  readonly #notComparable = new Map<string, number>();
  readonly #transitions = new Map<string, { from: Answer; to: Answer; count: number; examples: ChangedDecision[] }>();
  readonly #byFunction = new Map<string, { judged: number; changed: number }>();
  readonly #byPartner = new Map<string, { judged: number; changed: number }>();

  constructor(examples: number) {
    this.#examples = examples;
  }

  notComparable(why: string): void {
    this.#notComparable.set(why, (this.#notComparable.get(why) ?? 0) + 1);
  }

  judged(of: string, partner: string, changed: boolean): void {
    for (const [shares, name] of [
      [this.#byFunction, of],
      [this.#byPartner, partner],
    ] as const) {
      const share = shares.get(name) ?? { judged: 0, changed: 0 };
      share.judged += 1;
      if (changed) share.changed += 1;
      shares.set(name, share);
    }
  }

  changed(decision: ChangedDecision): void {
    const { from, to } = decision;
    const transition = this.#transitions.get(`${from} ${to}`) ?? { from, to, count: 0, examples: [] };
    transition.count += 1;
    if (transition.examples.length < this.#examples) transition.examples.push(decision);
    this.#transitions.set(`${from} ${to}`, transition);
  }

  report(): Simulation {
    const shares = [...this.#byFunction.values()];
    return {
      decisions: this.decisions,
      judged: shares.reduce((sum, { judged }) => sum + judged, 0),
      changed: shares.reduce((sum, { changed }) => sum + changed, 0),
      transitions: [...this.#transitions.values()].sort((left, right) => right.count - left.count),
      byFunction: Object.fromEntries(this.#byFunction),
      byPartner: Object.fromEntries(this.#byPartner),
      notComparable: Object.fromEntries(this.#notComparable),
    };
  }
}
