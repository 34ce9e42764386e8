import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { bootstrap, SYSTEM_USERNAME } from './engine/bootstrap.ts';
import type { Engine } from './engine/engine.ts';
import { loadKeyPrefixes } from './engine/key-prefixes.ts';
import { LocalEngine } from './engine/local-engine.ts';
import type { Restore } from './engine/restore.ts';
import { migrate, prepareBooks, Store } from './engine/store.ts';
import { buildOrgApp } from './rest/app.ts';
import { ApiUsage } from './rest/api-usage.ts';
import type { ConnectedClient, OrgServices, Surface, SurfaceFactory } from './rest/services.ts';
import { Sessions } from './rest/sessions.ts';
import { buildSchema, type StandardSharing } from './schema/build-schema.ts';
import { toBase62 } from './schema/ids.ts';
import { loadObjects } from './schema/load-objects.ts';
import { sourceFolders, type SourceFolder } from './schema/source-files.ts';
import { loadCustomPermissions, loadPermissionSets } from './security/permission-sets.ts';
import { INTEGRATION_USERNAME, SAMPLE_USERS, seedUsers, type SeedUser } from './seed-users.ts';
import { standardSurfaces } from './surfaces.ts';

export interface StartOrgOptions {
  /** An empty PostgreSQL database, or one that an earlier start made; its data is kept and new fields are added. */
  readonly databaseUrl: string;
  /** Folders of metadata in source format; see `sourceFolders` for which count as packaged. */
  readonly sourceFolders: readonly (string | SourceFolder)[];
  /** Default 0: any free port of 127.0.0.1. */
  readonly port?: number;
  /** Installs packaged folders under this namespace. */
  readonly namespace?: string;
  /** Users to make when missing; default the sample company's. */
  readonly users?: readonly SeedUser[];
  /** PEM of the key that signs the integration user's assertions; with `integrationClientId` it makes a connected client. */
  readonly integrationPublicKey?: string;
  /** Default `tandem`. */
  readonly integrationClientId?: string;
  /** Further connected clients. */
  readonly clients?: readonly ConnectedClient[];
  /** Opens `POST /local/session`. Default false. */
  readonly localSignIn?: boolean;
  /** ISO code of the org's one currency; default USD. Several currencies are not offered here. */
  readonly currency?: string;
  /** API calls a day; default 100,000 (Enterprise Edition's base). */
  readonly dailyApiLimit?: number;
  /** Seconds after which an unused session ends; default two hours. */
  readonly sessionIdleSeconds?: number;
  /** Org-wide defaults of standard objects; Private unless given. */
  readonly sharing?: StandardSharing;
  /** Default the machine's clock. */
  readonly clock?: () => Date;
  /** Parts that speak further wires; default `standardSurfaces` (events, Bulk, UI API, GraphQL, faults). */
  readonly surfaces?: readonly SurfaceFactory[];
}

export interface RunningOrg {
  readonly url: string;
  readonly orgId: string;
  readonly engine: Engine;
  /** User ids by user name. */
  readonly users: Readonly<Record<string, string>>;
  /** Addresses of surfaces that listen on their own, by name (`pubsub`). */
  readonly endpoints: Readonly<Record<string, string>>;
  /** Permission sets that users should have but no source folder holds. */
  readonly missingPermissionSets: readonly string[];
  readonly services: OrgServices;
  /** An access token of that user, as a fresh sign-in gives it. */
  tokenFor(username: string): Promise<string>;
  /**
   * Puts records there with their past, as a full copy of an org brings them; all that `work` puts, or nothing. No wire
   * leads here: it is how the local world comes to have a history.
   */
  restore<Result>(work: (put: Restore) => Promise<Result>): Promise<Result>;
  /** API calls since the start, by first path segment (`query`, `composite` …). */
  requests(): Record<string, number>;
  stop(): Promise<void>;
}

