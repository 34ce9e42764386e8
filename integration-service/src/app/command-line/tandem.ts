import { parseArgs } from 'node:util';
import { schemaProblem } from '../../infrastructure/database/migrate.ts';
import { readConfig } from '../config.ts';
import { type Command, helpOf, say } from './command.ts';
import { doctorCommand } from './commands/doctor.ts';
import { ledgerVerifyCommand } from './commands/ledger.ts';
import { ledgerCheckpointCommand, ledgerExportCommand } from './commands/ledger-export.ts';
import { ledgerReplayCommand } from './commands/ledger-replay.ts';
import { migrateCommand } from './commands/migrate.ts';
import { orgAddCommand, orgOffCommand, orgOnCommand } from './commands/org.ts';
import { policyListCommand, policySimulateCommand } from './commands/policy.ts';
import { queueRetryCommand } from './commands/queue.ts';
import { resumeCommand, stopCommand } from './commands/stop.ts';
import { subjectEraseCommand, subjectExportCommand } from './commands/subject.ts';
import { syncStatusCommand, syncSweepCommand } from './commands/sync.ts';
import { trainingExportCommand } from './commands/training.ts';

/** Every command, in the order of the help. */
const commands: readonly Command[] = [
  migrateCommand,
  doctorCommand,
  orgAddCommand,
  orgOffCommand,
  orgOnCommand,
  stopCommand,
  resumeCommand,
  syncStatusCommand,
  syncSweepCommand,
  queueRetryCommand,
  policyListCommand,
  policySimulateCommand,
  ledgerVerifyCommand,
  ledgerCheckpointCommand,
  ledgerExportCommand,
  ledgerReplayCommand,
  subjectExportCommand,
  subjectEraseCommand,
  trainingExportCommand,
];

const help = `tandem <command>\n\n${commands.map(helpOf).join('\n')}\n`;

/** The command that the words begin with; of `org` and `org add` the longer one. */
const commandFor = (words: readonly string[]): Command | undefined =>
  commands
    .filter((command) => command.words.split(' ').every((word, index) => words[index] === word))
    .sort((left, right) => right.words.length - left.words.length)[0];

const everyOption = (): Record<string, { type: 'string' | 'boolean' }> =>
  Object.fromEntries([
    ...commands.flatMap(({ options = {} }) =>
      Object.entries(options).map(([name, kind]): [string, { type: 'string' | 'boolean' }] => [
        name,
        { type: kind === 'flag' ? 'boolean' : 'string' },
      ]),
    ),
    ['org', { type: 'string' }],
    ['help', { type: 'boolean' }],
  ]);

const main = async (): Promise<boolean> => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: everyOption() });
  if (values.help === true || positionals.length === 0) {
    say(help);
    return values.help === true;
  }
  const command = commandFor(positionals);
  if (!command) {
    say(`There is no command "${positionals.join(' ')}".\n\n${help}`);
    return false;
  }
  const { words, options = {} } = command;
  const stray = Object.keys(values).find((option) => option !== 'org' && !Object.hasOwn(options, option));
  if (stray !== undefined) throw new Error(`"tandem ${words}" takes no --${stray}.\n${helpOf(command)}`);
  const typed = {
    rest: positionals.slice(words.split(' ').length),
    text: (option: string) => {
      const value = values[option];
      return typeof value === 'string' ? value : undefined;
    },
    flag: (option: string) => values[option] === true,
  };
  const alone = command.withoutSettings?.(typed) ?? null;
  if (alone !== null) return alone;
  const config = readConfig(process.env);
  const problem = command.anyDatabase ? null : await schemaProblem(config.databaseUrl);
  if (problem) throw new Error(problem);
  return command.run({ config, ...typed });
};

main().then(
  (good) => {
    process.exitCode = good ? 0 : 1;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
