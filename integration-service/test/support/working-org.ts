import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from 'jsforce';
import { pino } from 'pino';
import { type AceNetwork, startAceNetwork } from '../../local/networks/aws-ace/ace-network.ts';
import { testCredential } from '../../local/networks/aws-ace/testing/open-network.ts';
import type { AceNetworkOptions } from '../../local/networks/aws-ace/settings.ts';
import { startSurfaces, type SurfacesUnderTest } from '../../local/org/contract/surfaces-under-test.ts';
import type { StartOrgOptions } from '../../local/org/start-org.ts';
import { noTrace } from '../../src/agents/orchestration/trace-point.ts';
import { type Config, readConfig } from '../../src/app/config.ts';
import { openOrg, type OpenOrg } from '../../src/app/open-org.ts';
import { seedDefaults } from '../../src/app/seed-defaults.ts';
import { runWork } from '../../src/app/workers/run-work.ts';
import { sweepRequests } from '../../src/app/workers/sweep-inbox.ts';
import { systemClock } from '../../src/domain/values/clock.ts';
import { masterKeyFrom, SubjectKeys } from '../../src/infrastructure/ledger/subject-keys.ts';
import { Metrics } from '../../src/infrastructure/metrics/metrics.ts';
import { BullJobQueue } from '../../src/infrastructure/queue/bull-job-queue.ts';
import { createTestDatabase } from './test-database.ts';
import { openEngineRoom, type EngineRoom } from './engine-room.ts';
import { freshDeals, type MakeDeal } from './fresh-deals.ts';
import { present } from './present.ts';

/**
 * The service's parts for one org, on a real org, network, PostgreSQL and Redis, in this process and without the loops
 * around them: a test takes each step itself.
 */
