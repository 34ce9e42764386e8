import { openTamperedLedger, tamperings } from '../test/support/ledger-tampering.ts';
import { type Bench } from './figure.ts';
import { openLedgerRoom } from './ledger/ledger-room.ts';

const cases = 1_000;

/** Of a thousand seeded cases of tampering, with the superuser's rights, how many are found with the entry named. */
export const ledgerTampering: Bench = {
  names: ['ledger-tampering-found'],
  async run(print) {
    const room = await openLedgerRoom();
    const ledger = await openTamperedLedger(room.url, (org) => room.database(org));
    try {
      let found = 0;
      for (let seed = 0; seed < cases; seed += 1) {
        const { deed, expected, named } = await ledger.attempt(seed);
        if (named === expected) found += 1;
        else process.stderr.write(`  seed ${seed}, ${deed}: entry ${expected} should be named, ${named} was\n`);
      }
      print({
        name: 'ledger-tampering-found',
        value: found / cases,
        unit: `of ${cases} cases in ${tamperings.length} kinds, the entry named`,
        baseline: 'all of them',
        baselineValue: 1,
      });
    } finally {
      await ledger.close();
      await room.close();
    }
  },
};
