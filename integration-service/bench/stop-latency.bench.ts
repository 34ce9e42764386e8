import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { ReferralDesk } from '../local/demo/referral-desk.ts';
import { forgetWorld, startWorld } from '../local/world/world.ts';
import { PostgresControl } from '../src/infrastructure/database/control.ts';
import { openOrgDatabase, type OrgDatabase } from '../src/infrastructure/database/org-database.ts';
import { freshDeals } from '../test/support/fresh-deals.ts';
import { until } from '../test/support/until.ts';
import { type Bench, median } from './figure.ts';
import { ownWorld } from './rig/own-world.ts';

const rounds = 5;
const dealsEach = 16;
/** How long AWS takes for a write here: long enough for work to be on its way whenever the switch is thrown. */
const writeMs = 150;

/** The moment, on the clock of this machine, at which the last effect began; null: none did. */
const lastBegun = async (database: OrgDatabase): Promise<number | null> => {
  const [row] = await database.run(sql<{ last: Date | null }>`select max(intended_at) as last from effects`);
  return row?.last?.getTime() ?? null;
};

/** Machines that are busy with something else take their time; what is measured is not this waiting. */
const patience = { timeoutMs: 300_000 };

const settled = (database: OrgDatabase): Promise<unknown> =>
  until(
    'the stopped work has ended',
    async () => {
      const [row] = await database.run(sql<{ open: number }>`
        select count(*)::int as open from inbox where state in ('waiting', 'working')`);
      return row?.open === 0;
    },
    patience,
  );

/** Effects that began after the switch was thrown: there must be none. */
const begunLate = async (database: OrgDatabase): Promise<number> => {
  const [row] = await database.run(sql<{ late: number }>`
    select count(*)::int as late from effects, control_stops stop where stop.scope = 'all' and intended_at > stop.at`);
  return row?.late ?? 0;
};

/**
 * From the click on "Stop" in Salesforce until the last effect begins, in the thick of the work: sixteen deals are referred,
 * eight of them are at AWS. Beside it the same switch thrown straight in PostgreSQL, which is what `tandem stop` does.
 */
export const stopLatency: Bench = {
  names: ['stop-latency'],
  async run(print) {
    const dataDir = mkdtempSync(join(tmpdir(), 'tandem-bench-stop-'));
    const world = await startWorld({ ...ownWorld(dataDir), pages: false });
    try {
      const { org, ace } = world;
      if (!org || !ace) throw new Error('The bench has a local org and network.');
      const database = openOrgDatabase(org.orgId, { url: world.databaseUrl, maxConnections: 2 });
      try {
        const ada = await world.signIn('ada.admin');
        const desk = new ReferralDesk(await world.signIn('sally.seller'));
        const [partner, fields] = [await desk.partnerId('aws'), await desk.shownFields('aws-ace')];
        const makeDeal = await freshDeals(await world.signIn('sam.setup'));
        const control = new PostgresControl(database);
        ace.faults.add({ kind: 'slow', operation: '*', times: 1_000_000, delayMs: writeMs });
        const measure = async (stop: () => Promise<unknown>): Promise<number> => {
          const before = (await database.run(sql`select 1 from effects`)).length;
          for (let made = 0; made < dealsEach; made += 1)
            await desk.request(
              'refer',
              { Opportunity__c: await makeDeal(), Partner__c: partner, Surface__c: 'list' },
              { version: 1, shown: { fields } },
            );
          await until(
            'work is on its way',
            async () => (await database.run(sql`select 1 from effects`)).length - before >= 4,
            patience,
          );
          const clicked = Date.now();
          await stop();
          await until(
            'the switch is thrown',
            async () => (await database.run(sql`select 1 from control_stops`)).length > 0,
            patience,
          );
          await settled(database);
          const late = await begunLate(database);
          if (late > 0) throw new Error(`${late} effects began after the switch was thrown.`);
          const latency = Math.max(0, ((await lastBegun(database)) ?? clicked) - clicked);
          await control.resume('all');
          return latency;
        };
        const ours: number[] = [];
        const theirs: number[] = [];
        for (let round = 0; round < rounds; round += 1) {
          ours.push(
            await measure(() =>
              ada.sobject('Request__c').create({
                Kind__c: 'stop',
                Surface__c: 'panel',
                Subject__c: 'all',
                Input__c: JSON.stringify({ version: 1, reason: 'A bench.' }),
              }),
            ),
          );
          theirs.push(await measure(() => control.stop('all', 'A bench.', 'bench')));
        }
        print({
          name: 'stop-latency',
          value: median(ours),
          unit: `ms from the click until the last effect began, p50 of ${rounds}, worst ${Math.max(...ours)}`,
          baseline: 'the same switch thrown straight in PostgreSQL, without Salesforce',
          baselineValue: median(theirs),
        });
      } finally {
        await database.close();
      }
    } finally {
      await world.stop();
      forgetWorld(dataDir);
    }
  },
};
