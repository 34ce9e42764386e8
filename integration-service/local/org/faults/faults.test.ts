import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { FaultBoard } from './fault-board.ts';
import { faultRoutes, httpFaults } from './http-faults.ts';

let board: FaultBoard;
let done: string[];
let url: string;
let close: () => Promise<unknown>;

beforeEach(async () => {
  board = new FaultBoard();
  done = [];
  const app = express().use(faultRoutes(board), httpFaults(board));
  app.all('/services/{*rest}', (request, response) => {
    done.push(`${request.method} ${request.path}`);
    response.json({ ok: true });
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => {
    server.closeAllConnections();
    return once(server.close(), 'close');
  };
});
afterEach(() => close());

describe('HTTP faults', () => {
  test.each([
    ['unavailable', 503, 'SERVER_UNAVAILABLE'],
    ['request-limit', 403, 'REQUEST_LIMIT_EXCEEDED'],
    ['too-many-requests', 429, 'REQUEST_LIMIT_EXCEEDED'],
    ['session-expired', 401, 'INVALID_SESSION_ID'],
  ] as const)('%s answers %i %s once and does nothing', async (kind, status, errorCode) => {
    board.add({ surface: 'http', kind });
    const refused = await fetch(`${url}/services/x`);
    expect(refused.status).toBe(status);
    expect(await refused.json()).toEqual([expect.objectContaining({ errorCode })]);
    expect(done).toEqual([]);
    expect((await fetch(`${url}/services/x`)).status).toBe(200);
  });

  test('answer-lost does the work, then breaks the connection', async () => {
    board.add({ surface: 'http', kind: 'answer-lost' });
    await expect(fetch(`${url}/services/x`, { method: 'POST' })).rejects.toThrow();
    expect(done).toEqual(['POST /services/x']);
  });

  test('request-lost breaks the connection before the work', async () => {
    board.add({ surface: 'http', kind: 'request-lost' });
    await expect(fetch(`${url}/services/x`, { method: 'POST' })).rejects.toThrow();
    expect(done).toEqual([]);
  });

  test('a fault strikes only its method and path, after what it skips', async () => {
    board.add({
      surface: 'http',
      kind: 'unavailable',
      method: 'PATCH',
      path: '/sobjects/Referral__c',
      skip: 1,
      times: 2,
    });
    const status = async (method: string, path: string): Promise<number> =>
      (await fetch(`${url}/services/${path}`, { method })).status;
    expect(await status('GET', 'sobjects/Referral__c')).toBe(200);
    expect(await status('PATCH', 'sobjects/Other__c')).toBe(200);
    expect(await status('PATCH', 'sobjects/Referral__c/1')).toBe(200);
    expect(await status('PATCH', 'sobjects/Referral__c/1')).toBe(503);
    expect(await status('PATCH', 'sobjects/Referral__c/1')).toBe(503);
    expect(await status('PATCH', 'sobjects/Referral__c/1')).toBe(200);
  });

  test('slow still answers', async () => {
    board.add({ surface: 'http', kind: 'slow', delayMs: 1 });
    expect((await fetch(`${url}/services/x`)).status).toBe(200);
    expect(board.list()).toEqual([expect.objectContaining({ kind: 'slow', struck: 1 })]);
  });

  test('the board is set by HTTP, and a mistake is named', async () => {
    const post = (body: object): Promise<Response> =>
      fetch(`${url}/local/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await post({ surface: 'http', kind: 'unavailable', times: null })).status).toBe(201);
    expect((await fetch(`${url}/services/x`)).status).toBe(503);
    const wrong = await post({ surface: 'http', kind: 'unavailable', path: '(' });
    expect([wrong.status, await wrong.json()]).toEqual([400, { problem: 'path: is not a regular expression' }]);
    expect((await post({ surface: 'http', kind: 'explode' })).status).toBe(400);
    expect((await fetch(`${url}/local/faults`, { method: 'DELETE' })).status).toBe(204);
    expect((await fetch(`${url}/services/x`)).status).toBe(200);
  });
});
