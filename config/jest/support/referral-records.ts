/** Records of a small deal, by the names the components' queries give their fields. */
export const DEAL_ID = '006000000000001AAA';
export const AWS_ID = 'a01000000000001AAA';
export const REFERRAL_ID = 'a02000000000001AAA';

export const aws = {
  id: AWS_ID,
  key: 'aws',
  name: 'AWS',
  network: 'aws-ace',
  fitRules: JSON.stringify([
    { field: 'Opportunity.Amount', op: 'gte', value: 10_000, reason: 'The deal is worth 10,000 or more', weight: 2 },
    { field: 'Opportunity.Account.Website', op: 'present', reason: 'AWS can recognise the customer', weight: 1 },
  ]),
};
export const reseller = { id: 'a01000000000002AAA', key: 'globex', name: 'Globex', network: 'none', fitRules: '[]' };

const row = (target: string, label: string, more: Record<string, unknown>): Record<string, unknown> => ({
  id: `a03${target}`,
  Key__c: `aws-ace:${target}`,
  Network__c: 'aws-ace',
  Target__c: target,
  Label__c: label,
  Source__c: '',
  Rule__c: 'copy',
  Settings__c: '{}',
  Requirement__c: 'create',
  Personal__c: false,
  Question__c: '',
  Reason__c: '',
  AnswerHome__c: '',
  SortOrder__c: 1,
  Active__c: true,
  ...more,
});

/** A mapping of four values: two from records (one of them personal), one that must be chosen, one to be written. */
export const mapping = [
  row('Customer.Account.CompanyName', 'Customer', { Source__c: 'Opportunity.Account.Name', SortOrder__c: 1 }),
  row('Customer.Contacts.0.Email', 'Contact e-mail', {
    Source__c: 'Contacts[0].Email',
    Rule__c: 'email',
    Requirement__c: 'optional',
    Personal__c: true,
    SortOrder__c: 2,
  }),
  row('Project.CustomerUseCase', 'Use case', {
    Source__c: 'Opportunity.UseCase__c',
    Rule__c: 'map',
    Settings__c: JSON.stringify({ allowed: ['Migration', 'Analytics'] }),
    Question__c: 'What is it for?',
    Reason__c: 'AWS routes the deal by it.',
    SortOrder__c: 3,
  }),
  row('Project.CustomerBusinessProblem', 'Customer problem', {
    Source__c: 'Opportunity.CustomerProblem__c',
    Settings__c: JSON.stringify({ min: 20, max: 2_000, long: true }),
    Question__c: 'Which problem does the customer have?',
    Reason__c: 'AWS reviews the deal by it.',
    SortOrder__c: 4,
  }),
];

/** The opportunity as `getRecord` hands it over; `fields` replace or add to what it says. */
export function opportunity(fields: Record<string, unknown> = {}): object {
  const account = { Name: { value: 'Initech' }, Website: { value: 'https://initech.example' } };
  const all: Record<string, unknown> = {
    Name: 'Initech cloud move',
    Amount: 48_000,
    Account: { id: '001', apiName: 'Account', fields: account },
    UseCase__c: 'Migration',
    CustomerProblem__c: 'Their data centre closes in spring and nothing is ready.',
    ...fields,
  };
  const values = Object.entries(all).map(([name, value]) => [name, { value }]);
  return { id: DEAL_ID, apiName: 'Opportunity', fields: Object.fromEntries(values) };
}

/** A referral to AWS in a state; a state's steps are those reached until then. */
export function referral(state: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: REFERRAL_ID,
    name: 'REF-000001',
    opportunityId: DEAL_ID,
    partnerId: AWS_ID,
    partnerName: 'AWS',
    network: 'aws-ace',
    attempt: 1,
    state,
    steps: JSON.stringify([
      { step: 'checked', at: '2026-11-21T12:00:01.000Z' },
      { step: 'recorded', at: '2026-11-21T12:00:02.000Z' },
    ]),
    stateChangedAt: '2026-11-21T12:00:02.000Z',
    retryAllowed: false,
    ...more,
  };
}

/** A request of this deal; new ones have not reached the service yet. */
export function request(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'a04000000000001AAA',
    partnerId: AWS_ID,
    kind: 'refer',
    state: 'new',
    message: null,
    createdAt: '2026-11-21T12:00:00.000Z',
    ...more,
  };
}
