import { sweepInbox, sweepRequests } from '../../workers/sweep-inbox.ts';
import { type Command, say } from '../command.ts';
import { withOrgs } from '../with-orgs.ts';

export const syncStatusCommand: Command = {
  words: 'sync status',
  usage: 'sync status',
  help: ['inbox, referrals and what is stopped'],
  run: ({ config }) =>
    withOrgs(config, async ({ runtime, topic, kind }) => {
      const [inbox, referrals, stops, events] = await Promise.all([
        runtime.inbox.counts(),
        runtime.links.counts(),
        runtime.control.stops(),
        runtime.subscriptions.status(topic),
      ]);
      say(JSON.stringify({ org: runtime.org, kind, inbox, referrals, stops, events }, null, 2));
      return true;
    }),
};

export const syncSweepCommand: Command = {
  words: 'sync sweep',
  usage: 'sync sweep',
  help: ['looks for requests that no event told of, and enqueues what is due'],
  run: ({ config }) =>
    withOrgs(config, async ({ runtime }) => {
      say(`${await sweepRequests(runtime)} requests found, ${await sweepInbox(runtime)} rows enqueued.`);
      return true;
    }),
};
