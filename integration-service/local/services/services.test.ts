import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase } from '../../test/support/test-database.ts';
import { freePort } from './processes.ts';
import { createServer } from 'node:net';

describe('local services', () => {
  test('a test database is empty, usable and gone after drop', async () => {
    const database = await createTestDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    expect(
      (
        await client.query('select count(*)::int as n from information_schema.tables where table_schema = $1', [
          'public',
        ])
      ).rows,
    ).toEqual([{ n: 0 }]);
    await client.end();
    await database.drop();
    await expect(new pg.Client({ connectionString: database.url }).connect()).rejects.toThrow(/does not exist/);
  });

  test('a taken port gives the next free one instead of an error', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const other = await freePort(port);
    expect(other).toBeGreaterThan(port);
    expect(other).toBeLessThan(port + 50);
    taken.close();
  });
});
