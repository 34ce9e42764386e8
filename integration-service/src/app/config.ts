import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isSafeAddress } from '../connectors/kit/outbound-hosts.ts';
import { isEventBusHost } from '../connectors/salesforce/event-bus-host.ts';
import { type ApprovalDeadlines, DEFAULT_DEADLINES } from '../domain/decisions/approval.ts';
import type { ConnectionSettings } from '../infrastructure/database/connections.ts';
import { readApprovalHours } from './approval-hours.ts';
import { type Retention, RETENTION } from './decisions/row-fields.ts';

export type Role = 'subscriber' | 'worker' | 'http' | 'sync';
const roles: readonly Role[] = ['subscriber', 'worker', 'http', 'sync'];

/** An org given by the environment; further ones are in the `connections` table. */
export interface OrgConfig {
  readonly settings: ConnectionSettings;
  readonly privateKey: string;
}

/** The service's settings, read and checked once. `.env.example` tells what each is for. */
export interface Config {
  readonly databaseUrl: string;
  /** The owner's address, for migrations alone; null where somebody else runs them (`tandem migrate`). */
  readonly databaseOwnerUrl: string | null;
  readonly redisUrl: string;
  /** The address to listen on; this machine alone unless told otherwise. */
  readonly host: string;
  readonly port: number;
  /** Who reads /metrics must show it; null: nobody need, on this machine alone. */
  readonly metricsToken: string | null;
  readonly logLevel: string;
  readonly roles: readonly Role[];
  readonly masterKey: string;
  readonly noticeSecret: string | null;
  readonly concurrency: number;
  readonly reviewEveryMs: number;
  /** How long a claim on a deal, or the right to listen to an org, holds without being renewed. */
  readonly leaseMs: number;
  /** What the network lets our account write; raised at AWS by Service Quotas. */
  readonly writes: { readonly perSecond: number; readonly perDay: number };
  /** How long an org may go unheard of before what is `led` pauses. The policy of `org-contact` may make it shorter. */
  readonly ledPauseMs: number;
  /** How long a write whose answer was lost may still be on its way; only then is it looked up. */
  readonly unknownSettlesMs: number;
  /** How long an answer to an approval can be taken back before it is carried out. */
  readonly approvalUndoMs: number;
  /** How long approvals wait for an answer. */
  readonly approvalDeadlines: ApprovalDeadlines;
  /** For how many years records of decisions say that they must be kept. */
  readonly decisionYears: Retention;
  /** Signed checkpoints of the ledger: by which key (PEM; null: one that follows from the master key), where and how often. */
  readonly checkpoints: {
    readonly privateKey: string | null;
    /** A folder that is kept elsewhere; null: they are handed out over HTTP alone. */
    readonly folder: string | null;
    readonly everyMs: number;
    readonly everyEntries: number;
    /** Whoever asks for them must show it; null: nobody need, on this machine alone. */
    readonly token: string | null;
  };
  /** How long what the work does not need any more is kept in the clear. */
  readonly keepDays: number;
  /** How long a propensity model is used before another is learned, whatever has happened since. */
  readonly scoreTrainMs: number;
  readonly org: OrgConfig | null;
  /** The AWS account that the environment's credentials are of, for the budget that its users share. */
  readonly awsAccountId: string | null;
  readonly awsAccess: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
}

/** A setting that stops the start; the message is one sentence that names it. */
export class ConfigError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

const fail = (name: string, why: string): never => {
  throw new ConfigError(`${name} ${why}`);
};

const reader = (environment: Environment) => {
  const optional = (name: string): string | null => environment[name]?.trim() || null;
  const required = (name: string, what: string): string => optional(name) ?? fail(name, `is missing: ${what}.`);
  const address = (name: string, value: string, ...schemes: readonly string[]): string =>
    schemes.some((scheme) => value.startsWith(`${scheme}://`)) && URL.canParse(value)
      ? value
      : fail(name, `must be an address that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}.`);
  const whole = (name: string, fallback: number, from: number, to: number): number => {
    const value = optional(name);
    const number = value === null ? fallback : Number(value);
    return Number.isInteger(number) && number >= from && number <= to
      ? number
      : fail(name, `is "${value}", which is not a whole number from ${from} to ${to}.`);
  };
  /** What secrets are sent to: encrypted, except on this machine. */
  const outbound = (name: string, value: string): string =>
    isSafeAddress(address(name, value, 'https', 'http'))
      ? value
      : fail(name, 'must start with https://; http:// is for this machine alone.');
  return { optional, required, address, outbound, whole };
};

