import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { startSurfaces, TEST_USERS, type SurfacesUnderTest } from '../contract/surfaces-under-test.ts';
import { faultsOf } from '../surfaces.ts';

let org: SurfacesUnderTest;

beforeAll(async () => {
  org = await startSurfaces();
});
afterAll(() => org.stop());
beforeEach(() => faultsOf(org.services).clear());

const accounts = async (name: string): Promise<number> =>
  (await org.engine.as(await org.context('admin')).query(`SELECT COUNT() FROM Account WHERE Name = '${name}'`))
    .totalSize;
const create = (name: string): Promise<{ status: number; body: unknown }> =>
  org.call('sally', 'POST', 'sobjects/Account', { Name: name });

describe('faults in front of a running org', () => {
  test('the answer is lost: nobody was told, but the account is there', async () => {
    faultsOf(org.services).add({ surface: 'http', kind: 'answer-lost', method: 'POST', path: '/sobjects/Account' });
    await expect(create('Answer lost')).rejects.toThrow('fetch failed');
    expect(await accounts('Answer lost')).toBe(1);
    expect((await create('Answered')).status).toBe(201);
  });

  test('the request is lost: nothing is there', async () => {
    faultsOf(org.services).add({ surface: 'http', kind: 'request-lost', method: 'POST' });
    await expect(create('Request lost')).rejects.toThrow('fetch failed');
    expect(await accounts('Request lost')).toBe(0);
  });

  test('an expired session makes jsforce sign in again and go on', async () => {
    faultsOf(org.services).add({ surface: 'http', kind: 'session-expired' });
    let signIns = 0;
    const connection = new Connection({
      instanceUrl: org.url,
      accessToken: await org.token('sally'),
      version: '66.0',
      refreshFn: (_connection, done) => {
        signIns += 1;
        void org.tokenFor(TEST_USERS.sally).then((token) => done(null, token));
      },
    });
    expect(await connection.sobject('Account').create({ Name: 'After signing in again' })).toMatchObject({
      success: true,
    });
    expect(signIns).toBe(1);
  });

  test('refusals do nothing and cost no call of the daily limit', async () => {
    const used = org.services.usage.calls;
    for (const kind of ['unavailable', 'request-limit', 'too-many-requests'] as const) {
      faultsOf(org.services).add({ surface: 'http', kind });
      expect((await create('Refused')).status).toBeGreaterThanOrEqual(403);
    }
    expect(org.services.usage.calls).toBe(used);
    expect(await accounts('Refused')).toBe(0);
  });

  test('the switches are reached by HTTP only where sign-in without a key is open', async () => {
    const set = (url: string): Promise<Response> =>
      fetch(`${url}/local/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ surface: 'http', kind: 'unavailable' }),
      });
    expect((await set(org.url)).status).toBe(201);
    expect((await create('Refused')).status).toBe(503);
    const closed = await startSurfaces({ localSignIn: false });
    expect((await set(closed.url)).status).toBe(404);
    await closed.stop();
  });
});
