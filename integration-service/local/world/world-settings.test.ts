import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readWorldSettings, serviceSettingNames, SettingError } from './world-settings.ts';

let folder: string;
let keyFile: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-settings-'));
  keyFile = join(folder, 'key.pem');
  writeFileSync(
    keyFile,
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
  );
  writeFileSync(join(folder, 'not-a-key.pem'), 'hello');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const org = () => ({
  SALESFORCE_LOGIN_URL: 'https://test.salesforce.com',
  SALESFORCE_CLIENT_ID: '3MVG9',
  SALESFORCE_USERNAME: 'integration@example.com',
  SALESFORCE_PRIVATE_KEY_FILE: keyFile,
});

describe('settings of the world', () => {
  test('nothing set: everything is ours to start', () => {
    expect(readWorldSettings({})).toEqual({
      databaseUrl: undefined,
      redisUrl: undefined,
      salesforce: undefined,
      aws: undefined,
      pagesPort: 8080,
      servicePort: 3000,
      service: {},
    });
  });

  test('every setting of the service is passed on, and AWS’s own only to AWS', () => {
    const numbers = serviceSettingNames().filter((name) => /_(SECONDS|CONCURRENCY|SECOND|DAY)$/.test(name));
    expect(numbers.length).toBeGreaterThan(5);
    // A number that every one of them takes.
    const given = Object.fromEntries(numbers.map((name) => [name, '30']));
    expect(readWorldSettings({ ...given, AWS_PROFILE: 'mine' }).service).toEqual(given);
    expect(
      readWorldSettings({
        AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: 'https://x.example.com',
        AWS_PROFILE: 'mine',
        TANDEM_ROLES: 'worker',
      }).service,
    ).toEqual({
      AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: 'https://x.example.com',
      AWS_PROFILE: 'mine',
      TANDEM_ROLES: 'worker',
    });
  });

  test('what is set is used', () => {
    const settings = readWorldSettings({
      ...org(),
      REDIS_URL: 'redis://cache:6379',
      AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: 'https://partnercentral-selling.us-east-1.api.aws',
    });
    expect(settings.salesforce?.loginUrl).toBe('https://test.salesforce.com');
    expect(settings.redisUrl).toBe('redis://cache:6379');
    expect(settings.aws).toEqual({
      endpoint: 'https://partnercentral-selling.us-east-1.api.aws',
      region: 'us-east-1',
      catalog: 'Sandbox',
    });
  });

  test.each<[string, () => Record<string, string>, string]>([
    [
      'half an org',
      () => ({ SALESFORCE_LOGIN_URL: 'https://test.salesforce.com' }),
      'SALESFORCE_CLIENT_ID is missing while SALESFORCE_LOGIN_URL is set',
    ],
    [
      'an event bus without an org',
      () => ({ SALESFORCE_PUBSUB_ENDPOINT: 'api.pubsub.salesforce.com:7443' }),
      'SALESFORCE_PUBSUB_ENDPOINT is set without SALESFORCE_LOGIN_URL',
    ],
    [
      'a key file that is not there',
      () => ({ ...org(), SALESFORCE_PRIVATE_KEY_FILE: join(folder, 'none.pem') }),
      'SALESFORCE_PRIVATE_KEY_FILE names',
    ],
    [
      'a key file without a key',
      () => ({ ...org(), SALESFORCE_PRIVATE_KEY_FILE: join(folder, 'not-a-key.pem') }),
      'which is not a private key in PEM form',
    ],
    [
      'a database of another kind',
      () => ({ DATABASE_URL: 'mysql://x/y' }),
      'DATABASE_URL is not an address that starts with postgres://',
    ],
    ['a Redis without a scheme', () => ({ REDIS_URL: 'localhost:6379' }), 'REDIS_URL is not an address'],
    [
      'half a key pair',
      () => ({ AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: 'https://x.example.com', AWS_ACCESS_KEY_ID: 'AKID' }),
      'AWS_SECRET_ACCESS_KEY is missing while AWS_ACCESS_KEY_ID is set',
    ],
    [
      'an unknown catalog',
      () => ({ AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: 'https://x.example.com', TANDEM_AWS_CATALOG: 'sandbox' }),
      'TANDEM_AWS_CATALOG is "sandbox"',
    ],
    ['a role that is none', () => ({ TANDEM_ROLES: 'nonsense' }), 'TANDEM_ROLES names "nonsense"'],
    ['a lease that is no number', () => ({ TANDEM_LEASE_SECONDS: 'abc' }), 'TANDEM_LEASE_SECONDS is "abc"'],
    ['an owner that is no address', () => ({ DATABASE_OWNER_URL: 'garbage' }), 'DATABASE_OWNER_URL is set without'],
    [
      'AWS’s production catalog of the local AWS',
      () => ({ TANDEM_AWS_CATALOG: 'AWS' }),
      'TANDEM_AWS_CATALOG is AWS without AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING',
    ],
    [
      'a certificate of a bus that is not given',
      () => ({ SALESFORCE_PUBSUB_CA_FILE: keyFile }),
      'SALESFORCE_PUBSUB_CA_FILE is set without SALESFORCE_LOGIN_URL',
    ],
    ['a port that is none', () => ({ PORT: '80a' }), 'PORT is "80a"'],
  ])('%s stops the start with a sentence that names it', (_what, environment, sentence) => {
    expect(() => readWorldSettings(environment())).toThrow(SettingError);
    expect(() => readWorldSettings(environment())).toThrow(sentence);
  });
});
