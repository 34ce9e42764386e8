import { problem } from '../wire/errors.ts';
import type { Problem, ProblemCode } from '../wire/errors.ts';
import type { OpportunityBody } from '../model/opportunity.ts';

/** What a business rule may look at besides the opportunity's own fields. */
export interface RuleFacts {
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
  readonly catalog: string;
  /** Partner solutions and Marketplace entities now associated, by entity type. */
  readonly related: Readonly<Record<string, readonly string[]>>;
  /** True when `RelatedOpportunityIdentifier` names an opportunity of this account in this catalog. */
  readonly parentExists: boolean;
  readonly submission?: { readonly InvolvementType: string; readonly Visibility?: string | undefined };
}

/**
 * One row of a rule table. `breaks` says what is wrong with the field, in AWS's words where AWS publishes them, or nothing.
 * `source`: DM = ACE data model, API = API model documentation, DG = developer guide, S3 = field rules of the S3 era.
 */
export interface BusinessRule {
  readonly id: string;
  readonly field: string;
  readonly source: 'DM' | 'API' | 'DG' | 'S3';
  readonly code: ProblemCode;
  readonly breaks: (opportunity: OpportunityBody, facts: RuleFacts) => string | undefined;
}

export const rule = (
  id: string,
  field: string,
  source: BusinessRule['source'],
  code: ProblemCode,
  breaks: BusinessRule['breaks'],
): BusinessRule => ({ id, field, source, code, breaks });

/** Every rule is asked; AWS reports all broken fields at once. */
export const judge = (rules: readonly BusinessRule[], opportunity: OpportunityBody, facts: RuleFacts): Problem[] =>
  rules.flatMap((each) => {
    const message = each.breaks(opportunity, facts);
    return message === undefined ? [] : [problem(each.field, each.code, message)];
  });

export const isBlank = (value: string | readonly unknown[] | undefined): boolean =>
  value === undefined || value.length === 0 || (typeof value === 'string' && value.trim() === '');

export const isNationalSecurity = (opportunity: OpportunityBody): boolean => opportunity.NationalSecurity === 'Yes';
