import { afterEach, beforeAll, afterAll, describe, expect, test } from '@jest/globals';
import {
  AssociateOpportunityCommand,
  CreateOpportunityCommand,
  GetOpportunityCommand,
  ListOpportunitiesCommand,
  PartnerCentralSellingServiceException,
  ServiceQuotaExceededException,
  ThrottlingException,
  ValidationException,
} from '@aws-sdk/client-partnercentral-selling';
import { startAceNetwork } from '../ace-network.ts';
import { clientFor, openNetwork, testCredential } from '../testing/open-network.ts';
import type { OpenNetwork } from '../testing/open-network.ts';
import { sampleOpportunity } from '../testing/sample-opportunity.ts';

const Catalog = 'Sandbox';
const create = (token: string, changes = {}) =>
  new CreateOpportunityCommand(sampleOpportunity({ ClientToken: token, ...changes }));

const failureOf = async (work: Promise<unknown>): Promise<PartnerCentralSellingServiceException> => {
  const failure = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure instanceof PartnerCentralSellingServiceException) return failure;
  throw new Error(`Expected an exception of the service, got ${String(failure)}.`);
};

describe('the front door', () => {
  const restricted = {
    accessKeyId: 'AKIDRESTRICTED',
    secretAccessKey: 'another-secret',
    catalogs: ['Sandbox'],
    denied: ['CreateOpportunity'],
  };
  const temporary = { accessKeyId: 'ASIATEMPORARY', secretAccessKey: 'third-secret', sessionToken: 'a-session-token' };
  let open: OpenNetwork;
  beforeAll(async () => {
    open = await openNetwork({ credentials: [testCredential, restricted, temporary] });
  });
  afterAll(() => open.close());

  const list = (change: Parameters<OpenNetwork['raw']>[2]) => open.raw('ListOpportunities', { Catalog }, change);
  const minutes = (count: number) => new Date(open.clock.now().getTime() + count * 60_000);

  test('lets a rightly signed request in, also with a temporary key', async () => {
    expect((await list({})).status).toBe(200);
    expect((await list({ credential: temporary })).status).toBe(200);
  });

  test.each([
    [
      'an unknown key',
      { credential: { accessKeyId: 'AKIDUNKNOWN', secretAccessKey: 'x' } },
      'UnrecognizedClientException',
      'invalid',
    ],
    [
      'a wrong secret',
      { credential: { ...testCredential, secretAccessKey: 'wrong' } },
      'InvalidSignatureException',
      'does not match',
    ],
    [
      'another session token',
      { credential: { ...temporary, sessionToken: 'other' } },
      'UnrecognizedClientException',
      'invalid',
    ],
    ['another region', { region: 'eu-west-1' }, 'InvalidSignatureException', 'valid region'],
    ['another service', { service: 'partnercentral' }, 'InvalidSignatureException', "'partnercentral-selling'"],
    ['a body changed on the way', { body: '{"Catalog":"AWS"}' }, 'InvalidSignatureException', 'x-amz-content-sha256'],
    [
      'an operation changed on the way',
      { headers: { 'x-amz-target': 'AWSPartnerCentralSelling.ListSolutions' } },
      'InvalidSignatureException',
      'does not match',
    ],
    ['no signature', { headers: { authorization: '' } }, 'IncompleteSignatureException', 'Authorization'],
  ])('refuses %s', async (_what, change, type, message) => {
    const { status, body } = await list(change);
    expect({ status, type: body.__type }).toEqual({ status: 403, type: `com.amazonaws.partnercentralselling#${type}` });
    expect(body.Message).toContain(message);
  });

  test('allows five minutes of clock skew either way, not six', async () => {
    expect((await list({ signedAt: minutes(4.9) })).status).toBe(200);
    expect((await list({ signedAt: minutes(-4.9) })).status).toBe(200);
    expect((await list({ signedAt: minutes(6) })).body.Message).toContain('Signature not yet current');
    expect((await list({ signedAt: minutes(-6) })).body.Message).toContain('Signature expired');
  });

  test('denies what a key’s policy denies, by operation and by catalog', async () => {
    const denied = clientFor(open.network, open.clock, restricted);
    const byOperation = await failureOf(denied.send(create('denied')));
    expect(byOperation).toMatchObject({ name: 'AccessDeniedException', $response: { statusCode: 403 } });
    expect(byOperation.message).toContain('partnercentral:CreateOpportunity');
    const byCatalog = await failureOf(denied.send(new ListOpportunitiesCommand({ Catalog: 'AWS' })));
    expect(byCatalog.name).toBe('AccessDeniedException');
    expect((await denied.send(new ListOpportunitiesCommand({ Catalog }))).OpportunitySummaries).toEqual([]);
    denied.destroy();
  });

  test('says plainly what is not offered, and what is not JSON', async () => {
    const unknown = await open.raw('CreateEngagementInvitation', { Catalog });
    expect(unknown.body.__type).toContain('UnknownOperationException');
    expect(unknown.body.Message).toContain('CreateEngagementInvitation is not offered here');
    expect((await open.raw('GetOpportunity', '{"Catalog":')).body.__type).toContain('SerializationException');
    const catalog = await open.raw('GetOpportunity', { Catalog: 'Playground', Identifier: 'O1' });
    expect(catalog.body).toMatchObject({ Reason: 'REQUEST_VALIDATION_FAILED', ErrorList: [{ FieldName: 'Catalog' }] });
  });

  test('names every broken member at once, in the SDK’s own exception', async () => {
    const sample = sampleOpportunity({ ClientToken: 'broken' });
    const contact = { Email: 'Kim@Example.com' };
    const failure = await failureOf(
      open.client.send(
        new CreateOpportunityCommand({
          ...sample,
          Customer: { ...sample.Customer, Contacts: [contact] },
          PartnerOpportunityIdentifier: 'x'.repeat(65),
        }),
      ),
    );
    expect(failure).toBeInstanceOf(ValidationException);
    const { Reason, ErrorList } = failure as ValidationException;
    expect(Reason).toBe('REQUEST_VALIDATION_FAILED');
    expect(ErrorList?.map(({ FieldName, Code }) => [FieldName, Code]).sort()).toEqual([
      ['Customer.Contacts.Email', 'INVALID_STRING_FORMAT'],
      ['PartnerOpportunityIdentifier', 'INVALID_STRING_FORMAT'],
    ]);
    expect(failure.message).toContain("Value at 'customer.contacts.1.member.email' failed to satisfy constraint");
  });
});

