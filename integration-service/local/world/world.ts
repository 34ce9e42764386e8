import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from 'jsforce';
import pg from 'pg';
import { type AceNetwork, startAceNetwork } from '../networks/aws-ace/ace-network.ts';
import type { ReviewerSettings } from '../networks/aws-ace/settings.ts';
import { INTEGRATION_USERNAME } from '../org/seed-users.ts';
import { type RunningOrg, startOrg } from '../org/start-org.ts';
import { surfacesWith } from '../org/surfaces.ts';
import { buildPages } from '../pages/build/build-pages.ts';
import { type Pages, startPages } from '../pages/start-pages.ts';
import { COMPANY_FOLDER, COMPANY_USERS } from '../seed/load-history.ts';
import { freePort } from '../services/processes.ts';
import { type LocalPostgres, postgresDataPlaces, startPostgres } from '../services/postgres.ts';
import { type LocalRedis, startRedis } from '../services/redis.ts';
import { localSecrets } from './local-secrets.ts';
import { samplePeople } from './sample-people.ts';
import { type ServiceProcess, startServiceProcess } from './service-process.ts';
import { connectByKey, connection } from './sign-in.ts';
import { lockWorld, refuseUsedWorld } from './world-lock.ts';
import { SettingError, type WorldSettings } from './world-settings.ts';

export interface WorldOptions {
  /** Where everything that a second start shall find again is kept. */
  readonly dataDir: string;
  readonly settings: WorldSettings;
  /** Told what is being started, and when it is there. */
  readonly say: (line: string) => void;
  /** Serve the record pages too. */
  readonly pages: boolean;
  /** The package's namespace in the local org; none by default, as in a scratch org. */
  readonly namespace?: string;
  /** false: the local ACE network takes any number of calls. Default true: as published. */
  readonly quotas?: boolean;
  readonly reviewer?: Partial<ReviewerSettings>;
  /** The local org is that of a company with a past: its own fields and what it keeps history of. Default false. */
  readonly company?: boolean;
  /** More settings for the service, for tests. */
  readonly service?: Readonly<Record<string, string>>;
  /** false: everything but the service, which the caller starts (tests that kill it). */
  readonly startService?: boolean;
}

export interface World {
  readonly org: RunningOrg | undefined;
  readonly ace: AceNetwork | undefined;
  readonly pages: Pages | undefined;
  readonly service: ServiceProcess | undefined;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** What the service was, or would be, started with. */
  readonly serviceEnvironment: Readonly<Record<string, string>>;
  /** Signed in as a sample person (`sally.seller`) of the local org; of a real one, as the integration user. */
  signIn(person: string): Promise<Connection>;
  stop(): Promise<void>;
}

/** Source folders of the package and of what a package may not carry, which the local org installs. */
export const sourceFolders = ['force-app', 'unpackaged'].map((name) =>
  join(import.meta.dirname, '..', '..', '..', name),
);

/** Forgets a world that nobody uses: its data folder, and PostgreSQL's where that had to be elsewhere. */
export const forgetWorld = (dataDir: string): void => {
  refuseUsedWorld(dataDir);
  for (const place of [...postgresDataPlaces(join(dataDir, 'postgres')), dataDir])
    rmSync(place, { recursive: true, force: true });
};

/** Consumer key of the local org's connected app. */
const integrationClientId = 'tandem';

interface Databases {
  /** As the service signs in. */
  readonly service: string;
  /** The same database as its owner. */
  readonly owner: string;
  readonly org: string;
  readonly ace: string;
  readonly own: LocalPostgres | undefined;
}

