import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEFAULT_DEADLINES } from '../domain/decisions/approval.ts';
import { ConfigError, readConfig } from './config.ts';

let folder: string;
let keyFile: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-config-'));
  keyFile = join(folder, 'key.pem');
  writeFileSync(
    keyFile,
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const least = {
  DATABASE_URL: 'postgres://localhost/tandem',
  REDIS_URL: 'redis://localhost',
  TANDEM_MASTER_KEY: 'k'.repeat(32),
};
const org = () => ({
  ...least,
  SALESFORCE_LOGIN_URL: 'https://company.my.salesforce.com',
  SALESFORCE_CLIENT_ID: '3MVG9',
  SALESFORCE_USERNAME: 'integration@example.com',
  SALESFORCE_PRIVATE_KEY_FILE: keyFile,
});

describe('the settings', () => {
  test('need a database, a Redis and a master key, and have sound defaults for the rest', () => {
    expect(readConfig(least)).toMatchObject({
      host: '127.0.0.1',
      port: 3_000,
      logLevel: 'info',
      roles: ['subscriber', 'worker', 'http', 'sync'],
      concurrency: 8,
      leaseMs: 30_000,
      reviewEveryMs: 15_000,
      writes: { perSecond: 1, perDay: 10_000 },
      approvalDeadlines: DEFAULT_DEADLINES,
      decisionYears: { referralYears: 7, otherYears: 1 },
      databaseOwnerUrl: null,
      noticeSecret: null,
      org: null,
    });
  });

  test('take other hours for an office or a rule, and other years for records, and leave the rest', () => {
    const { approvalDeadlines, decisionYears } = readConfig({
      ...least,
      TANDEM_APPROVAL_HOURS: 'sales-manager=12, partner-health=4',
      TANDEM_APPROVAL_ESCALATION_HOURS: '6',
      TANDEM_DECISION_YEARS: '10',
      TANDEM_OTHER_DECISION_YEARS: '3',
    });
    expect(approvalDeadlines).toEqual({
      ofOffice: { ...DEFAULT_DEADLINES.ofOffice, 'sales-manager': 12 },
      ofRule: { ...DEFAULT_DEADLINES.ofRule, 'partner-health': 4 },
      escalated: 6,
    });
    expect(decisionYears).toEqual({ referralYears: 10, otherYears: 3 });
  });

  test('give an org the Sandbox catalog and Salesforce’s own event bus unless told otherwise', () => {
    expect(readConfig(org()).org?.settings).toMatchObject({
      pubsubEndpoint: 'api.pubsub.salesforce.com:7443',
      network: { catalog: 'Sandbox', region: 'us-east-1' },
    });
  });

  test.each<[string, () => Record<string, string>]>([
    ['DATABASE_URL is missing', () => ({ ...least, DATABASE_URL: '' })],
    ['DATABASE_URL must be an address that starts with postgres://', () => ({ ...least, DATABASE_URL: 'mysql://x' })],
    ['DATABASE_OWNER_URL must be an address', () => ({ ...least, DATABASE_OWNER_URL: 'garbage' })],
    ['REDIS_URL is missing', () => ({ ...least, REDIS_URL: ' ' })],
    ['TANDEM_MASTER_KEY is missing', () => ({ ...least, TANDEM_MASTER_KEY: '' })],
    ['TANDEM_MASTER_KEY is too short', () => ({ ...least, TANDEM_MASTER_KEY: 'short' })],
    ['PORT is "http"', () => ({ ...least, PORT: 'http' })],
    ['PORT is "65536"', () => ({ ...least, PORT: '65536' })],
    ['LOG_LEVEL is "loud"', () => ({ ...least, LOG_LEVEL: 'loud' })],
    ['TANDEM_ROLES names "boss"', () => ({ ...least, TANDEM_ROLES: 'worker,boss' })],
    ['TANDEM_WORKER_CONCURRENCY is "0"', () => ({ ...least, TANDEM_WORKER_CONCURRENCY: '0' })],
    ['TANDEM_APPROVAL_HOURS says "finance"', () => ({ ...least, TANDEM_APPROVAL_HOURS: 'admin=4, finance' })],
    ['TANDEM_APPROVAL_HOURS says "legal=0"', () => ({ ...least, TANDEM_APPROVAL_HOURS: 'legal=0' })],
    ['TANDEM_APPROVAL_HOURS names "boss"', () => ({ ...least, TANDEM_APPROVAL_HOURS: 'boss=4' })],
    ['TANDEM_APPROVAL_ESCALATION_HOURS is "soon"', () => ({ ...least, TANDEM_APPROVAL_ESCALATION_HOURS: 'soon' })],
    ['TANDEM_DECISION_YEARS is "0"', () => ({ ...least, TANDEM_DECISION_YEARS: '0' })],
    ['TANDEM_LEASE_SECONDS is "1"', () => ({ ...least, TANDEM_LEASE_SECONDS: '1' })],
    ['SALESFORCE_USERNAME is missing while SALESFORCE_LOGIN_URL is set', () => ({ ...org(), SALESFORCE_USERNAME: '' })],
    ['SALESFORCE_PRIVATE_KEY_FILE names /nowhere', () => ({ ...org(), SALESFORCE_PRIVATE_KEY_FILE: '/nowhere' })],
    ['SALESFORCE_PUBSUB_CA_FILE names', () => ({ ...org(), SALESFORCE_PUBSUB_CA_FILE: keyFile })],
    ['SALESFORCE_PUBSUB_ENDPOINT is set without', () => ({ ...least, SALESFORCE_PUBSUB_ENDPOINT: 'localhost:7443' })],
    ['TANDEM_AWS_CATALOG is "prod"', () => ({ ...least, TANDEM_AWS_CATALOG: 'prod' })],
    ['SALESFORCE_LOGIN_URL must start with https', () => ({ ...org(), SALESFORCE_LOGIN_URL: 'http://a.example.com' })],
    [
      'SALESFORCE_PUBSUB_ENDPOINT is "a.example.com:7',
      () => ({ ...org(), SALESFORCE_PUBSUB_ENDPOINT: 'a.example.com:7' }),
    ],
    [
      'AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING must start with https',
      () => ({ ...least, AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: 'http://10.0.0.1' }),
    ],
    ['AWS_ENDPOINT_URL_STS must start with https', () => ({ ...least, AWS_ENDPOINT_URL_STS: 'http://10.0.0.1' })],
    ['TANDEM_METRICS_TOKEN is too short', () => ({ ...least, TANDEM_METRICS_TOKEN: 'short' })],
    ['TANDEM_AWS_CATALOG is "sandbox"', () => ({ ...org(), TANDEM_AWS_CATALOG: 'sandbox' })],
    ['AWS_SECRET_ACCESS_KEY is missing', () => ({ ...least, AWS_ACCESS_KEY_ID: 'AKIA' })],
    ['AWS_ACCESS_KEY_ID is missing', () => ({ ...least, AWS_SECRET_ACCESS_KEY: 'x' })],
  ])('stop the start with a sentence: %s', (sentence, environment) => {
    expect(() => readConfig(environment())).toThrow(ConfigError);
    expect(() => readConfig(environment())).toThrow(sentence);
  });

  test('are all told of in .env.example', () => {
    const example = readFileSync(join(import.meta.dirname, '..', '..', '.env.example'), 'utf8');
    const read = readFileSync(join(import.meta.dirname, 'config.ts'), 'utf8').matchAll(/'([A-Z]+(?:_[A-Z]+)+|PORT)'/g);
    // Credentials are AWS's own variables: the example says that the SDK finds them.
    const own = [...read]
      .map((match) => match[1] ?? '')
      .filter((name) => !/^AWS_(ACCESS|SECRET|SESSION|ACCOUNT)/.test(name));
    expect(own.length).toBeGreaterThan(15);
    for (const name of own) expect(example).toContain(`${name}=`);
  });
});
