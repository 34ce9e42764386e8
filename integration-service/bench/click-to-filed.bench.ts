import { type Bench, median } from './figure.ts';
import { observeCallPlan } from './raw-calls/call-plan.ts';
import { RawCaller } from './raw-calls/raw-caller.ts';
import { openEngineRoom } from './rig/engine-room.ts';

const warmUps = 60;

/**
 * One click at a time: from the insert of the `Request__c` until the record says that it is submitted and has its network
 * id. In turn with the bare sequence of the same calls, from insert to last answer, so that both see the same machine.
 */
export const clickToFiled: Bench = {
  names: ['click-to-filed'],
  async run(print, { full }) {
    const room = await openEngineRoom();
    try {
      const { org } = room;
      await room.startWorker();
      let { filed } = await org.counts();
      const click = async (): Promise<number> => {
        const began = performance.now();
        // Asked for before the click, so that the answer needs no way there after it.
        const done = org.untilFiled((filed += 1));
        await org.click();
        await done;
        return performance.now() - began;
      };
      for (let time = 0; time < warmUps; time += 1) await click();
      const plan = await observeCallPlan(room);
      ({ filed } = await org.counts());
      const caller = new RawCaller(plan, { salesforce: org.url, ace: room.aceUrl });
      let number = 400_000_000;
      const bare = async (): Promise<number> => {
        const began = performance.now();
        await caller.refer((number += 1), true);
        return performance.now() - began;
      };
      for (let time = 0; time < warmUps; time += 1) await bare();
      const ours: number[] = [];
      const theirs: number[] = [];
      for (let time = 0; time < (full ? 1_000 : 200); time += 1) {
        ours.push(await click());
        theirs.push(await bare());
      }
      caller.close();
      const calls = 1 + plan.before.length + plan.after.length;
      print({
        name: 'click-to-filed',
        value: median(ours),
        unit: 'ms, p50',
        baseline: `the same ${calls} Salesforce and ${plan.ace.length} ACE calls in order, by jsforce and the SDK, with nothing recorded`,
        baselineValue: median(theirs),
      });
    } finally {
      await room.stop();
    }
  },
};
