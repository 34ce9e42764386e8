import { writeFile } from 'node:fs/promises';
import { personSubject } from '../../../agents/orchestration/decision-entries.ts';
import { systemClock } from '../../../domain/values/clock.ts';
import type { OrgDatabase } from '../../../infrastructure/database/org-database.ts';
import { LedgerSealer } from '../../../infrastructure/ledger/ledger-sealer.ts';
import { PostgresDecisionLedger } from '../../../infrastructure/ledger/postgres-decision-ledger.ts';
import { SealedValues } from '../../../infrastructure/ledger/sealed-values.ts';
import { type HeldOfSubject, SubjectRecords } from '../../../infrastructure/ledger/subject-records.ts';
import { masterKeyFrom, SubjectKeys } from '../../../infrastructure/ledger/subject-keys.ts';
import { controlEntry } from '../../governance/record-control.ts';
import { type Command, say, type Typed } from '../command.ts';
import { withDatabases } from '../with-databases.ts';

const inSalesforce =
  "Records in Salesforce are the customer's own: what stands of the person there is exported and deleted there.";

/** The person's subjects in an org: as given, and the e-mail addresses that are held under them, which networks know them by. */
const subjectsOf = async (records: SubjectRecords, org: string, given: readonly string[]) => {
  const own = given.map((person) => personSubject(org, person));
  const held = await records.read(own);
  const addresses = [...new Set(held.values.flatMap(({ value }) => addressesIn(value)))];
  const subjects = [...new Set([...own, ...addresses.map((address) => personSubject(org, address))])];
  return { subjects, addresses };
};

const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const addressesIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? address.test(value.trim())
      ? [value.trim()]
      : []
    : Object.values(Object(value) as object).flatMap(addressesIn);

const peopleIn = ({ text }: Typed): readonly string[] => {
  const given = (text('person') ?? '').split(',').map((one) => one.trim());
  if (given.some((one) => !address.test(one) && !/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/.test(one)))
    throw new Error('Say whom: --person with a record id or an e-mail address, or both with a comma between.');
  return given;
};

const open = (database: OrgDatabase, { config }: Typed) => {
  const keys = new SubjectKeys(masterKeyFrom(config.masterKey));
  const records = new SubjectRecords(database, keys, new SealedValues(database, keys));
  return { records, ledger: new PostgresDecisionLedger(database, new LedgerSealer(keys), keys) };
};

export const subjectExportCommand: Command = {
  words: 'subject export',
  usage: 'subject export --person ID,EMAIL [--out FILE]',
  help: ['all that is held under the keys of a person, as JSON (GDPR article 15)'],
  options: { person: 'text', out: 'text' },
  async run(typed) {
    const people = peopleIn(typed);
    const held: Record<string, HeldOfSubject & { subjects: readonly string[] }> = {};
    await withDatabases(typed.config, typed.text('org'), async (database, org) => {
      const { records } = open(database, typed);
      const { subjects } = await subjectsOf(records, org, people);
      held[org] = { subjects, ...(await records.read(subjects)) };
      return true;
    });
    const json = JSON.stringify({ at: systemClock.now(), people, held, note: inSalesforce }, null, 2);
    const out = typed.text('out');
    if (out === undefined) say(json);
    else await writeFile(out, `${json}\n`, { mode: 0o600 });
    return true;
  },
};

export const subjectEraseCommand: Command = {
  words: 'subject erase',
  usage: 'subject erase --person ID,EMAIL --reason WHY',
  help: [
    'destroys the keys of a person for ever (GDPR article 17): the ledger verifies as before, a',
    'replay says "erased". Export first: nobody can afterwards',
  ],
  options: { person: 'text', reason: 'text', by: 'text' },
  async run(typed) {
    const people = peopleIn(typed);
    const why = typed.text('reason');
    if (!why) throw new Error('Say why: tandem subject erase --person … --reason "…". The ledger keeps the reason.');
    return withDatabases(typed.config, typed.text('org'), async (database, org) => {
      const { records, ledger } = open(database, typed);
      const { subjects, addresses } = await subjectsOf(records, org, people);
      const at = systemClock.now();
      const actor = `operator:${typed.text('by') ?? process.env.USER ?? 'operator'}`;
      // On record before it is done: an erasure that nobody asked for would look like this one.
      const body = {
        what: `${subjects.length} keys of one person are destroyed.`,
        before: null,
        after: [...subjects],
        why,
      };
      await ledger.append([
        controlEntry(org, at, { kind: 'erase-subject', subject: subjects[0] ?? '', request: at, actor, body }),
      ]);
      const { keys, effects } = await records.erase(subjects);
      say(`${org}: ${keys} keys are destroyed, ${effects.cleared} texts that were sent are cleared.`);
      if (addresses.length > 0)
        say(`Held under the record were ${addresses.length} e-mail addresses: theirs are among them.`);
      else say('No e-mail address was held under it: a network knows people by theirs, so give both if you know them.');
      if (effects.left > 0)
        say(`${effects.left} texts are of writes whose outcome is not known yet; they are cleared after it is.`);
      say(inSalesforce);
      return true;
    });
  },
};
