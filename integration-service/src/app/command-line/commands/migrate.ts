import { migrate } from '../../../infrastructure/database/migrate.ts';
import { type Command, say } from '../command.ts';

export const migrateCommand: Command = {
  words: 'migrate',
  usage: 'migrate',
  help: ['brings the database up to date, as the user of DATABASE_OWNER_URL; no other command does'],
  anyDatabase: true,
  async run({ config }) {
    if (!config.databaseOwnerUrl)
      throw new Error('DATABASE_OWNER_URL is missing: the address of the database as the user who owns its tables.');
    const ran = await migrate(config.databaseOwnerUrl, config.databaseUrl);
    say(ran.length === 0 ? 'The database was up to date.' : `The database is up to date now: ${ran.join(', ')}.`);
    return true;
  },
};
