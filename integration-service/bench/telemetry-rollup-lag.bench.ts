import { setTimeout as later } from 'node:timers/promises';
import { type Bench } from './figure.ts';
import { openTelemetryBench, PROBE } from './telemetry/telemetry-room.ts';

const eventsPerSecond = 10_000;
const batchEvents = 1_000;
const everyMs = (batchEvents / eventsPerSecond) * 1_000;
/** Requirement of issue 4: p99 below five seconds at 10,000 events a second. */
const most = 5;

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((left, right) => left - right)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;

/**
 * How old an event is when it stands in the rollups, while 10,000 a second are told: one event of each batch is of an
 * account that nobody else has, and its row is looked for.
 */
export const telemetryRollupLag: Bench = {
  names: ['telemetry-rollup-lag'],
  async run(print, { full }) {
    const seconds = full ? 120 : 20;
    const room = await openTelemetryBench(2);
    try {
      const batches = (seconds * eventsPerSecond) / batchEvents;
      const sentAt = new Map<string, number>();
      const lags: number[] = [];
      let behind = 0;
      let sending = true;
      const watch = async (): Promise<void> => {
        while (sending || sentAt.size > 0) {
          const waiting = [...sentAt.keys()];
          const { rows } = await room.client.query<{ account: string }>(
            'select account from telemetry_days where partner = $1 and account = any ($2)',
            [PROBE, waiting],
          );
          const now = performance.now();
          for (const { account } of rows) {
            lags.push((now - (sentAt.get(account) ?? now)) / 1_000);
            sentAt.delete(account);
          }
          await later(25);
        }
      };
      const watching = watch();
      const sends: Promise<void>[] = [];
      const began = performance.now();
      for (let batch = 0; batch < batches; batch += 1) {
        const due = began + batch * everyMs;
        await later(Math.max(0, due - performance.now()));
        behind = Math.max(behind, performance.now() - due);
        const columns = room.batch(batchEvents);
        const account = `batch-${batch}`;
        columns.partners[0] = PROBE;
        columns.accounts[0] = account;
        const body = room.body(columns);
        sentAt.set(account, performance.now());
        sends.push(
          (async () => {
            while (!(await room.send(body, batchEvents))) await later(100);
          })(),
        );
      }
      await Promise.all(sends);
      sending = false;
      await watching;
      print({
        name: 'telemetry-rollup-lag',
        value: percentile(lags, 0.99),
        unit: `s at the 99th percentile, from sent to added up, at ${eventsPerSecond} events/s for ${seconds} s${behind > 1_000 ? ` (the sender fell ${(behind / 1_000).toFixed(1)} s behind)` : ''}`,
        baseline: 'what it may take at most',
        baselineValue: most,
      });
    } finally {
      await room.close();
    }
  },
};
