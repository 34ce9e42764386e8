import { hostname } from 'node:os';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { TracePoint } from '../agents/orchestration/trace-point.ts';
import { toChangeEvent } from '../connectors/salesforce/change-event.ts';
import { SalesforceClient } from '../connectors/salesforce/client.ts';
import { PubSubClient } from '../connectors/salesforce/pubsub-client.ts';
import { OrgReader } from '../connectors/salesforce/org-reader.ts';
import { SalesforceDealScores } from '../connectors/salesforce/deal-scores.ts';
import { SalesforceCrm } from '../connectors/salesforce/salesforce-crm.ts';
import { SalesforcePartnerBook } from '../connectors/salesforce/partner-book.ts';
import { SalesforceTelemetry } from '../connectors/salesforce/telemetry-reader.ts';
import { accountOfRole, awsAce } from '../connectors/aws-ace/index.ts';
import type { AskLeave } from '../connectors/connector.ts';
import type { Clock } from '../domain/values/clock.ts';
import { PostgresApprovals } from '../infrastructure/database/approvals.ts';
import { PostgresRateBudget } from '../infrastructure/database/budgets.ts';
import type { OrgKind } from '../infrastructure/database/connections.ts';
import { PostgresControl } from '../infrastructure/database/control.ts';
import { PostgresDecisionMirrors } from '../infrastructure/database/decision-mirrors.ts';
import { PostgresEffectLog } from '../infrastructure/database/effects.ts';
import { PostgresInbox } from '../infrastructure/database/inbox.ts';
import { openOrgDatabase } from '../infrastructure/database/org-database.ts';
import { PostgresReferralLinks } from '../infrastructure/database/referral-links.ts';
import { PostgresRollout } from '../infrastructure/database/rollout.ts';
import { forgetOld } from '../infrastructure/database/retention.ts';
import { PostgresSubscriptions } from '../infrastructure/database/subscriptions.ts';
import { PostgresSwitches } from '../infrastructure/database/switches.ts';
import { PostgresVitalSigns } from '../infrastructure/database/vital-signs.ts';
import { PostgresHealth } from '../infrastructure/health/postgres-health.ts';
import { LedgerSealer } from '../infrastructure/ledger/ledger-sealer.ts';
import { PostgresRecordedPolicies } from '../infrastructure/ledger/recorded-policies.ts';
import { PostgresCheckpoints } from '../infrastructure/ledger/postgres-checkpoints.ts';
import { PostgresDecisionLedger } from '../infrastructure/ledger/postgres-decision-ledger.ts';
import { masterKeyFrom, type SubjectKeys } from '../infrastructure/ledger/subject-keys.ts';
import type { Metrics } from '../infrastructure/metrics/metrics.ts';
import { PostgresScoreModels } from '../infrastructure/propensity/score-models.ts';
import { PostgresScoreRoom } from '../infrastructure/propensity/score-room.ts';
import { trainInThread } from '../infrastructure/scoring/train-in-thread.ts';
import { openTelemetryRoom } from '../infrastructure/telemetry/telemetry-room.ts';
import type { JobQueue } from '../ports/job-queue/job-queue.ts';
import type { PartnerPortal } from '../ports/partner-portal/partner-portal.ts';
import { checkpointKeyOf } from './checkpoint-key.ts';
import { type Config, ConfigError } from './config.ts';
import type { KnownSolutions, OrgRuntime } from './org-runtime.ts';
import { StreamWatch } from './subscriptions/stream-watch.ts';
import type { WantedOrg } from './wanted-orgs.ts';

/** An org as this process works for it, and how to let go of it. */
export interface OpenOrg {
  readonly runtime: OrgRuntime;
  readonly bus: StreamWatch;
  readonly topic: string;
  readonly kind: OrgKind;
  /** Share of the org's API calls of the day that are used, 0 to 1. */
  usage(): number;
  close(): Promise<void>;
}

export interface Shared {
  readonly config: Config;
  readonly queue: JobQueue;
  readonly keys: SubjectKeys;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Logger;
  readonly trace: TracePoint;
  readonly pause: (ms: number) => Promise<void>;
}

