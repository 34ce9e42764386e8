import type { FieldProblem } from '../../domain/decisions/effect.ts';
import type { Consent, DisclosedValue, Fact, Proposal } from '../../domain/decisions/proposal.ts';
import {
  draftReferral,
  fingerprint,
  type DealFacts,
  type Draft,
  type MappingRow,
  type Question,
} from '../../domain/referrals/draft.ts';
import { fieldInWords, pathsOfRow, visibleFacts } from '../../domain/referrals/visible-facts.ts';
import { referralKey } from '../../domain/referrals/referral-key.ts';
import type { PartnerPortal, PortalSolution } from '../../ports/partner-portal/partner-portal.ts';
import { attemptFor } from './attempt.ts';
import {
  answersToKeep,
  factOf,
  sharedFact,
  type AnswerToKeep,
  type CoSellingContext,
  type Read,
  type ReferralRequest,
  type ReferralSummary,
} from './context.ts';
import { peopleOfDeal, personAt } from './people.ts';
import { isOwnAnswer, isTyped, signed, type SignedDraft, type SignedValue } from './signed-value.ts';

/** What `referToPartner` is given: the live deal and everything that decides what becomes of it. */
export interface ReferContext extends CoSellingContext {
  readonly deal: Read<DealFacts>;
  /** All attempts for this deal and partner. */
  readonly existing: readonly ReferralSummary[];
  readonly solutions: Read<readonly PortalSolution[]>;
}

/** What comes of a request to refer: questions, an answer that it is already done, a proposal, or a plain no. */
export type ReferOutcome =
  | {
      readonly kind: 'questions';
      readonly referralKey: string;
      readonly attempt: number;
      readonly draft: SignedDraft;
      readonly questions: readonly Question[];
      readonly answersToKeep: readonly AnswerToKeep[];
    }
  | { readonly kind: 'already-open'; readonly referral: ReferralSummary }
  | {
      readonly kind: 'proposal';
      readonly referralKey: string;
      readonly attempt: number;
      readonly proposal: Proposal;
      readonly draft: SignedDraft;
      readonly answersToKeep: readonly AnswerToKeep[];
    }
  | { readonly kind: 'refused'; readonly problems: readonly FieldProblem[] };

/**
 * F4, refer to a partner: drafts the referral from the live deal, asks for what only a person can say, and proposes to
 * file it. Pure: the same context gives the same outcome, which is what replay rests on.
 */
export const referToPartner = (context: ReferContext, portal: Pick<PartnerPortal, 'planReferral'>): ReferOutcome => {
  const { request, deal, partner, existing, mapping, solutions, now } = context;
  const refused = whyNot(context);
  if (refused !== null) return { kind: 'refused', problems: [{ target: '', ...refused }] };
  const attempt = attemptFor(request, existing);
  if (attempt.kind === 'open') return { kind: 'already-open', referral: attempt.referral };
  if (attempt.kind === 'refused')
    return { kind: 'refused', problems: [{ target: '', code: 'nothing-to-do', message: attempt.why }] };

  const opportunityId = String(deal.value.Opportunity.Id);
  const key = referralKey({ opportunity: opportunityId, partner: partner.key, attempt: attempt.number });
  const facts: DealFacts = { ...deal.value, Solutions: solutions.value };
  const today = now.slice(0, 10);
  const rows = mapping.value.filter(({ network }) => network === partner.network);
  const { hidden } = context.fieldSecurity.value;
  const drafted = draftWithAnswers(rows, visibleFacts(facts, hidden), request, today);
  const draft: SignedDraft = {
    values: agreed(
      drafted.values.map((value) => signed(value, request)),
      rows,
      request,
    ),
    questions: drafted.questions.map((question) => explained(question, rows, hidden)),
  };
  const byPerson = new Set(draft.values.filter((value) => isOwnAnswer(value, request)).map(({ target }) => target));
  const kept = answersToKeep(rows, byPerson, deal.value, context);
  const outcome = { referralKey: key, attempt: attempt.number, draft, answersToKeep: kept };
  if (draft.questions.length > 0) return { kind: 'questions', ...outcome, questions: draft.questions };

  const plan = portal.planReferral({
    opportunityId,
    values: Object.fromEntries(draft.values.map(({ target, value }) => [target, value])),
    personal: draft.values.filter(({ personal }) => personal).map(({ target }) => target),
    solutions: solutions.value,
    today,
  });
  if (!plan.ok) return planRefused(plan.error, outcome, rows);
  const people = peopleOfDeal(deal.value);
  const personOf = (target: string): string | undefined =>
    personAt(rows.find((row) => row.target === target)?.source ?? '', people);
  return {
    kind: 'proposal',
    ...outcome,
    proposal: {
      function: 'co-selling',
      useCase: 'refer-to-partner',
      org: context.org,
      subject: { kind: 'referral', id: key },
      partner: partner.key,
      requestedBy: request.requestedBy,
      reasons: [`Asked for by ${request.requestedBy} (${request.surface}).`],
      disclosed: draft.values.map((value) => disclosedOf(value, request, personOf)),
      effects: plan.value,
      consent: consentOf(request, draft.values),
      facts: [
        factOf('deal', { ...deal, value: visibleFacts(deal.value, hidden) }, people),
        factOf('field-security', context.fieldSecurity),
        ...(request.earlier ? [earlierFact(request.earlier, personOf)] : []),
        sharedFact('mapping', mapping),
        sharedFact('solutions', solutions),
        sharedFact('grant', context.grant),
        factOf('mode', context.mode),
        sharedFact('policies', context.policies),
        requestFact(request, now, personOf),
      ],
    },
  };
};

