import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { z } from 'zod';
import { createTestDatabase } from '../../../../test/support/test-database.ts';
import type { PartnerGrant } from '../../../domain/guardrails/guardrail.ts';
import { insightsOf } from '../../../domain/telemetry/insights.ts';
import { systemClock } from '../../../domain/values/clock.ts';
import { ok } from '../../../domain/values/result.ts';
import { migrate } from '../../../infrastructure/database/migrate.ts';
import { openOrgDatabase } from '../../../infrastructure/database/org-database.ts';
import { Metrics } from '../../../infrastructure/metrics/metrics.ts';
import { openTelemetryRoom, type TelemetryRoom } from '../../../infrastructure/telemetry/telemetry-room.ts';
import { readConfig } from '../../config.ts';
import type { HttpPorts } from '../http-ports.ts';
import { startHttp } from '../server.ts';
import { insightsAnswer, telemetryAnswer } from '../telemetry-wire.ts';

const org = '00D000000000001EAA';
const stranger = '00D000000000002EAA';
const grant: PartnerGrant = {
  key: 'acme:telemetry',
  status: 'active',
  actions: ['read-insights'],
  fields: ['Telemetry.Usage'],
  evidenceKind: 'countersigned',
  evidence: 'signed by Acme',
  evidenceCheckedAt: null,
  effectiveFrom: null,
  expiresAt: null,
  revokedBy: null,
};

