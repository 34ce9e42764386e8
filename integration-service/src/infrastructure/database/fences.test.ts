import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import { openEngineRoom } from '../../../test/support/engine-room.ts';
import { PostgresSubscriptions } from './subscriptions.ts';

test('a fence is not given twice when a crash sets the sequence back, and nothing takes one from the sequence itself', async () => {
  const room = await openEngineRoom();
  const owner = new pg.Client({ connectionString: room.ownerUrl });
  await owner.connect();
  try {
    const database = room.database();
    const fences: string[] = [];
    for (let crash = 0; crash < 3; crash += 1) {
      const lease = await new PostgresSubscriptions(database, `process-${crash}`, 0).acquire('channel');
      fences.push(lease?.fence ?? '');
      // What is left of the sequence when the disk had not heard of it.
      await owner.query(`select setval('fences', 1, false)`);
    }
    expect(new Set(fences).size).toBe(3);
    const takers = await database.run(sql<{ name: string }>`
      select proname as name from pg_proc where prosrc like '%nextval(''fences'')%'`);
    expect(takers).toEqual([{ name: 'next_fence' }]);
  } finally {
    await owner.end();
    await room.close();
  }
});