/** Reads the environment. Throws `ConfigError` for what is missing, wrong, or given by halves. */
export const readConfig = (environment: Environment): Config => {
  const { optional, required, address, outbound, whole } = reader(environment);
  const databaseUrl = address(
    'DATABASE_URL',
    required('DATABASE_URL', 'the address of a PostgreSQL database'),
    'postgres',
    'postgresql',
  );
  const owner = optional('DATABASE_OWNER_URL');
  const masterKey = required(
    'TANDEM_MASTER_KEY',
    'a secret of 32 characters or more that wraps the keys in the database',
  );
  if (masterKey.length < 32) fail('TANDEM_MASTER_KEY', 'is too short: it must have 32 characters or more.');
  const metricsToken = optional('TANDEM_METRICS_TOKEN');
  if (metricsToken !== null && metricsToken.length < 16)
    fail('TANDEM_METRICS_TOKEN', 'is too short: it must have 16 characters or more.');
  const sts = optional('AWS_ENDPOINT_URL_STS');
  if (sts) outbound('AWS_ENDPOINT_URL_STS', sts);
  const level = optional('LOG_LEVEL') ?? 'info';
  if (!['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].includes(level))
    fail('LOG_LEVEL', `is "${level}", which is not one of fatal, error, warn, info, debug, trace, silent.`);
  return {
    databaseUrl,
    databaseOwnerUrl: owner ? address('DATABASE_OWNER_URL', owner, 'postgres', 'postgresql') : null,
    redisUrl: address('REDIS_URL', required('REDIS_URL', 'the address of a Redis'), 'redis', 'rediss'),
    host: optional('TANDEM_HTTP_HOST') ?? '127.0.0.1',
    port: whole('PORT', 3_000, 0, 65_535),
    metricsToken,
    logLevel: level,
    roles: readRoles(optional('TANDEM_ROLES')),
    masterKey,
    noticeSecret: optional('TANDEM_NOTICE_SECRET'),
    concurrency: whole('TANDEM_WORKER_CONCURRENCY', 8, 1, 100),
    reviewEveryMs: whole('TANDEM_REVIEW_POLL_SECONDS', 15, 1, 3_600) * 1_000,
    leaseMs: whole('TANDEM_LEASE_SECONDS', 30, 2, 600) * 1_000,
    writes: {
      perSecond: whole('TANDEM_AWS_WRITES_PER_SECOND', 1, 1, 10_000),
      perDay: whole('TANDEM_AWS_WRITES_PER_DAY', 10_000, 1, 1_000_000_000),
    },
    ledPauseMs: whole('TANDEM_LED_PAUSE_SECONDS', 900, 30, 86_400) * 1_000,
    unknownSettlesMs: whole('TANDEM_AWS_SETTLE_SECONDS', 15, 1, 600) * 1_000,
    approvalUndoMs: whole('TANDEM_APPROVAL_UNDO_SECONDS', 10, 0, 600) * 1_000,
    approvalDeadlines: readDeadlines(environment),
    decisionYears: {
      referralYears: whole('TANDEM_DECISION_YEARS', RETENTION.referralYears, 1, 100),
      otherYears: whole('TANDEM_OTHER_DECISION_YEARS', RETENTION.otherYears, 1, 100),
    },
    checkpoints: readCheckpointSettings(environment),
    keepDays: whole('TANDEM_KEEP_DAYS', 30, 7, 3_650),
    scoreTrainMs: whole('TANDEM_SCORE_TRAIN_HOURS', 168, 1, 8_760) * 3_600_000,
    org: readOrg(environment),
    awsAccountId: optional('AWS_ACCOUNT_ID'),
    awsAccess: readAwsAccess(environment),
  };
};

const readDeadlines = (environment: Environment): ApprovalDeadlines => {
  const { optional, whole } = reader(environment);
  const name = 'TANDEM_APPROVAL_HOURS';
  const said = optional(name);
  const read = said === null ? { hours: DEFAULT_DEADLINES } : readApprovalHours(said);
  if ('problem' in read) return fail(name, read.problem);
  const escalated = whole('TANDEM_APPROVAL_ESCALATION_HOURS', DEFAULT_DEADLINES.escalated, 1, 8_760);
  return { ...read.hours, escalated };
};

const readCheckpointSettings = (environment: Environment): Config['checkpoints'] => {
  const { optional, whole } = reader(environment);
  const keyFile = optional('TANDEM_CHECKPOINT_KEY_FILE');
  const token = optional('TANDEM_CHECKPOINT_TOKEN');
  if (token !== null && token.length < 16)
    fail('TANDEM_CHECKPOINT_TOKEN', 'is too short: it must have 16 characters or more.');
  return {
    privateKey: keyFile && readPem('TANDEM_CHECKPOINT_KEY_FILE', keyFile, 'PRIVATE KEY'),
    folder: optional('TANDEM_CHECKPOINT_DIR'),
    everyMs: whole('TANDEM_CHECKPOINT_MINUTES', 10, 1, 1_440) * 60_000,
    everyEntries: whole('TANDEM_CHECKPOINT_ENTRIES', 1_000, 1, 1_000_000),
    token,
  };
};

const readRoles = (value: string | null): readonly Role[] => {
  if (value === null) return roles;
  const given = value.split(',').map((role) => role.trim());
  const unknown = given.find((role) => !roles.includes(role as Role));
  if (unknown !== undefined) fail('TANDEM_ROLES', `names "${unknown}", which is not one of ${roles.join(', ')}.`);
  return given as Role[];
};

const orgNames = [
  'SALESFORCE_LOGIN_URL',
  'SALESFORCE_CLIENT_ID',
  'SALESFORCE_USERNAME',
  'SALESFORCE_PRIVATE_KEY_FILE',
] as const;

const busNames = ['SALESFORCE_PUBSUB_ENDPOINT', 'SALESFORCE_PUBSUB_CA_FILE'] as const;

const readNetwork = (environment: Environment): ConnectionSettings['network'] => {
  const { optional, outbound } = reader(environment);
  const catalog = optional('TANDEM_AWS_CATALOG') ?? 'Sandbox';
  if (catalog !== 'Sandbox' && catalog !== 'AWS') fail('TANDEM_AWS_CATALOG', `is "${catalog}": it is Sandbox or AWS.`);
  const endpoint = optional('AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING');
  return {
    catalog: catalog as 'Sandbox' | 'AWS',
    region: optional('AWS_REGION') ?? 'us-east-1',
    ...(endpoint ? { endpoint: outbound('AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING', endpoint) } : {}),
  };
};

const readOrg = (environment: Environment): OrgConfig | null => {
  const { optional, outbound } = reader(environment);
  const network = readNetwork(environment);
  const given = orgNames.filter((name) => optional(name) !== null);
  if (given.length === 0) {
    const lone = busNames.find((name) => optional(name) !== null);
    if (lone) fail(lone, `is set without SALESFORCE_LOGIN_URL: give all of ${orgNames.join(', ')}, or none.`);
    return null;
  }
  const missing = orgNames.find((name) => optional(name) === null);
  if (missing) fail(missing, `is missing while ${given[0] ?? ''} is set: give all of ${orgNames.join(', ')}, or none.`);
  const value = (name: string): string => optional(name) ?? '';
  const pubsubEndpoint = optional('SALESFORCE_PUBSUB_ENDPOINT') ?? 'api.pubsub.salesforce.com:7443';
  if (!isEventBusHost(pubsubEndpoint))
    fail('SALESFORCE_PUBSUB_ENDPOINT', `is "${pubsubEndpoint}": it is a host below salesforce.com, or this machine.`);
  const authority = optional('SALESFORCE_PUBSUB_CA_FILE');
  return {
    privateKey: readPem('SALESFORCE_PRIVATE_KEY_FILE', value('SALESFORCE_PRIVATE_KEY_FILE'), 'PRIVATE KEY'),
    settings: {
      loginUrl: outbound('SALESFORCE_LOGIN_URL', value('SALESFORCE_LOGIN_URL')),
      clientId: value('SALESFORCE_CLIENT_ID'),
      username: value('SALESFORCE_USERNAME'),
      pubsubEndpoint,
      ...(authority
        ? { pubsubCertificateAuthority: readPem('SALESFORCE_PUBSUB_CA_FILE', authority, 'CERTIFICATE') }
        : {}),
      network,
    },
  };
};

/** A key pair given as variables is used as it is; otherwise the SDK looks where it always does. */
const readAwsAccess = (environment: Environment): Config['awsAccess'] => {
  const { optional } = reader(environment);
  const accessKeyId = optional('AWS_ACCESS_KEY_ID');
  const secretAccessKey = optional('AWS_SECRET_ACCESS_KEY');
  if (accessKeyId && !secretAccessKey) fail('AWS_SECRET_ACCESS_KEY', 'is missing while AWS_ACCESS_KEY_ID is set.');
  if (secretAccessKey && !accessKeyId) fail('AWS_ACCESS_KEY_ID', 'is missing while AWS_SECRET_ACCESS_KEY is set.');
  // With a session token the keys are temporary and the SDK must see all three, and their renewal.
  return accessKeyId && secretAccessKey && !optional('AWS_SESSION_TOKEN') ? { accessKeyId, secretAccessKey } : null;
};

const readPem = (name: string, file: string, kind: string): string => {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    fail(name, `names ${file}, which cannot be read.`);
  }
  const pem = z
    .string()
    .regex(new RegExp(`-----BEGIN ${kind}-----`))
    .safeParse(text);
  return pem.success
    ? pem.data
    : fail(name, `names ${file}, which is not a ${kind.toLowerCase()} in PEM form (-----BEGIN ${kind}-----).`);
};