/** Starts a local org: schema from source, store in PostgreSQL, HTTP on a port of this machine only. */
export const startOrg = async (options: StartOrgOptions): Promise<RunningOrg> => {
  const clock = options.clock ?? (() => new Date());
  const folders = sourceFolders(options.sourceFolders);
  const loaded = loadObjects(folders, options.namespace);
  const store = await Store.open(options.databaseUrl);
  try {
    await prepareBooks(store);
    const prefixes = await loadKeyPrefixes(store);
    const schema = buildSchema(loaded, {
      keyPrefixOf: prefixes.prefixOf,
      ...(options.sharing === undefined ? {} : { sharing: options.sharing }),
    });
    await prefixes.save();
    await migrate(store, schema);
    const permissionSets = loadPermissionSets(folders, schema, loaded.names);
    const instance = await instanceOf(store);
    const { namespace, currency = 'USD' } = options;
    const { orgId } = await bootstrap({
      schema,
      store,
      instance,
      clock,
      permissionSets,
      customPermissions: loadCustomPermissions(folders),
      namespace,
      currency,
    });
    const engine = new LocalEngine({ orgId, instance, schema, store, clock });
    const system = engine.as(await engine.contextFor(SYSTEM_USERNAME));
    const users = options.users ?? SAMPLE_USERS;
    const { missingPermissionSets } = await seedUsers(system, users);
    const serving: { server?: Server; app?: Express } = {};
    const services: OrgServices = {
      orgId,
      engine,
      store,
      clock,
      folders,
      names: loaded.names,
      sessions: new Sessions(store, orgId, clock, options.sessionIdleSeconds ?? 7200),
      usage: await ApiUsage.load(store, clock, options.dailyApiLimit ?? 100_000),
      clients: connectedClients(options),
      localSignIn: options.localSignIn ?? false,
      url: () => {
        const address = serving.server?.address() as AddressInfo | null | undefined;
        if (!address) throw new Error('The org does not listen yet.');
        return `http://127.0.0.1:${address.port}`;
      },
    };
    // Surfaces may need the org's address, so the port is taken before they are made and answers after.
    const server = await listen((request, response) => serving.app?.(request, response), options.port ?? 0);
    serving.server = server;
    const surfaces: Surface[] = [];
    for (const make of options.surfaces ?? standardSurfaces) surfaces.push(await make(services));
    serving.app = buildOrgApp(services, { surfaces });
    return running(services, engine, server, surfaces, missingPermissionSets);
  } catch (error) {
    await store.close();
    throw error;
  }
};

/**
 * Three characters inside every id, drawn once per database: an org made anew has another org id, as a refreshed sandbox
 * has, so that nobody takes it for the old one.
 */
const instanceOf = async (store: Store): Promise<string> => {
  const drawn = [...randomBytes(3)].map((byte) => toBase62(byte % 62, 1)).join('');
  await store.query(`INSERT INTO org.setting VALUES ('instance', $1::jsonb) ON CONFLICT DO NOTHING`, [
    JSON.stringify(drawn),
  ]);
  const [row] = await store.query<{ value: string }>(`SELECT value FROM org.setting WHERE key = 'instance'`);
  return row?.value ?? drawn;
};

const connectedClients = (options: StartOrgOptions): ConnectedClient[] => [
  ...(options.clients ?? []),
  ...(options.integrationPublicKey === undefined
    ? []
    : [
        {
          clientId: options.integrationClientId ?? 'tandem',
          publicKey: options.integrationPublicKey,
          users: [INTEGRATION_USERNAME],
        },
      ]),
];

const listen = (handler: Parameters<typeof createServer>[1], port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer(handler as NonNullable<typeof handler>);
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve(server);
    });
  });

const running = async (
  services: OrgServices,
  local: LocalEngine,
  server: Server,
  surfaces: readonly Surface[],
  missingPermissionSets: readonly string[],
): Promise<RunningOrg> => {
  const { engine, sessions, usage, store } = services;
  const system = engine.as(await engine.contextFor(SYSTEM_USERNAME));
  const { records } = await system.query('SELECT Id, Username FROM User');
  return {
    url: services.url(),
    orgId: services.orgId,
    engine,
    services,
    missingPermissionSets,
    users: Object.fromEntries(records.map((row) => [String(row.Username), String(row.Id)])),
    endpoints: Object.assign({}, ...surfaces.map((surface) => surface.endpoints ?? {})) as Record<string, string>,
    tokenFor: async (username) => sessions.open((await engine.contextFor(username)).userId, 'local'),
    restore: (work) => local.restore(SYSTEM_USERNAME, work),
    requests: () => usage.counters(),
    stop: async () => {
      for (const surface of surfaces) await surface.stop?.();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await usage.save();
      await store.close();
    },
  };
};
