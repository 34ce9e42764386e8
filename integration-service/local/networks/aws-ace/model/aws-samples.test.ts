import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openNetwork } from '../testing/open-network.ts';
import type { OpenNetwork, RawAnswer } from '../testing/open-network.ts';
import { AceError } from '../wire/errors.ts';
import { parseRequest } from './explain-problems.ts';
import { offeredOperations } from './requests.ts';
import type { OperationName } from './requests.ts';

const file = join(import.meta.dirname, '../../../../../../shared/ace/samples/api-calls.json');
const present = existsSync(file);
if (!present) process.stdout.write(`skipped: AWS’s sample calls are not at hand (${file}).\n`);

interface Sample {
  readonly name: string;
  readonly request: unknown;
}

/** What AWS's own runner puts into its placeholders. */
const placeholders: Readonly<Record<string, string>> = {
  catalog: 'Sandbox',
  clientToken: 'a-token',
  $guid: 'a-token',
  $randomUUID: 'a-token',
  opportunityId: 'O1234567',
  acceptedEngagementOpportunityID: 'O1234567',
  opportunityTitle: 'New Business Deal - 4711',
  lastModifiedDate: '2026-11-02T09:00:00Z',
  OpportunityLastModifiedAt: '2026-11-02T09:00:00Z',
  targetCloseDate: '2029-10-05',
  $randomCompanyName: 'Fabrikam Retail Group',
  $randomFirstName: 'Kim',
  $randomLastName: 'Abercrombie',
  solutionId: 'S-1234567',
  productId: 'AmazonEC2Linux',
  offerArn: 'arn:aws:aws-marketplace:us-east-1:111122223333:AWSMarketplace/Offer/offer-1',
  awsMarketplaceOfferId: 'arn:aws:aws-marketplace:us-east-1:111122223333:AWSMarketplace/Offer/offer-1',
};

const filled = (text: string): string =>
  text.replace(/\{\{([^}]+)\}\}/g, (_all, name: string) =>
    name.toLowerCase().includes('invitationid') ? 'engi-0a1b2c3d4e5f6' : (placeholders[name] ?? 'unknown placeholder'),
  );

const samples: readonly {
  readonly name: string;
  readonly operation: OperationName;
  readonly body: Record<string, unknown>;
}[] = (present ? (JSON.parse(readFileSync(file, 'utf8')) as Sample[]) : []).flatMap(({ name, request }) => {
  const last = name.split('/').at(-1) ?? '';
  const operation = last.startsWith('[Simulate] A')
    ? 'UpdateOpportunity'
    : offeredOperations.find((each) => new RegExp(`(^|[ \\]])${each}`).test(last));
  if (operation === undefined || typeof request !== 'object' || request === null) return [];
  return [{ name, operation, body: JSON.parse(filled(JSON.stringify(request))) as Record<string, unknown> }];
});

const sample = (ending: string): Record<string, unknown> => {
  const found = samples.find((each) => each.name.endsWith(ending));
  if (!found) throw new Error(`AWS’s samples hold no call ${ending}.`);
  return structuredClone(found.body);
};

/** Samples that AWS's own API model refuses, with the member that breaks it. */
const outOfDate: Readonly<Record<string, string>> = {
  'Submitting a Partner-originated ACE opportunity/CreateOpportunity': 'Project.ExpectedCustomerSpend.Frequency',
};

const refusedMember = ({ operation, body }: { operation: OperationName; body: unknown }): string | undefined => {
  try {
    parseRequest(operation, body);
    return undefined;
  } catch (error) {
    if (!(error instanceof AceError)) throw error;
    return String((error.members.ErrorList as { FieldName?: string }[] | undefined)?.[0]?.FieldName ?? error.message);
  }
};

const suite = present ? describe : describe.skip;

suite('the form of AWS’s sample requests', () => {
  test('there are enough of them to mean something', () => {
    expect(samples.length).toBeGreaterThan(95);
  });

  test('each is accepted, save those that AWS’s own model refuses', () => {
    const refused = samples.flatMap((each) => {
      const member = refusedMember(each);
      const expected = Object.entries(outOfDate).find(([ending]) => each.name.endsWith(ending))?.[1];
      return member === expected ? [] : [{ name: each.name, member, expected }];
    });
    expect(refused).toEqual([]);
  });
});

suite('AWS’s sample requests over the wire', () => {
  let open: OpenNetwork;
  beforeAll(async () => {
    open = await openNetwork({ reviewer: { mode: 'manual' } });
  });
  afterAll(() => open.close());

  const create = (body: Record<string, unknown>, token: string): Promise<RawAnswer> =>
    open.raw('CreateOpportunity', { ...body, ClientToken: token });

  test.each(
    samples.filter(
      ({ operation, name }) =>
        operation === 'CreateOpportunity' && refusedMember({ operation, body: sample(name) }) === undefined,
    ),
  )('$name creates an opportunity, nulls, retired and unknown members and all', async ({ name, body }) => {
    const made = await create(body, `sample ${name}`.slice(0, 255));
    expect(made).toMatchObject({ status: 200, body: { Id: expect.stringMatching(/^O\d+$/) } });
  });

  test('the samples that play AWS’s review go through in their order', async () => {
    const made = await create(sample('All API Actions/CreateOpportunity'), 'walk');
    const Identifier = String(made.body.Id);
    const start = sample('Submitting a Partner-originated ACE opportunity/StartEngagementFromOpportunityTask');
    const started = await open.raw('StartEngagementFromOpportunityTask', { ...start, Identifier });
    expect(started.body).toMatchObject({ TaskStatus: 'COMPLETE', Message: null, ReasonCode: null });
    const walk = [
      ['[Simulate] AWS changing to Action Required', 'Action Required'],
      ['Simulating a Action Required/UpdateOpportunity as Partner', 'Submitted'],
      ['Simulating the Approval/[Simulate] Approval from AWS', 'Approved'],
    ] as const;
    for (const [ending, status] of walk) {
      const { LastModifiedDate } = (await open.raw('GetOpportunity', { Catalog: 'Sandbox', Identifier })).body;
      const updated = await open.raw('UpdateOpportunity', { ...sample(ending), Identifier, LastModifiedDate });
      expect(updated).toMatchObject({ status: 200, body: { Id: Identifier } });
      const { LifeCycle } = (await open.raw('GetOpportunity', { Catalog: 'Sandbox', Identifier })).body;
      expect({ ending, status: (LifeCycle as { ReviewStatus: string }).ReviewStatus }).toEqual({ ending, status });
    }
  });
});
