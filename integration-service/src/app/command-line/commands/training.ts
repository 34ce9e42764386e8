import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CATALOGUE } from '../../../domain/guardrails/catalogue.ts';
import { trainingLines } from '../../../domain/learning/training-set.ts';
import { LedgerSealer } from '../../../infrastructure/ledger/ledger-sealer.ts';
import { PostgresDecisionLedger } from '../../../infrastructure/ledger/postgres-decision-ledger.ts';
import { masterKeyFrom, SubjectKeys } from '../../../infrastructure/ledger/subject-keys.ts';
import { answeredDecisions } from '../../decisions/learn-boundaries.ts';
import { type Command, say } from '../command.ts';
import { withDatabases } from '../with-databases.ts';

export const trainingExportCommand: Command = {
  words: 'training export',
  usage: 'training export --out FILE',
  help: [
    'writes each decision of the ledger as one line of JSON for training: what rules measured and',
    'said and what people answered, without values, names, ids and texts',
  ],
  options: { out: 'text' },
  async run({ config, text }) {
    const out = text('out');
    if (out === undefined) throw new Error('Say where to: tandem training export --out FILE.');
    const keys = new SubjectKeys(masterKeyFrom(config.masterKey));
    let files = 0;
    return withDatabases(config, text('org'), async (database, org) => {
      if (files > 0) throw new Error('There are several orgs: say which, --org 00D….');
      files += 1;
      const ledger = new PostgresDecisionLedger(database, new LedgerSealer(keys), keys);
      let lines = 0;
      const counted = async function* (): AsyncGenerator<string> {
        // Erased people are told by what is missing, so sealed values are opened; none of them is written.
        for await (const line of trainingLines(answeredDecisions(ledger, org, {}), CATALOGUE)) {
          lines += 1;
          yield line;
        }
      };
      await pipeline(Readable.from(counted()), createWriteStream(out, { mode: 0o600 }));
      say(`${org}: ${lines} decisions are in ${out}.`);
      return true;
    });
  },
};
