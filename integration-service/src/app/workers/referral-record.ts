import type { FieldProblem } from '../../domain/decisions/effect.ts';
import type { Judged } from '../../agents/orchestration/run-decision.ts';
import type { Question } from '../../domain/referrals/draft.ts';
import type { ReferralState, ReferralStep } from '../../domain/referrals/referral.ts';
import type { SignedValue } from '../../functions/co-selling/signed-value.ts';
import type { StepTime } from '../../infrastructure/database/referral-links.ts';
import type { ReferralFields, ReferralValue } from '../../ports/crm/crm.ts';

/** What the records say at each turn of a referral, in the words of the people who read them. */

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

/** State and step, with everything an earlier state may have left behind cleared. */
export const standing = (
  state: ReferralState,
  step: ReferralStep,
  steps: readonly StepTime[],
  said: { readonly message: string; readonly nextAction?: string; readonly at: string },
): ReferralFields => ({
  state,
  step,
  steps: JSON.stringify(steps),
  stateChangedAt: said.at,
  message: cut(said.message, 4_000),
  nextAction: cut(said.nextAction ?? '', 255),
  blockedBy: null,
  // A rule that stopped it may have changed since: trying again asks it again.
  retryAllowed: state === 'failed' || state === 'blocked',
  placeInLine: null,
  expectedAt: null,
  ...(state === 'needs-answers' ? {} : { questions: null }),
});

export const asksFor = (questions: readonly Question[], asked: number): ReferralFields => ({
  questions: JSON.stringify(questions),
  questionsAsked: asked,
});

export const valueRows = (values: readonly SignedValue[]): readonly ReferralValue[] =>
  values.map(({ target, label, value, source, sourceKind, personal, sortOrder, answeredBy }) => ({
    target,
    label: cut(label, 80),
    value: cut([value].flat().join(';'), 4_000),
    source: cut(source, 255),
    sourceKind,
    personal,
    sortOrder,
    ...(answeredBy === undefined ? {} : { answeredBy }),
  }));

export const judgedFields = ({ fiveParts, hash }: Judged): ReferralFields => ({
  fivePartTest: JSON.stringify(fiveParts),
  decisionHash: hash,
});

/** The rule that stopped it, first of those that did. */
export const stoppedBy = ({ verdict }: Judged): { rule: string; reason: string } => {
  const stops = verdict.judgements.filter(({ answer }) => answer === verdict.answer && answer !== 'allow');
  return {
    rule: stops[0]?.rule ?? 'five-part-test',
    reason: stops.map(({ reason }) => reason).join(' ') || 'A part of the five-part test does not hold.',
  };
};

/** What is wrong, a line each: a problem's own message names its field already, as the seller knows it. */
export const problemsInWords = (message: string, problems: readonly FieldProblem[]): string =>
  problems.length === 0 ? message : problems.map((problem) => problem.message).join('\n');

/** Adds a step once, with its time; a step reached again keeps its first time. */
export const withStep = (
  steps: readonly StepTime[],
  step: ReferralStep,
  at: string,
  note?: string,
): readonly StepTime[] =>
  steps.some((one) => one.step === step) ? steps : [...steps, { step, at, ...(note ? { note } : {}) }];
