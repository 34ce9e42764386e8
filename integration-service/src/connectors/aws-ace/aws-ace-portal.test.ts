import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startAceNetwork, type AceNetwork } from '../../../local/networks/aws-ace/ace-network.ts';
import type { FrozenEffect } from '../../domain/decisions/effect.ts';
import { canonicalJson } from '../../domain/values/json.ts';
import { describePartnerPortal, type PortalWorld } from '../../ports/partner-portal/partner-portal.contract.ts';
import { createTestDatabase } from '../../../test/support/test-database.ts';
import { AwsAcePortal } from './aws-ace-portal.ts';
import { openAceClient } from './client.ts';
import { awsAceSettings } from './settings.ts';
import { draftFor } from './__fixtures__/draft.ts';

const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'test-secret' };
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let network: AceNetwork;
let portal: AwsAcePortal;
let deals = 0;

const open = (changes: Record<string, unknown> = {}): AwsAcePortal => {
  const settings = awsAceSettings.parse({ endpoint: network.url, ...credentials, ...changes });
  return new AwsAcePortal(openAceClient(settings), settings);
};

const verdicts = {
  approved: { verdict: 'Approved', comments: null, reason: null },
  'action-required': { verdict: 'Action Required', comments: 'Please confirm the spend.', reason: 'Clarify Revenue' },
  rejected: { verdict: 'Rejected', comments: 'Known to AWS.', reason: 'Forecast Conflict' },
} as const;

beforeAll(async () => {
  database = await createTestDatabase();
  network = await startAceNetwork({
    databaseUrl: database.url,
    credentials: [credentials],
    quotas: false,
    reviewer: { mode: 'manual' },
  });
  portal = open();
});

afterAll(async () => {
  portal.close();
  await network.stop();
  await database.drop();
});

const nextDeal = (): string => {
  deals += 1;
  return `006${String(deals).padStart(12, '0')}AAA`;
};

const world = (): PortalWorld => ({
  portal,
  validDraft: () => draftFor(nextDeal()),
  loseAnswer: (when) => {
    network.faults.add({
      kind: when === 'before' ? 'lost-before-commit' : 'lost-after-commit',
      operation: '*',
      times: 1,
      after: 0,
      delayMs: 0,
    });
  },
  throttle: () => {
    network.faults.add({ kind: 'throttled', operation: '*', times: 1, after: 0, delayMs: 0 });
  },
  countOf: async (ourId) => (await network.opportunitiesFor(ourId)).length,
  review: (networkId, verdict) => network.decide(networkId, verdicts[verdict]),
  correction: { target: 'Project.ExpectedCustomerSpend.Amount', value: '9000' },
});

describe('AWS ACE as a partner portal', () => {
  describePartnerPortal(world);
});

/** The first write of filing a deal, as it would be sent. */
const frozen = (deal: string, company: string): FrozenEffect => {
  const plan = portal.planReferral(draftFor(deal, { 'Customer.Account.CompanyName': company }));
  const [create] = plan.ok ? plan.value : [];
  if (create === undefined) throw new Error('The draft gives no plan.');
  return { ...create, key: `key-of-${deal}`, body: canonicalJson(create.body) };
};

describe('a deal whose account was renamed after it was filed', () => {
  test.each(['AWS knows our token', 'AWS has forgotten it'])('is found by our id where %s', async (token) => {
    const deal = nextDeal();
    const made = await portal.perform(frozen(deal, 'Before the Merger Ltd'));
    if (!made.ok) throw new Error(made.error.message);
    if (token.includes('forgotten')) await network.forgetClientTokens();
    const renamed = frozen(deal, 'After the Merger Ltd');
    expect(await portal.lookUp(renamed)).toMatchObject({
      ok: true,
      value: { done: true, answer: { networkId: made.value.networkId } },
    });
  });

  test('one that AWS does not have is not found under either', async () => {
    expect(await portal.lookUp(frozen(nextDeal(), 'Never Filed Ltd'))).toEqual({ ok: true, value: { done: false } });
  });
});

