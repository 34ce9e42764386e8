import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'jsforce';
import { ReferralDesk } from '../../local/demo/referral-desk.ts';
import type { AceNetwork } from '../../local/networks/aws-ace/ace-network.ts';
import type { FaultBoard } from '../../local/org/faults/fault-board.ts';
import type { RunningOrg } from '../../local/org/start-org.ts';
import { faultsOf } from '../../local/org/surfaces.ts';
import { startWorld, type World, type WorldOptions } from '../../local/world/world.ts';
import { openOrgDatabase, type OrgDatabase } from '../../src/infrastructure/database/org-database.ts';
import { LedgerSealer } from '../../src/infrastructure/ledger/ledger-sealer.ts';
import { PostgresDecisionLedger } from '../../src/infrastructure/ledger/postgres-decision-ledger.ts';
import { masterKeyFrom, SubjectKeys } from '../../src/infrastructure/ledger/subject-keys.ts';
import { freshDeals, type MakeDeal } from './fresh-deals.ts';
import { ServiceFleet } from './service-fleet.ts';
import { openTcpGate, type TcpGate } from './tcp-gate.ts';
import { createTestDatabase, runAsAdmin } from './test-database.ts';

/** A world on real parts, in which the service runs as processes that a test may kill, freeze and start again. */
export interface TestWorld {
  readonly world: World;
  readonly org: RunningOrg;
  readonly ace: AceNetwork;
  readonly fleet: ServiceFleet;
  /** What goes wrong between the service and the org. */
  readonly orgFaults: FaultBoard;
  readonly admin: Connection;
  readonly seller: Connection;
  readonly desk: ReferralDesk;
  readonly makeDeal: MakeDeal;
  /** The service's tables, as the service's own role sees those of this org. */
  readonly database: OrgDatabase;
  /** Throws when the ledger's chain does not hold. Gives how many entries it has. */
  verifyLedger(): Promise<number>;
  /** Clicks "Refer to AWS" as the seller, who was shown `fields` (all of them). Gives the request's id. */
  click(opportunityId: string, surface?: string, fields?: readonly string[]): Promise<string>;
  /** Targets that a click shows as going to AWS: all of them. */
  readonly shown: readonly string[];
  /** Between the service and PostgreSQL, when the world is `gated`. */
  readonly gate: TcpGate | undefined;
  /** Reads records as an administrator, whatever is wrong with the org's wires. */
  query<Row>(soql: string): Promise<readonly Row[]>;
  close(): Promise<void>;
}

export interface TestWorldOptions {
  readonly reviewer?: NonNullable<WorldOptions['reviewer']>;
  readonly service?: Readonly<Record<string, string>>;
  /** How many processes of the service run from the start. Default 1. */
  readonly processes?: number;
  /** A Redis of the test's own, to stop and start. */
  readonly redisUrl?: string;
  /** The service reaches PostgreSQL through the world's `gate`. */
  readonly gated?: boolean;
  /** Keeps the service's tables in another PostgreSQL than the org's and the network's. */
  readonly serviceDatabaseUrl?: string;
  /** As published, or any number of calls (default). */
  readonly quotas?: boolean;
}

/** Leases of two seconds, so that a dead process is missed soon; budgets that nobody waits for; quick reviews. */
const quickService: Readonly<Record<string, string>> = {
  TANDEM_LEASE_SECONDS: '2',
  TANDEM_AWS_SETTLE_SECONDS: '1',
  TANDEM_AWS_WRITES_PER_SECOND: '1000',
  TANDEM_REVIEW_POLL_SECONDS: '1',
  LOG_LEVEL: 'info',
};

export const openWorld = async (options: TestWorldOptions = {}): Promise<TestWorld> => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-world-'));
  const { url, drop } = await createTestDatabase();
  const ends: (() => Promise<unknown>)[] = [
    () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
    drop,
    ...['org', 'ace'].map((suffix) => () => dropSibling(url, suffix)),
  ];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const gate = options.gated ? await openTcpGate(Number(new URL(url).port)) : undefined;
    if (gate) ends.push(() => gate.shut());
    const world = await startWorld({
      dataDir: folder,
      settings: {
        databaseUrl: url,
        redisUrl: options.redisUrl,
        salesforce: undefined,
        aws: undefined,
        pagesPort: 0,
        servicePort: 0,
      },
      say: () => undefined,
      pages: false,
      quotas: options.quotas ?? false,
      reviewer: { inReviewAfterMs: 50, decideAfterMs: 50, ...options.reviewer },
      service: {
        ...quickService,
        ...(gate ? { DATABASE_URL: throughGate(url, gate) } : {}),
        ...(options.serviceDatabaseUrl
          ? { DATABASE_URL: options.serviceDatabaseUrl, DATABASE_OWNER_URL: options.serviceDatabaseUrl }
          : {}),
        ...options.service,
      },
      startService: false,
    });
    ends.push(() => world.stop());
    const { org, ace } = world;
    if (!org || !ace) throw new Error('The test world has an org and a network of its own.');
    const fleet = new ServiceFleet(world.serviceEnvironment, folder);
    ends.push(() => fleet.stopAll());
    const noticePort = Number(world.serviceEnvironment.PORT);
    await fleet.start({}, noticePort);
    await Promise.all(Array.from({ length: (options.processes ?? 1) - 1 }, () => fleet.start()));
    const database = openOrgDatabase(org.orgId, {
      url: options.serviceDatabaseUrl ?? world.databaseUrl,
      maxConnections: 2,
    });
    ends.push(() => database.close());
    const keys = new SubjectKeys(masterKeyFrom(world.serviceEnvironment.TANDEM_MASTER_KEY ?? ''));
    const ledger = new PostgresDecisionLedger(database, new LedgerSealer(keys), keys);
    const reader = org.engine.as(await org.engine.contextFor('sam.setup@tandem.example.com'));
    const admin = await world.signIn('sam.setup');
    const seller = await world.signIn('sally.seller');
    const desk = new ReferralDesk(seller, { pollMs: 100, patienceMs: 45_000 });
    const partner = await desk.partnerId('aws');
    const fields = await desk.shownFields('aws-ace');
    return {
      world,
      org,
      ace,
      fleet,
      orgFaults: faultsOf(org.services),
      admin,
      seller,
      desk,
      makeDeal: await freshDeals(admin),
      gate,
      shown: fields,
      query: async <Row>(soql: string) => (await reader.query(soql)).records as unknown as readonly Row[],
      database,
      verifyLedger: async () => {
        const { entries, firstBad } = await ledger.verify(org.orgId);
        if (firstBad) throw new Error(`ledger entry ${firstBad.sequence}: ${firstBad.why}`);
        return entries;
      },
      click: (opportunityId, surface = 'panel', shown = fields) =>
        desk.request(
          'refer',
          { Opportunity__c: opportunityId, Partner__c: partner, Surface__c: surface },
          { version: 1, shown: { fields: shown } },
        ),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

const throughGate = (url: string, gate: TcpGate): string => {
  const address = new URL(url);
  address.port = String(gate.port);
  return address.href;
};

const dropSibling = async (serviceUrl: string, suffix: string): Promise<void> => {
  const address = new URL(serviceUrl);
  const name = `${address.pathname.slice(1)}_${suffix}`;
  await runAsAdmin(`drop database if exists "${name}" with (force)`);
};
