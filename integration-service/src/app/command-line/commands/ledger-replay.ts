import type { Policy } from '../../../domain/guardrails/guardrail.ts';
import { LedgerSealer } from '../../../infrastructure/ledger/ledger-sealer.ts';
import { PostgresDecisionLedger } from '../../../infrastructure/ledger/postgres-decision-ledger.ts';
import { masterKeyFrom, SubjectKeys } from '../../../infrastructure/ledger/subject-keys.ts';
import type { DecisionLedger, DecisionQuery } from '../../../ports/decision-ledger/decision-ledger.ts';
import { replayBatch, type Replayed, replayDecision } from '../../replay-ledger.ts';
import { policiesOf } from '../../workers/policies.ts';
import { type Command, say, type Typed } from '../command.ts';
import { withDatabases } from '../with-databases.ts';
import { withOrgs } from '../with-orgs.ts';

/** Which decisions were asked for. @throws when that is not said, or twice. */
const askedFor = ({ text, flag }: Typed): DecisionQuery => {
  const [decision, day] = [text('decision'), text('day')];
  if ([decision !== undefined, day !== undefined, flag('all')].filter(Boolean).length !== 1)
    throw new Error('Say which decisions: --decision ID, --day 2026-11-22 (UTC), or --all.');
  if (decision !== undefined) return { decision };
  if (day === undefined) return {};
  const from = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(day) : Number.NaN;
  if (Number.isNaN(from)) throw new Error(`--day is "${day}": give a day as 2026-11-22.`);
  return { from: new Date(from).toISOString(), to: new Date(from + 86_400_000).toISOString() };
};

/** A decision that does not come out the same, in lines for a person. */
const linesOf = ({ decision, sequence, at, asOfThen, today, differences, missing }: Replayed): readonly string[] => {
  const about = `${decision} (entry ${sequence}, ${at})`;
  const rules = differences.map(({ rule, was, is }) => `  ${rule}: was ${was ?? 'not asked'}, is ${is ?? 'not asked'}`);
  if (asOfThen === 'erased')
    return [`${about}: a person was erased, it cannot be judged again (${missing.join(', ')})`];
  if (asOfThen === 'unreadable')
    return [`${about}: cannot be judged again, ${missing.join(', ')} is missing or broken`];
  if (asOfThen === 'different') return [`${about}: DIFFERENT as of then`, ...rules];
  return today === 'different' ? [`${about}: different under today's rules`, ...rules] : [];
};

const replay = async (
  org: string,
  ledger: DecisionLedger,
  query: DecisionQuery,
  policies: readonly Policy[] | null,
): Promise<boolean> => {
  const counts = { same: 0, different: 0, erased: 0, unreadable: 0 };
  let changed = 0;
  const count = (replayed: Replayed): void => {
    counts[replayed.asOfThen] += 1;
    if (replayed.today === 'different') changed += 1;
    for (const line of linesOf(replayed)) say(line);
  };
  for await (const one of ledger.decisions(org, query)) count(replayDecision(one, policies));
  for await (const one of ledger.batches(org, query)) count(replayBatch(one));
  const { same, different, erased, unreadable } = counts;
  const total = same + different + erased + unreadable;
  say(
    `${org}: ${total} decisions: ${same} the same as of then, ${different} different, ${erased} erased, ${unreadable} unreadable.`,
  );
  if (policies !== null) say(`Under today's rules ${changed} of them would come out otherwise.`);
  return different === 0 && (query.decision === undefined || total > 0);
};

export const ledgerReplayCommand: Command = {
  words: 'ledger replay',
  usage: 'ledger replay --decision ID | --day 2026-11-22 | --all [--today]',
  help: [
    'judges decisions again from what was recorded: as of then (exit code 1 unless the same to',
    'the byte), and with --today also under the rules and policies of now',
  ],
  options: { decision: 'text', day: 'text', all: 'flag', today: 'flag' },
  async run(typed) {
    const { config, text, flag } = typed;
    const query = askedFor(typed);
    if (flag('today'))
      return withOrgs(config, async ({ runtime }) => {
        if (text('org') !== undefined && text('org') !== runtime.org) return true;
        const settings = await runtime.crm.readSettings(0);
        if (!settings.ok) throw new Error(`today's policies could not be read: ${settings.error.message}`);
        return replay(runtime.org, runtime.ledger, query, await policiesOf(runtime, settings.value.policies));
      });
    const keys = new SubjectKeys(masterKeyFrom(config.masterKey));
    return withDatabases(config, text('org'), (database, org) =>
      replay(org, new PostgresDecisionLedger(database, new LedgerSealer(keys), keys), query, null),
    );
  },
};
