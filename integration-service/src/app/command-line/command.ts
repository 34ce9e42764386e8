import type { Config } from '../config.ts';

/** What was typed behind the words of a command. */
export interface Typed {
  readonly config: Config;
  /** Words behind the command's own. */
  readonly rest: readonly string[];
  /** An option with a value, `--reason "…"`; undefined where it was not given. */
  text(option: string): string | undefined;
  /** Whether an option without a value was given, `--json`. */
  flag(option: string): boolean;
}

/** One command of `tandem`. */
export interface Command {
  /** The words that call it: `org add`. */
  readonly words: string;
  /** How it is typed, and what it does, a line each. */
  readonly usage: string;
  readonly help: readonly string[];
  /** Options that it takes besides `--org`, each with a value or (`flag`) without. */
  readonly options?: Readonly<Record<string, 'text' | 'flag'>>;
  /** It must work with whatever database there is; every other command first asks whether it is the one it knows. */
  readonly anyDatabase?: true;
  /** Runs without any setting where what was typed needs none; null: it does. */
  withoutSettings?(typed: Omit<Typed, 'config'>): Promise<boolean> | null;
  /** False ends the process with exit code 1, like an error. */
  run(typed: Typed): Promise<boolean>;
}

/** Writes one line for whoever typed the command. */
export const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const width = 30;

/** A command as it stands in the help: what it does beside how it is typed, or below it where that is long. */
export const helpOf = ({ usage, help }: Command): string => {
  const beside = usage.length < width;
  const lines = help.map((line, index) => (beside && index === 0 ? usage : '').padEnd(width) + line);
  return [...(beside ? [] : [usage]), ...lines].map((line) => `  ${line}`).join('\n');
};
