import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startPages, type Pages } from './start-pages.ts';

const people = [
  { username: 'sally.seller@tandem.example.com', name: 'Sally Seller', role: 'Seller' },
  { username: 'max.manager@tandem.example.com', name: 'Max Manager', role: 'Partner manager' },
];

/** An org that knows sign-in and who asks; it notes every data call with the token it came with. */
let org: Server;
let pages: Pages;
const calls: { call: string; token: string; body: string }[] = [];
const ended = new Set<string>();
let signIns = 0;

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};

const answer = async (request: IncomingMessage): Promise<[number, unknown]> => {
  const body = await textOf(request);
  const address = request.url ?? '';
  if (address === '/local/session') {
    signIns += 1;
    return [200, { access_token: `token-${signIns}-${(JSON.parse(body) as { username: string }).username}` }];
  }
  const token = (request.headers.authorization ?? '').replace('Bearer ', '');
  if (ended.has(token)) return [401, [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }]];
  if (address.includes('FROM+User')) {
    return [200, { records: [{ Id: '005A', TimeZoneSidKey: 'Europe/Berlin', LocaleSidKey: 'de_DE' }] }];
  }
  if (address.includes('FROM+PermissionSetAssignment')) {
    return [200, { records: [{ PermissionSet: { Name: 'TandemSeller' } }] }];
  }
  if (address.includes('/object-info/')) return [403, [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'no' }]];
  calls.push({ call: `${request.method ?? ''} ${address}`, token, body });
  return [200, { answered: true }];
};

// The framework and base components are built once, in half a minute, where no earlier run left them.
beforeAll(async () => {
  org = createServer((request, response) => {
    answer(request).then(
      ([status, body]) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => org.listen(0, '127.0.0.1', resolve));
  const { port } = org.address() as AddressInfo;
  const projectRoot = path.resolve(import.meta.dirname, '../../..');
  pages = await startPages({
    orgUrl: `http://127.0.0.1:${port}`,
    port: 0,
    sourceFolders: [path.join(projectRoot, 'force-app'), path.join(projectRoot, 'unpackaged')],
    users: people,
  });
}, 240_000);

afterAll(async () => {
  await pages.stop();
  await new Promise((resolve) => {
    org.close(resolve);
    org.closeAllConnections();
  });
});

beforeEach(() => {
  calls.length = 0;
});

const cookieOf = (response: Response): string => (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

const become = async (username: string): Promise<Response> =>
  fetch(`${pages.url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username }),
  });

describe('the pages’ server', () => {
  test('allows scripts and connections of its own only, on every page', async () => {
    const response = await fetch(`${pages.url}/lightning/r/Opportunity/006A/view`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain(
      "script-src 'self'; style-src 'self' 'unsafe-inline'",
    );
    expect(response.headers.get('content-security-policy')).toContain("connect-src 'self'");
  });

  test('begins as the first person, whose locale and time zone are the org’s', async () => {
    const response = await fetch(`${pages.url}/context.js`);
    const text = await response.text();
    expect(text).toContain('"name":"Sally Seller","role":"Seller","id":"005A"');
    expect(text).toContain('"timeZone":"Europe/Berlin"');
    const [, tabs = ''] = /"tabs":(\[[^\]]*\])/.exec(text) ?? [];
    expect(JSON.parse(tabs)).toEqual(
      expect.arrayContaining(['Referral__c', 'Partner__c', 'Decision__c', 'Request__c']),
    );
    // Those of an admin are not hers.
    expect(JSON.parse(tabs)).not.toContain('FieldMapping__c');
  });

  test('never lets the org’s token reach the browser', async () => {
    const response = await fetch(`${pages.url}/context.js`);
    const everything = `${await response.text()}${JSON.stringify([...response.headers])}`;
    expect(everything).not.toContain('token-');
    expect(response.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict$/);
  });

  test('passes data calls on as the person the browser has become', async () => {
    const cookie = cookieOf(await become('max.manager@tandem.example.com'));
    const response = await fetch(`${pages.url}/services/data/v66.0/ui-api/records`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: '{"apiName":"Request__c"}',
    });
    expect(await response.json()).toEqual({ answered: true });
    expect(calls).toMatchObject([
      {
        call: 'POST /services/data/v66.0/ui-api/records',
        token: expect.stringContaining('max.manager@tandem.example.com'),
        body: '{"apiName":"Request__c"}',
      },
    ]);
  });

  test('signs in again when the org has ended the session, and the call is made once', async () => {
    const cookie = cookieOf(await become('sally.seller@tandem.example.com'));
    const call = (): Promise<Response> => fetch(`${pages.url}/services/data/v66.0/limits`, { headers: { cookie } });
    await call();
    const [{ token } = { token: '' }] = calls.splice(0);
    ended.add(token);
    expect((await call()).status).toBe(200);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.token).not.toBe(token);
  });

  test('lets nobody become a person it was not given', async () => {
    const response = await become('integration@tandem.example.com');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('is not one of the people these pages know');
  });

  test('serves the built page, the framework and the style sheet', async () => {
    const statuses = await Promise.all(
      ['/app/main.js', '/vendor/lwc.js', '/assets/slds.css', '/assets/shell.css'].map(async (file) => {
        const response = await fetch(`${pages.url}${file}`);
        await response.arrayBuffer();
        return response.status;
      }),
    );
    expect(statuses).toEqual([200, 200, 200, 200]);
  });

  test('hands out the package’s static resources with their type, at the address that components are given', async () => {
    const app = await (await fetch(`${pages.url}/app/main.js`)).text();
    const chunks = [...app.matchAll(/\.\/([\w-]+\.js)/g)].map(([, name = '']) => name);
    const texts = await Promise.all(chunks.map(async (name) => (await fetch(`${pages.url}/app/${name}`)).text()));
    const [address = ''] = /\/resource\/\w+\/TandemPdf/.exec([app, ...texts].join('\n')) ?? [];
    const response = await fetch(`${pages.url}${address}`);
    expect(response.headers.get('content-type')).toBe('application/javascript');
    expect(await response.text()).toContain('jsPDF');
  });
});
