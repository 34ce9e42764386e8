import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { checkpointsFrom } from '../../../infrastructure/ledger/checkpoint-folder.ts';
import { SealedValues } from '../../../infrastructure/ledger/sealed-values.ts';
import { masterKeyFrom, SubjectKeys } from '../../../infrastructure/ledger/subject-keys.ts';
import { verifyChain } from '../../../infrastructure/ledger/verify-chain.ts';
import { verifyExport } from '../../../infrastructure/ledger/verify-export.ts';
import type { VerifiedChain } from '../../../ports/decision-ledger/decision-ledger.ts';
import { type Command, say, type Typed } from '../command.ts';
import { withDatabases } from '../with-databases.ts';

/** How long ago, in words: the window that no checkpoint covers is stated, not guessed. */
const agoOf = (at: string): string => {
  const minutes = Math.max(0, Math.round((Date.now() - Date.parse(at)) / 60_000));
  if (minutes < 120) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  return minutes < 2_880 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1_440)} days`;
};

const tell = (of: string, { entries, firstBad, checkpoint }: VerifiedChain): boolean => {
  say(
    firstBad
      ? `${of}: entry ${firstBad.sequence} does not hold: ${firstBad.why}`
      : `${of}: ${entries} entries, all of them hold.`,
  );
  if (checkpoint)
    say(
      `The checkpoint of ${checkpoint.at} covers the first ${checkpoint.sequence}; ${checkpoint.entriesSince} entries and ${agoOf(checkpoint.at)} since then are covered by none.`,
    );
  else if (checkpoint === null) say('No checkpoint that was given covers any of them.');
  else if (!firstBad)
    say(
      'No checkpoint was given (--checkpoint FILE or FOLDER): a chain written anew as a whole shows only against one.',
    );
  return firstBad === null;
};

const verifyFile = async (file: string, text: Typed['text']): Promise<boolean> => {
  const kept = text('checkpoint');
  const checkpoints = kept === undefined ? [] : await checkpointsFrom(kept);
  // Last of all: lines that come while nobody listens are lost.
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  const { org, keyId, ...walked } = await verifyExport(lines, checkpoints);
  say(`Exported from ${org}, signed by the key ${keyId}.`);
  return tell(org, walked);
};

export const ledgerVerifyCommand: Command = {
  words: 'ledger verify',
  usage: 'ledger verify [--checkpoint PATH] [--file EXPORT]',
  help: [
    'walks the chain; exit code 1 and the first entry that does not hold. Checkpoints that were',
    'kept elsewhere (a file or a folder) show what was cut off or written anew. With --file an',
    'export is looked at: no database, no settings',
  ],
  options: { checkpoint: 'text', file: 'text' },
  withoutSettings({ text }) {
    const file = text('file');
    return file === undefined ? null : verifyFile(file, text);
  },
  async run({ config, text }) {
    const kept = text('checkpoint');
    const checkpoints = kept === undefined ? undefined : await checkpointsFrom(kept);
    const keys = new SubjectKeys(masterKeyFrom(config.masterKey));
    return withDatabases(config, text('org'), async (database, org) => {
      const own = checkpoints?.filter((one) => one.org === org) ?? [];
      const walked = await verifyChain(database, new SealedValues(database, keys), own);
      return tell(org, checkpoints && own.length === 0 ? { ...walked, checkpoint: null } : walked);
    });
  },
};
