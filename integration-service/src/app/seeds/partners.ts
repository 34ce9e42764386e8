import type { SeedRow } from '../../ports/crm/crm.ts';

/** Why a deal suits AWS, until the company writes its own rules: facts of the deal, with words for the seller. */
const awsFitRules = [
  {
    field: 'Opportunity.Amount',
    op: 'gte',
    value: 10_000,
    reason: 'The deal is large enough for AWS to take part',
    weight: 2,
  },
  {
    field: 'Opportunity.CustomerProblem__c',
    op: 'present',
    reason: 'The customer’s problem is written down',
    weight: 1,
  },
  { field: 'Opportunity.UseCase__c', op: 'present', reason: 'The cloud use case is named', weight: 1 },
  {
    field: 'Opportunity.Account.Website',
    op: 'present',
    reason: 'AWS can find the customer by its website',
    weight: 1,
  },
];

/** The partners that a network is built for. */
export const partnerRows = (): readonly SeedRow[] => [
  {
    object: 'Partner__c',
    key: 'aws',
    fields: {
      Name: 'AWS',
      kind: 'cloud',
      network: 'aws-ace',
      active: true,
      website: 'https://partnercentral.awspartner.com',
      fitRules: JSON.stringify(awsFitRules),
    },
  },
];