let url = '';
let room: TelemetryRoom;
let token = '';
let grants: readonly PartnerGrant[] = [grant];
const ends: (() => Promise<void>)[] = [];
beforeAll(async () => {
  const database = await createTestDatabase();
  await migrate(database.url);
  ends.push(() => database.drop());
  const open = (id: string): TelemetryRoom => {
    const opened = openTelemetryRoom(
      openOrgDatabase(id, { url: database.url, maxConnections: 4 }),
      Buffer.alloc(32, 7),
    );
    ends.push(() => opened.close());
    return opened;
  };
  room = open(org);
  const elsewhere = open(stranger);
  await room.partners.keep(['acme', 'zenith']);
  await elsewhere.partners.keep(['their-partner']);
  token = await room.sources.add({ name: 'product', kinds: null, partners: null, partner: null });
  const crmTelemetry = { grants: () => Promise.resolve(ok(grants.map((one) => ({ partner: 'acme', grant: one })))) };
  const orgs = new Map([
    [org, { runtime: { org, telemetry: room, crmTelemetry } }],
    [stranger, { runtime: { org: stranger, telemetry: elsewhere, crmTelemetry } }],
  ]);
  const ports = {
    orgs,
    metrics: new Metrics(),
    log: pino({ level: 'silent' }),
    clock: systemClock,
  } as unknown as HttpPorts;
  const config = readConfig({
    DATABASE_URL: database.url,
    REDIS_URL: 'redis://localhost',
    TANDEM_MASTER_KEY: 'k'.repeat(32),
    PORT: '0',
  });
  const http = await startHttp(config, ports);
  url = http.url;
  ends.push(() => http.stop());
});
afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const now = (): string => new Date().toISOString();
let made = 0;
const event = (fields: Readonly<Record<string, unknown>> = {}) => ({
  id: `e${(made += 1)}`,
  at: now(),
  kind: 'product.sessions',
  partner: 'acme',
  ...fields,
});
const send = (
  body: string | Buffer<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = { authorization: `Bearer ${token}` },
): Promise<Response> =>
  fetch(`${url}/v1/telemetry`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
const answered = async (response: Response) => {
  expect(response.status).toBe(200);
  return telemetryAnswer.parse(await response.json());
};
const told = async (events: unknown) => answered(await send(JSON.stringify(events)));

describe('a batch', () => {
  test('is taken as an array, as one event, one a line, compressed; and once', async () => {
    const first = event();
    expect(await told([first, event({ account: '001000000000001AAA', value: 3 })])).toEqual({
      accepted: 2,
      refused: [],
    });
    expect(await told(event())).toEqual({ accepted: 1, refused: [] });
    const lines = `${JSON.stringify(event())}\n\n${JSON.stringify(event())}\r\n`;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
    expect(await answered(await send(lines, headers))).toEqual({ accepted: 2, refused: [] });
    const squeezed = gzipSync(JSON.stringify([event()]));
    const gzip = { authorization: `Bearer ${token}`, 'content-encoding': 'gzip' };
    expect(await answered(await send(squeezed, gzip))).toEqual({ accepted: 1, refused: [] });
    expect(await told([first])).toMatchObject({ accepted: 0, refused: [{ index: 0, id: first.id, why: 'duplicate' }] });
    await room.roller.rollAll();
    const day = now().slice(0, 10);
    const [row] = await room.rollups.series({ partners: ['acme'], from: day, to: day, by: 'day' });
    expect(row).toMatchObject({ count: 6, value: 8 });
  });

  test('bad events are named one by one, and the rest is kept', async () => {
    const at = (ms: number): string => new Date(Date.now() + ms).toISOString();
    const twice = event();
    const bad: readonly [unknown, string][] = [
      [null, 'malformed'],
      ['text', 'malformed'],
      [event({ at: 'yesterday' }), 'malformed'],
      [event({ at: '2026-02-30T00:00:00Z' }), 'malformed'],
      [event({ id: '' }), 'malformed'],
      [event({ id: 'x'.repeat(129) }), 'malformed'],
      [event({ id: 'nul\u0000' }), 'malformed'],
      [event({ id: 'half\ud800' }), 'malformed'],
      [event({ surprise: 1 }), 'malformed'],
      [event({ kind: 'product.magic' }), 'unknown-kind'],
      [event({ kind: '__proto__' }), 'unknown-kind'],
      [event({ value: 'NaN' }), 'not-a-number'],
      [event({ value: null }), 'not-a-number'],
      [event({ value: -1 }), 'negative'],
      [event({ value: 1e300 }), 'too-large'],
      [event({ kind: 'product.active-users' }), 'value-needed'],
      [event({ at: at(6 * 60_000) }), 'future'],
      [event({ at: at(-36 * 86_400_000) }), 'too-old'],
      [event({ partner: 'nobody' }), 'unknown-partner'],
      [event({ partner: 'their-partner' }), 'unknown-partner'],
      [twice, 'duplicate'],
    ];
    const answer = await told([twice, ...bad.map(([given]) => given), event({ at: at(4 * 60_000) })]);
    expect(answer.accepted).toBe(2);
    expect(answer.refused.map(({ index, why }) => [index, why])).toEqual(bad.map(([, why], index) => [index + 1, why]));
    expect(answer.refused.every(({ says }) => says.length > 5)).toBe(true);
  });

  test('what is no JSON takes no other along, where its edges can be seen', async () => {
    const good = JSON.stringify(event());
    const nan = `{"id":"n1","at":"${now()}","kind":"product.sessions","partner":"acme","value":NaN}`;
    const answer = await answered(await send(`[${good}, ${nan}, {"id":"a,]}\\"", oops}, ${JSON.stringify(event())}]`));
    expect(answer).toMatchObject({
      accepted: 2,
      refused: [
        { index: 1, id: 'n1', why: 'not-a-number' },
        { index: 2, why: 'malformed' },
      ],
    });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
    const lines = await answered(await send(`${nan.replace('n1', 'n2')}\n{\n${JSON.stringify(event())}`, headers));
    expect(lines).toMatchObject({ accepted: 1, refused: [{ why: 'not-a-number' }, { why: 'malformed' }] });
  });

  test.each<[string, () => Promise<Response>, number]>([
    ['no batch', () => send('"hello"'), 400],
    ['brackets that do not match', () => send('[{"id":"a"}'), 400],
    ['bytes that are no text', () => send(Buffer.from([0x5b, 0xff, 0x5d])), 400],
    [
      'a broken compression',
      () => send(Buffer.from('not gzip'), { authorization: `Bearer ${token}`, 'content-encoding': 'gzip' }),
      400,
    ],
    ['an unknown compression', () => send('[]', { authorization: `Bearer ${token}`, 'content-encoding': 'zip' }), 415],
    ['too many events', () => send(JSON.stringify(Array.from({ length: 10_001 }, () => 0))), 413],
    [
      'a small body that inflates to a great one',
      () =>
        send(gzipSync(Buffer.alloc(17 * 1024 * 1024, 0x20)), {
          authorization: `Bearer ${token}`,
          'content-encoding': 'gzip',
        }),
      413,
    ],
    ['no token', () => send('[]', {}), 401],
    ['a wrong token', () => send('[]', { authorization: `Bearer tdt.${org}.${'x'.repeat(43)}` }), 401],
    ['a token under another org', () => send('[]', { authorization: `Bearer ${token.replace(org, stranger)}` }), 401],
  ])('%s is refused whole', async (_what, asked, status) => {
    const response = await asked();
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/problem\+json/);
    expect(z.object({ title: z.string(), detail: z.string().min(10) }).safeParse(await response.json()).success).toBe(
      true,
    );
  });
});

