import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { CannedRecords } from './canned-records.ts';
import { describedFields, orgId, userId } from './canned-rows.ts';
import { startCannedStream } from './canned-stream.ts';
import { FiledReferrals } from './filed-referrals.ts';

/** One API call as it came, so that the baseline of a bench can make the very same one. */
export const journaledCall = z.object({
  method: z.enum(['GET', 'POST', 'PATCH']),
  /** Below `/services/data/v66.0`. */
  path: z.string(),
  body: z.string(),
});
export type JournaledCall = z.infer<typeof journaledCall>;

/** What `/bench/…` answers; see `CannedOrg` for the side that asks. */
export const cannedAddresses = z.object({ url: z.string(), pubsubEndpoint: z.string(), pubsubAuthority: z.string() });
export const cannedCounts = z.object({ calls: z.number(), delivered: z.number(), filed: z.number() });
export const cannedJournal = z.object({ calls: z.array(journaledCall) });

export interface CannedSalesforce extends z.infer<typeof cannedAddresses> {
  stop(): Promise<void>;
}

const row = z.record(z.string(), z.unknown());
const rows = z.object({ records: z.array(row) });
const composite = z.object({
  compositeRequest: z.array(
    z.object({ method: z.string(), url: z.string(), referenceId: z.string(), body: row.optional() }),
  ),
});

const base = '/services/data/v66.0';
const journalLength = 40;

type Answer = readonly [status: number, body: unknown];
const saved = (id: string) => ({ id, success: true, errors: [], created: true });
const queried = (records: readonly unknown[]) => ({ totalSize: records.length, done: true, records });

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) body += chunk as string;
  return body;
};

/**
 * A Salesforce that checks nothing and keeps next to nothing, so that a slow stand-in cannot flatter us: answers of the
 * right shape to every call that the service makes for a referral, and the event of each inserted request. Under `/bench`
 * a driver asks what has been filed and which calls were made.
 */
export const startCannedSalesforce = async (certificateDirectory: string): Promise<CannedSalesforce> => {
  const filed = new FiledReferrals();
  const records = new CannedRecords(() => filed.add());
  const stream = await startCannedStream(certificateDirectory);
  const journal: JournaledCall[] = [];
  let calls = 0;

  const insert = (fields: z.infer<typeof row>) => {
    const { id, row: made } = records.insertRequest(fields);
    if (made.State__c === 'new') stream.publish(id, made);
    return saved(id);
  };

  /** One REST call; the path is below the version. */
  const answer = (method: string, path: string, body: unknown): Answer => {
    const [route = '', search = ''] = path.split('?');
    const [, first, object = '', key = '', value = ''] = route.split('/');
    if (first === 'query') return [200, queried(records.query(new URLSearchParams(search).get('q') ?? ''))];
    if (route === '/composite') return [200, { compositeResponse: parts(body) }];
    if (route === '/composite/sobjects') return [200, rows.parse(body).records.map(insert)];
    if (first === 'composite') {
      const name = key;
      return [200, rows.parse(body).records.map((one) => saved(records.upsert(name, String(one[value]), one)))];
    }
    if (route === '/sobjects') return [200, { sobjects: records.objectNames.map((name) => ({ name })) }];
    if (route === '/limits') return [200, {}];
    if (first === 'sobjects' && key === 'describe') return [200, { fields: describedFields(object) }];
    if (first === 'sobjects' && method === 'POST') return [201, insert(row.parse(body))];
    if (first === 'sobjects' && value !== '')
      return [201, saved(records.upsert(object, decodeURIComponent(value), row.parse(body)))];
    if (object === 'Request__c') records.updateRequest(key, row.parse(body));
    return [204, null];
  };
  const parts = (body: unknown) =>
    composite.parse(body).compositeRequest.map((one) => {
      const [httpStatusCode, part] = answer(one.method, one.url.slice(base.length), one.body);
      return { referenceId: one.referenceId, httpStatusCode, httpHeaders: {}, body: part };
    });

  const benchAnswer = async (route: string, search: URLSearchParams): Promise<unknown> => {
    if (route === '/bench/filed') await filed.untilCount(Number(search.get('atLeast') ?? '0'));
    if (route === '/bench/journal') return { calls: journal.splice(0) };
    return { calls, delivered: stream.delivered(), filed: filed.count };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/' } = request;
    const text = await bodyOf(request);
    const { pathname, searchParams } = new URL(url, 'http://canned');
    if (pathname.startsWith('/bench')) return send(response, 200, await benchAnswer(pathname, searchParams));
    if (pathname === '/services/oauth2/token')
      return send(response, 200, {
        access_token: 'canned',
        instance_url: address,
        id: `${address}/id/${orgId}/${userId}`,
        token_type: 'Bearer',
      });
    calls += 1;
    const path = url.slice(base.length);
    journal.push({ method: journaledCall.shape.method.parse(method), path, body: text });
    if (journal.length > journalLength) journal.shift();
    send(response, ...answer(method, path, text === '' ? undefined : JSON.parse(text)));
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) =>
      send(response, 500, [{ errorCode: 'UNKNOWN_EXCEPTION', message: String(error) }]),
    );
  });
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: address,
    pubsubEndpoint: stream.endpoint,
    pubsubAuthority: stream.authorityFile,
    stop: () => {
      stream.stop();
      server.closeAllConnections();
      return new Promise((stopped) => server.close(() => stopped()));
    },
  };
};

const send = (response: ServerResponse, status: number, body: unknown): void => {
  const text = body === null ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json;charset=UTF-8',
    'content-length': Buffer.byteLength(text),
    'sforce-limit-info': 'api-usage=1/1000000',
  });
  response.end(text);
};
