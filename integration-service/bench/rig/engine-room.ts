import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { freePort } from '../../local/services/processes.ts';
import { startPostgres } from '../../local/services/postgres.ts';
import { startRedis } from '../../local/services/redis.ts';
import { type ServiceProcess, startServiceProcess } from '../../local/world/service-process.ts';
import { cannedAddresses } from '../canned-salesforce/canned-salesforce.ts';
import { CannedOrg } from './canned-org.ts';
import { startJsonProcess } from './json-process.ts';

/** Deals one process works on at a time, for the service and for its rival. */
export const concurrency = 8;

/** Real PostgreSQL and Redis, canned far sides in processes of their own, and as many processes of the service as wanted. */
export interface EngineRoom {
  readonly org: CannedOrg;
  readonly aceUrl: string;
  readonly redisUrl: string;
  /** The service's database, as its owner. */
  readonly databaseUrl: string;
  /** Starts a process of the service; the first one also listens to the org. */
  startWorker(): Promise<ServiceProcess>;
  stop(): Promise<void>;
}

/** Any pair: the canned network checks no signature, but the SDK makes one. */
export const awsKeys = { accessKeyId: 'AKIACANNED', secretAccessKey: 'canned' };

const service = join(import.meta.dirname, '..');
const canned = {
  salesforce: join(service, 'canned-salesforce', 'main.ts'),
  ace: join(service, '..', 'local', 'networks', 'aws-ace', 'canned', 'main.ts'),
};

export const openEngineRoom = async (): Promise<EngineRoom> => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
  const ends: (() => Promise<unknown>)[] = [() => Promise.resolve(rmSync(folder, { recursive: true, force: true }))];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  const owned = <Part extends { stop(): Promise<unknown> }>(part: Part): Part => {
    ends.push(() => part.stop());
    return part;
  };
  try {
    const postgres = owned(await startPostgres());
    const databaseUrl = await postgres.createDatabase('tandem_bench');
    const redis = owned(await startRedis({ dataDir: join(folder, 'redis') }));
    const salesforce = cannedAddresses.parse(owned(await startJsonProcess(canned.salesforce, [folder])).said);
    const { url: aceUrl } = z
      .object({ url: z.string() })
      .parse(owned(await startJsonProcess(canned.ace, ['--port', '0'])).said);
    const privateKeyFile = join(folder, 'service-key.pem');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    writeFileSync(privateKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    const environment: Readonly<Record<string, string>> = {
      DATABASE_URL: databaseUrl,
      DATABASE_OWNER_URL: databaseUrl,
      REDIS_URL: redis.url,
      TANDEM_MASTER_KEY: 'a key for a bench, which keeps nothing',
      TANDEM_WORKER_CONCURRENCY: String(concurrency),
      // Quotas off: what is measured is ours, not AWS's one write a second.
      TANDEM_AWS_WRITES_PER_SECOND: '10000',
      TANDEM_AWS_WRITES_PER_DAY: '1000000000',
      SALESFORCE_LOGIN_URL: salesforce.url,
      SALESFORCE_CLIENT_ID: 'bench',
      SALESFORCE_USERNAME: 'integration@example.com',
      SALESFORCE_PRIVATE_KEY_FILE: privateKeyFile,
      SALESFORCE_PUBSUB_ENDPOINT: salesforce.pubsubEndpoint,
      SALESFORCE_PUBSUB_CA_FILE: salesforce.pubsubAuthority,
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: aceUrl,
      AWS_ACCESS_KEY_ID: awsKeys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: awsKeys.secretAccessKey,
      // To look into the service: BENCH_NODE_OPTIONS="--cpu-prof --cpu-prof-dir=FOLDER" writes a profile of each process.
      ...(process.env.BENCH_NODE_OPTIONS ? { NODE_OPTIONS: process.env.BENCH_NODE_OPTIONS } : {}),
    };
    const org = new CannedOrg(salesforce.url);
    let workers = 0;
    const startWorker = async (): Promise<ServiceProcess> => {
      workers += 1;
      // Following reviews is a chore with a bound of its own (AWS's reads a second), not a part of filing.
      const roles = workers === 1 ? 'subscriber,worker,http' : 'worker,http';
      const port = String(await freePort());
      const worker = owned(
        await startServiceProcess(
          { ...environment, PORT: port, TANDEM_ROLES: roles },
          { logFile: join(folder, `service-${workers}.log`) },
        ),
      );
      if (workers === 1) await org.open();
      return worker;
    };
    return { org, aceUrl, redisUrl: redis.url, databaseUrl, startWorker, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
