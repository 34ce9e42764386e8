import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Any time will do: nothing here changes. */
const at = '2026-01-15T12:00:00.000Z';

interface Asked {
  /** The opportunity the request is about; a fixed one when it names none. */
  readonly id: string;
  /** Counts up with every create, so that ids differ. */
  readonly next: () => string;
}

const task = (id: string): Record<string, unknown> => ({
  EngagementId: 'eng-0a1b2c3d4e5f6g',
  EngagementInvitationId: 'engi-0a1b2c3d4e5f6',
  Message: null,
  OpportunityId: id,
  ReasonCode: null,
  ResourceSnapshotJobId: 'job-0a1b2c3d4e5f6',
  StartTime: at,
  TaskArn: 'arn:aws:partnercentral:us-east-1::catalog/Sandbox/engagement-from-opportunity-task/task-0a1b2c3d4e5f6',
  TaskId: 'task-0a1b2c3d4e5f6',
  TaskStatus: 'COMPLETE',
});

const opportunity = (id: string): Record<string, unknown> => ({
  Arn: `arn:aws:partnercentral:us-east-1:111122223333:catalog/Sandbox/opportunity/${id}`,
  Catalog: 'Sandbox',
  CreatedDate: at,
  Customer: {
    Account: {
      Address: { CountryCode: 'US', PostalCode: '98101', StateOrRegion: 'Washington' },
      CompanyName: 'Fabrikam Retail Group',
      Industry: 'Retail',
      WebsiteUrl: 'https://www.fabrikam.example.com',
    },
    Contacts: [],
  },
  Id: id,
  LastModifiedDate: at,
  LifeCycle: { ReviewStatus: 'Approved', Stage: 'Qualified', TargetCloseDate: '2027-06-30' },
  OpportunityTeam: [],
  PartnerOpportunityIdentifier: null,
  Project: {
    CustomerBusinessProblem: 'Store managers see the sales figures two days late.',
    ExpectedCustomerSpend: [{ Amount: '12500', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' }],
    Title: 'Store analytics on AWS',
  },
  RelatedEntityIdentifiers: { Solutions: ['S-1234567'] },
});

/** One answer for each call that a referral makes, in the right shape and always the same. */
const answers: Readonly<Record<string, (asked: Asked) => unknown>> = {
  ListSolutions: () => ({
    NextToken: null,
    SolutionSummaries: [
      {
        Catalog: 'Sandbox',
        Category: 'Software Product',
        CreatedDate: at,
        Id: 'S-1234567',
        Name: 'Northwind Analytics Cloud',
        Status: 'Active',
      },
    ],
  }),
  CreateOpportunity: ({ next }) => ({ Id: next(), LastModifiedDate: at, PartnerOpportunityIdentifier: null }),
  AssociateOpportunity: () => ({}),
  StartEngagementFromOpportunityTask: ({ id }) => task(id),
  ListEngagementFromOpportunityTasks: ({ id }) => ({ NextToken: null, TaskSummaries: [task(id)] }),
  GetOpportunity: ({ id }) => opportunity(id),
  UpdateOpportunity: ({ id }) => ({ Id: id, LastModifiedDate: at }),
  ListOpportunities: () => ({ NextToken: null, OpportunitySummaries: [] }),
  GetAwsOpportunitySummary: ({ id }) => ({
    Catalog: 'Sandbox',
    Insights: { EngagementScore: 'Medium', NextBestActions: null },
    InvolvementType: 'Co-Sell',
    OpportunityTeam: [],
    Origin: 'Partner Referral',
    RelatedOpportunityId: id,
    Visibility: 'Full',
  }),
};

export interface CannedServer {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A partner network that checks nothing and remembers nothing: the lower bound a bench measures against. Its work per call
 * is reading the body, one look-up and one short answer.
 */
export const startCannedServer = (options: { readonly port?: number } = {}): Promise<CannedServer> => {
  let made = 10_000_000;
  const next = (): string => `O${(made += 1)}`;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).replace('AWSPartnerCentralSelling.', '');
      const id = /"(?:Opportunity|RelatedOpportunity)?Identifier":\[?"(O\d+)"/.exec(body)?.[1] ?? 'O10000000';
      const answer = answers[operation];
      const text = JSON.stringify(
        answer
          ? answer({ id, next })
          : { __type: 'UnknownOperationException', Message: `${operation} has no canned answer.` },
      );
      response.writeHead(answer ? 200 : 404, {
        'content-type': 'application/x-amz-json-1.0',
        'content-length': Buffer.byteLength(text),
      });
      response.end(text);
    });
  });
  server.keepAliveTimeout = 65_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        stop: () => {
          server.closeAllConnections();
          return new Promise((stopped) => server.close(() => stopped()));
        },
      }),
    );
  });
};