const whyNot = ({ deal, partner, mapping }: ReferContext): { code: string; message: string } | null => {
  const { Opportunity } = deal.value;
  if (Opportunity.IsClosed === true)
    return {
      code: 'deal-closed',
      message: 'The deal is closed, and a closed deal cannot be referred. Reopen it first.',
    };
  if (!mapping.value.some(({ network }) => network === partner.network))
    return {
      code: 'no-mapping',
      message: `There is no field mapping for ${partner.network}. An admin must restore it (Field Mappings).`,
    };
  return null;
};

/**
 * The network's rules that a draft alone cannot know (they bind several values) become questions about the value they
 * name, so that a person can put it right; what no question can mend is refused.
 */
const planRefused = (
  problems: readonly FieldProblem[],
  outcome: {
    readonly referralKey: string;
    readonly attempt: number;
    readonly draft: SignedDraft;
    readonly answersToKeep: readonly AnswerToKeep[];
  },
  rows: readonly MappingRow[],
): ReferOutcome => {
  const questions = problems.flatMap((problem): Question[] => {
    const row = rows.find(({ target, rule }) => target === problem.target && rule !== 'constant');
    if (row === undefined) return [];
    const current = outcome.draft.values.find(({ target }) => target === problem.target);
    return [
      {
        target: row.target,
        label: row.label,
        question: row.question || `What is the ${row.label.toLowerCase()}?`,
        reason: row.reason,
        kind: 'text',
        ...(current === undefined ? {} : { current: current.shown }),
        problem: problem.message,
        answerHome: row.answerHome,
      },
    ];
  });
  return questions.length === problems.length
    ? { kind: 'questions', ...outcome, questions }
    : { kind: 'refused', problems };
};

/**
 * The draft with what was answered. This request's answers come first; an earlier one stands for what the live deal still
 * does not say.
 */
const draftWithAnswers = (
  rows: readonly MappingRow[],
  facts: DealFacts,
  { input, earlier }: ReferralRequest,
  today: string,
): Draft => {
  const own = input.answers ?? {};
  const draft = draftReferral([...rows], facts, own, today);
  if (earlier === undefined) return draft;
  const live = new Set(draft.values.filter(({ sourceKind }) => sourceKind !== 'template').map(({ target }) => target));
  const needed = Object.entries(earlier.value).filter(([target]) => !live.has(target) && !Object.hasOwn(own, target));
  if (needed.length === 0) return draft;
  const before = Object.fromEntries(needed.map(([target, { value }]) => [target, value]));
  return draftReferral([...rows], facts, { ...before, ...own }, today);
};

