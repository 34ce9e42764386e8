import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  AssignOpportunityCommand,
  AssociateOpportunityCommand,
  CreateOpportunityCommand,
  DisassociateOpportunityCommand,
  GetEngagementInvitationCommand,
  GetOpportunityCommand,
  ListEngagementByAcceptingInvitationTasksCommand,
  ListEngagementInvitationsCommand,
  ListSolutionsCommand,
  RejectEngagementInvitationCommand,
  StartEngagementByAcceptingInvitationTaskCommand,
} from '@aws-sdk/client-partnercentral-selling';
import type { RelatedEntityType } from '@aws-sdk/client-partnercentral-selling';
import { awsProductCodes } from '../rules/aws-products.ts';
import { failureOf, problemsOf } from '../testing/failure.ts';
import { openNetwork } from '../testing/open-network.ts';
import type { OpenNetwork } from '../testing/open-network.ts';
import { sampleOpportunity } from '../testing/sample-opportunity.ts';

const Catalog = 'Sandbox';
const offer = (number: number, account = '111122223333') =>
  `arn:aws:aws-marketplace:us-east-1:${account}:AWSMarketplace/Offer/offer-${number}`;

let open: OpenNetwork;
beforeAll(async () => {
  open = await openNetwork({ marketplace: { offers: [offer(1), offer(2)] } });
});
afterAll(() => open.close());

const created = async (ClientToken: string, changes = {}) =>
  (await open.client.send(new CreateOpportunityCommand(sampleOpportunity({ ClientToken, ...changes })))).Id ?? '';

const entity = (OpportunityIdentifier: string, type: RelatedEntityType, id: string) => ({
  Catalog,
  OpportunityIdentifier,
  RelatedEntityType: type,
  RelatedEntityIdentifier: id,
});
const associate = (opportunity: string, type: RelatedEntityType, id: string) =>
  open.client.send(new AssociateOpportunityCommand(entity(opportunity, type, id)));
const disassociate = (opportunity: string, type: RelatedEntityType, id: string) =>
  open.client.send(new DisassociateOpportunityCommand(entity(opportunity, type, id)));