const channel = 'TandemChannel__chn';
const settingsMaxAgeMs = 60_000;
const solutionsMaxAgeMs = 600_000;
/** Two batches at once keep a disk busy; the rest is for adding up and reading. */
const telemetryConnections = 4;
const organization = z.object({ Id: z.string(), IsSandbox: z.boolean(), OrganizationType: z.string() });

/** Names this process among others, for claims and leases. */
export const processName = `${hostname()}-${process.pid}-${Math.round(performance.timeOrigin)}`;

/** Signs in to an org and builds everything that works for it. Throws when it cannot be reached, or is another one. */
export const openOrg = async (wanted: WantedOrg, shared: Shared): Promise<OpenOrg> => {
  const { settings, privateKey } = wanted;
  const { config, metrics, clock } = shared;
  const { loginUrl, clientId, username } = settings;
  const client = new SalesforceClient({ loginUrl, clientId, username, privateKey }, (kind) =>
    metrics.crmCalls.inc({ kind }),
  );
  const crm = await SalesforceCrm.open(client, clock);
  const { org } = crm;
  if (wanted.expected !== null && wanted.expected !== org)
    throw new Error(
      `${loginUrl} answers as org ${org}, and ${wanted.expected} was connected: a refreshed sandbox is another org. Connect it by tandem org add.`,
    );
  const kind = await kindOf(client, loginUrl);
  // What may refuse this org does so before a pool is open.
  const parsed = awsAce.settings.safeParse({
    ...settings.network,
    ...awsIdentity(org, wanted, config),
    productionOrg: kind === 'production',
  });
  // As a sentence, not as zod's JSON: the log leaves out what stands in quotation marks.
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(({ message }) => message).join(' '));
  const database = openOrgDatabase(org, { url: config.databaseUrl, onQuery: () => metrics.sqlRoundTrips.inc() });
  const budget = new PostgresRateBudget(database, (published) =>
    published.bucket.endsWith(':write')
      ? { ...published, ratePerSecond: config.writes.perSecond, perDay: config.writes.perDay }
      : published,
  );
  const portal = awsAce.open(parsed.data, leaveFrom(budget, shared.pause));
  const sealer = new LedgerSealer(shared.keys);
  const portals = new Map<string, PartnerPortal>([[portal.network, portal]]);
  const log = shared.log.child({ org });
  const pubsub = new PubSubClient(
    {
      endpoint: settings.pubsubEndpoint,
      ...(settings.pubsubCertificateAuthority ? { certificateAuthority: settings.pubsubCertificateAuthority } : {}),
    },
    () => client.session(),
  );
  const { userId: user } = await client.session();
  const vitals = new PostgresVitalSigns(database, processName);
  const topic = `/data/${crm.namespace.object(channel)}`;
  const telemetry = openTelemetryRoom(
    openOrgDatabase(org, { url: config.databaseUrl, maxConnections: telemetryConnections }),
    masterKeyFrom(config.masterKey),
  );
  const runtime: OrgRuntime = {
    org,
    user,
    crm,
    portals,
    inbox: new PostgresInbox(database, processName, {
      leaseMs: config.leaseMs,
      marginMs: Math.min(3_000, config.leaseMs / 5),
    }),
    renewEveryMs: config.leaseMs / 4,
    unknownSettlesMs: config.unknownSettlesMs,
    effects: new PostgresEffectLog(database, sealer),
    approvals: new PostgresApprovals(database, sealer),
    approvalUndoMs: config.approvalUndoMs,
    approvalDeadlines: config.approvalDeadlines,
    ledger: new PostgresDecisionLedger(database, sealer, shared.keys),
    decisions: new PostgresDecisionMirrors(database),
    recordedPolicies: new PostgresRecordedPolicies(database),
    checkpoints: new PostgresCheckpoints(database, checkpointKeyOf(config)),
    links: new PostgresReferralLinks(database, sealer),
    control: new PostgresControl(database),
    switches: new PostgresSwitches(database, sealer),
    rollout: new PostgresRollout(database, sealer),
    budget,
    subscriptions: new PostgresSubscriptions(database, processName, Math.min(15_000, config.leaseMs)),
    vitals,
    telemetry,
    propensity: {
      models: new PostgresScoreModels(database, 'propensity'),
      room: new PostgresScoreRoom(database),
      deals: new SalesforceDealScores(client, crm.namespace, clock, shared.pause),
      // The thread takes the table's arrays away; whoever asks goes on with them.
      train: (table, options) => trainInThread(structuredClone(table), options),
    },
    crmTelemetry: new SalesforceTelemetry(new OrgReader(client, crm.namespace), crm.namespace),
    health: new PostgresHealth(database),
    partnerBook: new SalesforcePartnerBook(client, new OrgReader(client, crm.namespace), crm.namespace, user),
    queue: shared.queue,
    forgetOld: () => forgetOld(database, config.keepDays),
    clock,
    log,
    metrics,
    trace: shared.trace,
    pause: shared.pause,
    settingsMaxAgeMs,
    solutions: solutionsOf(portals, clock),
  };
  return {
    runtime,
    kind,
    topic,
    usage: () => client.usage,
    bus: new StreamWatch(
      {
        subscribe: (channelTopic, start, onEvent, onIdle) => pubsub.subscribe(channelTopic, start, onEvent, onIdle),
        decode: async (event) => toChangeEvent(await pubsub.decode(event), crm.namespace),
        forgetSession: () => client.forgetSession(),
      },
      // What could not be told is told again within seconds.
      () => void vitals.tell(topic, true).catch(() => undefined),
    ),
    close: async () => {
      pubsub.close();
      portal.close();
      await Promise.all([database.close(), telemetry.close()]);
    },
  };
};

