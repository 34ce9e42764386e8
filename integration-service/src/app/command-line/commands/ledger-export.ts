import { createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { systemClock } from '../../../domain/values/clock.ts';
import { writeCheckpoint } from '../../../infrastructure/ledger/checkpoint-folder.ts';
import { exportLedger } from '../../../infrastructure/ledger/export-ledger.ts';
import { PostgresCheckpoints } from '../../../infrastructure/ledger/postgres-checkpoints.ts';
import { SealedValues } from '../../../infrastructure/ledger/sealed-values.ts';
import { masterKeyFrom, SubjectKeys } from '../../../infrastructure/ledger/subject-keys.ts';
import { checkpointKeyOf } from '../../checkpoint-key.ts';
import { type Command, say } from '../command.ts';
import { withDatabases } from '../with-databases.ts';

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => path.endsWith('/'),
  );

export const ledgerCheckpointCommand: Command = {
  words: 'ledger checkpoint',
  usage: 'ledger checkpoint [--out FOLDER]',
  help: ['signs where the chain stands, and prints it or writes it into a folder that is kept elsewhere'],
  options: { out: 'text' },
  run({ config, text }) {
    const out = text('out');
    return withDatabases(config, text('org'), async (database, org) => {
      const made = await new PostgresCheckpoints(database, checkpointKeyOf(config)).make(systemClock.now());
      if (made === null) say(`${org}: the ledger has no entries yet.`);
      else say(out === undefined ? JSON.stringify(made) : await writeCheckpoint(out, made));
      return made !== null;
    });
  },
};

export const ledgerExportCommand: Command = {
  words: 'ledger export',
  usage: 'ledger export --out FILE or FOLDER [--personal]',
  help: [
    'writes the whole ledger as lines of JSON, in order, signed at its end, for "ledger verify',
    '--file"; with --personal also the values of people who were not erased',
  ],
  options: { out: 'text', personal: 'flag' },
  async run({ config, text, flag }) {
    const out = text('out');
    if (out === undefined) throw new Error('Say where to: tandem ledger export --out FILE or FOLDER.');
    const folder = await isFolder(out);
    if (folder) await mkdir(out, { recursive: true });
    const keys = new SubjectKeys(masterKeyFrom(config.masterKey));
    let written = 0;
    return withDatabases(config, text('org'), async (database, org) => {
      const checkpoint = await new PostgresCheckpoints(database, checkpointKeyOf(config)).make(systemClock.now());
      if (checkpoint === null) {
        say(`${org}: the ledger has no entries yet.`);
        return true;
      }
      if (!folder && written > 0) throw new Error(`There are several orgs: give --org 00D…, or a folder as --out.`);
      const file = folder ? join(out, `${org}.jsonl`) : out;
      const lines = exportLedger(database, new SealedValues(database, keys), {
        checkpoint,
        personal: flag('personal'),
      });
      const ended = async function* (): AsyncGenerator<string> {
        for await (const line of lines) yield `${line}\n`;
      };
      await pipeline(Readable.from(ended()), createWriteStream(file, { mode: 0o600 }));
      written += 1;
      say(`${org}: ${checkpoint.sequence} entries are in ${file}.`);
      return true;
    });
  },
};
