import type { Problem } from '../wire/errors.ts';
import type { OpportunityBody } from '../model/opportunity.ts';
import { postalCodeProblems } from './postal-codes.ts';
import { isBlank, isNationalSecurity, judge, rule } from './rule.ts';
import type { BusinessRule, RuleFacts } from './rule.ts';

/** Entity types of which AWS wants one before it looks at an opportunity. */
export const submittableEntities = ['Solutions', 'AwsMarketplaceSolutions', 'AwsMarketplaceProducts'] as const;

/** What AWS asks when an opportunity is submitted, on top of what it asks at creation. */
export const submissionRules: readonly BusinessRule[] = [
  rule('use-case', 'Project.CustomerUseCase', 'DM', 'REQUIRED_FIELD_MISSING', ({ Project }) =>
    isBlank(Project?.CustomerUseCase)
      ? 'Field Project.CustomerUseCase is required for opportunity submission.'
      : undefined,
  ),
  rule('delivery-models', 'Project.DeliveryModels', 'DM', 'REQUIRED_FIELD_MISSING', ({ Project }) =>
    isBlank(Project?.DeliveryModels)
      ? 'Field Project.DeliveryModels is required for opportunity submission.'
      : undefined,
  ),
  rule('sales-activities', 'Project.SalesActivities', 'DM', 'REQUIRED_FIELD_MISSING', ({ Project }) =>
    isBlank(Project?.SalesActivities) ? 'project.salesActivities is required' : undefined,
  ),
  // Every need in the model is a co-sell need, so a deal shared for visibility only has none to name.
  rule('primary-needs', 'PrimaryNeedsFromAws', 'DM', 'REQUIRED_FIELD_MISSING', (opportunity, { submission }) =>
    submission?.InvolvementType === 'Co-Sell' && isBlank(opportunity.PrimaryNeedsFromAws)
      ? 'primaryNeedsFromAws is required'
      : undefined,
  ),
  rule('needs-for-visibility', 'PrimaryNeedsFromAws', 'DM', 'ACTION_NOT_PERMITTED', (opportunity, { submission }) =>
    submission?.InvolvementType === 'For Visibility Only' && !isBlank(opportunity.PrimaryNeedsFromAws)
      ? 'Cannot perform Submit action. Cannot submit opportunity with InvolvementType For Visibility Only when PrimaryNeedsFromAws Is Co-Sell'
      : undefined,
  ),
  rule('other-industry', 'Customer.Account.OtherIndustry', 'DM', 'REQUIRED_FIELD_MISSING', ({ Customer }) =>
    Customer?.Account?.Industry === 'Other' && isBlank(Customer.Account.OtherIndustry)
      ? "Field Customer.Account.OtherIndustry is required when Customer.Account.Industry is 'Other'."
      : undefined,
  ),
  rule('solution', 'RelatedEntityIdentifiers.Solutions', 'DM', 'REQUIRED_FIELD_MISSING', ({ Project }, { related }) =>
    submittableEntities.every((kind) => isBlank(related[kind])) && isBlank(Project?.OtherSolutionDescription)
      ? 'Field RelatedEntityIdentifiers.Solutions is required for opportunity submission.'
      : undefined,
  ),
  rule('already-lost', 'LifeCycle.Stage', 'API', 'INVALID_RESOURCE_STATE', ({ LifeCycle }) =>
    LifeCycle?.Stage === 'Closed Lost'
      ? 'Cannot perform Submit action. Opportunities that were closed lost before submission are not suitable for submission.'
      : undefined,
  ),
  // The model's note. AWS's own Sandbox samples submit prospects and succeed, so the Sandbox does not ask.
  rule('still-a-prospect', 'LifeCycle.Stage', 'API', 'INVALID_RESOURCE_STATE', ({ LifeCycle }, { catalog }) =>
    catalog === 'AWS' && LifeCycle?.Stage === 'Prospect'
      ? 'Cannot perform Submit action. A prospect must be further matured to a Qualified opportunity before submission.'
      : undefined,
  ),
  rule('national-security-visibility', 'Visibility', 'DM', 'INVALID_VALUE', (opportunity, { submission }) =>
    isNationalSecurity(opportunity) && submission?.Visibility === 'Limited'
      ? "When National Security is 'Yes', Visibility MUST be Full"
      : undefined,
  ),
];

/** Everything wrong with submitting this opportunity now; none means AWS takes it. */
export const submissionProblems = (opportunity: OpportunityBody, facts: RuleFacts): Problem[] => {
  const address = opportunity.Customer?.Account?.Address;
  const postalCodeNeeded = !(isNationalSecurity(opportunity) && address?.CountryCode === 'US');
  return [
    ...judge(submissionRules, opportunity, facts),
    ...(address?.CountryCode ? postalCodeProblems(address.CountryCode, address.PostalCode, postalCodeNeeded) : []),
  ];
};
