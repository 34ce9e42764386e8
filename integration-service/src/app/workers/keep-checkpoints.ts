import { writeCheckpoint } from '../../infrastructure/ledger/checkpoint-folder.ts';
import type { Config } from '../config.ts';
import type { OrgRuntime } from '../org-runtime.ts';

/**
 * Signs where the ledger stands when enough was appended or enough time has gone by, and puts it into the folder that is
 * kept elsewhere. A chain that does not go on from the last checkpoint is not signed: that is an error each time.
 */
export const keepCheckpoints = async (
  { checkpoints, clock, org, log }: Pick<OrgRuntime, 'checkpoints' | 'clock' | 'org' | 'log'>,
  { everyMs, everyEntries, folder }: Config['checkpoints'],
): Promise<void> => {
  const { entries, newest } = await checkpoints.stand();
  const since = entries - (newest?.sequence ?? 0);
  const now = clock.now();
  const late = newest === null || Date.parse(now) - Date.parse(newest.at) >= everyMs;
  if (since === 0 || (!late && since < everyEntries)) return;
  const made = await checkpoints.make(now);
  if (made === null) return;
  if (folder !== null) await writeCheckpoint(folder, made);
  log.info({ org, sequence: made.sequence, keyId: made.keyId }, 'a checkpoint of the ledger was signed');
};
