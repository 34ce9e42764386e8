import type { OpportunityBody } from '../model/opportunity.ts';
import type { RequestOf } from '../model/requests.ts';
import { businessProblems } from '../wire/errors.ts';
import type { Problem } from '../wire/errors.ts';

/** @throws {AceError} ValidationException (BUSINESS_VALIDATION_FAILED) when there is any. */
export const refuseIfAny = (problems: readonly Problem[]): void => {
  if (problems.length > 0) throw businessProblems(problems);
};

/** The partner's own fields of a request; what AWS owns under LifeCycle is dropped. */
export const bodyOf = (request: RequestOf<'CreateOpportunity'> | RequestOf<'UpdateOpportunity'>): OpportunityBody => {
  const { Customer, LifeCycle, Marketing, NationalSecurity, OpportunityType, Project, SoftwareRevenue } = request;
  const { ReviewStatus, ReviewComments, ReviewStatusReason, ...lifeCycle } = LifeCycle ?? {};
  // The parent of a net new deal is not kept (data model).
  const { RelatedOpportunityIdentifier: parent, ...project } = Project ?? {};
  const keepsParent = parent !== undefined && OpportunityType !== 'Net New Business';
  return {
    ...(Customer ? { Customer } : {}),
    ...(LifeCycle ? { LifeCycle: lifeCycle } : {}),
    ...(Marketing ? { Marketing } : {}),
    ...(NationalSecurity ? { NationalSecurity } : {}),
    ...(OpportunityType ? { OpportunityType } : {}),
    ...(request.PartnerOpportunityIdentifier === undefined
      ? {}
      : { PartnerOpportunityIdentifier: request.PartnerOpportunityIdentifier }),
    ...(request.PrimaryNeedsFromAws ? { PrimaryNeedsFromAws: request.PrimaryNeedsFromAws } : {}),
    ...(Project ? { Project: { ...project, ...(keepsParent ? { RelatedOpportunityIdentifier: parent } : {}) } } : {}),
    ...(SoftwareRevenue && Object.keys(SoftwareRevenue).length > 0 ? { SoftwareRevenue } : {}),
  };
};
