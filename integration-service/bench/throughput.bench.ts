import type { ServiceProcess } from '../local/world/service-process.ts';
import { type Bench, median } from './figure.ts';
import { type CallPlan, observeCallPlan } from './raw-calls/call-plan.ts';
import { RawBull } from './raw-calls/raw-bull.ts';
import { concurrency, type EngineRoom, openEngineRoom } from './rig/engine-room.ts';
import { metricOf } from './rig/service-metrics.ts';

const warmUps = 200;

interface Round {
  readonly perSecond: number;
  readonly cpuMs: number;
}

interface Rounds {
  readonly ours: readonly Round[];
  readonly raw: readonly Round[];
  readonly roundTrips: number;
  readonly salesforceCalls: number;
}

/** So many referrals at once, and how fast they got through: the service's with its events, records, ledger and all. */
const measured = async (count: number, refer: () => Promise<void>, cpu: () => Promise<number>): Promise<Round> => {
  const before = await cpu();
  const began = performance.now();
  await refer();
  const seconds = (performance.now() - began) / 1_000;
  return { perSecond: count / seconds, cpuMs: ((await cpu()) - before) / count };
};

const sumOf = async (workers: readonly ServiceProcess[], metric: string): Promise<number> =>
  (await Promise.all(workers.map(({ url }) => metricOf(url, metric)))).reduce((sum, one) => sum + one, 0);

/** Ours and raw Bull in turn, with the same number of processes and of jobs at a time. */
const compare = async (
  room: EngineRoom,
  workers: readonly ServiceProcess[],
  plan: CallPlan,
  rounds: number,
  count: number,
): Promise<Rounds> => {
  const { org } = room;
  const raw = await RawBull.start(room, plan, workers.length);
  try {
    const refer = async (many: number): Promise<void> => {
      const { filed } = await org.counts();
      const done = org.untilFiled(filed + many);
      await org.clickMany(many);
      await done;
    };
    const cpu = async (): Promise<number> => (await sumOf(workers, 'process_cpu_seconds_total')) * 1_000;
    await refer(warmUps);
    await raw.refer(warmUps);
    const ours: Round[] = [];
    const theirs: Round[] = [];
    let roundTrips = 0;
    let salesforceCalls = 0;
    for (let round = 0; round < rounds; round += 1) {
      const sqlBefore = await sumOf(workers, 'tandem_sql_round_trips_total');
      const callsBefore = await sumOf(workers, 'tandem_salesforce_calls_total');
      ours.push(await measured(count, () => refer(count), cpu));
      roundTrips += (await sumOf(workers, 'tandem_sql_round_trips_total')) - sqlBefore;
      salesforceCalls += (await sumOf(workers, 'tandem_salesforce_calls_total')) - callsBefore;
      theirs.push(
        await measured(
          count,
          () => raw.refer(count),
          () => raw.cpuMs(),
        ),
      );
    }
    const all = rounds * count;
    return { ours, raw: theirs, roundTrips: roundTrips / all, salesforceCalls: salesforceCalls / all };
  } finally {
    await raw.stop();
  }
};

const middle = (rounds: readonly Round[], what: keyof Round): number => median(rounds.map((round) => round[what]));

export const throughput: Bench = {
  names: [
    'referrals-per-second',
    'cpu-ms-per-referral',
    'sql-round-trips-per-referral',
    'salesforce-calls-per-referral',
  ],
  async run(print, { full }) {
    const room = await openEngineRoom();
    const [rounds, count] = full ? [7, 1_000] : [3, 300];
    try {
      const workers = [await room.startWorker()];
      const { filed } = await room.org.counts();
      await room.org.clickMany(warmUps);
      await room.org.untilFiled(filed + warmUps);
      const plan = await observeCallPlan(room);
      const bareCalls = plan.before.length + plan.after.length;
      for (const processes of [1, 2]) {
        if (workers.length < processes) workers.push(await room.startWorker());
        const { ours, raw, roundTrips, salesforceCalls } = await compare(room, workers, plan, rounds, count);
        const each = `${processes} worker ${processes === 1 ? 'process' : 'processes'}`;
        print({
          name: 'referrals-per-second',
          value: middle(ours, 'perSecond'),
          unit: `referrals/s, ${each}`,
          baseline: `raw Bull jobs making the same calls, ${each}, ${concurrency} at a time each`,
          baselineValue: middle(raw, 'perSecond'),
        });
        if (processes > 1) continue;
        print({
          name: 'cpu-ms-per-referral',
          value: middle(ours, 'cpuMs'),
          unit: 'ms of the service’s process',
          baseline: 'raw Bull process making the same calls',
          baselineValue: middle(raw, 'cpuMs'),
        });
        print({
          name: 'sql-round-trips-per-referral',
          value: roundTrips,
          unit: 'statements, sweeps included',
          baseline: 'a count: raw Bull records nothing',
          baselineValue: null,
        });
        print({
          name: 'salesforce-calls-per-referral',
          value: salesforceCalls,
          unit: 'API calls',
          baseline: 'calls of the bare sequence',
          baselineValue: bareCalls,
        });
      }
    } finally {
      await room.stop();
    }
  },
};
