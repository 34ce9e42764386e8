import { type Command, say } from '../command.ts';
import { withOrgs } from '../with-orgs.ts';

export const ledgerVerifyCommand: Command = {
  words: 'ledger verify',
  usage: 'ledger verify',
  help: ['walks the chain; exit code 1 and the first entry that does not hold'],
  run: ({ config }) =>
    withOrgs(config, async ({ runtime }) => {
      const { entries, firstBad } = await runtime.ledger.verify(runtime.org);
      say(
        firstBad
          ? `entry ${firstBad.sequence} does not hold: ${firstBad.why}`
          : `${entries} entries, all of them hold.`,
      );
      return firstBad === null;
    }),
};
