import { afterEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { CheckpointKey } from '../../infrastructure/ledger/checkpoints.ts';
import { systemClock } from '../../domain/values/clock.ts';
import { Metrics } from '../../infrastructure/metrics/metrics.ts';
import type { VitalSigns } from '../../infrastructure/database/vital-signs.ts';
import { type Config, readConfig } from '../config.ts';
import type { HttpPorts } from './http-ports.ts';
import { startHttp } from './server.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const token = 'a token for tests';
const config = (settings: Record<string, string> = {}): Config =>
  readConfig({
    DATABASE_URL: 'postgres://localhost/tandem',
    REDIS_URL: 'redis://localhost',
    TANDEM_MASTER_KEY: 'k'.repeat(32),
    PORT: '0',
    ...settings,
  });

const key = CheckpointKey.derivedFrom(Buffer.alloc(32));
const signed = key.sign('00D000000000001EAA', { sequence: 7, hash: 'a'.repeat(64) }, '2026-11-21T10:00:00.000Z');

/** The end points over an org whose state a test chooses; nothing else of the service is asked for. */
const start = async (settings: Record<string, string>, signs: VitalSigns, problem: string | null): Promise<string> => {
  const org = {
    runtime: {
      org: '00D000000000001EAA',
      vitals: { read: () => Promise.resolve(signs) },
      inbox: { counts: () => Promise.resolve({}) },
      checkpoints: { key, after: (after: number) => Promise.resolve(after === 0 ? [signed] : []) },
      portals: new Map(),
      telemetry: { roller: { lag: () => Promise.resolve({ events: 0, oldestMs: 0 }) } },
    },
    bus: { problem },
    topic: '/data/channel',
    usage: () => 0.25,
  };
  const ports = {
    orgs: new Map([[org.runtime.org, org]]),
    queue: { ping: () => Promise.resolve(), depth: () => Promise.resolve({}) },
    metrics: new Metrics(),
    log: pino({ level: 'silent' }),
    clock: systemClock,
  } as unknown as HttpPorts;
  const { url, stop } = await startHttp(config(settings), ports);
  stops.push(stop);
  return url;
};
const sound: VitalSigns = { listening: true, oldestDueSeconds: 0 };

describe('readiness', () => {
  test.each<[string, string, VitalSigns, string | null, number, RegExp]>([
    ['a sound process', 'subscriber,worker', sound, null, 200, /^$/],
    ['a process that stands by', 'subscriber', sound, 'no stream is open', 200, /^$/],
    [
      'nobody hears the org',
      'subscriber',
      { ...sound, listening: false },
      'no right',
      503,
      /events of 00D.*: no right/,
    ],
    ['a worker is not asked to listen', 'worker', { ...sound, listening: false }, 'no stream is open', 200, /^$/],
    ['work is left lying', 'worker', { ...sound, oldestDueSeconds: 301 }, null, 503, /due for 5 minutes/],
  ])('%s', async (_what, roles, signs, problem, status, missing) => {
    const url = await start({ TANDEM_ROLES: roles }, signs, problem);
    const response = await fetch(`${url}/ready`);
    expect(response.status).toBe(status);
    expect((JSON.parse(await response.text()) as { missing: string[] }).missing.join()).toMatch(missing);
  });
});

describe('metrics', () => {
  test('this machine alone is listened to, and may read them', async () => {
    const url = await start({}, sound, null);
    expect(new URL(url).hostname).toBe('127.0.0.1');
    const response = await fetch(`${url}/metrics`);
    expect(await response.text()).toContain('tandem_salesforce_daily_usage_ratio{org="00D000000000001EAA"} 0.25');
  });

  test('beyond this machine nobody reads them without a token', async () => {
    const url = await start({ TANDEM_HTTP_HOST: '0.0.0.0' }, sound, null);
    expect((await fetch(`${url}/metrics`)).status).toBe(403);
    const guarded = await start({ TANDEM_HTTP_HOST: '0.0.0.0', TANDEM_METRICS_TOKEN: token }, sound, null);
    expect((await fetch(`${guarded}/metrics`)).status).toBe(401);
    const shown = (text: string) => fetch(`${guarded}/metrics`, { headers: { authorization: `Bearer ${text}` } });
    expect((await shown('another token')).status).toBe(401);
    expect((await shown(token)).status).toBe(200);
  });

  test('an address that is not this machine’s is said in a sentence', async () => {
    await expect(start({ TANDEM_HTTP_HOST: '203.0.113.1' }, sound, null)).rejects.toThrow(/TANDEM_HTTP_HOST is/);
  });
});

describe('checkpoints of the ledger', () => {
  const path = '/v1/ledger/checkpoints';

  test('are handed out with the key that signed them', async () => {
    const url = await start({}, sound, null);
    const read = async (query: string): Promise<unknown> =>
      JSON.parse(await (await fetch(`${url}${path}${query}`)).text());
    const said = { org: '00D000000000001EAA', more: false, keyId: key.id, publicKey: key.publicPem };
    expect(await read('')).toEqual({ ...said, checkpoints: [signed] });
    expect(await read('?org=00D000000000001EAA&after=7')).toEqual({ ...said, checkpoints: [] });
    expect((await fetch(`${url}${path}?org=00D000000000009EAA`)).status).toBe(404);
    expect((await fetch(`${url}${path}?after=x`)).status).toBe(400);
  });

  test('beyond this machine are for those who show their own token', async () => {
    const url = await start({ TANDEM_HTTP_HOST: '0.0.0.0', TANDEM_METRICS_TOKEN: token }, sound, null);
    expect((await fetch(`${url}${path}`)).status).toBe(403);
    const guarded = await start(
      { TANDEM_HTTP_HOST: '0.0.0.0', TANDEM_METRICS_TOKEN: token, TANDEM_CHECKPOINT_TOKEN: `${token} too` },
      sound,
      null,
    );
    const shown = (text: string) => fetch(`${guarded}${path}`, { headers: { authorization: `Bearer ${text}` } });
    expect((await shown(token)).status).toBe(401);
    expect((await shown(`${token} too`)).status).toBe(200);
  });
});
