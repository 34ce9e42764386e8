import { CheckpointKey } from '../infrastructure/ledger/checkpoints.ts';
import { masterKeyFrom } from '../infrastructure/ledger/subject-keys.ts';
import type { Config } from './config.ts';

/** The key that signs checkpoints: one of its own where it is set, otherwise the one that follows from the master key. */
export const checkpointKeyOf = ({ checkpoints, masterKey }: Config): CheckpointKey =>
  checkpoints.privateKey === null
    ? CheckpointKey.derivedFrom(masterKeyFrom(masterKey))
    : CheckpointKey.fromPem(checkpoints.privateKey);
