import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { freePort, startProcess, stopProcess } from '../../local/services/processes.ts';
import { isAtRest, type ReferralRow, referralsOf, untilFiled } from '../support/referral-checks.ts';
import { until } from '../support/until.ts';
import { openWorld, type TestWorld } from '../support/world-kit.ts';

const application = join(import.meta.dirname, '..', '..', 'src', 'app');
let world: TestWorld;

beforeAll(async () => {
  world = await openWorld();
}, 120_000);
afterAll(async () => {
  await world?.close();
}, 60_000);
afterEach(() => world.ace.faults.clear());

/** A call to the org's REST API as somebody, with nothing of a client library in between. */
const call = async (
  username: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; text: string }> => {
  const response = await fetch(`${world.org.url}/services/data/v66.0${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await world.org.tokenFor(`${username}@tandem.example.com`)}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
};

const untilState = (deal: string, state: string): Promise<ReferralRow> => {
  let seen = '';
  return until(
    `the referral is ${state}`,
    async () => {
      const [row] = await referralsOf(world, deal);
      seen = JSON.stringify(row);
      return row?.State__c === state && (await isAtRest(world, deal)) && row;
    },
    { timeoutMs: 45_000, lastSeen: () => seen },
  );
};

const filedDeal = async (): Promise<{ deal: string; referral: string; request: string }> => {
  const deal = await world.makeDeal();
  const request = await world.click(deal);
  const { Id } = await untilFiled(world, deal, [request]);
  return { deal, referral: Id, request };
};

describe('a colleague outside the deal', () => {
  test('sees neither the deal nor its referral, by any address', async () => {
    const { deal, referral, request } = await filedDeal();
    for (const path of [
      `/sobjects/Opportunity/${deal}`,
      `/sobjects/Referral__c/${referral}`,
      `/sobjects/Request__c/${request}`,
    ])
      expect((await call('omar.other', 'GET', path)).status).toBe(404);
    for (const soql of [
      `SELECT Id FROM Referral__c WHERE Opportunity__c = '${deal}'`,
      `SELECT Id FROM ReferralValue__c WHERE Referral__c = '${referral}'`,
    ]) {
      const found = await call('omar.other', 'GET', `/query?q=${encodeURIComponent(soql)}`);
      expect(JSON.parse(found.text)).toMatchObject({ totalSize: 0, records: [] });
    }
  });

  test('cannot refer it', async () => {
    const deal = await world.makeDeal();
    const asked = await call('omar.other', 'POST', '/sobjects/Request__c', {
      Kind__c: 'refer',
      Surface__c: 'api',
      Opportunity__c: deal,
      Input__c: '{"version":1}',
    });
    // The org refuses the reference itself.
    expect(asked.status).not.toBe(201);
    expect(asked.text).toMatch(/INSUFFICIENT_ACCESS/);
    expect(await world.ace.opportunitiesFor(deal)).toEqual([]);
    expect(await referralsOf(world, deal)).toEqual([]);
  });
});

describe('the one door', () => {
  test('a user without our permission sets cannot ask for anything', async () => {
    const deal = await world.makeDeal();
    const profile = await world.query<{ Id: string }>(`SELECT Id FROM Profile WHERE Name = 'Standard User'`);
    const made = await call('sam.setup', 'POST', '/sobjects/User', {
      Username: 'nina.none@tandem.example.com',
      FirstName: 'Nina',
      LastName: 'None',
      Email: 'nina.none@example.com',
      Alias: 'nnone',
      ProfileId: profile[0]?.Id,
    });
    expect(made.status).toBe(201);
    const row = { Kind__c: 'refer', Surface__c: 'api', Opportunity__c: deal, Input__c: '{"version":1}' };
    const tried = await Promise.all([
      call('nina.none', 'POST', '/sobjects/Request__c', row),
      call('nina.none', 'POST', '/composite/sobjects', {
        allOrNone: true,
        records: [{ attributes: { type: 'Request__c' }, ...row }],
      }),
      call('nina.none', 'POST', '/ui-api/records', { apiName: 'Request__c', fields: row }),
    ]);
    for (const { text } of tried) expect(text).not.toMatch(/"success":\s*true/);
    expect(tried.map(({ status }) => status >= 400 || status === 200)).toEqual([true, true, true]);
    expect(await world.query(`SELECT Id FROM Request__c WHERE Opportunity__c = '${deal}'`)).toEqual([]);
  });

  test('a seller writes no state that counts, and nothing but requests', async () => {
    const { deal, referral, request } = await filedDeal();
    const before = await referralsOf(world, deal);
    const [partner] = await world.query<{ Id: string }>(`SELECT Id FROM Partner__c WHERE Key__c = 'aws'`);
    const [grant] = await world.query<{ Id: string }>('SELECT Id FROM PartnerGrant__c LIMIT 1');
    const tried = [
      await call('sally.seller', 'PATCH', `/sobjects/Request__c/${request}`, { State__c: 'new' }),
      await call('sally.seller', 'DELETE', `/sobjects/Request__c/${request}`),
      await call('sally.seller', 'PATCH', `/sobjects/Referral__c/${referral}`, { State__c: 'approved' }),
      await call('sally.seller', 'DELETE', `/sobjects/Referral__c/${referral}`),
      await call('sally.seller', 'POST', '/sobjects/Referral__c', {
        Key__c: `${deal}:aws:2`,
        Opportunity__c: deal,
        Partner__c: partner?.Id,
        State__c: 'approved',
      }),
      await call('sally.seller', 'PATCH', `/sobjects/PartnerGrant__c/${grant?.Id ?? ''}`, { Fields__c: 'everything' }),
      await call('sally.seller', 'PATCH', `/ui-api/records/${referral}`, { fields: { State__c: 'approved' } }),
    ];
    expect(tried.filter(({ status }) => status < 400)).toEqual([]);
    expect(await referralsOf(world, deal)).toEqual(before);
  });
});

describe('kept answers', () => {
  test('go onto a record only when the person who answered may edit it', async () => {
    const [omar] = await world.query<{ Id: string }>(
      `SELECT Id FROM User WHERE Username = 'omar.other@tandem.example.com'`,
    );
    const deal = await world.makeDeal({ account: { Website: null, OwnerId: omar?.Id ?? '' } });
    await world.click(deal);
    const { Id } = await untilState(deal, 'needs-answers');
    const target = 'Customer.Account.WebsiteUrl';
    const answer = await world.desk.request(
      'answer',
      { Opportunity__c: deal, Referral__c: Id },
      { version: 1, shown: { fields: world.shown }, answers: { [target]: 'https://harbor.example.com' } },
    );
    await untilFiled(world, deal, [answer]);
    const [row] = await world.query<{ Account: { Website: string | null } }>(
      `SELECT Account.Website FROM Opportunity WHERE Id = '${deal}'`,
    );
    expect(row?.Account.Website).toBeNull();
    const [held] = await world.ace.opportunitiesFor(deal);
    expect(held?.body.Customer?.Account?.WebsiteUrl).toBe('https://harbor.example.com');
  });
});

const epoch = async (): Promise<number> => {
  const { database } = world;
  const [row] = await database.run(sql<{ epoch: string }>`select epoch from control where org = ${database.org}`);
  return Number(row?.epoch ?? 1);
};

/** Clicks, and lets `happen` take place while the first write is at AWS, its answer still to come. */
const duringTheFirstWrite = async (deal: string, happen: () => Promise<unknown>): Promise<void> => {
  world.ace.faults.add({ kind: 'hold-after-commit', operation: 'CreateOpportunity' });
  await world.click(deal);
  await world.ace.faults.untilHeld();
  world.ace.resetCalls();
  const before = await epoch();
  await happen();
  await until('the service knows of the change', async () => (await epoch()) > before);
  world.ace.faults.release();
};

describe('what stops the next effect', () => {
  test('a grant that is revoked meanwhile', async () => {
    const [grant] = await world.query<{ Id: string }>(
      `SELECT Id FROM PartnerGrant__c WHERE Status__c = 'active' LIMIT 1`,
    );
    const set = (status: string): Promise<{ status: number }> =>
      call('integration', 'PATCH', `/sobjects/PartnerGrant__c/${grant?.Id ?? ''}`, { Status__c: status });
    const deal = await world.makeDeal();
    try {
      await duringTheFirstWrite(deal, async () => expect((await set('revoked')).status).toBe(204));
      const blocked = await untilState(deal, 'blocked');
      expect(blocked.BlockedBy__c).toBe('sanctioned-environment');
      expect(world.ace.calls('AssociateOpportunity').received).toBe(0);
      expect(world.ace.calls('StartEngagementFromOpportunityTask').received).toBe(0);
    } finally {
      const before = await epoch();
      await set('active');
      await until('the service knows of the grant', async () => (await epoch()) > before);
    }
  });

  test('`tandem stop`', async () => {
    const tandem = async (...args: string[]): Promise<void> => {
      const run = startProcess(process.execPath, [join(application, 'command-line', 'tandem.ts'), ...args], {
        env: { ...process.env, NODE_OPTIONS: '', ...world.world.serviceEnvironment },
      });
      const code = await run.exited;
      if (code !== 0) throw new Error(`tandem ${args.join(' ')} ended with ${code}: ${run.output()}`);
    };
    const deal = await world.makeDeal();
    try {
      await duringTheFirstWrite(deal, () =>
        tandem('stop', 'partner:aws', '--reason', 'a test', '--org', world.org.orgId),
      );
      const blocked = await untilState(deal, 'blocked');
      expect(blocked.BlockedBy__c).toBe('kill-switch');
      expect(world.ace.calls('AssociateOpportunity').received).toBe(0);
    } finally {
      await tandem('resume', 'partner:aws', '--org', world.org.orgId);
    }
    const [referral] = await referralsOf(world, deal);
    const again = await world.desk.request(
      'retry',
      { Opportunity__c: deal, Referral__c: referral?.Id ?? '' },
      { version: 1 },
    );
    await untilFiled(world, deal, [again]);
    expect(await world.ace.opportunitiesFor(deal)).toHaveLength(1);
  });
});

describe('from outside', () => {
  test('an org that is not production never talks to AWS’s production catalog', async () => {
    const owned = startProcess(process.execPath, [join(application, 'main.ts')], {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        ...world.world.serviceEnvironment,
        TANDEM_AWS_CATALOG: 'AWS',
        PORT: String(await freePort()),
      },
    });
    try {
      expect(await owned.exited).not.toBe(0);
      expect(owned.output()).toContain('Catalog AWS is for production orgs only');
      expect(owned.output()).not.toContain('working for an org');
    } finally {
      await stopProcess(owned);
    }
  });

  test('a forged notice is refused', async () => {
    const { url } = world.fleet.member(world.fleet.pids[0] ?? 0);
    const body = JSON.stringify({ id: 'n-1', detail: { opportunity: { identifier: 'O1' } } });
    const seconds = Math.floor(Date.now() / 1_000);
    const sign = (at: number, secret: string): string =>
      `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
    const post = async (signature?: string): Promise<number> => {
      const response = await fetch(`${url}/network-notices/aws-ace`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(signature ? { 'x-tandem-notice-signature': signature } : {}),
        },
        body,
      });
      await response.arrayBuffer();
      return response.status;
    };
    const secret = world.world.serviceEnvironment.TANDEM_NOTICE_SECRET ?? '';
    expect(await post()).toBe(401);
    expect(await post('t=1,v1=00')).toBe(401);
    expect(await post(sign(seconds, 'another secret'))).toBe(401);
    expect(await post(sign(seconds - 3_600, secret))).toBe(401);
    expect(await post(sign(seconds, secret))).toBe(204);
  });
});
