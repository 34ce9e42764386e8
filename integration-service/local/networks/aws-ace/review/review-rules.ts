import type { OpportunityBody } from '../model/opportunity.ts';

export type Verdict = 'Approved' | 'Action Required' | 'Rejected';

export interface Decision {
  readonly verdict: Verdict;
  /** AWS's `ReviewComments`; null on approval. */
  readonly comments: string | null;
  /** AWS's `ReviewStatusReason`. */
  readonly reason: string | null;
}

/** One row of the reviewer's rule book. The first row that applies decides. */
export interface ReviewRule {
  readonly id: string;
  /** When the row applies, in words: what to write into a deal to see this outcome. */
  readonly when: string;
  readonly applies: (opportunity: OpportunityBody) => boolean;
  readonly decision: Decision;
}

/** Expected monthly AWS spend; entries for the partner's own revenue do not count. */
export const monthlySpend = (opportunity: OpportunityBody): number =>
  (opportunity.Project?.ExpectedCustomerSpend ?? [])
    .filter((entry) => entry.TargetCompany === 'AWS')
    .reduce((sum, entry) => sum + Number(entry.Amount ?? 0), 0);

const estimated = (opportunity: OpportunityBody): boolean =>
  (opportunity.Project?.ExpectedCustomerSpend ?? []).some((entry) => entry.EstimationUrl !== undefined);

const problemSays = (opportunity: OpportunityBody, ...words: readonly string[]): boolean => {
  const problem = (opportunity.Project?.CustomerBusinessProblem ?? '').toLowerCase();
  return words.some((word) => problem.includes(word));
};

/** How the reviewer decides when nobody plays AWS by hand. Invented rules with realistic words: AWS publishes none. */
export const reviewRules: readonly ReviewRule[] = [
  {
    id: 'runs-elsewhere',
    when: 'the business problem says "on-premises only" or "not on aws"',
    applies: (opportunity) => problemSays(opportunity, 'on-premises only', 'not on aws'),
    decision: {
      verdict: 'Rejected',
      reason: 'Other',
      comments:
        'The workload described will not run on AWS, so we cannot support it as a co-sell opportunity. Please submit a new opportunity if the customer decides for AWS.',
    },
  },
  {
    id: 'known-to-aws',
    when: 'the business problem says "duplicate of" or "already working with aws"',
    applies: (opportunity) => problemSays(opportunity, 'duplicate of', 'already working with aws'),
    decision: {
      verdict: 'Rejected',
      reason: 'Forecast Conflict',
      comments:
        'An opportunity for this customer and workload is already in the pipeline of the AWS account team. Please coordinate with your partner development manager.',
    },
  },
  {
    id: 'unclear-solution',
    when: 'the business problem says "to be determined" or "not sure"',
    applies: (opportunity) => problemSays(opportunity, 'to be determined', 'not sure'),
    decision: {
      verdict: 'Action Required',
      reason: 'Clarify Solution',
      comments:
        'Please describe the problem the customer wants to solve and how the solution will use AWS services. The current description does not let us route this opportunity to a specialist.',
    },
  },
  {
    id: 'spend-too-low',
    when: 'the expected monthly AWS spend is below 100 and no pricing estimate is linked',
    applies: (opportunity) => !estimated(opportunity) && monthlySpend(opportunity) < 100,
    decision: {
      verdict: 'Action Required',
      reason: 'Clarify Revenue',
      comments:
        'The expected monthly AWS revenue looks too low for the workload described. Please confirm the figure, or link an estimate from the AWS Pricing Calculator.',
    },
  },
  {
    id: 'spend-too-high',
    when: 'the expected monthly AWS spend is above 1,000,000 and no pricing estimate is linked',
    applies: (opportunity) => !estimated(opportunity) && monthlySpend(opportunity) > 1_000_000,
    decision: {
      verdict: 'Action Required',
      reason: 'Clarify Revenue',
      comments:
        'The expected monthly AWS revenue is unusually high. Please check that it is a monthly figure in US dollars, or link an estimate from the AWS Pricing Calculator.',
    },
  },
];

export const approval: Decision = { verdict: 'Approved', comments: null, reason: null };

export const decide = (opportunity: OpportunityBody): Decision =>
  reviewRules.find((rule) => rule.applies(opportunity))?.decision ?? approval;
