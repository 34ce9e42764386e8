import { ACTION_OF_USE_CASE } from '../guardrails/grant-in-force.ts';
import type { SituationFacts, Zone } from '../guardrails/situation.ts';

/** Something that both companies see, and whose it is (M049). */
interface Shared {
  /** A path, and everything below it. */
  readonly path: string;
  readonly zone: Zone;
}

/**
 * Fields of co-selling, longest path first where one lies within another. At the network, the shared deal is managed by
 * both, our own number for it is ours, and the review is the partner's alone. In Salesforce the deal and its account are
 * the company's, and what the record says of the partner's word is the partner's: only reading it there changes it.
 */
const CO_SELLING_FIELDS: readonly Shared[] = [
  { path: 'LifeCycle.ReviewStatus', zone: 'partner-controlled' },
  { path: 'LifeCycle.ReviewStatusReason', zone: 'partner-controlled' },
  { path: 'LifeCycle.ReviewComments', zone: 'partner-controlled' },
  { path: 'LifeCycle.NextStepsHistory', zone: 'partner-controlled' },
  { path: 'LifeCycle', zone: 'jointly-managed' },
  { path: 'Customer', zone: 'jointly-managed' },
  { path: 'Project', zone: 'jointly-managed' },
  { path: 'PrimaryNeedsFromAws', zone: 'jointly-managed' },
  { path: 'OpportunityType', zone: 'jointly-managed' },
  { path: 'OpportunityTeam', zone: 'jointly-managed' },
  { path: 'Origin', zone: 'jointly-managed' },
  { path: 'Marketing', zone: 'jointly-managed' },
  { path: 'SoftwareRevenue', zone: 'jointly-managed' },
  { path: 'AwsSubmission', zone: 'jointly-managed' },
  { path: 'RelatedEntityIdentifiers', zone: 'jointly-managed' },
  { path: 'PartnerOpportunityIdentifier', zone: 'vendor-controlled' },
  { path: 'AwsOpportunitySummary', zone: 'partner-controlled' },
  { path: 'Referral__c.ReviewStatus__c', zone: 'partner-controlled' },
  { path: 'Referral__c.ReviewComments__c', zone: 'partner-controlled' },
  { path: 'Referral__c.ReviewReason__c', zone: 'partner-controlled' },
  { path: 'Referral__c.PartnerStage__c', zone: 'partner-controlled' },
  { path: 'Referral__c.PartnerOwner__c', zone: 'partner-controlled' },
  { path: 'Referral__c.PartnerSummary__c', zone: 'partner-controlled' },
  { path: 'Referral__c', zone: 'vendor-controlled' },
  { path: 'Opportunity', zone: 'vendor-controlled' },
  { path: 'Account', zone: 'vendor-controlled' },
];

/** Actions of co-selling, in the words of a grant. */
const CO_SELLING_ACTIONS: Readonly<Record<string, Zone>> = {
  refer: 'jointly-managed',
  'update-referral': 'jointly-managed',
  'read-review': 'partner-controlled',
};

/** Who controls a field of co-selling; null: nobody said. */
export const zoneOfField = (field: string): Zone | null =>
  CO_SELLING_FIELDS.find(({ path }) => field === path || field.startsWith(`${path}.`))?.zone ?? null;

/** The fact that the rule `ownership-zone` reads: whose the action of a use case is, and every field it would write. */
export const ownershipOf = (useCase: string, writes: readonly string[]): SituationFacts['ownership'] => ({
  action: CO_SELLING_ACTIONS[ACTION_OF_USE_CASE[useCase] ?? useCase] ?? null,
  writes: [...new Set(writes)].sort().map((field) => ({ field, zone: zoneOfField(field) })),
});