describe('associations', () => {
  test('take an active solution once, and no other', async () => {
    const id = await created('solutions');
    await associate(id, 'Solutions', 'S-1234567');
    const field = 'RelatedEntityIdentifiers.Solutions';
    expect((await problemsOf(associate(id, 'Solutions', 'S-1234567'))).problems).toEqual([
      `${field} DUPLICATE_KEY_VALUE`,
    ]);
    expect((await problemsOf(associate(id, 'Solutions', 'S-1234569'))).problems).toEqual([`${field} INVALID_VALUE`]);
    expect((await problemsOf(associate(id, 'Solutions', 'soln-1'))).problems).toEqual([
      `${field} INVALID_STRING_FORMAT`,
    ]);
    expect((await failureOf(associate(id, 'Solutions', 'S-999'))).name).toBe('ResourceNotFoundException');
    expect((await failureOf(disassociate(id, 'Solutions', 'S-1234568'))).name).toBe('ResourceNotFoundException');
    await disassociate(id, 'Solutions', 'S-1234567');
    expect((await open.read(id)).RelatedEntityIdentifiers?.Solutions).toEqual([]);
  });

  test('take at most twenty products, of AWS’s list', async () => {
    const id = await created('products');
    const codes = [...awsProductCodes];
    for (const code of codes.slice(0, 20)) await associate(id, 'AwsProducts', code);
    expect((await problemsOf(associate(id, 'AwsProducts', codes[20] ?? ''))).problems).toEqual([
      'RelatedEntityIdentifiers.AwsProducts TOO_MANY_VALUES',
    ]);
    expect((await problemsOf(associate(id, 'AwsProducts', 'FlyingCarpet'))).problems).toEqual([
      'RelatedEntityIdentifiers.AwsProducts INVALID_VALUE',
    ]);
  });

  test('tie one private offer to one opportunity, of the own account', async () => {
    const [first, second] = [await created('offer-1'), await created('offer-2')];
    const field = 'RelatedEntityIdentifiers.AwsMarketplaceOffers';
    const answers = await Promise.allSettled([
      associate(first, 'AwsMarketplaceOffers', offer(1)),
      associate(second, 'AwsMarketplaceOffers', offer(1)),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const taker = answers[0]?.status === 'fulfilled' ? first : second;
    expect((await problemsOf(associate(taker, 'AwsMarketplaceOffers', offer(2)))).problems).toEqual([
      `${field} TOO_MANY_VALUES`,
    ]);
    expect((await problemsOf(associate(first, 'AwsMarketplaceOffers', offer(3, '999999999999')))).problems).toEqual([
      `${field} ACTION_NOT_PERMITTED`,
    ]);
    expect((await failureOf(associate(first, 'AwsMarketplaceOffers', offer(9)))).name).toBe(
      'ResourceNotFoundException',
    );
  });

  test('stay as they are while AWS reviews, and keep the last solution afterwards', async () => {
    const id = await open.submitted({ ClientToken: 'last-solution' });
    const refused = ['RelatedEntityIdentifiers.Solutions ACTION_NOT_PERMITTED'];
    expect((await problemsOf(associate(id, 'Solutions', 'S-1234568'))).problems).toEqual(refused);
    await open.network.decide(id);
    expect((await problemsOf(disassociate(id, 'Solutions', 'S-1234567'))).problems).toEqual(refused);
    await associate(id, 'Solutions', 'S-1234568');
    await disassociate(id, 'Solutions', 'S-1234567');
    expect((await open.read(id)).RelatedEntityIdentifiers?.Solutions).toEqual(['S-1234568']);
  });
});

test('an opportunity is assigned to registered users only, and an owner replaces the owner', async () => {
  const id = await created('assigned');
  const assign = (Email: string, BusinessTitle: string) =>
    open.client.send(
      new AssignOpportunityCommand({
        Catalog,
        Identifier: id,
        Assignee: { Email, BusinessTitle, FirstName: 'Sally', LastName: 'Seller' },
      }),
    );
  expect((await problemsOf(assign('stranger@example.com', 'Boss'))).problems).toEqual([
    'Assignee.BusinessTitle INVALID_VALUE',
    'Assignee.Email INVALID_VALUE',
  ]);
  await assign('sally.seller@example.com', 'OpportunityOwner');
  expect((await open.read(id)).OpportunityTeam).toMatchObject([
    { BusinessTitle: 'OpportunityOwner', Email: 'sally.seller@example.com' },
  ]);
});

test('solutions are filtered, sorted and paged', async () => {
  const active = await open.client.send(
    new ListSolutionsCommand({ Catalog, Status: ['Active'], Sort: { SortBy: 'Name', SortOrder: 'DESCENDING' } }),
  );
  expect(active.SolutionSummaries?.map(({ Id }) => Id)).toEqual(['S-1234568', 'S-1234567']);
  const first = await open.client.send(new ListSolutionsCommand({ Catalog, MaxResults: 3 }));
  const rest = await open.client.send(new ListSolutionsCommand({ Catalog, MaxResults: 3, NextToken: first.NextToken }));
  expect([first.SolutionSummaries?.length, rest.SolutionSummaries?.length, rest.NextToken ?? null]).toEqual([
    3,
    1,
    null,
  ]);
});

describe('a referral from AWS', () => {
  const invited = async (ClientToken: string) => {
    const id = await created(ClientToken, { Origin: 'AWS Referral' });
    const list = await open.client.send(
      new ListEngagementInvitationsCommand({
        Catalog,
        ParticipantType: 'RECEIVER',
        Status: ['PENDING'],
        Sort: { SortBy: 'InvitationDate', SortOrder: 'DESCENDING' },
      }),
    );
    const summary = list.EngagementInvitationSummaries?.find(
      (each) => each.EngagementTitle === 'Store analytics on AWS',
    );
    return { id, invitation: summary?.Id ?? '' };
  };
  const accept = (Identifier: string, ClientToken: string) =>
    open.client.send(new StartEngagementByAcceptingInvitationTaskCommand({ Catalog, Identifier, ClientToken }));
  const read = (Identifier: string) => open.client.send(new GetOpportunityCommand({ Catalog, Identifier }));

  test('exists in the Sandbox only', async () => {
    const real = open.client.send(
      new CreateOpportunityCommand(
        sampleOpportunity({ ClientToken: 'not-there', Catalog: 'AWS', Origin: 'AWS Referral' }),
      ),
    );
    expect((await problemsOf(real)).problems).toEqual(['Origin INVALID_VALUE']);
  });

  test('hides who the customer’s people are until it is accepted, then is approved and whole', async () => {
    const { id, invitation } = await invited('accepted');
    expect((await failureOf(read(id))).name).toBe('ResourceNotFoundException');
    const shown = await open.client.send(new GetEngagementInvitationCommand({ Catalog, Identifier: invitation }));
    expect(shown.Payload?.OpportunityInvitation?.Customer?.CompanyName).toBe('Fabrikam Retail Group');
    expect(JSON.stringify(shown)).not.toMatch(/Abercrombie|Seattle|98101/);
    const task = await accept(invitation, 'accept-it');
    expect(task).toMatchObject({ TaskStatus: 'COMPLETE', OpportunityId: id });
    expect(await accept(invitation, 'accept-it')).toMatchObject({ TaskId: task.TaskId });
    expect(await read(id)).toMatchObject({ LifeCycle: { ReviewStatus: 'Approved', Stage: 'Prospect' } });
    const tasks = await open.client.send(
      new ListEngagementByAcceptingInvitationTasksCommand({ Catalog, EngagementInvitationIdentifier: [invitation] }),
    );
    expect(tasks.TaskSummaries?.map(({ TaskId }) => TaskId)).toEqual([task.TaskId]);
    expect((await failureOf(accept(invitation, 'twice'))).name).toBe('ConflictException');
  });

  test('may be rejected for a documented reason, and is gone then', async () => {
    const { id, invitation } = await invited('rejected');
    const reject = (RejectionReason?: string) =>
      open.client.send(new RejectEngagementInvitationCommand({ Catalog, Identifier: invitation, RejectionReason }));
    expect((await problemsOf(reject())).problems).toEqual(['RejectionReason REQUIRED_FIELD_MISSING']);
    expect((await problemsOf(reject('no time'))).problems).toEqual(['RejectionReason INVALID_VALUE']);
    await reject('Unable to support');
    expect((await failureOf(reject('Other'))).name).toBe('ConflictException');
    expect((await failureOf(read(id))).name).toBe('ResourceNotFoundException');
  });

  test('expires after fifteen days', async () => {
    const { invitation } = await invited('expired');
    await open.pass(15 * 24 * 3_600_000);
    const shown = await open.client.send(new GetEngagementInvitationCommand({ Catalog, Identifier: invitation }));
    expect(shown.Status).toBe('EXPIRED');
    expect((await failureOf(accept(invitation, 'too-late'))).name).toBe('ConflictException');
  });
});
