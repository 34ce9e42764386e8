import { type Bench } from './figure.ts';
import { openEngineRoom } from './rig/engine-room.ts';
import { metricOf } from './rig/service-metrics.ts';

const batch = 250;

/** Resident memory of one process of the service after many referrals, against the same process after a tenth of them. */
export const memoryGrowth: Bench = {
  names: ['memory-growth'],
  async run(print, { full }) {
    const [early, late] = full ? [1_000, 10_000] : [500, 2_000];
    const room = await openEngineRoom();
    try {
      const { org } = room;
      const worker = await room.startWorker();
      const { filed } = await org.counts();
      let referred = 0;
      const referUntil = async (count: number): Promise<number> => {
        for (; referred < count; referred += batch) {
          await org.clickMany(batch);
          await org.untilFiled(filed + referred + batch);
        }
        return (await metricOf(worker.url, 'process_resident_memory_bytes')) / 2 ** 20;
      };
      const baselineValue = await referUntil(early);
      const value = await referUntil(late);
      const unit = `MB resident after ${late} referrals${full ? '' : ' (10000 with --full)'}`;
      print({ name: 'memory-growth', value, unit, baseline: `the same process after ${early}`, baselineValue });
    } finally {
      await room.stop();
    }
  },
};
