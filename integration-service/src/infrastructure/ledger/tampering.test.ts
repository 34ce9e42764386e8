import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type EngineRoom, openEngineRoom } from '../../../test/support/engine-room.ts';
import { openTamperedLedger, type TamperedLedger, tamperings } from '../../../test/support/ledger-tampering.ts';

/** The bench `ledger-tampering-found` tries a thousand. */
const cases = 80;
let room: EngineRoom;
let ledger: TamperedLedger;

beforeAll(async () => {
  room = await openEngineRoom();
  ledger = await openTamperedLedger(room.ownerUrl, (org) => room.database(org));
});
afterAll(async () => {
  await ledger?.close();
  await room?.close();
});

test.each(tamperings.map((deed, index) => [deed, index] as const))(
  '%s: the entry is named, whichever it is',
  async (deed, index) => {
    for (let seed = index; seed < cases; seed += tamperings.length) {
      const attempt = await ledger.attempt(seed);
      expect({ seed, ...attempt }).toEqual({ seed, deed, expected: attempt.expected, named: attempt.expected });
    }
  },
);
