// Appends decisions to ledgers in a process of its own, and says how many: `openAppender` starts it.
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { openOrgDatabase } from '../../src/infrastructure/database/org-database.ts';
import { LedgerSealer } from '../../src/infrastructure/ledger/ledger-sealer.ts';
import { PostgresDecisionLedger } from '../../src/infrastructure/ledger/postgres-decision-ledger.ts';
import { masterKeyFrom, SubjectKeys } from '../../src/infrastructure/ledger/subject-keys.ts';
import { entriesOfDecision } from './decisions.ts';

const form = z.object({
  url: z.string(),
  masterKey: z.string(),
  /** The number of the first decision; each process has numbers of its own. */
  first: z.number(),
  /** One org after the other; so many callers append to each at once, each of them so many decisions. */
  parts: z.array(z.object({ orgs: z.array(z.string()), callers: z.number(), each: z.number() })),
});
export type AppendTask = z.infer<typeof form>;

const run = async (task: AppendTask): Promise<number> => {
  const keys = new SubjectKeys(masterKeyFrom(task.masterKey));
  let next = task.first;
  for (const { org, callers, each } of task.parts.flatMap(({ orgs, ...how }) => orgs.map((org) => ({ org, ...how })))) {
    const database = openOrgDatabase(org, { url: task.url, maxConnections: 1 });
    const ledger = new PostgresDecisionLedger(database, new LedgerSealer(keys), keys);
    const appendSome = async (): Promise<void> => {
      for (let done = 0; done < each; done += 1) {
        const entries = entriesOfDecision(next, org);
        next += 1;
        await ledger.append(entries);
      }
    };
    await Promise.all(Array.from({ length: callers }, appendSome));
    await database.close();
  }
  return next - task.first;
};

if (process.argv[1] === import.meta.filename) {
  const task = form.parse(JSON.parse(process.argv[2] ?? ''));
  process.stdout.write('ready\n');
  // All of them begin together.
  await once(createInterface({ input: process.stdin }), 'line');
  process.stdout.write(`${await run(task)}\n`);
  process.exit(0);
}
