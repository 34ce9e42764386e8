import type { FieldProblem, PlannedEffect } from '../../domain/decisions/effect.ts';
import type { Json, JsonObject } from '../../domain/values/json.ts';
import { broken, ok, type Result } from '../../domain/values/result.ts';
import type { PortalReferral } from '../../ports/partner-portal/partner-portal.ts';
import { changeProblems } from './business-rules.ts';
import { DEFAULT_MAPPING } from './default-mapping.ts';
import { pathOf, putValue } from './mapping.ts';
import { checked, problemWith } from './problems.ts';
import { updateOpportunityRequest } from './wire.ts';

/** What AWS lets a partner change while it waits for an answer (developer guide): these and nothing else. */
export const EDITABLE_WHILE_ACTION_REQUIRED: readonly string[] = [
  'Customer.Account.Address.City',
  'Customer.Account.Address.CountryCode',
  'Customer.Account.Address.PostalCode',
  'Customer.Account.Address.StateOrRegion',
  'Customer.Account.Address.StreetAddress',
  'Customer.Account.WebsiteUrl',
  'LifeCycle.TargetCloseDate',
  'Project.CustomerBusinessProblem',
  'Project.ExpectedCustomerSpend.Amount',
];

/** What is locked once AWS has approved: the guide and the data model disagree on some, so what either locks is locked. */
const LOCKED_WHEN_APPROVED: ReadonlySet<string> = new Set([
  'Customer.Account.Address.CountryCode',
  'Customer.Account.Address.PostalCode',
  'Customer.Account.Address.StateOrRegion',
  'Customer.Account.CompanyName',
  'Customer.Account.Industry',
  'Customer.Account.WebsiteUrl',
  'PartnerOpportunityIdentifier',
  'Project.CustomerBusinessProblem',
  'Project.Title',
]);

/** Set when a deal is created, or by other calls: an update has no place for them. */
const NOT_IN_UPDATES = /^(Origin|OpportunityTeam|AwsSubmission|RelatedEntityIdentifiers)\b/;

const asked = DEFAULT_MAPPING.filter(({ rule, target }) => rule !== 'constant' && !NOT_IN_UPDATES.test(target));

/** The targets that may be changed now, by where AWS's review stands. */
export const editableTargets = (reviewStatus: string | null, stage: string | null): readonly string[] => {
  if (stage === 'Launched') return ['Project.DeliveryModels', 'OpportunityType'];
  switch (reviewStatus) {
    case 'Pending Submission':
      return asked.map(({ target }) => target);
    case 'Action Required':
      return EDITABLE_WHILE_ACTION_REQUIRED;
    case 'Approved':
      return asked.map(({ target }) => target).filter((target) => !LOCKED_WHEN_APPROVED.has(target));
    default:
      return [];
  }
};

/** Members of a GetOpportunity answer that an update carries; AWS takes an absent one as null. */
const CARRIED = [
  'PrimaryNeedsFromAws',
  'NationalSecurity',
  'PartnerOpportunityIdentifier',
  'Customer',
  'Project',
  'OpportunityType',
  'Marketing',
  'SoftwareRevenue',
  'LifeCycle',
] as const;

/** What AWS alone writes; in catalog Sandbox, sending them would play AWS's part. */
const OWNED_BY_AWS = new Set(['ReviewStatus', 'ReviewComments', 'ReviewStatusReason', 'NextStepsHistory']);

/** The update that would change nothing: the whole of what AWS holds, in the form of a request. */
export const updateFrom = (body: JsonObject, catalog: string): Record<string, unknown> => {
  const update: Record<string, unknown> = {
    Catalog: catalog,
    Identifier: body.Id,
    LastModifiedDate: body.LastModifiedDate,
  };
  for (const member of CARRIED) {
    const value = body[member];
    if (value === undefined || value === null) continue;
    update[member] = withoutNulls(value);
  }
  const lifeCycle = update.LifeCycle as Record<string, unknown> | undefined;
  if (lifeCycle !== undefined)
    update.LifeCycle = Object.fromEntries(Object.entries(lifeCycle).filter(([name]) => !OWNED_BY_AWS.has(name)));
  const project = update.Project as Record<string, unknown> | undefined;
  for (const member of ['CustomerUseCase', 'CustomerBusinessProblem'])
    if (typeof project?.[member] === 'string') project[member] = decodeEntities(project[member]);
  return update;
};

const withoutNulls = (value: Json): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null && !(Array.isArray(member) && member.length === 0))
      .map(([name, member]) => [name, withoutNulls(member)]),
  );
};

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", amp: '&' };

/** AWS hands these two texts back with HTML entities; sent again as they are, they would be escaped twice. */
export const decodeEntities = (text: string): string =>
  text.replace(/&(lt|gt|quot|#39|#x27|amp);/g, (all, name: string) => entities[name] ?? all);

/** One full-replace update: what AWS holds now, with the changes in it, under AWS's own lock value. */
export const planUpdate = (
  current: PortalReferral,
  changes: Readonly<Record<string, string | readonly string[]>>,
  { catalog, today }: { readonly catalog: string; readonly today: string },
): Result<readonly PlannedEffect[], readonly FieldProblem[]> => {
  const locked = Object.keys(changes).filter((target) => !current.editableNow.includes(target));
  if (locked.length > 0)
    return broken(
      locked.map((target) =>
        problemWith(
          target,
          'ACTION_NOT_PERMITTED',
          `cannot be changed while the review stands at “${current.reviewStatus}”.`,
        ),
      ),
    );
  const update = updateFrom(current.body, catalog);
  for (const [target, value] of Object.entries(changes)) putValue(update, target, value);
  const parsed = checked(updateOpportunityRequest, update);
  if (!parsed.ok) return parsed;
  const submitted = current.reviewStatus !== 'Pending Submission';
  const problems = changeProblems(parsed.value, {
    today,
    // How it was submitted is not in what AWS hands back; a deal that names needs was a co-sell.
    submission: submitted && parsed.value.PrimaryNeedsFromAws !== undefined ? { InvolvementType: 'Co-Sell' } : null,
    solutions: solutionsOf(current.body),
  });
  if (problems.length > 0) return broken(problems);
  const personal = DEFAULT_MAPPING.filter((row) => row.personal && hasValue(update, pathOf(row.target)));
  return ok([
    {
      step: 'update',
      port: 'partner-portal',
      operation: 'update-opportunity',
      body: update as JsonObject,
      personal: personal.map(({ target }) => pathOf(target).join('.')),
    },
  ]);
};

const hasValue = (body: unknown, path: readonly (string | number)[]): boolean =>
  path.reduce<unknown>(
    (place, step) =>
      typeof place === 'object' && place !== null ? (place as Record<string, unknown>)[step] : undefined,
    body,
  ) !== undefined;

/** Ids of the solutions attached to an opportunity. */
export const solutionsOf = (body: JsonObject): readonly string[] => {
  const related = body.RelatedEntityIdentifiers;
  if (related === null || typeof related !== 'object' || Array.isArray(related)) return [];
  const { Solutions } = related as JsonObject;
  return Array.isArray(Solutions) ? Solutions.filter((id): id is string => typeof id === 'string') : [];
};
