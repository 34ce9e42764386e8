import type pg from 'pg';
import { type Bench, median } from './figure.ts';
import { benchOrg } from './ledger/ledger-room.ts';
import { type BatchColumns, openTelemetryBench } from './telemetry/telemetry-room.ts';

const rowsBefore = 10_000_000;
const batchEvents = 10_000;
const batchesPerRound = 8;
const rounds = 5;
/** Batches on their way at once, ours and the rival's alike: one system that tells, and several. */
const senders = [1, 3] as const;

/** The same rows into the same table and nothing more: no parsing, no asking what is known, nothing to add up by. */
const bareInsert = `insert into telemetry_events (org, source, id, day, at, kind, partner, account, value, gauge)
  select '${benchOrg}', 1, id, at::date, at, kind, partner, account, value, kind = 'product.active-users'
  from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::numeric[])
    given (id, at, kind, partner, account, value)`;

const insertBare = (
  client: pg.Client,
  { ids, ats, kinds, partners, accounts, values }: BatchColumns,
): Promise<unknown> =>
  client.query({ name: 'bare', text: bareInsert, values: [ids, ats, kinds, partners, accounts, values] });

/** Does all of it, so many at a time; gives events a second. */
const rateOf = async <Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<unknown>,
): Promise<number> => {
  const waiting = [...items];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
    }),
  );
  return (items.length * batchEvents) / ((performance.now() - began) / 1_000);
};

/** How many events a second are taken over HTTP, onto a table that is full already, and what a million of them cost. */
export const telemetryIngest: Bench = {
  names: ['telemetry-ingest', 'telemetry-ingest-three-senders', 'telemetry-cost-cpu', 'telemetry-cost-bytes'],
  async run(print) {
    const room = await openTelemetryBench(1);
    try {
      const filled = await room.fill(rowsBefore);
      process.stderr.write(`  ${rowsBefore} rows are there after ${filled.toFixed(0)} s\n`);
      const bytes = async (): Promise<number> =>
        Number(
          (await room.client.query<{ bytes: string }>('select pg_database_size(current_database()) as bytes')).rows[0]
            ?.bytes,
        );
      const rates = senders.map(() => ({ bare: [] as number[], ours: [] as number[] }));
      const cpu = { bare: 0, ours: 0 };
      let events = 0;
      const clients: pg.Client[] = [];
      while (clients.length < Math.max(...senders)) clients.push(await room.another());
      // Backends, plans and pages of today are warm before either is measured.
      for (const client of clients) await insertBare(client, room.batch(batchEvents));
      await room.send(room.body(room.batch(batchEvents)), batchEvents);
      await room.untilAddedUp();
      const before = await bytes();
      for (let round = 0; round < rounds; round += 1) {
        for (const [index, atOnce] of senders.entries()) {
          const columns = Array.from({ length: batchesPerRound }, () => room.batch(batchEvents));
          const bareBegan = room.cpuSeconds();
          const free = clients.slice(0, atOnce);
          rates[index]?.bare.push(
            await rateOf(columns, atOnce, async (one) => {
              const client = free.pop();
              if (!client) throw new Error('There is a connection for each sender.');
              await insertBare(client, one);
              free.push(client);
            }),
          );
          cpu.bare += room.cpuSeconds().database - bareBegan.database;
          const bodies = Array.from({ length: batchesPerRound }, () => room.body(room.batch(batchEvents)));
          const began = room.cpuSeconds();
          rates[index]?.ours.push(await rateOf(bodies, atOnce, (body) => room.send(body, batchEvents)));
          await room.untilAddedUp();
          const { taking, database } = room.cpuSeconds();
          cpu.ours += taking - began.taking + database - began.database;
          events += batchesPerRound * batchEvents;
        }
      }
      for (const [index, atOnce] of senders.entries())
        print({
          name: atOnce === 1 ? 'telemetry-ingest' : 'telemetry-ingest-three-senders',
          value: median(rates[index]?.ours ?? []),
          unit: `events/s over HTTP, parsed, each once, added up in the background; ${atOnce} at once, ${rowsBefore} rows there before`,
          baseline: `bare unnest inserts of such rows into the same table, on ${atOnce === 1 ? 'one connection' : `${atOnce} connections`}`,
          baselineValue: median(rates[index]?.bare ?? []),
        });
      print({
        name: 'telemetry-cost-cpu',
        value: (cpu.ours / events) * 1_000_000,
        unit: 'CPU seconds for a million events, kept and added up',
        baseline: 'PostgreSQL alone with bare inserts',
        baselineValue: (cpu.bare / events) * 1_000_000,
      });
      print({
        name: 'telemetry-cost-bytes',
        value: ((await bytes()) - before) / (2 * events),
        unit: 'bytes on disk for an event (MB for a million), indexes and rollups included',
        baseline: 'none',
        baselineValue: null,
      });
    } finally {
      await room.close();
    }
  },
};
