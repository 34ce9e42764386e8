import type { Limits } from '../guardrails/guardrail.ts';
import type { AnsweredCase } from './answered-case.ts';
import { wilson, type ShareEstimate } from './wilson.ts';

/** How much evidence a move of a boundary needs. What a larger number costs: fewer and later proposals. */
export interface LearningSettings {
  /** Fewer cases than this propose nothing. */
  readonly minimumCases: number;
  /** As many different people must have answered: one person's habit is no policy. */
  readonly minimumPeople: number;
  /** Width of the interval in standard errors. Several boundaries are tried, so it is wider than for one. */
  readonly z: number;
  /** The lower end of the share of equal answers must reach this. */
  readonly wantedShare: number;
  /** How far one proposal may move a boundary, as a share of the band between the two limits. */
  readonly furthest: number;
}

export const LEARNING_SETTINGS: LearningSettings = {
  minimumCases: 30,
  minimumPeople: 2,
  z: 2.576,
  wantedShare: 0.9,
  furthest: 0.5,
};

/** A boundary that people's answers speak for moving. */
export interface Move {
  /** `loosen`: act further by itself. `tighten`: stop sooner. */
  readonly direction: 'loosen' | 'tighten';
  readonly limits: Limits;
  /** The cases that the move is about: between the old boundary and the new one. */
  readonly cases: readonly AnsweredCase[];
  readonly people: number;
  /** Share of the cases that speak for the move. */
  readonly evidence: ShareEstimate;
}

const peopleOf = (cases: readonly AnsweredCase[]): number => new Set(cases.map(({ by }) => by)).size;

/**
 * The furthest new boundary that the answers carry, from the old boundary on: enough cases, enough people, nearly all of
 * one mind, and so also the last third of them, next to the new boundary, that many harmless cases must not outvote.
 */
const furthestCarried = (
  /** From the old boundary on, nearest first. */
  cases: readonly AnsweredCase[],
  speaksFor: (one: AnsweredCase) => boolean,
  settings: LearningSettings,
): Omit<Move, 'direction' | 'limits'> | null => {
  for (let count = cases.length; count >= settings.minimumCases; count -= 1) {
    // Equal values stand on the same side of a boundary.
    if (cases[count]?.value === cases[count - 1]?.value) continue;
    const some = cases.slice(0, count);
    const evidence = wilson(some.filter(speaksFor).length, count, settings.z);
    const last = some.slice(-Math.ceil(count / 3));
    const lastShare = last.filter(speaksFor).length / last.length;
    const people = peopleOf(some);
    if (evidence.low >= settings.wantedShare && lastShare >= settings.wantedShare && people >= settings.minimumPeople)
      return { cases: some, people, evidence };
  }
  return null;
};

/** The moves that answers to cases between the limits speak for; none when the evidence does not suffice. */
export const findMoves = (
  cases: readonly AnsweredCase[],
  limits: Limits,
  settings: LearningSettings,
): readonly Move[] => {
  const { actUpTo, reviewUpTo } = limits;
  const room = Math.floor((reviewUpTo - actUpTo) * settings.furthest);
  const within = cases
    .filter(({ value }) => value > actUpTo && value <= reviewUpTo)
    .sort((left, right) => left.value - right.value || (left.decision < right.decision ? -1 : 1));
  const up = within.filter(({ value }) => value <= actUpTo + room);
  const down = within.filter(({ value }) => value > reviewUpTo - room).reverse();
  const loosen = furthestCarried(up, ({ approved }) => approved, settings);
  const tighten = furthestCarried(down, ({ approved }) => !approved, settings);
  const reach = (move: typeof loosen): number => move?.cases.at(-1)?.value ?? Number.NaN;
  return [
    ...(loosen === null
      ? []
      : [{ direction: 'loosen' as const, limits: { actUpTo: reach(loosen), reviewUpTo }, ...loosen }]),
    ...(tighten === null
      ? []
      : [{ direction: 'tighten' as const, limits: { actUpTo, reviewUpTo: reach(tighten) - 1 }, ...tighten }]),
  ];
};