describe('a source', () => {
  test('may sign instead of showing its token, for five minutes', async () => {
    const secret = token.split('.')[2] ?? '';
    const body = JSON.stringify([event()]);
    const sign = (seconds: number, key = secret) => ({
      'x-tandem-source': `${org}/product`,
      'x-tandem-signature': `t=${seconds},v1=${createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex')}`,
    });
    const seconds = Math.floor(Date.now() / 1_000);
    expect((await send(body, sign(seconds - 400))).status).toBe(401);
    expect((await send(body, sign(seconds, 'another'))).status).toBe(401);
    expect((await send(JSON.stringify([event()]), sign(seconds))).status).toBe(401);
    expect((await send(body, sign(seconds))).status).toBe(200);
  });

  test('tells of its own kinds and partners alone, and of nothing once it is removed', async () => {
    const narrow = await room.sources.add({
      name: 'narrow',
      kinds: ['partner.login'],
      partners: null,
      partner: 'zenith',
    });
    const headers = { authorization: `Bearer ${narrow}` };
    const answer = await answered(
      await send(
        JSON.stringify([
          event({ kind: 'partner.login', partner: 'zenith' }),
          event({ kind: 'partner.login', partner: 'acme' }),
          event({ kind: 'product.sessions', partner: 'zenith' }),
        ]),
        headers,
      ),
    );
    expect(answer).toMatchObject({ accepted: 1, refused: [{ why: 'not-yours' }, { why: 'not-yours' }] });
    await expect(room.sources.add({ name: 'narrow', kinds: null, partners: null, partner: null })).rejects.toThrow(
      /already/,
    );
    expect(await room.sources.remove('narrow')).toBe(true);
    expect((await send('[]', headers)).status).toBe(401);
  });

  test('is asked to come again while too much is at work or waits', async () => {
    const { roller } = room;
    const lag = roller.lag.bind(roller);
    roller.lag = () => Promise.resolve({ events: 3_000_000, oldestMs: 0 });
    // The answer is remembered for a second, so it is asked until it is asked anew.
    let response = await send('[]');
    while (response.status === 200) response = await send('[]');
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('5');
    roller.lag = lag;
    while ((await send('[]')).status === 429);
    const { events } = room;
    const store = events.store.bind(events);
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    let held = 0;
    const eight = new Promise<void>((resolve) => {
      events.store = async (...batch) => {
        if ((held += 1) === 8) resolve();
        await gate;
        return store(...batch);
      };
    });
    const sent = Array.from({ length: 8 }, () => send(JSON.stringify([event()])));
    await eight;
    const ninth = await send(JSON.stringify([event()]));
    expect([ninth.status, ninth.headers.get('retry-after')]).toEqual([429, '1']);
    go();
    events.store = store;
    expect((await Promise.all(sent)).map(({ status }) => status)).toEqual(Array(8).fill(200));
  });
});

describe('a partner', () => {
  test('reads what its grant names about itself, and nothing without one', async () => {
    const own = await room.sources.add({ name: 'acme-reads', kinds: null, partners: null, partner: 'acme' });
    const weeks = Array.from({ length: 8 }, (_, index) =>
      new Date(Date.UTC(2026, 8, 7 + 7 * index)).toISOString().slice(0, 10),
    );
    const rows = weeks.flatMap((period, index) =>
      (['product.sessions', 'partner.meeting'] as const).map((kind) => ({
        partner: 'acme',
        account: 'A',
        kind,
        period,
        count: 1,
        value: index < 4 ? 100 : 10,
      })),
    );
    await room.insights.replace('acme', 'partner', insightsOf('acme', rows, weeks, 'partner'));
    const read = (bearer: string) =>
      fetch(`${url}/v1/partner/insights`, { headers: { authorization: `Bearer ${bearer}` } });
    const seen = async () =>
      insightsAnswer.parse(await (await read(own)).json()).insights.map(({ of, account }) => [of, account]);
    expect(await seen()).toEqual([['product.sessions', null]]);
    grants = [{ ...grant, fields: ['Telemetry.Usage', 'Telemetry.Account'] }];
    expect(await seen()).toEqual([
      ['product.sessions', 'A'],
      ['product.sessions', null],
    ]);
    grants = [{ ...grant, expiresAt: '2026-01-01T00:00:00.000Z' }];
    expect((await read(own)).status).toBe(403);
    expect((await read(token)).status).toBe(403);
    expect((await read('nobody')).status).toBe(401);
  });
});

test('the OpenAPI document says what requests are read with', async () => {
  const document = z
    .looseObject({
      openapi: z.literal('3.1.0'),
      paths: z.record(z.string(), z.unknown()),
      components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
    })
    .parse(await (await fetch(`${url}/v1/openapi.json`)).json());
  expect(Object.keys(document.paths)).toEqual(['/v1/telemetry', '/v1/partner/insights']);
  expect(document.components.schemas.TelemetryEvent).toMatchObject({
    type: 'object',
    additionalProperties: false,
    required: ['id', 'at', 'kind', 'partner'],
    properties: { value: { minimum: 0 }, id: { maxLength: 128 } },
  });
  const refs = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? '');
  expect(refs.length).toBeGreaterThan(5);
  for (const name of refs) expect(document.components.schemas).toHaveProperty(name);
});
