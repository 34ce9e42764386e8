import { parseArgs } from 'node:util';
import { schemaProblem } from '../../infrastructure/database/migrate.ts';
import { readConfig } from '../config.ts';
import { type Command, helpOf, say } from './command.ts';
import { commands } from './commands/index.ts';

const loadAll = (): Promise<readonly Command[]> => Promise.all(commands.map(([, load]) => load()));

const help = async (): Promise<string> => `tandem <command>\n\n${(await loadAll()).map(helpOf).join('\n')}\n`;

/** The words of the command that a line begins with; of `org` and `org add` the longer one. */
const wordsOf = (typed: readonly string[]): string | undefined =>
  commands
    .map(([words]) => words)
    .filter((words) => words.split(' ').every((word, index) => typed[index] === word))
    .sort((left, right) => right.length - left.length)[0];

const load = async (words: string): Promise<readonly Command[]> =>
  Promise.all(commands.filter(([known]) => known === words).map(([, one]) => one()));

const optionsOf = (known: readonly Command[]): Record<string, { type: 'string' | 'boolean' }> =>
  Object.fromEntries([
    ...known.flatMap(({ options = {} }) =>
      Object.entries(options).map(([name, kind]): [string, { type: 'string' | 'boolean' }] => [
        name,
        { type: kind === 'flag' ? 'boolean' : 'string' },
      ]),
    ),
    ['org', { type: 'string' }],
    ['help', { type: 'boolean' }],
  ]);

const takesNo = (command: Command, option: string): string =>
  `"tandem ${command.words}" takes no ${option}.\n${helpOf(command)}`;

/** What was typed. Throws at an option that the command does not take, or that lacks its value. */
const parsed = (args: string[], known: readonly Command[]) => {
  try {
    return parseArgs({ args, allowPositionals: true, options: optionsOf(known) });
  } catch (error) {
    const [command, ...others] = known;
    const option = /^Unknown option '(--?[^']*)'/.exec(error instanceof Error ? error.message : '')?.[1];
    if (command === undefined || others.length > 0 || option === undefined) throw error;
    throw new Error(takesNo(command, option), { cause: error });
  }
};

const main = async (): Promise<boolean> => {
  const args = process.argv.slice(2);
  // Most people type the command first. Otherwise what is an option's value and what a word is known from all of them.
  const first = wordsOf(args);
  const known = first === undefined ? await loadAll() : await load(first);
  const { values, positionals } = parsed(args, known);
  if (values.help === true || positionals.length === 0) {
    say(await help());
    return values.help === true;
  }
  const words = first ?? wordsOf(positionals);
  const command = known.find((one) => one.words === words);
  if (!command) {
    say(`There is no command "${positionals.join(' ')}".\n\n${await help()}`);
    return false;
  }
  const stray = Object.keys(values).find((name) => name !== 'org' && !Object.hasOwn(command.options ?? {}, name));
  if (stray !== undefined) throw new Error(takesNo(command, `--${stray}`));
  const typed = {
    rest: positionals.slice(command.words.split(' ').length),
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
