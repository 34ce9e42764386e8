import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { PageContext } from './browser/data/page-context.ts';

/** What was asked of the org, and what it answers next, by method and path. */
const asked: string[] = [];
const answers = new Map<string, () => Response>();
const realFetch = globalThis.fetch;

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

globalThis.pageContext = { model: { apiVersion: '66.0' } } as PageContext;
globalThis.fetch = (address, options) => {
  const call = `${options?.method ?? 'GET'} ${String(address).replace('/services/data/v66.0/', '')}`;
  asked.push(call);
  const answer = answers.get(call);
  return answer === undefined ? Promise.reject(new TypeError(`nothing answers ${call}`)) : Promise.resolve(answer());
};

const { followRecord, refreshRecords, writeRecord } = await import('./browser/data/records.ts');
const { defineWire, fieldNames } = await import('./browser/data/wire.ts');
const { withRecord } = await import('./browser/data/graphql.ts');

afterAll(() => {
  globalThis.fetch = realFetch;
});
beforeEach(() => {
  asked.length = 0;
});

const nameIs = (id: string, name: string): object => ({
  id,
  apiName: 'Account',
  fields: { Name: { value: name, displayValue: null } },
});
const request = (recordId: string) => ({ recordId, fields: ['Account.Name'], optionalFields: [] });

/** Follows a record and collects what it is told; `told(n)` resolves when that many things have been told. */
const follow = (recordId: string) => {
  const heard: unknown[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const hear = (what: unknown): void => {
    heard.push(what);
    for (const one of waiting) if (heard.length >= one.count) one.resolve();
  };
  const stop = followRecord(request(recordId), {
    data: (record) => hear(record.fields['Name']?.value),
    error: (error) => hear(error),
  });
  const told = (count: number): Promise<void> =>
    heard.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve }));
  return { heard, stop, told };
};

describe('a record that the page shows', () => {
  test('is asked for once, however many components show it, and comes from the cache while it is fresh', async () => {
    answers.set('GET ui-api/records/001A?fields=Account.Name', () => json(nameIs('001A', 'Acme')));
    const [first, second] = [follow('001A'), follow('001A')];
    await Promise.all([first.told(1), second.told(1)]);
    const third = follow('001A');
    await third.told(1);
    expect(asked).toEqual(['GET ui-api/records/001A?fields=Account.Name']);
    expect([first, second, third].map(({ heard }) => heard)).toEqual([['Acme'], ['Acme'], ['Acme']]);
  });

  test('is read again when this page writes it, and every component hears of it', async () => {
    answers.set('GET ui-api/records/001B?fields=Account.Name', () => json(nameIs('001B', 'Before')));
    const shown = follow('001B');
    await shown.told(1);
    answers.set('PATCH ui-api/records/001B', () => json(nameIs('001B', 'After')));
    answers.set('GET ui-api/records/001B?fields=Account.Name', () => json(nameIs('001B', 'After')));
    await writeRecord({ fields: { Id: '001B', Name: 'After' } });
    expect(shown.heard).toEqual(['Before', 'After']);
  });

  test('is not told again when a refresh finds it unchanged', async () => {
    answers.set('GET ui-api/records/001C?fields=Account.Name', () => json(nameIs('001C', 'Same')));
    const shown = follow('001C');
    await shown.told(1);
    await refreshRecords(['001C']);
    expect(asked).toHaveLength(2);
    expect(shown.heard).toEqual(['Same']);
  });

  test('that the reader may not see gives an error in the shape of Lightning Data Service', async () => {
    answers.set('GET ui-api/records/001D?fields=Account.Name', () =>
      json([{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }], 404),
    );
    const shown = follow('001D');
    await shown.told(1);
    expect(shown.heard[0]).toMatchObject({
      ok: false,
      status: 404,
      body: { statusCode: 404, errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' },
    });
  });
});

describe('a wire adapter', () => {
  const pending = new Map<string, (data: object) => void>();
  const Adapter = defineWire<{ id?: string }, object>(['id'], ({ id = '' }, emit) => {
    pending.set(id, emit.data);
    return () => undefined;
  });

  test('asks nothing until its required values are there', () => {
    const adapter = new Adapter(() => undefined);
    adapter.connect();
    adapter.update({});
    expect(pending.size).toBe(0);
  });

  test('drops a late answer to an older configuration, and hands out frozen data', () => {
    const heard: unknown[] = [];
    const adapter = new Adapter(({ data }) => heard.push(data));
    adapter.connect();
    adapter.update({ id: 'old' });
    adapter.update({ id: 'new' });
    pending.get('old')?.({ which: 'old' });
    pending.get('new')?.({ which: 'new', inner: {} });
    expect(heard).toEqual([undefined, { which: 'new', inner: {} }]);
    expect(Object.isFrozen((heard[1] as { inner: object }).inner)).toBe(true);
  });

  test('takes fields as names or as what schema imports give', () => {
    const field = { objectApiName: 'Opportunity', fieldApiName: 'Account.Name' };
    expect(fieldNames([field, 'Opportunity.Name'])).toEqual(['Opportunity.Account.Name', 'Opportunity.Name']);
  });
});

test('a GraphQL answer takes over values that this page wrote, and keeps its rows', () => {
  const answer = {
    edges: [{ node: { Id: '006A', Name: { value: 'Old' } } }, { node: { Id: '006B', Name: { value: 'Other' } } }],
  };
  const record = { id: '006A', apiName: 'Opportunity', fields: { Name: { value: 'New', displayValue: null } } };
  expect(withRecord(answer, '006A', record)).toEqual({
    edges: [{ node: { Id: '006A', Name: { value: 'New' } } }, { node: { Id: '006B', Name: { value: 'Other' } } }],
  });
});
