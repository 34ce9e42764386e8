import { PostgresControl } from '../../../infrastructure/database/control.ts';
import { type Command, say } from '../command.ts';
import { withDatabases } from '../with-orgs.ts';

export const stopCommand: Command = {
  words: 'stop',
  usage: 'stop [SCOPE] --reason WHY',
  help: [
    'stops all, function:co-selling or partner:aws from the next effect on, for every',
    'process, without Salesforce; --org 00D… when there are several',
  ],
  options: { reason: 'text', by: 'text' },
  anyDatabase: true,
  run({ config, rest, text }) {
    const [scope = 'all'] = rest;
    const reason = text('reason');
    if (!reason) throw new Error('Say why: tandem stop all --reason "…". The people who are stopped read it.');
    return withDatabases(config, text('org'), async (database, org) => {
      await new PostgresControl(database).stop(scope, reason, text('by') ?? process.env.USER ?? 'operator');
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
  run({ config, rest, text }) {
    const [scope = 'all'] = rest;
    return withDatabases(config, text('org'), async (database, org) => {
      const resumed = await new PostgresControl(database).resume(scope);
      say(`${org}: ${scope} ${resumed ? 'works again.' : 'was not stopped.'}`);
      return true;
    });
  },
};
