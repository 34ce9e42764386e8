import { existsSync, readFileSync } from 'node:fs';
import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';
import { ConfigError, readConfig } from '../../src/app/config.ts';

/** A part of the world that somebody else runs and whose address was given, or undefined: we start our own. */
export interface WorldSettings {
  readonly databaseUrl: string | undefined;
  /** Who migrates it, and makes the databases of the local parts; the user of `databaseUrl` when left out. */
  readonly databaseOwnerUrl?: string | undefined;
  readonly redisUrl: string | undefined;
  readonly salesforce: SalesforceSettings | undefined;
  readonly aws: AwsSettings | undefined;
  /** Port of the record pages; the next free one is used when it is taken. */
  readonly pagesPort: number;
  /** What else the environment says to the service, by name, passed on to it as it is. */
  readonly service?: Readonly<Record<string, string>>;
  /** Port of the service's own end points (health, metrics, notices). */
  readonly servicePort: number;
}

export interface SalesforceSettings {
  readonly loginUrl: string;
  readonly clientId: string;
  readonly username: string;
  readonly privateKeyFile: string;
  readonly pubsubEndpoint: string | undefined;
}

export interface AwsSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly catalog: string;
}

/** A setting that stops the start; the message is the one sentence the user reads. */
export class SettingError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

const given = (environment: Environment, name: string): string | undefined => {
  const value = environment[name]?.trim();
  return value === '' ? undefined : value;
};

const url = (name: string, value: string, protocols: readonly string[]): string => {
  const parsed = URL.parse(value);
  if (!parsed || !protocols.includes(parsed.protocol)) {
    throw new SettingError(
      `${name} is not an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}: correct it, or unset it to use a local one.`,
    );
  }
  return value;
};

const port = (environment: Environment, name: string, fallback: number): number => {
  const value = given(environment, name);
  if (value === undefined) return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    throw new SettingError(`${name} is "${value}", which is not a port from 1 to 65535.`);
  return number;
};

/** The settings of a group that is given whole or not at all. */
const wholeGroup = (environment: Environment, names: readonly string[]): Record<string, string> | undefined => {
  const present = names.filter((name) => given(environment, name) !== undefined);
  if (present.length === 0) return undefined;
  const missing = names.find((name) => given(environment, name) === undefined);
  if (missing)
    throw new SettingError(
      `${missing} is missing while ${present.join(', ')} ${present.length > 1 ? 'are' : 'is'} set: set all of ${names.join(', ')}, or none.`,
    );
  return Object.fromEntries(names.map((name) => [name, given(environment, name) ?? '']));
};

const salesforceNames = [
  'SALESFORCE_LOGIN_URL',
  'SALESFORCE_CLIENT_ID',
  'SALESFORCE_USERNAME',
  'SALESFORCE_PRIVATE_KEY_FILE',
] as const;

const salesforce = (environment: Environment): SalesforceSettings | undefined => {
  const group = wholeGroup(environment, salesforceNames);
  const pubsubEndpoint = given(environment, 'SALESFORCE_PUBSUB_ENDPOINT');
  if (!group) {
    if (pubsubEndpoint)
      throw new SettingError(
        `SALESFORCE_PUBSUB_ENDPOINT is set without SALESFORCE_LOGIN_URL: set all of ${salesforceNames.join(', ')}, or none.`,
      );
    return undefined;
  }
  const privateKeyFile = group.SALESFORCE_PRIVATE_KEY_FILE ?? '';
  if (!existsSync(privateKeyFile))
    throw new SettingError(`SALESFORCE_PRIVATE_KEY_FILE names "${privateKeyFile}", where there is no file.`);
  try {
    createPrivateKey(readFileSync(privateKeyFile));
  } catch {
    throw new SettingError(
      `SALESFORCE_PRIVATE_KEY_FILE names "${privateKeyFile}", which is not a private key in PEM form.`,
    );
  }
  return {
    loginUrl: url('SALESFORCE_LOGIN_URL', group.SALESFORCE_LOGIN_URL ?? '', ['https:', 'http:']),
    clientId: group.SALESFORCE_CLIENT_ID ?? '',
    username: group.SALESFORCE_USERNAME ?? '',
    privateKeyFile,
    pubsubEndpoint,
  };
};

const aws = (environment: Environment): AwsSettings | undefined => {
  const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
  const endpoint = given(environment, 'AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING');
  const catalog = given(environment, 'TANDEM_AWS_CATALOG') ?? 'Sandbox';
  if (!endpoint) {
    if (catalog === 'AWS')
      throw new SettingError(
        'TANDEM_AWS_CATALOG is AWS without AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: the local AWS knows Sandbox only, so give the end point too, or unset the catalog.',
      );
    return undefined;
  }
  // Half a key pair would be passed over by the SDK, which would then sign with whatever else it finds.
  wholeGroup(environment, keys);
  return { endpoint, region: given(environment, 'AWS_REGION') ?? 'us-east-1', catalog };
};

const example = join(import.meta.dirname, '..', '..', '.env.example');

/** Settings that the service knows: `.env.example` lists them all. */
export const serviceSettingNames = (): readonly string[] =>
  [...readFileSync(example, 'utf8').matchAll(/^([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1] ?? '');

/** The service's settings that are given, and the AWS SDK's own where AWS is not local. */
const serviceSettings = (environment: Environment, withAws: boolean): Record<string, string> => {
  const names = [
    ...serviceSettingNames(),
    ...(withAws ? Object.keys(environment).filter((name) => name.startsWith('AWS_')) : []),
  ];
  return Object.fromEntries(
    names
      .filter((name) => withAws || !name.startsWith('AWS_'))
      .flatMap((name) => {
        const value = given(environment, name);
        return value === undefined ? [] : [[name, value]];
      }),
  );
};

/** What the service would refuse, said before anything is started; what we start ourselves stands in as it will be. */
const checkedByService = (environment: Environment): void => {
  try {
    readConfig({
      DATABASE_URL: 'postgres://localhost/local',
      REDIS_URL: 'redis://localhost',
      TANDEM_MASTER_KEY: 'made by the local world when missing',
      ...Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim())),
    });
  } catch (error) {
    if (error instanceof ConfigError) throw new SettingError(error.message);
    throw error;
  }
};

/**
 * What the environment says is already there. What is set is used and not started; what is half set, or wrong, stops
 * the start with one sentence that names it (thrown as `SettingError`).
 */
export const readWorldSettings = (environment: Environment): WorldSettings => {
  const databaseUrl = given(environment, 'DATABASE_URL');
  const databaseOwnerUrl = given(environment, 'DATABASE_OWNER_URL');
  const redisUrl = given(environment, 'REDIS_URL');
  if (databaseOwnerUrl && !databaseUrl)
    throw new SettingError(
      'DATABASE_OWNER_URL is set without DATABASE_URL: give both, or none for a local PostgreSQL.',
    );
  const settings = {
    databaseUrl: databaseUrl && url('DATABASE_URL', databaseUrl, ['postgres:', 'postgresql:']),
    redisUrl: redisUrl && url('REDIS_URL', redisUrl, ['redis:', 'rediss:']),
    salesforce: salesforce(environment),
    aws: aws(environment),
    pagesPort: port(environment, 'TANDEM_PAGES_PORT', 8080),
    servicePort: port(environment, 'PORT', 3000),
  };
  checkedByService(environment);
  return { ...settings, databaseOwnerUrl, service: serviceSettings(environment, settings.aws !== undefined) };
};
