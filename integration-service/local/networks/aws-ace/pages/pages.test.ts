import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openNetwork } from '../testing/open-network.ts';
import type { OpenNetwork } from '../testing/open-network.ts';
import { sampleOpportunity } from '../testing/sample-opportunity.ts';

const project = sampleOpportunity({ ClientToken: 'project' }).Project;

describe('the page of an opportunity', () => {
  let open: OpenNetwork;
  beforeAll(async () => {
    open = await openNetwork({ localControls: true, reviewer: { mode: 'manual' } });
  });
  afterAll(() => open.close());

  const page = async (id: string) => {
    const answer = await fetch(open.network.pageOf(id));
    return { status: answer.status, html: await answer.text(), policy: answer.headers.get('content-security-policy') };
  };
  const press = (id: string, decision: string, comments = '', headers = {}) =>
    fetch(`${open.network.pageOf(id)}/decision`, {
      method: 'POST',
      body: new URLSearchParams({ decision, comments }),
      headers,
      redirect: 'manual',
    });

  test('shows what AWS has, with everything a partner typed made harmless', async () => {
    const id = await open.submitted({
      ClientToken: 'page',
      Project: { ...project, Title: '<script>alert(1)</script>' },
    });
    const { status, html, policy } = await page(id);
    expect(status).toBe(200);
    expect(html).toContain('Fabrikam Retail Group');
    expect(html).toContain('&#60;script&#62;');
    expect(html).not.toContain('<script');
    expect(policy).toContain("default-src 'none'");
    expect((await page('O99')).status).toBe(404);
  });

  test('lets a person play AWS: ask for action in own words, then nothing more to decide', async () => {
    const id = await open.submitted({ ClientToken: 'asked' });
    expect((await page(id)).html).toContain('Play the AWS reviewer');
    expect((await press(id, 'Action Required', 'Which stores?')).status).toBe(303);
    expect((await open.read(id)).LifeCycle).toMatchObject({
      ReviewStatus: 'Action Required',
      ReviewComments: 'Which stores?',
    });
    const { html } = await page(id);
    expect(html).toContain('Which stores?');
    expect(html).not.toContain('Play the AWS reviewer');
    expect((await press(id, 'Approved')).status).toBe(409);
    expect((await press(id, 'Perhaps')).status).toBe(400);
  });

  test('approves and rejects', async () => {
    const [approved, rejected] = [
      await open.submitted({ ClientToken: 'yes' }),
      await open.submitted({ ClientToken: 'no' }),
    ];
    await press(approved, 'Approved');
    await press(rejected, 'Rejected');
    expect((await open.read(approved)).LifeCycle?.ReviewStatus).toBe('Approved');
    expect((await open.read(rejected)).LifeCycle).toMatchObject({
      ReviewStatus: 'Rejected',
      ReviewComments: expect.stringMatching(/./),
    });
    expect((await page(approved)).html).toContain('AWS insights');
  });

  test('refuses a form from another site', async () => {
    const id = await open.submitted({ ClientToken: 'forged' });
    expect((await press(id, 'Approved', '', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await open.read(id)).LifeCycle?.ReviewStatus).toBe('Submitted');
  });

  test('has no buttons, and takes no decisions, without local controls', async () => {
    const closed = await openNetwork({ reviewer: { mode: 'manual' } });
    const id = await closed.submitted({ ClientToken: 'closed' });
    expect(await (await fetch(closed.network.pageOf(id))).text()).not.toContain('Play the AWS reviewer');
    const pressed = await fetch(`${closed.network.pageOf(id)}/decision`, {
      method: 'POST',
      body: new URLSearchParams({ decision: 'Approved' }),
    });
    expect(pressed.status).toBe(404);
    await closed.close();
  });
});

describe('event notices', () => {
  const secret = 'a-notice-secret';
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  let receiver: Server;
  let open: OpenNetwork;
  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => {
        received.push({ headers: request.headers, body });
        response.writeHead(202).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', () => resolve()));
    const { port } = receiver.address() as AddressInfo;
    open = await openNetwork({
      noticeUrl: `http://127.0.0.1:${port}/notices`,
      noticeSecret: secret,
      noticeApiKey: 'the-key',
    });
  });
  afterAll(async () => {
    await open.close();
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });
  const types = () => received.map(({ body }) => (JSON.parse(body) as { 'detail-type': string })['detail-type']);

  test('tell of a referral in EventBridge’s shape, with ids only, signed and keyed', async () => {
    const id = await open.submitted({ ClientToken: 'told', PartnerOpportunityIdentifier: '006TOLD' });
    await open.network.decide(id);
    await open.network.noticesSettled();
    expect([...new Set(types())].sort()).toEqual([
      'Engagement Created',
      'Engagement Invitation Accepted',
      'Engagement Invitation Created',
      'Engagement Member Added',
      'Engagement Resource Snapshot Created',
      'Opportunity Created',
      'Opportunity Updated',
    ]);
    const [first] = received;
    expect(JSON.parse(first?.body ?? '')).toMatchObject({
      version: '0',
      'detail-type': 'Opportunity Created',
      source: 'aws.partnercentral-selling',
      account: '111122223333',
      time: '2026-11-02T09:00:00Z',
      region: 'us-east-1',
      resources: [],
      detail: { schemaVersion: '1', catalog: 'Sandbox', opportunity: { identifier: id } },
    });
    expect(received.some(({ body }) => body.includes('Fabrikam'))).toBe(false);
    const seconds = Date.parse('2026-11-02T09:00:00Z') / 1_000;
    const expected = createHmac('sha256', secret).update(`${seconds}.${first?.body}`).digest('hex');
    expect(first?.headers).toMatchObject({
      'x-api-key': 'the-key',
      'x-tandem-notice-signature': `t=${seconds},v1=${expected}`,
    });
  });

  test('get lost and doubled when asked to', async () => {
    received.length = 0;
    open.network.faults.setNotices({ lose: 1, duplicate: 1 });
    for (const token of ['lost', 'doubled', 'plain'])
      await open.raw('CreateOpportunity', sampleOpportunity({ ClientToken: token }));
    await open.network.noticesSettled();
    expect(types()).toHaveLength(3);
    const ids = received.map(({ body }) => (JSON.parse(body) as { id: string }).id);
    expect(new Set(ids).size).toBe(2);
    expect(open.network.notices.lost).toBe(1);
  });
});
