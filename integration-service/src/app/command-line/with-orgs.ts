import { noTrace } from '../../agents/orchestration/trace-point.ts';
import { systemClock } from '../../domain/values/clock.ts';
import { masterKeyFrom, SubjectKeys } from '../../infrastructure/ledger/subject-keys.ts';
import { createLogger } from '../../infrastructure/logging/logger.ts';
import { Metrics } from '../../infrastructure/metrics/metrics.ts';
import { BullJobQueue } from '../../infrastructure/queue/bull-job-queue.ts';
import type { Config } from '../config.ts';
import { openOrg, type OpenOrg } from '../open-org.ts';
import { readConnections, type WantedOrg, wantedOrgs } from '../wanted-orgs.ts';

/** Runs work on every org that is connected, or on those given, and lets go of everything afterwards. */
export const withOrgs = async (
  config: Config,
  work: (open: OpenOrg & { readonly wanted: WantedOrg }) => Promise<boolean>,
  given?: readonly WantedOrg[],
): Promise<boolean> => {
  const metrics = new Metrics();
  const log = createLogger('silent');
  const queue = await BullJobQueue.open(config.redisUrl, () => undefined);
  const keys = new SubjectKeys(masterKeyFrom(config.masterKey));
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
  let good = true;
  try {
    for (const wanted of given ?? (await connected(config))) {
      const open = await openOrg(wanted, {
        config,
        queue,
        keys,
        metrics,
        clock: systemClock,
        log,
        trace: noTrace,
        pause,
      });
      try {
        good = (await work({ ...open, wanted })) && good;
      } finally {
        await open.close();
      }
    }
  } finally {
    await queue.close(1_000);
  }
  return good;
};

const connected = async (config: Config): Promise<readonly WantedOrg[]> => {
  const wanted = wantedOrgs(config.org, await readConnections(config));
  if (wanted.length === 0)
    throw new Error('No org is connected: give the SALESFORCE_… settings, or run "tandem org add".');
  return wanted;
};
