import { setTimeout as later } from 'node:timers/promises';
import { type Bench } from './figure.ts';
import { openTelemetryBench } from './telemetry/telemetry-room.ts';

const batchEvents = 10_000;
const early = 5_000_000;
const late = 50_000_000;
const inFlight = 2;
const megabyte = 2 ** 20;

/** Resident memory of the process that takes telemetry, after fifty million events against after the first five. */
export const telemetryMemory: Bench = {
  names: ['telemetry-memory'],
  long: true,
  async run(print) {
    const room = await openTelemetryBench(3);
    try {
      let told = 0;
      const tellUntil = async (count: number): Promise<number> => {
        await Promise.all(
          Array.from({ length: inFlight }, async () => {
            while (told < count) {
              told += batchEvents;
              const body = room.body(room.batch(batchEvents));
              while (!(await room.send(body, batchEvents))) await later(200);
              if (told % 1_000_000 === 0) process.stderr.write(`  ${told} events\n`);
            }
          }),
        );
        return (await room.memoryBytes()) / megabyte;
      };
      const baselineValue = await tellUntil(early);
      const value = await tellUntil(late);
      await room.untilAddedUp();
      print({
        name: 'telemetry-memory',
        value,
        unit: `MB resident after ${late} events`,
        baseline: `the same process after ${early}`,
        baselineValue,
      });
    } finally {
      await room.close();
    }
  },
};
