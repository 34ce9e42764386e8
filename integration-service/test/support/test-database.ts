import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A new, empty database in the run's PostgreSQL; dropped by `drop`, open connections or not. */
export const createTestDatabase = async (): Promise<{ url: string; drop(): Promise<void> }> => {
  const admin = process.env.TEST_DATABASE_URL;
  if (!admin)
    throw new Error(
      'TEST_DATABASE_URL is not set: run the tests through jest.config.ts, whose global set-up starts PostgreSQL.',
    );
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const run = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: admin });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await run(`create database "${name}"`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database if exists "${name}" with (force)`) };
};
