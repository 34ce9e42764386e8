import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  AssociateOpportunityCommand,
  CreateOpportunityCommand,
  GetAwsOpportunitySummaryCommand,
  GetOpportunityCommand,
  ListEngagementFromOpportunityTasksCommand,
  ListOpportunitiesCommand,
  ListSolutionsCommand,
  PartnerCentralSellingClient,
  StartEngagementFromOpportunityTaskCommand,
  UpdateOpportunityCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { sampleOpportunity } from '../testing/sample-opportunity.ts';

const Catalog = 'Sandbox';
let server: ReturnType<typeof spawn>;
let client: PartnerCentralSellingClient;

beforeAll(async () => {
  server = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH },
  });
  if (!server.stdout) throw new Error('The canned server has no output.');
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  client = new PartnerCentralSellingClient({
    region: 'us-east-1',
    endpoint: url,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  });
});

afterAll(async () => {
  client.destroy();
  const exited = once(server, 'exit');
  server.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
});

test('the canned server, in its own process, answers every call of a referral in a shape that the SDK reads', async () => {
  const solutions = await client.send(new ListSolutionsCommand({ Catalog }));
  expect(solutions.SolutionSummaries?.[0]?.Id).toBe('S-1234567');
  const first = await client.send(new CreateOpportunityCommand(sampleOpportunity({ ClientToken: 'canned-1' })));
  const second = await client.send(new CreateOpportunityCommand(sampleOpportunity({ ClientToken: 'canned-2' })));
  expect(second.Id).not.toBe(first.Id);
  const Identifier = first.Id ?? '';
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
      ClientToken: 'canned-start',
      AwsSubmission: { InvolvementType: 'Co-Sell' },
    }),
  );
  expect(task).toMatchObject({ TaskStatus: 'COMPLETE', OpportunityId: Identifier });
  const tasks = await client.send(
    new ListEngagementFromOpportunityTasksCommand({ Catalog, OpportunityIdentifier: [Identifier] }),
  );
  expect(tasks.TaskSummaries?.[0]).toMatchObject({ TaskId: task.TaskId, OpportunityId: Identifier });
  const got = await client.send(new GetOpportunityCommand({ Catalog, Identifier }));
  expect(got.Id).toBe(Identifier);
  expect(got.LastModifiedDate).toBeInstanceOf(Date);
  const updated = await client.send(
    new UpdateOpportunityCommand({ Catalog, Identifier, LastModifiedDate: got.LastModifiedDate }),
  );
  expect(updated.Id).toBe(Identifier);
  expect((await client.send(new ListOpportunitiesCommand({ Catalog }))).OpportunitySummaries).toEqual([]);
  const summary = await client.send(
    new GetAwsOpportunitySummaryCommand({ Catalog, RelatedOpportunityIdentifier: Identifier }),
  );
  expect(summary.RelatedOpportunityId).toBe(Identifier);
});