describe('client tokens', () => {
  let open: OpenNetwork;
  beforeAll(async () => {
    open = await openNetwork();
  });
  afterAll(() => open.close());

  test('the same token and body give the same answer, at once or together', async () => {
    const command = () => create('same', { PartnerOpportunityIdentifier: '006A' });
    const answers = await Promise.all([1, 2, 3, 4].map(() => open.client.send(command())));
    expect(new Set(answers.map(({ Id }) => Id)).size).toBe(1);
    open.clock.move(1_000);
    const again = await open.client.send(command());
    expect(again.LastModifiedDate).toEqual(answers[0]?.LastModifiedDate);
    expect(await open.network.opportunitiesFor('006A')).toHaveLength(1);
  });

  test('the same token with another body is a conflict, in AWS’s words', async () => {
    await open.client.send(create('other-body'));
    const failure = await failureOf(open.client.send(create('other-body', { NationalSecurity: undefined })));
    expect(failure).toMatchObject({ name: 'ConflictException', $response: { statusCode: 409 } });
    expect(failure.message).toBe('Conflicting client token submitted for a new request body.');
  });

  test('a refused request leaves its token free', async () => {
    const refused = await failureOf(open.client.send(create('freed', { Marketing: { Source: 'Marketing Activity' } })));
    expect(refused.name).toBe('ValidationException');
    expect((await open.client.send(create('freed'))).Id).toMatch(/^O/);
  });
});

