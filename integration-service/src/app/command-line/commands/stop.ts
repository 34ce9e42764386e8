import { randomUUID } from 'node:crypto';
import { systemClock } from '../../../domain/values/clock.ts';
import { PostgresControl } from '../../../infrastructure/database/control.ts';
import type { OrgDatabase } from '../../../infrastructure/database/org-database.ts';
import { PostgresSwitches } from '../../../infrastructure/database/switches.ts';
import { LedgerSealer } from '../../../infrastructure/ledger/ledger-sealer.ts';
import { masterKeyFrom, SubjectKeys } from '../../../infrastructure/ledger/subject-keys.ts';
import type { LedgerEntryInput } from '../../../ports/decision-ledger/decision-ledger.ts';
import type { Config } from '../../config.ts';
import { controlEntry } from '../../governance/record-control.ts';
import { type Command, say, type Typed } from '../command.ts';
import { withDatabases } from '../with-databases.ts';

const operator = ({ text }: Typed): string => text('by') ?? process.env.USER ?? 'operator';

/** What an operator did to a switch, as the ledger keeps it. */
const entryOf = (org: string, kind: 'stop' | 'resume', scope: string, by: string, why: string): LedgerEntryInput =>
  controlEntry(org, systemClock.now(), {
    kind,
    subject: scope,
    request: `operator-${randomUUID()}`,
    actor: `operator:${by}`,
    body: {
      what: `${scope} was ${kind === 'stop' ? 'stopped' : 'let go on'} from the command line.`,
      before: { thrown: kind !== 'stop' },
      after: { thrown: kind === 'stop' },
      why,
    },
  });

/** With the entry in the ledger in one transaction; where that cannot be, stopping comes first, and it is said. */
const recordedOr = async <Done>(
  config: Config,
  database: OrgDatabase,
  recorded: (switches: PostgresSwitches) => Promise<Done>,
  plain: (control: PostgresControl) => Promise<Done>,
): Promise<Done> => {
  try {
    const sealer = new LedgerSealer(new SubjectKeys(masterKeyFrom(config.masterKey)));
    return await recorded(new PostgresSwitches(database, sealer));
  } catch (error) {
    const done = await plain(new PostgresControl(database));
    say(`It is not in the ledger: ${error instanceof Error ? error.message : String(error)}`);
    return done;
  }
};

export const stopCommand: Command = {
  words: 'stop',
  usage: 'stop [SCOPE] --reason WHY',
  help: [
    'stops all, function:co-selling or partner:aws from the next effect on, for every',
    'process, without Salesforce; --org 00D… when there are several',
  ],
  options: { reason: 'text', by: 'text' },
  anyDatabase: true,
  run(typed) {
    const [scope = 'all'] = typed.rest;
    const reason = typed.text('reason');
    if (!reason) throw new Error('Say why: tandem stop all --reason "…". The people who are stopped read it.');
    const by = operator(typed);
    return withDatabases(typed.config, typed.text('org'), async (database, org) => {
      await recordedOr<unknown>(
        typed.config,
        database,
        (switches) => switches.throw(scope, reason, by, entryOf(org, 'stop', scope, by, reason)),
        (control) => control.stop(scope, reason, by),
      );
      say(`${org}: ${scope} is stopped; an effect that has not started does not start.`);
      return true;
    });
  },
};

export const resumeCommand: Command = {
  words: 'resume',
  usage: 'resume [SCOPE]',
  help: ['lets it work again'],
  options: { reason: 'text', by: 'text' },
  anyDatabase: true,
  run(typed) {
    const [scope = 'all'] = typed.rest;
    const by = operator(typed);
    return withDatabases(typed.config, typed.text('org'), async (database, org) => {
      const resumed = await recordedOr(
        typed.config,
        database,
        (switches) => switches.release(scope, by, entryOf(org, 'resume', scope, by, typed.text('reason') ?? '')),
        (control) => control.resume(scope),
      );
      say(`${org}: ${scope} ${resumed ? 'works again.' : 'was not stopped.'}`);
      return true;
    });
  },
};