describe('what goes over the wire', () => {
  const listening = async (
    answer: (operation: string, body: string) => { status: number; body: string },
  ): Promise<{ url: string; sent: { operation: string; body: string }[]; stop: () => Promise<void> }> => {
    const sent: { operation: string; body: string }[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const operation = String(request.headers['x-amz-target']).replace('AWSPartnerCentralSelling.', '');
        const body = Buffer.concat(chunks).toString('utf8');
        sent.push({ operation, body });
        const said = answer(operation, body);
        response.writeHead(said.status, { 'content-type': 'application/x-amz-json-1.0' }).end(said.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
      url,
      sent,
      stop: () => {
        server.closeAllConnections();
        return new Promise((resolve) => server.close(() => resolve()));
      },
    };
  };

  test('the frozen bytes, with the effect’s key as ClientToken', async () => {
    const server = await listening(() => ({
      status: 200,
      body: '{"Id":"O1","LastModifiedDate":"2026-11-21T10:00:00Z"}',
    }));
    const ace = open({ endpoint: server.url });
    const body = '{"Catalog":"Sandbox","Project":{"Title":"Größe & Co"}}';
    await ace.perform({ key: 'abc', step: 'create', port: 'partner-portal', operation: 'create-opportunity', body });
    expect(server.sent).toEqual([
      {
        operation: 'CreateOpportunity',
        body: '{"Catalog":"Sandbox","ClientToken":"abc","Project":{"Title":"Größe & Co"}}',
      },
    ]);
    ace.close();
    await server.stop();
  });

  test('a lock value keeps every digit that AWS wrote', async () => {
    const lastModified = '2026-11-21T10:00:00.123456789Z';
    const server = await listening((operation) =>
      operation === 'GetOpportunity'
        ? {
            status: 200,
            body: JSON.stringify({
              Catalog: 'Sandbox',
              Id: 'O1',
              LastModifiedDate: lastModified,
              CreatedDate: lastModified,
              RelatedEntityIdentifiers: {},
              LifeCycle: { ReviewStatus: 'Action Required', ReviewComments: null },
              AddedByAwsLater: 1,
            }),
          }
        : { status: 200, body: `{"Id":"O1","LastModifiedDate":"${lastModified}"}` },
    );
    const ace = open({ endpoint: server.url });
    const read = await ace.read('O1');
    expect(read).toMatchObject({ ok: true, value: { lastModified, body: { AddedByAwsLater: 1 } } });
    const body = JSON.stringify({ Catalog: 'Sandbox', Identifier: 'O1', LastModifiedDate: lastModified });
    await ace.perform({ key: 'k', step: 'update', port: 'partner-portal', operation: 'update-opportunity', body });
    expect(server.sent.at(-1)?.body).toBe(body);
    ace.close();
    await server.stop();
  });

  test.each([
    [500, '{"__type":"InternalServerException","Message":"no"}', 'outcome-unknown'],
    [503, 'busy', 'outcome-unknown'],
    [200, 'not json', 'outcome-unknown'],
    [200, '{}', 'outcome-unknown'],
    [403, '{"__type":"AccessDeniedException","Message":"no policy"}', 'unauthorized'],
    [404, '{"__type":"ResourceNotFoundException","Message":"gone"}', 'not-found'],
    [409, '{"__type":"ConflictException","Message":"stale"}', 'conflict'],
    [402, '{"__type":"ServiceQuotaExceededException","Message":"full"}', 'rate-limited'],
    [429, '{"__type":"ThrottlingException","Message":"slow"}', 'rate-limited'],
    [400, '{"__type":"ValidationException","Message":"bad","Reason":"REQUEST_VALIDATION_FAILED"}', 'rejected'],
    [403, '{"__type":"InvalidSignatureException","message":"clock"}', 'unauthorized'],
  ])('a write answered with %i %s is %s', async (status, body, kind) => {
    const server = await listening(() => ({ status, body }));
    const ace = open({ endpoint: server.url });
    const sent = await ace.perform({
      key: 'k',
      step: 'create',
      port: 'partner-portal',
      operation: 'create-opportunity',
      body: '{"Catalog":"Sandbox"}',
    });
    expect(sent).toMatchObject({ ok: false, error: { kind } });
    expect(server.sent).toHaveLength(1);
    ace.close();
    await server.stop();
  });

  test.each([
    ['does not come', () => undefined],
    [
      'begins and then stands still',
      (response: ServerResponse) => void response.writeHead(200, { 'content-length': '9' }).write('{'),
    ],
  ])('an answer that %s is an unknown outcome for a write and unavailable for a read', async (_name, answer) => {
    const server = createServer((_request, response) => answer(response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ace = open({ endpoint: url, requestTimeoutMs: 50 });
    const write = {
      key: 'k',
      step: 'create',
      port: 'partner-portal',
      operation: 'create-opportunity',
      body: '{}',
    } as const;
    expect(await ace.perform(write)).toMatchObject({ ok: false, error: { kind: 'outcome-unknown' } });
    expect(await ace.read('O1')).toMatchObject({ ok: false, error: { kind: 'unavailable', retry: 'safe' } });
    ace.close();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    const refused = await open({ endpoint: url }).perform(write);
    expect(refused).toMatchObject({
      ok: false,
      error: { kind: 'unavailable', retry: 'safe' },
    });
  });

  test('wrong credentials are refused in words', async () => {
    const stranger = open({ accessKeyId: 'AKIDOTHER', secretAccessKey: 'other' });
    expect(await stranger.probe()).toMatchObject({ ok: false, error: { kind: 'unauthorized', retry: 'never' } });
    stranger.close();
  });
});

describe('leave to read', () => {
  const asking = (answer: number | null): { careful: AwsAcePortal; asked: string[] } => {
    const asked: string[] = [];
    const settings = awsAceSettings.parse({ endpoint: network.url, ...credentials });
    const careful = new AwsAcePortal(openAceClient(settings), settings, ({ bucket }) => {
      asked.push(bucket);
      return Promise.resolve(answer);
    });
    network.resetCalls();
    return { careful, asked };
  };
  const received = (): number => Object.values(network.allCalls()).reduce((sum, calls) => sum + calls.received, 0);

  test('is asked once for each call that AWS counts', async () => {
    const { careful, asked } = asking(null);
    await careful.probe();
    await careful.listSolutions();
    await careful.listChanges(null);
    // By name, then by date: two calls.
    await careful.lookUp(frozen(nextDeal(), 'Never Filed Ltd'));
    expect(asked).toHaveLength(received());
    expect(asked.length).toBeGreaterThanOrEqual(5);
    expect(new Set(asked)).toEqual(new Set(['aws-ace:default:read']));
    careful.close();
  });

  test('not given, nothing is sent, and it is said when to come again', async () => {
    const { careful } = asking(700);
    expect(await careful.read('O1')).toMatchObject({
      ok: false,
      error: { kind: 'rate-limited', retry: 'safe', retryAfterMs: 700 },
    });
    expect(received()).toBe(0);
    careful.close();
  });
});

describe('settings', () => {
  test('an org that is not production never talks to catalog AWS', () => {
    expect(() => awsAceSettings.parse({ catalog: 'AWS' })).toThrow('production orgs only');
    expect(awsAceSettings.parse({ catalog: 'AWS', productionOrg: true }).catalog).toBe('AWS');
    expect(awsAceSettings.parse({}).catalog).toBe('Sandbox');
  });

  test('half a key is refused', () => {
    expect(() => awsAceSettings.parse({ accessKeyId: 'A' })).toThrow('Give both');
  });
});
