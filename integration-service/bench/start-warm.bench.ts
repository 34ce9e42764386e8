import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgetWorld, startWorld } from '../local/world/world.ts';
import type { Bench } from './figure.ts';
import { ownWorld } from './rig/own-world.ts';

/** What `npm start` waits for: the whole world with its pages, found again as it was left. */
export const startWarm: Bench = {
  names: ['start-warm'],
  async run(print) {
    const dataDir = mkdtempSync(join(tmpdir(), 'tandem-bench-start-'));
    const seconds = async (): Promise<number> => {
      const began = performance.now();
      const world = await startWorld({ ...ownWorld(dataDir), pages: true });
      const took = (performance.now() - began) / 1_000;
      await world.stop();
      return took;
    };
    try {
      const first = await seconds();
      print({
        name: 'start-warm',
        value: await seconds(),
        unit: 's until everything answers, pages too',
        baseline: 'the first start, with an empty data folder',
        baselineValue: first,
      });
    } finally {
      forgetWorld(dataDir);
    }
  },
};