/**
 * Whose word counts at AWS, and whose budget: an org's own role where it has one; the environment's credentials for the
 * environment's org alone. Quotas are the account's, so two orgs on one account share its buckets.
 */
const awsIdentity = (org: string, { settings, ofEnvironment }: WantedOrg, { awsAccess, awsAccountId }: Config) => {
  const { roleArn } = settings.network;
  if (!roleArn && !ofEnvironment)
    throw new Error(
      `${org} has no AWS role of its own: give it one by tandem org add --role-arn arn:aws:iam::…:role/… --external-id …. The credentials of the environment are for its own org.`,
    );
  const account = roleArn ? accountOfRole(roleArn) : awsAccountId;
  return { ...awsAccess, ...(account ? { account } : {}) };
};

/** Longest wait for a read; above it the reader is told when to come again. */
const readWaitMs = 2_000;

/** Leave for reads, from the account's bucket that all processes share. */
const leaveFrom =
  (budget: PostgresRateBudget, pause: Shared['pause']): AskLeave =>
  async (limit) => {
    const answer = await budget.take(limit, 1, readWaitMs, { priority: 0, id: '0' });
    if (!answer.granted) return answer.inMs;
    if (answer.inMs > 0) await pause(answer.inMs);
    return null;
  };

/** Which kind of org it is decides whether the network's production catalog may be used. */
const kindOf = async (client: SalesforceClient, loginUrl: string): Promise<OrgKind> => {
  const [row] = await client.query('SELECT Id, IsSandbox, OrganizationType FROM Organization');
  const { IsSandbox, OrganizationType } = organization.parse(row);
  if (['localhost', '127.0.0.1'].includes(new URL(loginUrl).hostname)) return 'local';
  if (IsSandbox) return 'sandbox';
  return OrganizationType === 'Developer Edition' ? 'developer' : 'production';
};

/** Our solutions at a network, asked for every ten minutes: a new one can wait that long. */
const solutionsOf = (portals: ReadonlyMap<string, PartnerPortal>, clock: Clock) => {
  const known = new Map<string, KnownSolutions>();
  return async (network: string): Promise<KnownSolutions> => {
    const before = known.get(network);
    const now = clock.now();
    if (before && Date.parse(now) - Date.parse(before.readAt) < solutionsMaxAgeMs) return before;
    const read = await portals.get(network)?.listSolutions();
    if (read?.ok) {
      const fresh = { readAt: now, value: read.value };
      known.set(network, fresh);
      return fresh;
    }
    if (before) return before;
    throw new Error(
      `The solutions at ${network} could not be read: ${read && !read.ok ? read.error.message : 'no such network'}`,
    );
  };
};
