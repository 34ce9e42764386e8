import type { FieldProblem } from '../../domain/decisions/effect.ts';
import type { Proposal } from '../../domain/decisions/proposal.ts';
import { draftReferral, type DealFacts, type MappingRow, type Question } from '../../domain/referrals/draft.ts';
import type { PartnerPortal, PortalReferral } from '../../ports/partner-portal/partner-portal.ts';
import { answersToKeep, factOf, sharedFact, type AnswerToKeep, type CoSellingContext, type Read } from './context.ts';
import { peopleByEmail, personAtTarget } from './people.ts';
import { consentOf, disclosedOf, requestFact } from './refer-to-partner.ts';
import { signed, type SignedValue } from './signed-value.ts';

/** What `correctReferral` is given: the referral as the network holds it at this moment, and who asked. */
export interface CorrectContext extends CoSellingContext {
  readonly referralKey: string;
  readonly current: Read<PortalReferral>;
  /** Says what the deal's fields mean, such as in which currency they are; no value of it is sent. */
  readonly deal: DealFacts;
}

export type CorrectOutcome =
  | { readonly kind: 'questions'; readonly questions: readonly Question[] }
  | {
      readonly kind: 'proposal';
      readonly proposal: Proposal;
      readonly values: readonly SignedValue[];
      readonly answersToKeep: readonly AnswerToKeep[];
    }
  | { readonly kind: 'refused'; readonly problems: readonly FieldProblem[] };

/**
 * F4, correct a referral that the partner asked to change: the answers, put into the network's form by the same mapping,
 * become one full-replace update of what the network holds now. Pure.
 */
export const correctReferral = (
  context: CorrectContext,
  portal: Pick<PartnerPortal, 'planCorrection'>,
): CorrectOutcome => {
  const { request, current, now, partner, mapping } = context;
  const answers = request.input.answers ?? {};
  const rows = rowsFor(mapping.value, current.value, answers, partner.network);
  const problems = notAllowed(answers, current.value, rows);
  if (problems.length > 0) return { kind: 'refused', problems };
  const today = now.slice(0, 10);
  const drafted = draftReferral(rows, { Opportunity: {} }, withCurrent(rows, current.value, answers), today);
  const questions = drafted.questions.filter(({ target }) => target in answers);
  if (questions.length > 0) return { kind: 'questions', questions };
  const values = drafted.values.filter(({ target }) => target in answers).map((value) => signed(value, request));
  const changes = Object.fromEntries(values.map(({ target, value }) => [target, value]));
  const plan = portal.planCorrection(current.value, changes, today);
  if (!plan.ok) return { kind: 'refused', problems: plan.error };
  const people = peopleByEmail(current.value.body);
  const personOf = (target: string): string | undefined => personAtTarget(target, people);
  return {
    kind: 'proposal',
    values,
    answersToKeep: answersToKeep(rows, new Set(values.map(({ target }) => target)), context.deal, context),
    proposal: {
      function: 'co-selling',
      useCase: 'correct-referral',
      org: context.org,
      subject: { kind: 'referral', id: context.referralKey },
      partner: partner.key,
      requestedBy: request.requestedBy,
      reasons: [`${request.requestedBy} answered the partner's review (${request.surface}).`],
      disclosed: values.map((value) => disclosedOf(value, request, personOf)),
      effects: plan.value,
      consent: consentOf(request),
      facts: [
        factOf('referral-at-partner', { ...current, value: current.value.body }, people),
        sharedFact('mapping', mapping),
        sharedFact('grant', context.grant),
        factOf('mode', context.mode),
        sharedFact('policies', context.policies),
        requestFact(request, now, personOf),
      ],
    },
  };
};

/** The mapping rows of what was answered, and those whose values they depend on (a postal code on its country). */
const rowsFor = (
  mapping: readonly MappingRow[],
  current: PortalReferral,
  answers: Readonly<Record<string, unknown>>,
  network: string,
): MappingRow[] => {
  const ours = mapping.filter((row) => row.network === network);
  const answered = ours.filter(({ target }) => target in answers);
  const needed = new Set(answered.flatMap(({ settings }) => [settings.countryTarget, whenTarget(settings.when)]));
  return ours.filter(
    (row) => answered.includes(row) || (needed.has(row.target) && textAt(current, row.target) !== null),
  );
};

const whenTarget = (when: unknown): unknown =>
  typeof when === 'object' && when !== null && 'target' in when ? when.target : undefined;

const notAllowed = (
  answers: Readonly<Record<string, unknown>>,
  current: PortalReferral,
  rows: readonly MappingRow[],
): FieldProblem[] => {
  if (Object.keys(answers).length === 0)
    return [
      { target: '', code: 'nothing-to-correct', message: 'Nothing was changed. Change what the partner asked for.' },
    ];
  return Object.keys(answers).flatMap((target) => {
    const label = rows.find((row) => row.target === target)?.label ?? target;
    return current.editableNow.includes(target)
      ? []
      : [
          {
            target,
            code: 'ACTION_NOT_PERMITTED',
            message: `${label} cannot be changed while the review stands at “${current.reviewStatus}”.`,
          },
        ];
  });
};

/** The answers, and for the rows they depend on what the network holds now. */
const withCurrent = (
  rows: readonly MappingRow[],
  current: PortalReferral,
  answers: Readonly<Record<string, string | string[]>>,
): Record<string, string | string[]> => {
  const held = rows.flatMap(({ target }) => {
    const value = textAt(current, target);
    return value === null ? [] : [[target, value] as const];
  });
  return { ...Object.fromEntries(held), ...answers };
};

const textAt = ({ body }: PortalReferral, target: string): string | null => {
  let found: unknown = body;
  for (const name of target.split('.'))
    found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[name] : undefined;
  return typeof found === 'string' ? found : null;
};