const checkedDatabase = async (name: string, url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
  } catch (error) {
    throw new SettingError(
      `${name} names a PostgreSQL that does not answer (${error instanceof Error ? error.message : String(error)}): start it, correct the address, or unset ${name}.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** A database of the local world beside the one given, made when missing. */
const sibling = async (url: string, suffix: string): Promise<string> => {
  const address = new URL(url);
  const name = `${address.pathname.slice(1)}_${suffix}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const there = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (there.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } catch (error) {
    throw new SettingError(
      `DATABASE_URL's user may not make the database "${name}", which the local world keeps its ${suffix} in (${error instanceof Error ? error.message : String(error)}): make it by hand, or unset DATABASE_URL.`,
    );
  } finally {
    await client.end();
  }
  address.pathname = `/${name}`;
  return address.href;
};

const openDatabases = async (options: WorldOptions): Promise<Databases> => {
  const { databaseUrl, salesforce, aws } = options.settings;
  if (databaseUrl) {
    const owner = options.settings.databaseOwnerUrl ?? databaseUrl;
    await checkedDatabase('DATABASE_URL', databaseUrl);
    await checkedDatabase('DATABASE_OWNER_URL', owner);
    return {
      service: databaseUrl,
      owner,
      org: salesforce ? '' : await sibling(owner, 'org'),
      ace: aws ? '' : await sibling(owner, 'ace'),
      own: undefined,
    };
  }
  const own = await startPostgres({ dataDir: join(options.dataDir, 'postgres') });
  options.say(`PostgreSQL on port ${own.port}`);
  const [owner = '', org = '', ace = ''] = await Promise.all(
    ['tandem', 'tandem_org', 'tandem_ace'].map((name) => own.createDatabase(name)),
  );
  return { service: await serviceLogin(owner), owner, org, ace, own };
};

/** A login for the service that owns nothing, as docs/admin.md asks of an installation. */
const serviceLogin = async (ownerUrl: string): Promise<string> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(`select 1 from pg_roles where rolname = 'tandem'`);
    if (rowCount === 0) await client.query('create role tandem login');
  } finally {
    await client.end();
  }
  const address = new URL(ownerUrl);
  address.username = 'tandem';
  return address.href;
};

/** The wanted port, or the next free one, said plainly. */
const portFor = async (what: string, wanted: number, say: WorldOptions['say']): Promise<number> => {
  const port = await freePort(wanted);
  if (wanted !== 0 && port !== wanted) say(`port ${wanted} is taken: ${what} on port ${port} instead`);
  return port;
};

/**
 * Starts everything that was not given by settings, in an order in which nothing waits longer than it must, and gives
 * handles to all of it. When one part does not start, those already started are stopped before the error is thrown.
 */
