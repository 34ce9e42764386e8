import { startPostgres } from '../../local/services/postgres.ts';
import { startRedis } from '../../local/services/redis.ts';

/** One real PostgreSQL and one real Redis for a whole test run; each test file makes databases of its own in them. */
export default async function setUp(): Promise<void> {
  const [postgres, redis] = await Promise.all([startPostgres({ fast: true }), startRedis()]);
  process.env.TEST_DATABASE_URL = postgres.url;
  process.env.TEST_REDIS_URL = redis.url;
  Object.assign(globalThis, { stopTestServices: () => Promise.all([postgres.stop(), redis.stop()]) });
}
