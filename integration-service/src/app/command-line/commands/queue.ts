import { enqueue } from '../../workers/run-work.ts';
import { type Command, say } from '../command.ts';
import { withOrgs } from '../with-orgs.ts';

export const queueRetryCommand: Command = {
  words: 'queue retry',
  usage: 'queue retry [ID]',
  help: ['wakes dead rows of the inbox, or one of them'],
  run: ({ config, rest }) =>
    withOrgs(config, async ({ runtime }) => {
      const jobs = await runtime.inbox.retryDead(rest[0]);
      await enqueue(runtime, jobs);
      say(`${jobs.length} rows woken.`);
      return true;
    }),
};
