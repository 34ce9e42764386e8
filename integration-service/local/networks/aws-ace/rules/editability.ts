import { canonicalJson } from '../model/canonical-json.ts';
import { problem } from '../wire/errors.ts';
import type { Problem } from '../wire/errors.ts';
import type { OpportunityBody } from '../model/opportunity.ts';

/** Which fields of an opportunity may change, by where AWS's review stands (FACTS 9). */
type Editability =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'only' | 'all-but'; readonly fields: readonly string[] };

const account = (member: string): string => `Customer.Account.${member}`;
const address = (member: string): string => `Customer.Account.Address.${member}`;

export const editabilityByReviewStatus: Readonly<Record<string, Editability>> = {
  'Pending Submission': { kind: 'all' },
  Submitted: { kind: 'none' },
  'In review': { kind: 'none' },
  Rejected: { kind: 'none' },
  'Action Required': {
    kind: 'only',
    fields: [
      address('City'),
      address('CountryCode'),
      address('PostalCode'),
      address('StateOrRegion'),
      address('StreetAddress'),
      account('WebsiteUrl'),
      'LifeCycle.TargetCloseDate',
      'Project.ExpectedCustomerSpend',
      'Project.CustomerBusinessProblem',
      'PartnerOpportunityIdentifier',
    ],
  },
  // The developer guide and the data model disagree on some of these: what either locks is locked here.
  Approved: {
    kind: 'all-but',
    fields: [
      address('CountryCode'),
      address('PostalCode'),
      address('StateOrRegion'),
      account('CompanyName'),
      account('Industry'),
      account('WebsiteUrl'),
      'Project.CustomerBusinessProblem',
      'Project.Title',
      'Project.ApnPrograms',
      'NationalSecurity',
      'PartnerOpportunityIdentifier',
    ],
  },
};

/** After launch AWS takes these and ignores the rest without a word. */
export const editableAfterLaunch: readonly string[] = [
  'Project.AdditionalComments',
  'Project.DeliveryModels',
  'OpportunityType',
  'Project.RelatedOpportunityIdentifier',
  'SoftwareRevenue',
];

/** Lists count as one value; what is under `ReviewStatus` and its like belongs to AWS and is never compared. */
const ownedByAws = new Set([
  'LifeCycle.ReviewStatus',
  'LifeCycle.ReviewComments',
  'LifeCycle.ReviewStatusReason',
  'LifeCycle.NextStepsHistory',
]);

const leaves = (value: unknown, path: string): [string, unknown][] => {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return [];
  if (typeof value !== 'object' || Array.isArray(value)) return [[path, value]];
  return Object.entries(value).flatMap(([name, member]) => leaves(member, path ? `${path}.${name}` : name));
};

/** Paths whose values differ; an absent member and an empty list are the same. */
export const changedFields = (before: OpportunityBody, after: OpportunityBody): string[] => {
  const [was, is] = [new Map(leaves(before, '')), new Map(leaves(after, ''))];
  return [...new Set([...was.keys(), ...is.keys()])].filter(
    (path) => !ownedByAws.has(path) && canonicalJson(was.get(path)) !== canonicalJson(is.get(path)),
  );
};

const covers = (fields: readonly string[], path: string): boolean =>
  fields.some((field) => path === field || path.startsWith(`${field}.`));

/** The fields of this change that may not be changed while the opportunity stands at `reviewStatus`. */
export const editProblems = (reviewStatus: string, before: OpportunityBody, after: OpportunityBody): Problem[] => {
  const editability = editabilityByReviewStatus[reviewStatus] ?? { kind: 'none' };
  if (editability.kind === 'none')
    return [
      problem(
        'LifeCycle.ReviewStatus',
        'ACTION_NOT_PERMITTED',
        `Opportunity cannot be updated when LifeCycle.ReviewStatus is '${reviewStatus}'.`,
      ),
    ];
  if (editability.kind === 'all') return [];
  return changedFields(before, after)
    .filter((path) => covers(editability.fields, path) !== (editability.kind === 'only'))
    .map((path) =>
      problem(
        path,
        'ACTION_NOT_PERMITTED',
        `Field ${path} cannot be changed when LifeCycle.ReviewStatus is '${reviewStatus}'.`,
      ),
    );
};

const pick = (source: OpportunityBody, target: OpportunityBody, field: string): void => {
  const steps = field.split('.');
  const last = steps.pop() ?? field;
  let from = source as Record<string, unknown> | undefined;
  let to = target as Record<string, unknown>;
  for (const step of steps) {
    from = from?.[step] as Record<string, unknown> | undefined;
    to = (to[step] ??= {}) as Record<string, unknown>;
  }
  if (from?.[last] === undefined) delete to[last];
  else to[last] = from[last];
};

/** What AWS stores of an update to a launched opportunity: the old values, save for the few fields it still takes. */
export const afterLaunch = (before: OpportunityBody, update: OpportunityBody): OpportunityBody => {
  const stored = structuredClone(before);
  for (const field of editableAfterLaunch) pick(update, stored, field);
  return stored;
};
