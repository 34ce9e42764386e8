import type pg from 'pg';
import { type Bench, median } from './figure.ts';
import { benchOrg } from './ledger/ledger-room.ts';
import { type BatchColumns, openTelemetryBench } from './telemetry/telemetry-room.ts';

const rowsBefore = 10_000_000;
const batchEvents = 10_000;
const batchesPerRound = 8;
const rounds = 5;
/** Batches on their way at once: one is read while another is written, as where several systems tell. */
const inFlight = 3;

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
  names: ['telemetry-ingest', 'telemetry-ingest-one-sender', 'telemetry-cost-cpu', 'telemetry-cost-bytes'],
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
      const rates: Record<'bare' | 'many' | 'one', number[]> = { bare: [], many: [], one: [] };
      const cpu = { bare: 0, ours: 0 };
      let events = 0;
      const client = await room.another();
      // Backends, plans and pages of today are warm before either is measured.
      await insertBare(client, room.batch(batchEvents));
      await room.send(room.body(room.batch(batchEvents)), batchEvents);
      await room.untilAddedUp();
      const before = await bytes();
      for (let round = 0; round < rounds; round += 1) {
        const columns = Array.from({ length: batchesPerRound }, () => room.batch(batchEvents));
        const bareBegan = room.cpuSeconds();
        rates.bare.push(await rateOf(columns, 1, (one) => insertBare(client, one)));
        cpu.bare += room.cpuSeconds().database - bareBegan.database;
        for (const [senders, atOnce] of [
          ['many', inFlight],
          ['one', 1],
        ] as const) {
          const bodies = Array.from({ length: batchesPerRound }, () => room.body(room.batch(batchEvents)));
          const began = room.cpuSeconds();
          rates[senders].push(await rateOf(bodies, atOnce, (body) => room.send(body, batchEvents)));
          await room.untilAddedUp();
          const { taking, database } = room.cpuSeconds();
          cpu.ours += taking - began.taking + database - began.database;
          events += batchesPerRound * batchEvents;
        }
      }
      const baseline = {
        baseline: 'a bare unnest insert of such rows into the same table, batch after batch on one connection',
        baselineValue: median(rates.bare),
      };
      const does = 'events/s over HTTP, parsed, each once, added up in the background';
      print({
        name: 'telemetry-ingest',
        value: median(rates.many),
        unit: `${does}; ${inFlight} batches on their way at once, ${rowsBefore} rows there before`,
        ...baseline,
      });
      print({
        name: 'telemetry-ingest-one-sender',
        value: median(rates.one),
        unit: `${does}; one batch after another`,
        ...baseline,
      });
      print({
        name: 'telemetry-cost-cpu',
        value: (cpu.ours / events) * 1_000_000,
        unit: 'CPU seconds for a million events, kept and added up',
        baseline: 'PostgreSQL alone with bare inserts',
        baselineValue: (cpu.bare / (rounds * batchesPerRound * batchEvents)) * 1_000_000,
      });
      print({
        name: 'telemetry-cost-bytes',
        value: ((await bytes()) - before) / (events + rounds * batchesPerRound * batchEvents),
        unit: 'bytes on disk for an event (MB for a million), indexes and rollups included',
        baseline: 'none',
        baselineValue: null,
      });
    } finally {
      await room.close();
    }
  },
};
