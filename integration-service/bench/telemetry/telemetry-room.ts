import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { z } from 'zod';
import { type LocalPostgres, startPostgres } from '../../local/services/postgres.ts';
import { chanceFrom } from '../../src/domain/scoring/chance.ts';
import { migrate } from '../../src/infrastructure/database/migrate.ts';
import { benchOrg } from '../ledger/ledger-room.ts';
import { startJsonProcess } from '../rig/json-process.ts';

/** Partners and joint customers of the company that is measured: 750 partners are one manager's design point. */
const partners = 750;
const accountsOfPartner = 6;
/** Of all events: gauges are told once a day for an account, and one in ten is already many. */
const shareOfGauges = 0.1;
/** The partner by whose accounts it is seen which batch has been added up. */
export const PROBE = 'probe';

/** One batch as columns, so that both ways of keeping it start from the same. */
export interface BatchColumns {
  readonly ids: string[];
  readonly ats: string[];
  readonly kinds: string[];
  readonly partners: string[];
  readonly accounts: string[];
  readonly values: number[];
}

const said = z.object({ url: z.string(), token: z.string(), pid: z.number() });
const answer = z.object({ accepted: z.number(), refused: z.array(z.unknown()) });

/** PostgreSQL that waits for the disk, a process that takes telemetry over HTTP, and ways to tell it. */
export interface TelemetryBenchRoom {
  readonly client: pg.Client;
  /** Makes this many rows of the days before today, as they would be there from before. Gives how long it took, in seconds. */
  fill(rows: number): Promise<number>;
  batch(events: number): BatchColumns;
  /** A batch as the sender writes it. */
  body(columns: BatchColumns): string;
  /** Sends one batch; all of it must be taken. False: it must be sent again later (429). */
  send(body: string, events: number): Promise<boolean>;
  /** CPU seconds that the taking process and PostgreSQL have used so far; NaN where this machine does not tell. */
  cpuSeconds(): { readonly taking: number; readonly database: number };
  memoryBytes(): Promise<number>;
  /** A further connection, as the database's owner. */
  another(): Promise<pg.Client>;
  untilAddedUp(): Promise<void>;
  close(): Promise<void>;
}

export const openTelemetryBench = async (seed: number): Promise<TelemetryBenchRoom> => {
  const postgres = await startPostgres();
  const url = await postgres.createDatabase('tandem_telemetry_bench');
  await migrate(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `insert into telemetry_partners select '${benchOrg}', 'partner-' || n from generate_series(0, ${partners - 1}) n`,
  );
  await client.query(`insert into telemetry_partners values ('${benchOrg}', '${PROBE}')`);
  const server = await startJsonProcess(join(import.meta.dirname, 'server-process.ts'), [url, 'bench']);
  const { url: address, token, pid } = said.parse(server.said);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const chance = chanceFrom(seed);
  const others: pg.Client[] = [];
  let made = 0;
  return {
    client,
    async fill(rows) {
      const began = performance.now();
      // In the order of the index, day by day: what is there from before costs only what keeping it costs.
      await client.query(`insert into telemetry_events (org, source, id, day, at, kind, partner, account, value, gauge)
        select '${benchOrg}', 1, 'old-' || to_char(n, 'FM000000000'), day, day + interval '12 hours', 'product.sessions',
          'partner-' || n % ${partners}, '0015g00000' || to_char(n % 4500, 'FM00000000'), 1, false
        from (select n, current_date - (n * 35 / ${rows})::int as day from generate_series(0, ${rows - 1}) n) old`);
      await client.query('vacuum analyze telemetry_events');
      await client.query('checkpoint');
      return (performance.now() - began) / 1_000;
    },
    batch(events) {
      const columns: BatchColumns = { ids: [], ats: [], kinds: [], partners: [], accounts: [], values: [] };
      const now = Date.now();
      for (let index = 0; index < events; index += 1) {
        made += 1;
        const partner = Math.floor(chance() * partners);
        const account = partner * accountsOfPartner + Math.floor(chance() * accountsOfPartner);
        // As many senders make them: 36 letters without order.
        columns.ids.push(`${hex(chance)}-${hex(chance)}-${hex(chance)}-${String(made).padStart(9, '0')}`);
        columns.ats.push(new Date(now - Math.floor(chance() * 60_000)).toISOString());
        columns.kinds.push(chance() < shareOfGauges ? 'product.active-users' : 'product.sessions');
        columns.partners.push(`partner-${partner}`);
        columns.accounts.push(`0015g00000${String(account).padStart(8, '0')}`);
        columns.values.push(Math.floor(chance() * 50));
      }
      return columns;
    },
    body: ({ ids, ats, kinds, partners: of, accounts, values }) =>
      JSON.stringify(
        ids.map((id, index) => ({
          id,
          at: ats[index],
          kind: kinds[index],
          partner: of[index],
          account: accounts[index],
          value: values[index],
        })),
      ),
    async send(body, events) {
      const { status, text } = await post(`${address}/v1/telemetry`, agent, token, body);
      if (status === 429) return false;
      if (status !== 200) throw new Error(`${status}: ${text}`);
      const { accepted, refused } = answer.parse(JSON.parse(text));
      if (accepted !== events) throw new Error(`${accepted} of ${events} were taken: ${JSON.stringify(refused[0])}`);
      return true;
    },
    cpuSeconds: () => ({ taking: cpuOf(pid), database: cpuOfServer(postgres) }),
    memoryBytes: async () =>
      z.object({ bytes: z.number() }).parse(await (await fetch(`${address}/memory`)).json()).bytes,
    async another() {
      const further = new pg.Client({ connectionString: url });
      await further.connect();
      others.push(further);
      return further;
    },
    async untilAddedUp() {
      const waiting = async (): Promise<boolean> =>
        (await client.query('select 1 from telemetry_batches limit 1')).rows.length > 0;
      while (await waiting()) await later(20);
    },
    async close() {
      agent.destroy();
      await server.stop();
      await Promise.all([client, ...others].map((one) => one.end()));
      await postgres.stop();
    },
  };
};

const hex = (chance: () => number): string =>
  Math.floor(chance() * 0xffffffff)
    .toString(16)
    .padStart(8, '0');

const post = (url: string, agent: Agent, token: string, body: string): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const asked = request(
      url,
      { method: 'POST', agent, headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` } },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }));
        response.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });

/** Hundredths of a second, the unit of `/proc` on every Linux that Node runs on. */
const ticks = 100;

const statOf = (pid: number | string): readonly string[] | null => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? null;
  } catch {
    return null;
  }
};
const cpuOf = (pid: number): number => {
  const stat = statOf(pid);
  return stat ? (Number(stat[11]) + Number(stat[12])) / ticks : Number.NaN;
};

/** The server and the processes that it has started, those that have ended included. */
const cpuOfServer = ({ pid }: LocalPostgres): number => {
  const own = statOf(pid);
  if (!own) return Number.NaN;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => (statOf(name)?.[1] === String(pid) ? [cpuOf(Number(name))] : []));
  const used = [11, 12, 13, 14].reduce((sum, index) => sum + Number(own[index]), 0) / ticks;
  return used + children.reduce((sum, seconds) => sum + seconds, 0);
};
