import type { OpportunityBody } from '../model/opportunity.ts';
import { contactView, spendView } from '../operations/opportunity-views.ts';
import type { Opportunity } from '../store/opportunities.ts';
import { monthlySpend } from './review-rules.ts';

/** People of AWS that appear on an approved opportunity; one sales representative per part of the world. */
const salesTeams = {
  americas: { FirstName: 'Nora', LastName: 'Ames', Email: 'nora.ames@aws.example.com' },
  europe: { FirstName: 'Emil', LastName: 'Berg', Email: 'emil.berg@aws.example.com' },
  asia: { FirstName: 'Asha', LastName: 'Iyer', Email: 'asha.iyer@aws.example.com' },
} as const;
const partnerDevelopmentManager = { FirstName: 'Pat', LastName: 'Dole', Email: 'pat.dole@aws.example.com' };
const accountOwner = { FirstName: 'Olga', LastName: 'Webb', Email: 'olga.webb@aws.example.com' };

const americas = new Set(['US', 'CA', 'MX', 'BR', 'AR', 'CL', 'CO', 'PE']);
const asia = new Set(['JP', 'IN', 'SG', 'AU', 'NZ', 'CN', 'HK', 'KR', 'ID', 'MY', 'TH', 'VN', 'PH', 'TW']);

const regionOf = (body: OpportunityBody): keyof typeof salesTeams => {
  const country = body.Customer?.Account?.Address?.CountryCode ?? 'US';
  if (americas.has(country)) return 'americas';
  return asia.has(country) ? 'asia' : 'europe';
};

/** What AWS would score: each thing known about the deal adds to its quality. Our own weights; AWS's are not public. */
const qualitySignals: readonly { readonly points: number; readonly holds: (body: OpportunityBody) => boolean }[] = [
  { points: 30, holds: () => true },
  { points: 15, holds: ({ Customer }) => (Customer?.Contacts?.length ?? 0) > 0 },
  { points: 10, holds: ({ LifeCycle }) => (LifeCycle?.NextSteps ?? '') !== '' },
  { points: 10, holds: ({ Project }) => (Project?.SalesActivities?.length ?? 0) >= 2 },
  { points: 10, holds: ({ Project }) => (Project?.CustomerBusinessProblem?.length ?? 0) >= 120 },
  { points: 10, holds: ({ Customer }) => (Customer?.Account?.AwsAccountId ?? '') !== '' },
  { points: 15, holds: (body) => monthlySpend(body) >= 5_000 },
];

const qualityOf = (body: OpportunityBody): number =>
  qualitySignals.filter((signal) => signal.holds(body)).reduce((sum, signal) => sum + signal.points, 0);

const engagementScore = (body: OpportunityBody): 'High' | 'Medium' | 'Low' => {
  const spend = monthlySpend(body);
  if (spend >= 25_000) return 'High';
  return spend >= 5_000 ? 'Medium' : 'Low';
};

const motions = { High: 'AWS Field-engaged', Medium: 'Agent-engaged', Low: 'Partner-led' } as const;

const nextBestActions: Readonly<Record<string, string>> = {
  Prospect: 'Arrange a joint discovery call with the AWS account team and agree on the customer outcome.',
  Qualified: 'Invite the AWS solutions architect to review the proposed architecture.',
  'Technical Validation': 'Share the results of the proof of concept and prepare the commercial proposal.',
  'Business Validation': 'Check eligibility for funding programs before the proposal is signed.',
  Committed: 'Plan the launch with the customer and attach the Marketplace private offer.',
  Launched: 'Review usage with the customer after 90 days and look for further workloads.',
};

const insightsOf = ({ body, related }: Opportunity): Record<string, unknown> => {
  const score = qualityOf(body);
  const products = related.AwsProducts ?? [];
  return {
    EngagementScore: engagementScore(body),
    NextBestActions: nextBestActions[body.LifeCycle?.Stage ?? 'Prospect'] ?? null,
    OpportunityQuality: { Score: score, Trend: score >= 70 ? 'Improving' : 'No Change' },
    Recommendations: [
      ...((body.Customer?.Contacts?.length ?? 0) === 0
        ? [
            {
              Type: 'OpportunityQuality',
              Details: 'Add a customer contact: opportunities with a named contact are engaged sooner.',
              Attributes: { Field: 'Customer.Contacts' },
            },
          ]
        : []),
      ...(products.length === 0
        ? [
            {
              Type: 'SolutionRecommendation',
              Details: 'Associate the AWS products the workload will use, so that a specialist can be assigned.',
              Attributes: { Field: 'RelatedEntityIdentifiers.AwsProducts' },
            },
          ]
        : []),
    ],
  };
};

/** AWS's closing fields are disclosed only once AWS itself has launched or lost the deal. */
const lifeCycleOf = ({ LifeCycle }: OpportunityBody): Record<string, unknown> => {
  const over = LifeCycle?.Stage === 'Launched' || LifeCycle?.Stage === 'Closed Lost';
  return {
    ClosedLostReason: null,
    NextSteps: nextBestActions[LifeCycle?.Stage ?? 'Prospect'] ?? null,
    NextStepsHistory: [],
    Stage: over ? LifeCycle.Stage : null,
    TargetCloseDate: over ? (LifeCycle.TargetCloseDate ?? null) : null,
  };
};

/** AWS's side of a submitted opportunity; before approval little more than its name is known there. */
export const awsSummary = (opportunity: Opportunity): Record<string, unknown> => {
  const { body, related } = opportunity;
  const approved = opportunity.reviewStatus === 'Approved';
  return {
    Catalog: opportunity.catalog,
    CosellMotion: approved ? motions[engagementScore(body)] : null,
    Customer: { Contacts: (body.Customer?.Contacts ?? []).map(contactView) },
    Insights: approved ? insightsOf(opportunity) : null,
    InvolvementType: opportunity.involvement,
    InvolvementTypeChangeReason: null,
    LifeCycle: approved ? lifeCycleOf(body) : null,
    OpportunityTeam: [
      { BusinessTitle: 'PDM', ...partnerDevelopmentManager },
      ...(approved
        ? [
            { BusinessTitle: 'AWSSalesRep', ...salesTeams[regionOf(body)] },
            { BusinessTitle: 'AWSAccountOwner', ...accountOwner },
          ]
        : []),
    ],
    Origin: opportunity.origin,
    Project: { AwsPartition: body.Project?.AwsPartition ?? null, ExpectedCustomerSpend: spendView(body) },
    RelatedEntityIds: {
      AwsMarketplaceProducts: related.AwsMarketplaceProducts ?? [],
      AwsMarketplaceSolutions: related.AwsMarketplaceSolutions ?? [],
      AwsProducts: related.AwsProducts ?? [],
      Solutions: related.Solutions ?? [],
    },
    RelatedOpportunityId: opportunity.id,
    SoftwareRevenue: null,
    Visibility: opportunity.visibility,
  };
};
