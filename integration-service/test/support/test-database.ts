import { randomUUID } from 'node:crypto';
import pg from 'pg';

const adminUrl = (): string => {
  const admin = process.env.TEST_DATABASE_URL;
  if (!admin)
    throw new Error(
      'TEST_DATABASE_URL is not set: run the tests through jest.config.ts, whose global set-up starts PostgreSQL.',
    );
  return admin;
};

/** Runs one statement as the superuser of the run's PostgreSQL, in its database `postgres`. */
export const runAsAdmin = async (sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

/** A new, empty database in the run's PostgreSQL; dropped by `drop`, open connections or not. */
export const createTestDatabase = async (): Promise<{ url: string; drop(): Promise<void> }> => {
  const url = new URL(adminUrl());
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runAsAdmin(`create database "${name}"`);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => runAsAdmin(`drop database if exists "${name}" with (force)`) };
};
