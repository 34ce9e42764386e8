import { createPublicKey, type KeyObject } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import { decodeJwt, errors, jwtVerify } from 'jose';
import { toId18 } from '../schema/ids.ts';
import { OrgError } from '../engine/errors.ts';
import { errorBody } from './answers.ts';
import type { ConnectedClient, OrgServices } from './services.ts';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/** An assertion may not outlive its making by more than three minutes (OAuth 2.0 JWT bearer flow, Salesforce help). */
const MAX_LIFETIME_SECONDS = 180;
/** Clocks may differ by this much. */
const CLOCK_TOLERANCE_SECONDS = 30;
/** Audiences that name any production or Developer Edition org. */
const COMMON_AUDIENCE = 'https://login.salesforce.com';

/** Refusal of the token end point: 400 with OAuth's own body. */
class OAuthError extends Error {
  readonly code: string;
  constructor(code: string, description: string) {
    super(description);
    this.code = code;
  }
}

/** `/services/oauth2/*` and `/id/*`: JWT bearer sign-in, revocation, and who a token belongs to. */
export const oauthRouter = (org: OrgServices): Router => {
  const keys = new Map<string, KeyObject>(
    org.clients.map((client) => [client.clientId, createPublicKey(client.publicKey)]),
  );
  const router = express.Router();
  router.post('/services/oauth2/token', express.urlencoded({ extended: false }), async (request, response) => {
    try {
      response.json(await grantToken(org, keys, (request.body ?? {}) as Record<string, unknown>));
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      response.status(400).json({ error: error.code, error_description: error.message });
    }
  });
  router.post('/services/oauth2/revoke', express.urlencoded({ extended: false }), async (request, response) => {
    const token = String((request.body as Record<string, unknown>).token ?? '');
    if ((await org.sessions.find(token)) === undefined) {
      response.status(400).json({ error: 'invalid_token', error_description: 'invalid token' });
      return;
    }
    await org.sessions.end(token);
    response.status(200).end();
  });
  router.all('/services/oauth2/userinfo', express.urlencoded({ extended: false }), async (request, response) => {
    await answerIdentity(org, request, response, false);
  });
  router.get('/id/:orgId/:userId', async (request, response) => {
    await answerIdentity(org, request, response, true);
  });
  return router;
};

const grantToken = async (
  org: OrgServices,
  keys: ReadonlyMap<string, KeyObject>,
  form: Readonly<Record<string, unknown>>,
): Promise<unknown> => {
  if (form.grant_type !== JWT_BEARER)
    throw new OAuthError(
      'unsupported_grant_type',
      'grant type not supported: only the JWT bearer flow is offered here',
    );
  const assertion = String(form.assertion ?? '');
  const { clientId, username } = await verifiedAssertion(org, keys, assertion);
  const client = org.clients.find((each) => each.clientId === clientId);
  const user = (await org.engine.directory()).user(username);
  if (user === undefined || user.UserType === 'AutomatedProcess')
    throw new OAuthError('invalid_grant', "user hasn't approved this consumer");
  if (user.IsActive !== true) throw new OAuthError('invalid_grant', 'inactive user');
  if (!isPreAuthorised(client, username)) throw new OAuthError('invalid_grant', "user hasn't approved this consumer");
  const userId = String(user.Id);
  const token = await org.sessions.open(userId, clientId);
  return {
    access_token: token,
    scope: 'api',
    instance_url: org.url(),
    id: `${org.url()}/id/${org.orgId}/${userId}`,
    token_type: 'Bearer',
    issued_at: String(org.clock().getTime()),
  };
};

const isPreAuthorised = (client: ConnectedClient | undefined, username: string): boolean =>
  client?.users.some((each) => each.toLowerCase() === username.toLowerCase()) === true;

const verifiedAssertion = async (
  org: OrgServices,
  keys: ReadonlyMap<string, KeyObject>,
  assertion: string,
): Promise<{ clientId: string; username: string }> => {
  const claims = readClaims(assertion);
  const key = keys.get(String(claims.iss));
  if (key === undefined) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  const now = org.clock();
  try {
    const { payload } = await jwtVerify(assertion, key, {
      algorithms: ['RS256', 'RS384', 'RS512'],
      currentDate: now,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      audience: [org.url(), `${org.url()}/`, COMMON_AUDIENCE],
      requiredClaims: ['iss', 'sub', 'aud', 'exp'],
    });
    const lifetime = Number(payload.exp) - Math.floor(now.getTime() / 1000);
    if (lifetime > MAX_LIFETIME_SECONDS + CLOCK_TOLERANCE_SECONDS)
      throw new OAuthError('invalid_grant', 'the assertion expires too far in the future: at most 3 minutes');
    return { clientId: String(payload.iss), username: String(payload.sub) };
  } catch (error) {
    throw asOAuthError(error);
  }
};

const readClaims = (assertion: string): { iss?: string } => {
  try {
    return decodeJwt(assertion);
  } catch {
    throw new OAuthError('invalid_grant', 'invalid assertion');
  }
};

const asOAuthError = (error: unknown): Error => {
  if (error instanceof OAuthError) return error;
  if (error instanceof errors.JWTExpired) return new OAuthError('invalid_grant', 'expired authorization code');
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud')
    return new OAuthError('invalid_grant', 'audience is invalid');
  if (error instanceof errors.JOSEError) return new OAuthError('invalid_grant', 'invalid assertion');
  return error as Error;
};

const answerIdentity = async (
  org: OrgServices,
  request: Request,
  response: Response,
  byUrl: boolean,
): Promise<void> => {
  const token = tokenOf(request);
  const session = token === undefined ? undefined : await org.sessions.find(token);
  const user = session === undefined ? undefined : (await org.engine.directory()).user(session.userId);
  if (session === undefined || user === undefined) {
    response.status(403).type('text/plain').send('Bad_OAuth_Token');
    return;
  }
  const { orgId, userId } = request.params;
  if (byUrl && (toId18(String(orgId)) !== org.orgId || toId18(String(userId)) !== session.userId)) {
    response.status(404).json(errorBody(new OrgError('NOT_FOUND', 'The requested resource does not exist')));
    return;
  }
  response.json({
    id: `${org.url()}/id/${org.orgId}/${session.userId}`,
    sub: `${org.url()}/id/${org.orgId}/${session.userId}`,
    user_id: session.userId,
    organization_id: org.orgId,
    preferred_username: user.Username,
    username: user.Username,
    name: user.Name,
    display_name: user.Name,
    email: user.Email,
    active: user.IsActive,
    user_type: 'STANDARD',
    zoneinfo: user.TimeZoneSidKey,
    locale: user.LocaleSidKey,
    urls: {
      rest: `${org.url()}/services/data/v{version}/`,
      sobjects: `${org.url()}/services/data/v{version}/sobjects/`,
    },
  });
};

/** The access token of a request, from its header or (for identity URLs) its query or form. */
export const tokenOf = (request: Request): string | undefined => {
  const match = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? '');
  if (match !== null) return match[1];
  const body = request.body as Record<string, unknown> | undefined;
  const given: unknown = request.query.oauth_token ?? request.query.access_token ?? body?.access_token;
  return typeof given === 'string' ? given : undefined;
};
