import { readFileSync } from 'node:fs';
import { importPKCS8, SignJWT } from 'jose';
import { Connection } from 'jsforce';
import { z } from 'zod';

/** An org that the contract is checked against, and the user who checks it. */
export interface ContractTarget {
  /** Address to sign in at: `https://company.my.salesforce.com`. */
  readonly loginUrl: string;
  /** Consumer key of a connected app that the user is pre-authorised for. */
  readonly clientId: string;
  readonly username: string;
  /** PKCS#8 PEM of the key whose certificate the app holds. */
  readonly privateKey: string;
  /** Address of the Pub/Sub API; without it the event part is skipped. */
  readonly pubsubEndpoint?: string | undefined;
  /** PEM file of the authority to trust there, besides the usual ones. */
  readonly pubsubAuthorityFile?: string | undefined;
}

const tokenAnswer = z.object({ access_token: z.string(), instance_url: z.string(), id: z.string() });
const identity = z.object({ organization_id: z.string(), user_id: z.string(), preferred_username: z.string() });

export const API_VERSION = '66.0';
/** Client name that the contract's writes carry, to find it again in change events. */
export const CLIENT_NAME = 'TandemContract';

/** Asks for a token with an assertion of the given lifetime; gives the raw answer. */
export const requestToken = async (
  target: ContractTarget,
  change: { privateKey?: string; username?: string; lifetimeSeconds?: number } = {},
): Promise<{ status: number; body: unknown }> => {
  const key = await importPKCS8(change.privateKey ?? target.privateKey, 'RS256');
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(target.clientId)
    .setSubject(change.username ?? target.username)
    .setAudience(target.loginUrl)
    .setExpirationTime(new Date(Date.now() + (change.lifetimeSeconds ?? 120) * 1000))
    .sign(key);
  const response = await fetch(`${target.loginUrl}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }),
  });
  return { status: response.status, body: await response.json() };
};

/** A signed-in user of the org under contract. */
export interface ContractSession {
  readonly connection: Connection;
  readonly token: string;
  readonly instanceUrl: string;
  readonly orgId: string;
  readonly userId: string;
  readonly username: string;
  /** Prefix of our names in this org: empty, or `ns__`. */
  readonly prefix: string;
  /** One call below `/services/data/v66.0`, without a client library in between. */
  call(method: string, path: string, body?: unknown, token?: string): Promise<ContractAnswer>;
}

export interface ContractAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export const signIn = async (target: ContractTarget): Promise<ContractSession> => {
  const { access_token: token, instance_url: instanceUrl } = tokenAnswer.parse((await requestToken(target)).body);
  const response = await fetch(`${instanceUrl}/services/oauth2/userinfo`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const user = identity.parse(await response.json());
  const connection = new Connection({
    instanceUrl,
    accessToken: token,
    version: API_VERSION,
    callOptions: { client: CLIENT_NAME },
  });
  const { sobjects } = await connection.describeGlobal();
  const partner = sobjects.map(({ name }) => name).find((name) => /^(?:\w+?__)?Partner__c$/.test(name));
  if (partner === undefined)
    throw new Error('The package is not installed in this org, or this user may not see it: there is no Partner__c.');
  return {
    connection,
    token,
    instanceUrl,
    orgId: user.organization_id,
    userId: user.user_id,
    username: user.preferred_username,
    prefix: partner.replace(/Partner__c$/, ''),
    call: async (method, path, body, otherToken = token) => {
      const answer = await fetch(`${instanceUrl}/services/data/v${API_VERSION}/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${otherToken}`,
          'content-type': 'application/json',
          'sforce-call-options': `client=${CLIENT_NAME}`,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return {
        status: answer.status,
        headers: answer.headers,
        body: text === '' ? undefined : (JSON.parse(text) as unknown),
      };
    },
  };
};

/**
 * The org named by the environment (`SALESFORCE_LOGIN_URL`, `SALESFORCE_CLIENT_ID`, `SALESFORCE_USERNAME`,
 * `SALESFORCE_PRIVATE_KEY_FILE`, `SALESFORCE_PUBSUB_ENDPOINT`, `SALESFORCE_PUBSUB_CA_FILE`), or which of them is missing.
 */
export const targetFromEnvironment = (environment: NodeJS.ProcessEnv): ContractTarget | { missing: string } => {
  const needed = ['SALESFORCE_LOGIN_URL', 'SALESFORCE_CLIENT_ID', 'SALESFORCE_USERNAME', 'SALESFORCE_PRIVATE_KEY_FILE'];
  const missing = needed.filter((name) => !environment[name]);
  if (missing.length > 0) return { missing: missing.join(', ') };
  return {
    loginUrl: environment['SALESFORCE_LOGIN_URL'] ?? '',
    clientId: environment['SALESFORCE_CLIENT_ID'] ?? '',
    username: environment['SALESFORCE_USERNAME'] ?? '',
    privateKey: readFileSync(environment['SALESFORCE_PRIVATE_KEY_FILE'] ?? '', 'utf8'),
    pubsubEndpoint: environment['SALESFORCE_PUBSUB_ENDPOINT'] ?? 'api.pubsub.salesforce.com:7443',
    pubsubAuthorityFile: environment['SALESFORCE_PUBSUB_CA_FILE'],
  };
};
