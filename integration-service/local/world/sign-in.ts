import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SignJWT } from 'jose';
import { Connection } from 'jsforce';
import { z } from 'zod';
import type { SalesforceSettings } from './world-settings.ts';

const apiVersion = '66.0';

const token = z.object({ access_token: z.string(), instance_url: z.string() });

/** Signs in by JWT bearer, as the service does; `audience` is the login address without a path. */
export const connectByKey = async (settings: SalesforceSettings): Promise<Connection> => {
  const key = createPrivateKey(readFileSync(settings.privateKeyFile));
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(settings.clientId)
    .setSubject(settings.username)
    .setAudience(new URL(settings.loginUrl).origin)
    .setExpirationTime('3m')
    .sign(key);
  const response = await fetch(new URL('/services/oauth2/token', settings.loginUrl), {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }),
    signal: AbortSignal.timeout(15_000),
  });
  const answer: unknown = await response.json();
  const parsed = token.safeParse(answer);
  if (!response.ok || !parsed.success) {
    throw new Error(
      `${settings.loginUrl} did not sign in ${settings.username}: ${JSON.stringify(answer)}. Check SALESFORCE_CLIENT_ID, SALESFORCE_USERNAME and that the app’s certificate belongs to SALESFORCE_PRIVATE_KEY_FILE.`,
    );
  }
  return connection(parsed.data.instance_url, parsed.data.access_token);
};

/** A connection with an access token at hand; nothing is retried, so that a test sees what happened. */
export const connection = (instanceUrl: string, accessToken: string): Connection =>
  new Connection({ instanceUrl, accessToken, version: apiVersion, callOptions: { client: 'TandemLocal' } });

const organization = z.object({
  Id: z.string(),
  IsSandbox: z.boolean(),
  OrganizationType: z.string(),
  TrialExpirationDate: z.string().nullable(),
  NamespacePrefix: z.string().nullable().optional(),
});

/**
 * Refuses an org that real work depends on: only a sandbox, a scratch org (which has an expiry) or a Developer Edition
 * org is written to by a demo.
 */
export const refuseProduction = async (signedIn: Connection): Promise<void> => {
  const answer = await signedIn.query('SELECT Id, IsSandbox, OrganizationType, TrialExpirationDate FROM Organization');
  const org = organization.parse(answer.records[0]);
  const safe = org.IsSandbox || org.OrganizationType === 'Developer Edition' || org.TrialExpirationDate !== null;
  if (!safe) {
    throw new Error(
      `Org ${org.Id} (${org.OrganizationType}) is neither a sandbox, a scratch org nor a Developer Edition org: the demo writes sample referrals, so it does not run there.`,
    );
  }
};
