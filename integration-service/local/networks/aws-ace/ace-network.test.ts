import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  AssociateOpportunityCommand,
  CreateOpportunityCommand,
  GetAwsOpportunitySummaryCommand,
  GetOpportunityCommand,
  ListOpportunitiesCommand,
  PartnerCentralSellingClient,
  StartEngagementFromOpportunityTaskCommand,
  UpdateOpportunityCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { createTestDatabase } from '../../../test/support/test-database.ts';
import { startAceNetwork } from './ace-network.ts';
import type { AceNetwork } from './ace-network.ts';
import { sampleOpportunity } from './testing/sample-opportunity.ts';

const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'test-secret' };
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let network: AceNetwork;
let client: PartnerCentralSellingClient;

beforeAll(async () => {
  database = await createTestDatabase();
  network = await startAceNetwork({
    databaseUrl: database.url,
    credentials: [credentials],
    quotas: false,
    reviewer: { inReviewAfterMs: 0, decideAfterMs: 0 },
  });
  client = new PartnerCentralSellingClient({ region: 'us-east-1', endpoint: network.url, credentials, maxAttempts: 1 });
});

afterAll(async () => {
  client.destroy();
  await network.stop();
  await database.drop();
});

describe('a referral from creation to approval, with the AWS SDK', () => {
  test('is created, associated, submitted and approved', async () => {
    const Catalog = 'Sandbox';
    const created = await client.send(new CreateOpportunityCommand(sampleOpportunity({ ClientToken: 'walk-1' })));
    const Identifier = created.Id ?? '';
    expect(Identifier).toMatch(/^O\d+$/);
    await client.send(
      new AssociateOpportunityCommand({
        Catalog,
        OpportunityIdentifier: Identifier,
        RelatedEntityType: 'Solutions',
        RelatedEntityIdentifier: 'S-1234567',
      }),
    );
    const task = await client.send(
      new StartEngagementFromOpportunityTaskCommand({
        Catalog,
        Identifier,
        ClientToken: 'walk-1-start',
        AwsSubmission: { InvolvementType: 'Co-Sell', Visibility: 'Full' },
      }),
    );
    expect(task.TaskStatus).toBe('COMPLETE');
    await network.advance();
    const approved = await client.send(new GetOpportunityCommand({ Catalog, Identifier }));
    expect(approved.LifeCycle?.ReviewStatus).toBe('Approved');
    expect(approved.RelatedEntityIdentifiers?.Solutions).toEqual(['S-1234567']);
    const summary = await client.send(
      new GetAwsOpportunitySummaryCommand({ Catalog, RelatedOpportunityIdentifier: Identifier }),
    );
    expect(summary.Insights?.EngagementScore).toBe('Medium');
    const { Id, Arn, CreatedDate, OpportunityTeam, RelatedEntityIdentifiers, $metadata, ...rest } = approved;
    const updated = await client.send(
      new UpdateOpportunityCommand({
        ...rest,
        Catalog,
        Identifier,
        LifeCycle: { ...rest.LifeCycle, Stage: 'Technical Validation' },
      }),
    );
    expect(updated.LastModifiedDate?.getTime()).toBeGreaterThan(approved.LastModifiedDate?.getTime() ?? 0);
    const listed = await client.send(
      new ListOpportunitiesCommand({ Catalog, LifeCycleStage: ['Technical Validation'] }),
    );
    expect(listed.OpportunitySummaries?.map((each) => each.Id)).toEqual([Identifier]);
  });
});