export const startWorld = async (options: WorldOptions): Promise<World> => {
  const { settings, say, dataDir } = options;
  const namespace = options.namespace ?? '';
  const lock = lockWorld(dataDir);
  const stops: (() => Promise<void>)[] = [async () => lock.release()];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const secrets = localSecrets(join(dataDir, 'secrets'));
    // The pages take longest to build when their parts are not cached yet, so that begins first.
    const built = options.pages && !settings.salesforce ? buildPages({ sourceFolders, namespace }) : undefined;
    built?.catch(() => undefined);

    const startOwnRedis = async (): Promise<LocalRedis | undefined> => {
      if (settings.redisUrl) return undefined;
      const redis = await startRedis({ dataDir: join(dataDir, 'redis'), say });
      stops.push(() => redis.stop());
      say(`Redis on port ${redis.port}`);
      return redis;
    };
    const openedDatabases = openDatabases(options).then((databases) => {
      if (databases.own) stops.push(() => databases.own?.stop() ?? Promise.resolve());
      return databases;
    });
    const [databases, redis] = await Promise.all([openedDatabases, startOwnRedis()]);
    const servicePort = await portFor('the service', settings.servicePort, say);

    const startOwnAce = async (): Promise<AceNetwork | undefined> => {
      if (settings.aws) return undefined;
      const ace = await startAceNetwork({
        databaseUrl: databases.ace,
        credentials: [{ accessKeyId: secrets.awsAccessKeyId, secretAccessKey: secrets.awsSecretAccessKey }],
        quotas: options.quotas ?? true,
        reviewer: options.reviewer ?? {},
        noticeUrl: `http://127.0.0.1:${servicePort}/network-notices/aws-ace`,
        noticeSecret: secrets.noticeSecret,
        localControls: true,
      });
      stops.push(() => ace.stop());
      say(`AWS Partner Central at ${ace.url}`);
      return ace;
    };
    const startOwnOrg = async (): Promise<RunningOrg | undefined> => {
      if (settings.salesforce) return undefined;
      const org = await startOrg({
        databaseUrl: databases.org,
        ...(options.company
          ? { sourceFolders: [...sourceFolders, COMPANY_FOLDER], users: COMPANY_USERS }
          : { sourceFolders }),
        port: 0,
        integrationPublicKey: secrets.publicKey,
        integrationClientId,
        localSignIn: true,
        surfaces: surfacesWith({ certificateDirectory: join(dataDir, 'org') }),
        ...(namespace ? { namespace } : {}),
      });
      stops.push(() => org.stop());
      say(`Salesforce org at ${org.url}`);
      return org;
    };
    const [ace, org] = await Promise.all([startOwnAce(), startOwnOrg()]);

    const serviceEnvironment: Record<string, string> = {
      // A network without quotas stands for an account whose quotas were raised; the service is told, as an operator would.
      ...(options.quotas === false ? { TANDEM_AWS_WRITES_PER_SECOND: '1000' } : {}),
      TANDEM_MASTER_KEY: secrets.masterKey,
      TANDEM_NOTICE_SECRET: secrets.noticeSecret,
      ...settings.service,
      DATABASE_URL: databases.service,
      DATABASE_OWNER_URL: databases.owner,
      REDIS_URL: settings.redisUrl ?? redis?.url ?? '',
      PORT: String(servicePort),
      ...salesforceEnvironment(org, secrets.privateKeyFile),
      ...awsEnvironment(ace, secrets),
      ...options.service,
    };
    const service =
      options.startService === false
        ? undefined
        : await startServiceProcess(serviceEnvironment, { logFile: join(dataDir, 'service.log') });
    if (service) {
      stops.push(() => service.stop());
      say(`integration service at ${service.url} (log: ${join(dataDir, 'service.log')})`);
    }

    const startOwnPages = async (): Promise<Pages | undefined> => {
      if (!options.pages || !org) return undefined;
      say('building the record pages (half a minute the first time) …');
      await built;
      const pages = await startPages({
        orgUrl: org.url,
        port: await portFor('the record pages', settings.pagesPort, say),
        sourceFolders,
        namespace,
        users: samplePeople,
      });
      stops.push(() => pages.stop());
      return pages;
    };
    const pages = await startOwnPages();

    const signIn = async (person: string): Promise<Connection> => {
      if (settings.salesforce) return connectByKey(settings.salesforce);
      if (!org) throw new Error('there is no org to sign in to');
      return connection(org.url, await org.tokenFor(`${person}@tandem.example.com`));
    };
    return {
      org,
      ace,
      pages,
      service,
      databaseUrl: databases.service,
      redisUrl: serviceEnvironment.REDIS_URL ?? '',
      serviceEnvironment,
      signIn,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Of the local org; another one's settings are passed on as they were given. */
const salesforceEnvironment = (org: RunningOrg | undefined, privateKeyFile: string): Record<string, string> =>
  org
    ? {
        SALESFORCE_LOGIN_URL: org.url,
        SALESFORCE_CLIENT_ID: integrationClientId,
        SALESFORCE_USERNAME: INTEGRATION_USERNAME,
        SALESFORCE_PRIVATE_KEY_FILE: privateKeyFile,
        SALESFORCE_PUBSUB_ENDPOINT: org.endpoints.pubsub ?? '',
        SALESFORCE_PUBSUB_CA_FILE: org.endpoints.pubsubAuthority ?? '',
      }
    : {};

/** Of the local network; AWS's own settings are passed on as they were given. */
const awsEnvironment = (
  ace: AceNetwork | undefined,
  secrets: { awsAccessKeyId: string; awsSecretAccessKey: string },
): Record<string, string> =>
  ace
    ? {
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: ace.url,
        AWS_ACCESS_KEY_ID: secrets.awsAccessKeyId,
        AWS_SECRET_ACCESS_KEY: secrets.awsSecretAccessKey,
        TANDEM_AWS_CATALOG: 'Sandbox',
      }
    : {};
