import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'jsforce';
import type { Page } from 'playwright-core';
import { forgetWorld, startWorld } from '../local/world/world.ts';
import { openBrowser, signIn } from '../test/support/browser.ts';
import { until } from '../test/support/until.ts';
import { fillInbox } from './approvals/full-inbox.ts';
import { type Bench, median } from './figure.ts';
import { ownWorld } from './rig/own-world.ts';

const open = 10_000;
const looks = 5;
const batch = 200;
const rounds = 3;
/** Answered one request at a time, and worked out for the batch. */
const alone = 20;
/** Lines that the inbox reads at first, and the most that one query gives. */
const shown = 50;
const mostRead = 2_000;
const manager = 'max.manager';

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

/** A query as the inbox itself sent it. */
interface SentQuery {
  readonly query: string;
}

/** Opens the page in the reader's browser until its first line takes the focus, from which everything goes by key. */
const look = (page: Page, address: string): Promise<number> =>
  timed(async () => {
    await page.goto(address);
    const line = page.locator('c-approval-row .row').first();
    await line.waitFor();
    await line.focus();
  });

/** The inbox's own query, taken from what its page sends. */
const queryOf = async (page: Page, address: string): Promise<SentQuery> => {
  const asked = page.waitForRequest((request) => (request.postData() ?? '').includes('query approvalInbox'));
  await look(page, address);
  return JSON.parse((await asked).postData() ?? '') as SentQuery;
};

interface ReadPage {
  readonly data?: {
    readonly uiapi: { readonly query: { readonly open: { readonly edges: readonly unknown[] } | null } };
  };
}

/** The same query for so many lines, as the reader, at the wire. */
const ask = async (connection: Connection, { query }: SentQuery, first: number): Promise<void> => {
  const answer = await connection.request<ReadPage>({
    method: 'POST',
    url: `/services/data/v${connection.version}/graphql`,
    body: JSON.stringify({ query, variables: { first } }),
    headers: { 'content-type': 'application/json' },
  });
  const came = answer.data?.uiapi.query.open?.edges.length;
  if (came !== first) throw new Error(`The inbox could not be read: ${JSON.stringify(answer).slice(0, 1_000)}`);
};

const answeredRows = async (connection: Connection): Promise<number> =>
  (await connection.query("SELECT count() FROM Approval__c WHERE State__c = 'answered'")).totalSize;

/** From the insert of the request until each of its rows in Salesforce says that it is answered. */
const answer = async (connection: Connection, keys: readonly string[]): Promise<number> => {
  const before = await answeredRows(connection);
  return timed(async () => {
    const answers = keys.map((approval) => ({ approval, answer: 'reject' }));
    const saved = await connection.sobject('Request__c').create({
      Kind__c: 'answer-approval',
      Surface__c: 'panel',
      Input__c: JSON.stringify({ version: 1, answers }),
    });
    if (!saved.success) throw new Error(`The org refused the request: ${JSON.stringify(saved.errors)}`);
    await until(
      'the rows say that they are answered',
      async () => (await answeredRows(connection)) === before + keys.length,
    );
  });
};

/**
 * The inbox of a manager for whom ten thousand decisions wait: how soon its page can be worked with, in a real browser, and
 * how soon two hundred answers given at once stand in the records.
 */
export const approvalsInbox: Bench = {
  names: ['approvals-inbox', 'approvals-inbox-answers'],
  async run(print) {
    const dataDir = mkdtempSync(join(tmpdir(), 'tandem-bench-inbox-'));
    const browser = await openBrowser();
    // Answers can be taken back for as long as this runs: what would be done with them is no part of the figure.
    const world = await startWorld({
      ...ownWorld(dataDir),
      pages: true,
      service: { TANDEM_APPROVAL_UNDO_SECONDS: '600' },
    });
    try {
      const { pages } = world;
      if (!pages) throw new Error('The bench has pages of its own.');
      const keys = [...(await fillInbox(world, open))];
      const max = await world.signIn(manager);
      const page = await browser.newPage();
      await signIn(page, pages.url, `${manager}@tandem.example.com`);
      const address = `${pages.url}/lightning/n/Tandem_Approval_Inbox`;
      const sent = await queryOf(page, address);
      const usable: number[] = [];
      const wire: number[] = [];
      const largest: number[] = [];
      for (let time = 0; time < looks; time += 1) {
        usable.push(await look(page, address));
        wire.push(await timed(() => ask(max, sent, shown)));
        largest.push(await timed(() => ask(max, sent, mostRead)));
      }
      await page.close();
      print({
        name: 'approvals-inbox',
        value: median(usable),
        unit: `ms until the page takes a key, ${open} open, p50 of ${looks}, worst ${Math.round(Math.max(...usable))}; its query alone ${Math.round(median(wire))}`,
        baseline: `only reading all ${open} lines before anything is drawn, worked out from ${mostRead} in one query`,
        baselineValue: (median(largest) * open) / mostRead,
      });
      const together: number[] = [];
      const oneByOne: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        together.push(await answer(max, keys.splice(0, batch)));
        oneByOne.push(
          await keys
            .splice(0, alone)
            .reduce(async (sum, key) => (await sum) + (await answer(max, [key])), Promise.resolve(0)),
        );
      }
      print({
        name: 'approvals-inbox-answers',
        value: median(together),
        unit: `ms from the click until ${batch} rows say answered, ${open} open, p50 of ${rounds}, worst ${Math.round(Math.max(...together))}`,
        baseline: `a request for each, one after the other, worked out from ${alone}`,
        baselineValue: (median(oneByOne) * batch) / alone,
      });
      browser.expectNoFaults();
    } finally {
      await world.stop();
      await browser.close();
      forgetWorld(dataDir);
    }
  },
};