describe('quotas', () => {
  test('one write and ten reads a second; the rest is throttled', async () => {
    const open = await openNetwork({ quotas: true });
    await open.client.send(create('first'));
    const failure = await failureOf(open.client.send(create('second')));
    expect(failure).toBeInstanceOf(ThrottlingException);
    expect(failure.$metadata.httpStatusCode).toBe(429);
    const read = () => open.client.send(new ListOpportunitiesCommand({ Catalog }));
    for (let count = 0; count < 10; count += 1) await read();
    expect((await failureOf(read())).name).toBe('ThrottlingException');
    open.clock.move(1_000);
    await open.client.send(create('second'));
    await open.close();
  });

  test('the rolling day is remembered across a restart', async () => {
    const quotas = { writesPerSecond: 100, writesPerDay: 2 };
    const open = await openNetwork({ quotas });
    await open.client.send(create('one'));
    await open.client.send(create('two'));
    const second = await startAceNetwork({
      databaseUrl: open.databaseUrl,
      credentials: [testCredential],
      quotas,
      now: open.clock.now,
    });
    const client = clientFor(second, open.clock);
    expect((await failureOf(client.send(create('three')))).message).toContain('2 writes in 24 hours');
    client.destroy();
    await second.stop();
    await open.pass(24 * 3_600_000 + 60_000);
    await open.client.send(create('three'));
    await open.close();
  });

  test('a quota on engagements answers 402', async () => {
    const open = await openNetwork({ quotas: { engagements: 1, writesPerSecond: 100 } });
    await open.submitted({ ClientToken: 'engaged' });
    const failure = await failureOf(open.submitted({ ClientToken: 'one-too-many' }));
    expect(failure).toBeInstanceOf(ServiceQuotaExceededException);
    expect(failure.$metadata.httpStatusCode).toBe(402);
    await open.close();
  });
});