/** Whoever is asked for what the record has, and may not see it, is told so: somebody else may refer the deal as it is. */
const explained = (question: Question, rows: readonly MappingRow[], hidden: readonly string[]): Question => {
  const row = rows.find(({ target }) => target === question.target);
  const unseen = row === undefined ? [] : pathsOfRow(row).filter((path) => hidden.includes(path));
  if (unseen.length === 0) return question;
  const fields = unseen.map(fieldInWords).join(', ');
  const why = `Field security hides ${fields} from you: answer if you know it, or ask somebody who may see it to refer the deal.`;
  return { ...question, reason: `${question.reason} ${why}`.trim() };
};

/** Earlier answers as a fact of the decision, each under the person it is about. */
const earlierFact = (earlier: NonNullable<ReferralRequest['earlier']>, personOf: PersonOf): Fact => {
  const answers = Object.entries(earlier.value).map(([target, { value, by }]) => ({ target, value, by }));
  return factOf(
    'answers-before',
    { ...earlier, value: answers },
    answers.flatMap(({ target }, index) => {
      const person = personOf(target);
      return person === undefined ? [] : [{ path: `${index}.value`, person }];
    }),
  );
};

/**
 * Optional values that the person could not see (a field hidden from them, a contact added since) are left out: the network takes
 * the referral without them, and nothing leaves that nobody agreed to. Needed ones stay, and wait for a yes.
 */
const agreed = (values: SignedValue[], rows: readonly MappingRow[], request: ReferralRequest): SignedValue[] => {
  const { shown } = request.input;
  if (shown === undefined) return values;
  const optional = new Set(rows.filter(({ requirement }) => requirement === 'optional').map(({ target }) => target));
  return values.filter(
    (value) =>
      !optional.has(value.target) ||
      isOwnAnswer(value, request) ||
      isTyped(value, request) ||
      shown.fields.includes(value.target),
  );
};

/** Whom the value at a target is about, where that is known. */
export type PersonOf = (target: string) => string | undefined;

/**
 * A drafted value as it stands in a proposal. Who answered is told by id: a proposal is chained, and names are not. What
 * another person answered stands on the record, and needs to be seen like everything else there.
 */
export const disclosedOf = (value: SignedValue, request: ReferralRequest, personOf: PersonOf): DisclosedValue => {
  const person = value.personal ? personOf(value.target) : undefined;
  return {
    target: value.target,
    label: value.label,
    value: value.value,
    source: value.sourceKind === 'person' ? `answered by ${value.answeredBy ?? 'a person'}` : value.source,
    sourceKind: value.sourceKind === 'person' && !isOwnAnswer(value, request) ? 'record' : value.sourceKind,
    personal: value.personal,
    ...(person === undefined ? {} : { person }),
    fingerprint: fingerprint(value.value),
  };
};

/** What the person who asked had seen, or typed in themselves: an absent list means that nothing was shown. */
export const consentOf = (request: ReferralRequest, values: readonly SignedValue[] = []): Consent => {
  const { requestedBy, surface, input } = request;
  const typed = values.filter((value) => isTyped(value, request)).map(({ target }) => target);
  const shown = input.shown?.fingerprints ?? {};
  return {
    by: requestedBy,
    surface,
    fields: [...new Set([...(input.shown?.fields ?? []), ...typed])],
    fingerprints: Object.fromEntries(Object.entries(shown).filter(([target]) => !typed.includes(target))),
  };
};

/** The request as a fact of the decision, each answer under the person it is about. */
export const requestFact = (
  { id, kind, surface, clickedAt, input }: ReferralRequest,
  readAt: string,
  personOf: PersonOf,
): Fact => {
  const answers = Object.entries(input.answers ?? {}).map(([target, value]) => ({ target, value }));
  return {
    name: 'request',
    source: `request:${id}`,
    readAt,
    value: { kind, surface, clickedAt, answers },
    personal: true,
    people: answers.flatMap(({ target }, index) => {
      const person = personOf(target);
      return person === undefined ? [] : [{ path: `answers.${index}.value`, person }];
    }),
  };
};