export interface WorkingOrg {
  readonly org: SurfacesUnderTest;
  readonly ace: AceNetwork;
  readonly room: EngineRoom;
  readonly config: Config;
  /** The settings of `config` as an environment, for a process of its own. */
  readonly environment: Readonly<Record<string, string>>;
  /** What one process has for the org; `another` opens that of a second one. */
  readonly open: OpenOrg;
  another(): Promise<OpenOrg>;
  makeDeal: MakeDeal;
  /** Asks for something as the seller (`Request__c`), has it found and worked to its end. Gives the request's id. */
  request(fields: Readonly<Record<string, unknown>>): Promise<string>;
  /** Refers a deal to AWS as the seller, who has seen every field, and has it worked to its end. */
  refer(opportunityId: string): Promise<void>;
  /** Reads records as an administrator. */
  query<Row>(soql: string): Promise<readonly Row[]>;
  /** One referral of a deal, with the fields asked for. */
  referral(opportunityId: string, fields: readonly string[]): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export interface WorkingOrgOptions {
  readonly namespace?: string;
  readonly ace?: Partial<AceNetworkOptions>;
  /** Other source folders and users of the org than those of the package. */
  readonly org?: Partial<StartOrgOptions>;
  /** The longest that a wait lasts, in milliseconds. Short unless given: a test knows what it waits for. */
  readonly longestPauseMs?: number;
}

export const openWorkingOrg = async ({
  namespace,
  ace: aceOptions,
  org: orgOptions,
  longestPauseMs = 50,
}: WorkingOrgOptions = {}): Promise<WorkingOrg> => {
  const ends: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const folder = mkdtempSync(join(tmpdir(), 'tandem-org-'));
    ends.push(async () => rmSync(folder, { recursive: true, force: true }));
    const keyFile = join(folder, 'key.pem');
    writeFileSync(keyFile, keys.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const [room, aceDatabase, org] = await Promise.all([
      openEngineRoom(),
      createTestDatabase(),
      startSurfaces({
        integrationPublicKey: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        ...(namespace ? { namespace } : {}),
        ...orgOptions,
      }),
    ]);
    ends.push(
      () => room.close(),
      () => aceDatabase.drop(),
      () => org.stop(),
    );
    const ace = await startAceNetwork({
      databaseUrl: aceDatabase.url,
      credentials: [testCredential],
      quotas: false,
      reviewer: { mode: 'manual' },
      ...aceOptions,
    });
    ends.push(() => ace.stop());
    const environment = {
      DATABASE_URL: room.url,
      DATABASE_OWNER_URL: room.ownerUrl,
      REDIS_URL: process.env.TEST_REDIS_URL ?? '',
      PORT: '0',
      TANDEM_MASTER_KEY: 'a master key for tests, never for use',
      TANDEM_LEASE_SECONDS: '2',
      TANDEM_AWS_SETTLE_SECONDS: '1',
      TANDEM_AWS_WRITES_PER_SECOND: '1000',
      SALESFORCE_LOGIN_URL: org.url,
      SALESFORCE_CLIENT_ID: 'tandem',
      SALESFORCE_USERNAME: 'integration@tandem.example.com',
      SALESFORCE_PRIVATE_KEY_FILE: keyFile,
      SALESFORCE_PUBSUB_ENDPOINT: present(org.endpoints.pubsub),
      SALESFORCE_PUBSUB_CA_FILE: present(org.endpoints.pubsubAuthority),
      AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: ace.url,
      AWS_ACCESS_KEY_ID: testCredential.accessKeyId,
      AWS_SECRET_ACCESS_KEY: testCredential.secretAccessKey,
    };
    const config = readConfig(environment);
    const wanted = { ...present(config.org), expected: null, ofEnvironment: true };
    const another = async (): Promise<OpenOrg> => {
      const queue = await BullJobQueue.open(config.redisUrl, () => undefined, `test-${randomUUID()}`);
      const open = await openOrg(wanted, {
        config,
        queue,
        keys: new SubjectKeys(masterKeyFrom(config.masterKey)),
        metrics: new Metrics(),
        clock: systemClock,
        log: pino({ level: 'silent' }),
        trace: noTrace,
        pause: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, longestPauseMs))),
      });
      ends.push(
        () => queue.close(1_000),
        () => open.close(),
      );
      return open;
    };
    const open = await another();
    const { runtime } = open;
    await seedDefaults(runtime);
    const admin = new Connection({ instanceUrl: org.url, accessToken: await org.token('admin'), version: '66.0' });
    const prefix = namespace ? `${namespace}__` : '';
    const ours = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${prefix}${name}`, value]));
    const request: WorkingOrg['request'] = async (fields) => {
      const id = await org.insert('sally', `${prefix}Request__c`, ours(fields) as never);
      await sweepRequests(runtime);
      for (const job of await runtime.inbox.due(10)) await runWork(runtime, job.id);
      return id;
    };
    const query = async <Row>(soql: string): Promise<readonly Row[]> =>
      (await admin.query(soql)).records as unknown as readonly Row[];
    return {
      org,
      ace,
      room,
      config,
      environment,
      open,
      another,
      makeDeal: await freshDeals(admin, namespace),
      request,
      query,
      refer: async (opportunityId) => {
        const [partner] = await query<{ Id: string }>(
          `SELECT Id FROM ${prefix}Partner__c WHERE ${prefix}Key__c = 'aws'`,
        );
        const settingsRead = await runtime.crm.readSettings(60_000);
        if (!settingsRead.ok) throw new Error(settingsRead.error.message);
        const shown = { fields: settingsRead.value.mapping.map(({ target }) => target) };
        await request({
          Kind__c: 'refer',
          Surface__c: 'panel',
          Opportunity__c: opportunityId,
          Partner__c: present(partner).Id,
          Input__c: JSON.stringify({ version: 1, shown }),
        });
      },
      referral: async (opportunityId, fields) => {
        const soql =
          `SELECT Id, ${fields.map((field) => `${prefix}${field}`).join(', ')} FROM ${prefix}Referral__c ` +
          `WHERE ${prefix}Opportunity__c = '${opportunityId}' ORDER BY ${prefix}Attempt__c DESC LIMIT 1`;
        const record = present((await query<Record<string, unknown>>(soql))[0]);
        return Object.fromEntries(fields.map((field) => [field, record[`${prefix}${field}`]]));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/** PEM of the authority that the org's event bus is trusted by. */
export const authorityOf = (org: SurfacesUnderTest): string =>
  readFileSync(org.endpoints.pubsubAuthority ?? '', 'utf8');
