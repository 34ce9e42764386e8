import type { OperationForms, TextUse } from '../kit/free-text.ts';
import { CUSTOMER_USE_CASES } from './vocabularies.ts';
import {
  associateOpportunityRequest,
  createOpportunityRequest,
  startEngagementRequest,
  updateOpportunityRequest,
} from './wire.ts';

/** What the free texts of an opportunity are; a place that is missing here counts as prose, and fails a test. */
const opportunity: Readonly<Record<string, TextUse>> = {
  PartnerOpportunityIdentifier: 'id',
  'Customer.Account.OtherIndustry': 'prose',
  'Customer.Account.CompanyName': 'name',
  'Customer.Account.WebsiteUrl': 'id',
  'Customer.Account.Address.City': 'name',
  'Customer.Account.Address.PostalCode': 'name',
  'Customer.Account.Address.StateOrRegion': 'name',
  'Customer.Account.Address.StreetAddress': 'name',
  'Customer.Contacts.FirstName': 'name',
  'Customer.Contacts.LastName': 'name',
  'Customer.Contacts.BusinessTitle': 'name',
  'Project.ExpectedCustomerSpend.TargetCompany': 'name',
  'Project.ExpectedContractDuration.Value': 'prose',
  'Project.Title': 'prose',
  'Project.ApnPrograms': 'prose',
  'Project.CustomerBusinessProblem': 'prose',
  'Project.CustomerUseCase': CUSTOMER_USE_CASES,
  'Project.OtherCompetitorNames': 'prose',
  'Project.OtherSolutionDescription': 'prose',
  'Project.AdditionalComments': 'prose',
  'Marketing.CampaignName': 'prose',
  'Marketing.UseCases': 'prose',
  'LifeCycle.NextSteps': 'prose',
  'LifeCycle.ReviewComments': 'prose',
  'LifeCycle.ReviewStatusReason': 'prose',
  'LifeCycle.NextStepsHistory.Value': 'prose',
};

const tags: Readonly<Record<string, TextUse>> = { 'Tags.Key': 'prose', 'Tags.Value': 'prose' };

/** Every write to AWS: the form of its request, and what each free text in it is. An operation that is not here is not sent. */
export const OPERATIONS = {
  'create-opportunity': {
    form: createOpportunityRequest,
    texts: {
      ...opportunity,
      ...tags,
      ClientToken: 'id',
      'OpportunityTeam.FirstName': 'name',
      'OpportunityTeam.LastName': 'name',
      'OpportunityTeam.BusinessTitle': 'name',
    },
  },
  'associate-solution': { form: associateOpportunityRequest, texts: { RelatedEntityIdentifier: 'id' } },
  'submit-opportunity': { form: startEngagementRequest, texts: { ...tags, ClientToken: 'id' } },
  'update-opportunity': { form: updateOpportunityRequest, texts: opportunity },
} as const satisfies OperationForms;

/** What is written, of all that AWS is asked. */
export type WriteOperation = keyof typeof OPERATIONS;

export const isWrite = (operation: string): operation is WriteOperation => Object.hasOwn(OPERATIONS, operation);
