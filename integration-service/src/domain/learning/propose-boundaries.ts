import type { GuardrailCatalogue } from '../guardrails/catalogue.ts';
import { readSettings } from '../guardrails/evaluate.ts';
import type { Guardrail, Limits, Policy } from '../guardrails/guardrail.ts';
import { readScope } from '../guardrails/policy-choice.ts';
import { simulatePolicies, type Simulation } from '../replay/simulate.ts';
import type { ReadDecision } from '../replay/recorded-decision.ts';
import { instantMs } from '../values/instant.ts';
import { canonicalJson, type Json, type JsonObject } from '../values/json.ts';
import { ok } from '../values/result.ts';
import { caseOf, type AnsweredCase, type ReadAnsweredDecision } from './answered-case.ts';
import { findMoves, LEARNING_SETTINGS, type LearningSettings, type Move } from './find-move.ts';

/** A proposed move of a boundary. It is a fact to be shown to a person, and changes nothing: only a person adopts it. */
export interface BoundaryProposal {
  readonly status: 'proposed';
  readonly direction: Move['direction'];
  /** The policy in force, and the settings it would get. */
  readonly policy: Policy;
  readonly settings: JsonObject;
  readonly from: Limits;
  readonly to: Limits;
  /** One sentence for the person who decides. */
  readonly says: string;
  readonly evidence: Move['evidence'] & {
    readonly approved: number;
    readonly rejected: number;
    readonly people: number;
    /** The decisions, so that each can be looked at. */
    readonly decisions: readonly string[];
  };
  /** The same decisions under the proposed settings. */
  readonly backTest: Simulation;
  /** Cases whose person said the opposite of what the moved boundary would do. */
  readonly against: readonly string[];
}

/** A policy with answers that do not carry a move yet. */
export interface NotYet {
  readonly policy: Policy;
  readonly cases: number;
  readonly why: string;
}

export interface Learned {
  readonly proposals: readonly BoundaryProposal[];
  readonly notYet: readonly NotYet[];
  /** Decisions that taught nothing, counted by why. */
  readonly leftOut: Readonly<Record<string, number>>;
}

interface LearnFrom {
  /** Opens the decisions from the first on; they are read once to learn, and once for each back-test. */
  readonly open: () => AsyncIterable<ReadAnsweredDecision> | Iterable<ReadAnsweredDecision>;
  /** The policies there are now. */
  readonly policies: readonly Policy[];
  /** ISO 8601 instant: policies that begin later are not in force. */
  readonly now: string;
  readonly catalogue: GuardrailCatalogue;
  readonly settings?: LearningSettings;
}

/**
 * Proposes moves of boundaries from what people said to cases between them (M088), each with its counts, interval, cases
 * and back-test. A rule is learned for the scope whose policy held the cases up.
 */
export const proposeBoundaries = async (from: LearnFrom): Promise<Learned> => {
  const { catalogue, settings = LEARNING_SETTINGS } = from;
  const { cases, leftOut } = await casesOf(from);
  const proposals: BoundaryProposal[] = [];
  const notYet: NotYet[] = [];
  for (const some of cases.values()) {
    const [first] = some;
    const policy = first && policyOf(first, from);
    const guardrail = first && catalogue.current(first.rule);
    if (policy === undefined || guardrail?.boundary === undefined) continue;
    const read = readSettings(guardrail, policy.settings);
    if (read.problem !== null) continue;
    const limits = guardrail.boundary.limits(read.settings);
    const moves = findMoves(some, limits, settings);
    if (moves.length === 0) notYet.push(whyNot(policy, some, limits, settings));
    for (const move of moves) proposals.push(await proposalOf(move, policy, read.settings, guardrail, from));
  }
  return { proposals, notYet, leftOut };
};

const keyOf = (of: string, rule: string, scope: string): string => canonicalJson([of, rule, readScope(scope)] as Json);

const casesOf = async ({
  open,
  catalogue,
}: LearnFrom): Promise<{
  readonly cases: ReadonlyMap<string, AnsweredCase[]>;
  readonly leftOut: Learned['leftOut'];
}> => {
  const cases = new Map<string, AnsweredCase[]>();
  const leftOut: Record<string, number> = {};
  for await (const read of open()) {
    const one = read.ok ? caseOf(read.value, catalogue) : { ok: false as const, error: read.error.kind };
    if (one.ok) {
      const key = keyOf(one.value.function, one.value.rule, one.value.scope);
      const some = cases.get(key) ?? [];
      some.push(one.value);
      cases.set(key, some);
    } else leftOut[one.error] = (leftOut[one.error] ?? 0) + 1;
  }
  return { cases, leftOut };
};

/** The version in force of the policy that held a case up. */
const policyOf = (one: AnsweredCase, { policies, now }: LearnFrom): Policy | undefined =>
  policies
    .filter(
      ({ function: of, rule, scope, effectiveFrom }) =>
        keyOf(of, rule, scope) === keyOf(one.function, one.rule, one.scope) &&
        (effectiveFrom === null || instantMs(effectiveFrom) <= instantMs(now)),
    )
    .sort((left, right) => right.version - left.version)[0];

const whyNot = (policy: Policy, some: readonly AnsweredCase[], limits: Limits, settings: LearningSettings): NotYet => {
  const within = some.filter(({ value }) => value > limits.actUpTo && value <= limits.reviewUpTo).length;
  return {
    policy,
    cases: within,
    why:
      within < settings.minimumCases
        ? `${within} answered cases lie between today’s limits; ${settings.minimumCases} are needed.`
        : 'People’s answers do not lean clearly enough one way near a limit.',
  };
};

const proposalOf = async (
  move: Move,
  policy: Policy,
  settings: unknown,
  guardrail: Guardrail,
  { open, catalogue }: LearnFrom,
): Promise<BoundaryProposal> => {
  const { boundary } = guardrail;
  if (boundary === undefined) throw new Error(`the rule ${guardrail.id} has no limits to move`);
  const proposed = boundary.withLimits(settings, move.limits) as JsonObject;
  const approved = move.cases.filter((one) => one.approved).length;
  const rejected = move.cases.length - approved;
  const say = (value: number): string => boundary.say(value, settings);
  const loosen = move.direction === 'loosen';
  return {
    status: 'proposed',
    direction: move.direction,
    policy,
    settings: proposed,
    from: boundary.limits(settings),
    to: move.limits,
    says: loosen
      ? `People approved ${approved} of ${move.cases.length} cases up to ${say(move.limits.actUpTo)}: let them go by themselves?`
      : `People rejected ${rejected} of ${move.cases.length} cases above ${say(move.limits.reviewUpTo)}: stop them at once?`,
    evidence: {
      ...move.evidence,
      approved,
      rejected,
      people: move.people,
      decisions: move.cases.map(({ decision }) => decision),
    },
    backTest: await simulatePolicies(decisionsOf(open()), [{ ...policy, settings: proposed }], { catalogue }),
    against: move.cases.filter((one) => one.approved !== loosen).map(({ decision }) => decision),
  };
};

const decisionsOf = async function* (
  read: AsyncIterable<ReadAnsweredDecision> | Iterable<ReadAnsweredDecision>,
): AsyncGenerator<ReadDecision> {
  for await (const one of read) yield one.ok ? ok(one.value.decision) : one;
};