describe('faults', () => {
  let open: OpenNetwork;
  beforeAll(async () => {
    open = await openNetwork({ localControls: true });
  });
  afterAll(() => open.close());
  afterEach(() => {
    open.network.faults.clear();
    open.network.resetCalls();
  });
  const filed = (identifier: string) => open.network.opportunitiesFor(identifier);

  test.each([
    ['internal-error', 500, 'InternalServerException'],
    ['unavailable', 503, 'ServiceUnavailableException'],
    ['throttled', 429, 'ThrottlingException'],
    ['quota-exceeded', 402, 'ServiceQuotaExceededException'],
  ] as const)('%s hits as many calls as asked, and only its operation', async (kind, status, name) => {
    open.network.faults.add({ kind, operation: 'CreateOpportunity', times: 2, after: 1 });
    await open.client.send(create(`${kind}-0`));
    for (const token of [`${kind}-1`, `${kind}-2`]) {
      const failure = await failureOf(open.client.send(create(token)));
      expect({ name: failure.name, status: failure.$metadata.httpStatusCode }).toEqual({ name, status });
    }
    await open.client.send(new ListOpportunitiesCommand({ Catalog }));
    await open.client.send(create(`${kind}-1`));
    expect(open.network.calls('CreateOpportunity')).toEqual({
      received: 4,
      answered: 2,
      refused: { [name]: 2 },
      lost: 0,
    });
  });

  test('a request lost on its way leaves nothing behind', async () => {
    open.network.faults.add({ kind: 'lost-before-commit', operation: 'CreateOpportunity' });
    await expect(open.client.send(create('lost-1', { PartnerOpportunityIdentifier: 'LOST1' }))).rejects.toThrow();
    expect(await filed('LOST1')).toHaveLength(0);
  });

  test('an answer lost on its way leaves the opportunity, and the same call finds it', async () => {
    open.network.faults.add({ kind: 'lost-after-commit', operation: 'CreateOpportunity' });
    const command = () => create('lost-2', { PartnerOpportunityIdentifier: 'LOST2' });
    await expect(open.client.send(command())).rejects.toThrow();
    const [kept] = await filed('LOST2');
    expect(await open.client.send(command())).toMatchObject({ Id: kept?.id });
    expect(await filed('LOST2')).toHaveLength(1);
    expect(open.network.calls('CreateOpportunity')).toMatchObject({ received: 2, answered: 1, lost: 1 });
  });

  test('a held call waits, before or after its commit, until it is let go', async () => {
    open.network.faults.add({ kind: 'hold-before-commit', operation: 'CreateOpportunity' });
    const before = open.client.send(create('held-1', { PartnerOpportunityIdentifier: 'HELD1' }));
    await open.network.faults.untilHeld();
    expect(await filed('HELD1')).toHaveLength(0);
    open.network.faults.release();
    await before;
    open.network.faults.add({ kind: 'hold-after-commit', operation: 'CreateOpportunity' });
    const after = open.client.send(create('held-2', { PartnerOpportunityIdentifier: 'HELD2' }));
    await open.network.faults.untilHeld();
    expect(await filed('HELD2')).toHaveLength(1);
    open.network.faults.release();
    expect((await after).Id).toMatch(/^O/);
  });

  test('the same switches are reached over HTTP when local controls are on', async () => {
    const post = (path: string, body: unknown) =>
      fetch(`${open.network.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    expect((await post('/local/faults', { kind: 'throttled', operation: 'GetOpportunity' })).status).toBe(200);
    const failure = await failureOf(open.client.send(new GetOpportunityCommand({ Catalog, Identifier: 'O1' })));
    expect(failure.name).toBe('ThrottlingException');
    expect((await post('/local/faults', { kind: 'gremlins' })).status).toBe(400);
    const counts = (await (await fetch(`${open.network.url}/local/calls`)).json()) as Record<
      string,
      { received: number }
    >;
    expect(counts.GetOpportunity?.received).toBe(1);
    const cleared = await fetch(`${open.network.url}/local/faults`, { method: 'DELETE' });
    expect(await cleared.json()).toEqual({ faults: [] });
  });

  test('and not when they are off', async () => {
    const closed = await openNetwork();
    expect((await fetch(`${closed.network.url}/local/faults`)).status).toBe(404);
    await closed.close();
  });
});

test('a restart keeps everything: opportunities, associations, tokens and the review under way', async () => {
  const open = await openNetwork();
  const id = await open.submitted({ ClientToken: 'kept' });
  open.client.destroy();
  await open.network.stop();
  const network = await startAceNetwork({
    databaseUrl: open.databaseUrl,
    credentials: [testCredential],
    quotas: false,
    reviewer: { inReviewAfterMs: 60_000, decideAfterMs: 60_000 },
    now: open.clock.now,
  });
  const client = clientFor(network, open.clock);
  expect(await client.send(create('kept'))).toMatchObject({ Id: id });
  const read = () => client.send(new GetOpportunityCommand({ Catalog, Identifier: id }));
  expect(await read()).toMatchObject({
    LifeCycle: { ReviewStatus: 'Submitted' },
    RelatedEntityIdentifiers: { Solutions: ['S-1234567'] },
  });
  for (const status of ['In review', 'Approved']) {
    open.clock.move(60_000);
    client.config.systemClockOffset += 60_000;
    await network.advance();
    expect((await read()).LifeCycle?.ReviewStatus).toBe(status);
  }
  client.destroy();
  await network.stop();
});

test('ListOpportunities filters inclusively and pages through everything once', async () => {
  const open = await openNetwork();
  const made: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    open.clock.move(1_000);
    made.push((await open.client.send(create(`page-${count}`))).Id ?? '');
  }
  const third = await open.read(made[2] ?? '');
  const from = await open.client.send(
    new ListOpportunitiesCommand({ Catalog, LastModifiedDate: { AfterLastModifiedDate: third.LastModifiedDate } }),
  );
  expect(from.OpportunitySummaries?.map(({ Id }) => Id)).toEqual([made[4], made[3], made[2]]);
  const seen: (string | undefined)[] = [];
  let NextToken: string | undefined;
  do {
    const page = await open.client.send(
      new ListOpportunitiesCommand({
        Catalog,
        MaxResults: 2,
        NextToken,
        Sort: { SortBy: 'Identifier', SortOrder: 'ASCENDING' },
      }),
    );
    seen.push(...(page.OpportunitySummaries ?? []).map(({ Id }) => Id));
    NextToken = page.NextToken ?? undefined;
  } while (NextToken !== undefined);
  expect(seen).toEqual(made);
  const forged = await failureOf(open.client.send(new ListOpportunitiesCommand({ Catalog, NextToken: 'forged' })));
  expect(forged.name).toBe('ValidationException');
  const other = await open.client.send(new ListOpportunitiesCommand({ Catalog: 'AWS' }));
  expect(other.OpportunitySummaries).toEqual([]);
  const foreign = await failureOf(
    open.client.send(
      new AssociateOpportunityCommand({
        Catalog: 'AWS',
        OpportunityIdentifier: made[0],
        RelatedEntityType: 'Solutions',
        RelatedEntityIdentifier: 'S-1234567',
      }),
    ),
  );
  expect(foreign.name).toBe('ResourceNotFoundException');
  await open.close();
});
