import type { FieldProblem, PlannedEffect } from '../../domain/decisions/effect.ts';
import type { JsonObject } from '../../domain/values/json.ts';
import { broken, ok, type Result } from '../../domain/values/result.ts';
import type { ReferralDraftInput } from '../../ports/partner-portal/partner-portal.ts';
import { creationProblems } from './business-rules.ts';
import { checked, problemWith } from './problems.ts';
import { createOpportunityRequest, startEngagementRequest } from './wire.ts';

/** Targets whose values are lists of one record in AWS's request: `Customer.Contacts.Email` is `Contacts[0].Email`. */
const RECORD_LISTS: ReadonlySet<string> = new Set([
  'Customer.Contacts',
  'OpportunityTeam',
  'Project.ExpectedCustomerSpend',
]);

/** Targets whose value is a list of texts. */
const TEXT_LISTS: ReadonlySet<string> = new Set([
  'PrimaryNeedsFromAws',
  'Project.DeliveryModels',
  'Project.SalesActivities',
  'Project.ApnPrograms',
  'Marketing.UseCases',
  'Marketing.Channels',
]);

export const SOLUTION = 'RelatedEntityIdentifiers.Solutions';
const SUBMISSION = 'AwsSubmission';

/** Where a target stands in AWS's request: `['Customer', 'Contacts', 0, 'Email']`. */
export const pathOf = (target: string): readonly (string | number)[] => {
  const steps = target.split('.');
  return steps.flatMap((step, index) => (RECORD_LISTS.has(steps.slice(0, index + 1).join('.')) ? [step, 0] : [step]));
};

type Node = Record<string, unknown>;

/** Puts a value where its target stands, making what is missing on the way. */
export const putValue = (body: Node, target: string, value: string | readonly string[]): void => {
  const path = pathOf(target);
  let place: Node = body;
  path.forEach((step, index) => {
    const next = path[index + 1];
    if (next === undefined) place[step] = TEXT_LISTS.has(target) ? [value].flat() : value;
    else place = (place[step] ??= typeof next === 'number' ? [] : {}) as Node;
  });
};

/** AWS's request from values by target; nothing is added that has no target. */
export const bodyOf = (values: ReferralDraftInput['values']): Node => {
  const body: Node = {};
  for (const [target, value] of Object.entries(values)) putValue(body, target, value);
  return body;
};

/**
 * The three writes that file a referral: create, attach the solution, submit. Checked against the whole of AWS's schema
 * and business rules as they will stand together, so that AWS has nothing left to refuse that can be known here.
 */
export const planFiling = (
  draft: ReferralDraftInput,
  catalog: string,
): Result<readonly PlannedEffect[], readonly FieldProblem[]> => {
  const { [SOLUTION]: solution = '', ...rest } = draft.values;
  const filed = Object.entries(rest).filter(([target]) => !target.startsWith(`${SUBMISSION}.`));
  const submission = bodyOf(draft.values)[SUBMISSION] ?? {};
  const create = { Catalog: catalog, ...bodyOf(Object.fromEntries(filed)) };
  const submit = { Catalog: catalog, AwsSubmission: submission };

  // ClientToken and the opportunity's id are known only when the effects are frozen: stand-ins complete the shape.
  const parsed = checked(createOpportunityRequest, { ...create, ClientToken: 'frozen-later' });
  const submitted = checked(startEngagementRequest, { ...submit, ClientToken: 'frozen-later', Identifier: 'O1' });
  const problems = [
    ...(parsed.ok ? [] : parsed.error),
    ...(submitted.ok ? [] : submitted.error),
    ...identityProblems(draft),
    ...solutionProblems(solution, draft),
  ];
  if (parsed.ok && submitted.ok)
    problems.push(
      ...creationProblems(parsed.value, {
        today: draft.today,
        submission: submitted.value.AwsSubmission,
        solutions: [solution].flat().filter((id) => id !== ''),
      }),
    );
  if (problems.length > 0) return broken(eachTargetOnce(problems));

  const personal = draft.personal.filter((target) => target in rest).map((target) => pathOf(target).join('.'));
  return ok([
    effect('create', 'create-opportunity', create, personal),
    ...[solution].flat().map((id, index) =>
      effect(index === 0 ? 'associate' : `associate-${index + 1}`, 'associate-solution', {
        Catalog: catalog,
        OpportunityIdentifier: { $from: 'create.networkId' },
        RelatedEntityType: 'Solutions',
        RelatedEntityIdentifier: id,
      }),
    ),
    effect('submit', 'submit-opportunity', { ...submit, Identifier: { $from: 'create.networkId' } }),
  ]);
};

const effect = (step: string, operation: string, body: Node, personal: readonly string[] = []): PlannedEffect => ({
  step,
  port: 'partner-portal',
  operation,
  body: body as JsonObject,
  personal,
});

/** Without our id at AWS we could not recognise the deal after a lost answer, and it cannot be added later. */
const identityProblems = ({ values, opportunityId }: ReferralDraftInput): readonly FieldProblem[] =>
  values.PartnerOpportunityIdentifier === opportunityId
    ? []
    : [problemWith('PartnerOpportunityIdentifier', 'INVALID_VALUE', 'must be the id of the opportunity.')];

const solutionProblems = (
  solution: string | readonly string[],
  { solutions }: ReferralDraftInput,
): readonly FieldProblem[] =>
  [solution]
    .flat()
    .filter((id) => !solutions.some((known) => known.id === id && known.active))
    .map((id) =>
      id === ''
        ? problemWith(SOLUTION, 'REQUIRED_FIELD_MISSING', 'is missing. Pick one of our solutions at AWS.')
        : problemWith(SOLUTION, 'INVALID_VALUE', `“${id}” is not one of our active solutions at AWS.`),
    );

const eachTargetOnce = (problems: readonly FieldProblem[]): readonly FieldProblem[] =>
  problems.filter(({ target }, index) => problems.findIndex((other) => other.target === target) === index);
