import type { FieldProblem } from '../../domain/decisions/effect.ts';
import type { Proposal } from '../../domain/decisions/proposal.ts';
import { draftReferral, type DealFacts, type MappingRow, type Question } from '../../domain/referrals/draft.ts';
import { visibleFacts } from '../../domain/referrals/visible-facts.ts';
import type { PartnerPortal, PortalReferral } from '../../ports/partner-portal/partner-portal.ts';
import { answersToKeep, factOf, sharedFact, type AnswerToKeep, type CoSellingContext, type Read } from './context.ts';
import { changedValues } from './changed-values.ts';
import { peopleByEmail, peopleOfDeal, personAt, personAtTarget } from './people.ts';
import { consentOf, disclosedOf, requestFact } from './refer-to-partner.ts';
import { signed, type SignedValue } from './signed-value.ts';

/** What `correctReferral` is given: the referral as the network holds it at this moment, and who asked. */
export interface CorrectContext extends CoSellingContext {
  readonly referralKey: string;
  readonly current: Read<PortalReferral>;
  /** Says what the deal's fields mean, such as in which currency they are; sent of it is only what the request names. */
  readonly deal: Read<DealFacts>;
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
 * F4, correct a referral: what the partner asked to change (answers), and what the deal was changed in since (`changed`),
 * put into the network's form by the same mapping, become one full-replace update of what the network holds now. Pure.
 */
export const correctReferral = (
  context: CorrectContext,
  portal: Pick<PartnerPortal, 'planCorrection'>,
): CorrectOutcome => {
  const { request, current, now, partner, mapping } = context;
  const answers = request.input.answers ?? {};
  const rows = rowsFor(mapping.value, current.value, answers, partner.network);
  const problems = notAllowed(
    [...Object.keys(answers), ...(request.input.changed ?? [])],
    current.value,
    mapping.value,
  );
  if (problems.length > 0) return { kind: 'refused', problems };
  const ofDeal = changedValues(context);
  if (ofDeal.problems.length > 0) return { kind: 'refused', problems: ofDeal.problems };
  const today = now.slice(0, 10);
  const drafted = draftReferral(rows, { Opportunity: {} }, withCurrent(rows, current.value, answers), today);
  const questions = drafted.questions.filter(({ target }) => target in answers);
  if (questions.length > 0) return { kind: 'questions', questions };
  const answered = drafted.values.filter(({ target }) => target in answers).map((value) => signed(value, request));
  const values = [...answered, ...ofDeal.values.filter(({ target }) => !(target in answers))];
  const changes = Object.fromEntries(values.map(({ target, value }) => [target, value]));
  const plan = portal.planCorrection(current.value, changes, today);
  if (!plan.ok) return { kind: 'refused', problems: plan.error };
  const people = peopleByEmail(current.value.body);
  const seen = { ...context.deal, value: visibleFacts(context.deal.value, context.fieldSecurity.value.hidden) };
  // A contact that was exchanged on the deal is not the one whom the network still names.
  const peopleNow = peopleOfDeal(context.deal.value);
  const sourceOf = new Map(ofDeal.values.map(({ target }) => [target, rowOf(mapping.value, target)?.source ?? '']));
  const personOf = (target: string): string | undefined => {
    const source = sourceOf.get(target);
    return source === undefined ? personAtTarget(target, people) : personAt(source, peopleNow);
  };
  return {
    kind: 'proposal',
    values,
    answersToKeep: answersToKeep(rows, new Set(answered.map(({ target }) => target)), context.deal.value, context),
    proposal: {
      function: 'co-selling',
      useCase: 'correct-referral',
      org: context.org,
      subject: { kind: 'referral', id: context.referralKey },
      partner: partner.key,
      requestedBy: request.requestedBy,
      reasons: [
        ...(answered.length > 0 ? [`${request.requestedBy} answered the partner's review (${request.surface}).`] : []),
        ...(ofDeal.values.length > 0
          ? [
              `The deal was changed after it was sent, and ${request.requestedBy} sends the change (${request.surface}).`,
            ]
          : []),
      ],
      disclosed: values.map((value) => disclosedOf(value, request, personOf)),
      effects: plan.value,
      consent: consentOf(request),
      facts: [
        factOf('referral-at-partner', { ...current, value: current.value.body }, people),
        ...(ofDeal.values.length > 0
          ? [factOf('deal', seen, peopleNow), factOf('field-security', context.fieldSecurity)]
          : []),
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

const rowOf = (rows: readonly MappingRow[], target: string): MappingRow | undefined =>
  rows.find((row) => row.target === target);

const notAllowed = (
  targets: readonly string[],
  current: PortalReferral,
  rows: readonly MappingRow[],
): FieldProblem[] => {
  if (targets.length === 0)
    return [
      { target: '', code: 'nothing-to-correct', message: 'Nothing was changed. Change what the partner asked for.' },
    ];
  return targets.flatMap((target) => {
    const label = rowOf(rows, target)?.label ?? target;
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
