import { runAsAdmin } from './test-database.ts';

/** The state of a database at one moment, to be put back later. Nothing may be connected that minds being cut off. */
export interface DatabaseCopy {
  restore(): Promise<void>;
  drop(): Promise<void>;
}

const cutOff = (name: string): Promise<void> =>
  runAsAdmin(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);

/** Copies a database inside the run's PostgreSQL, as a backup would. */
export const copyDatabase = async (url: string): Promise<DatabaseCopy> => {
  const name = new URL(url).pathname.slice(1);
  const copy = `${name}_copy`;
  await cutOff(name);
  await runAsAdmin(`create database "${copy}" template "${name}"`);
  return {
    restore: async () => {
      await runAsAdmin(`drop database "${name}" with (force)`);
      await runAsAdmin(`create database "${name}" template "${copy}"`);
    },
    drop: () => runAsAdmin(`drop database if exists "${copy}" with (force)`),
  };
};
