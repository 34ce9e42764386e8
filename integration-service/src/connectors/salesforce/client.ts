import { importPKCS8, SignJWT } from 'jose';
import jsforce from 'jsforce';
import type { z } from 'zod';
import { isAllowedHost, isLoopback, isSafeAddress } from '../kit/outbound-hosts.ts';
import { apiError, compositeAnswer, queryAnswer, tokenAnswer, tokenProblem } from './wire.ts';

const apiVersion = '66.0';
const clientName = 'Tandem';
/** Under this name scores are written: the event channel's filter on Opportunity leaves out what it wrote (ADR 26). */
const scoresClientName = 'TandemScores';

/** In whose name a call is made: it stands in the `changeOrigin` of the events of what the call changes. */
export type Origin = 'work' | 'scores';

/** How the service signs in: JWT bearer only (DESIGN section 4). */
export interface SalesforceSettings {
  /** `https://company.my.salesforce.com`; also the audience of the assertion. */
  readonly loginUrl: string;
  readonly clientId: string;
  readonly username: string;
  /** PKCS#8 PEM. */
  readonly privateKey: string;
  /** For one REST call; longer than the slowest honest answer, because a write given up is a write to be asked about. */
  readonly timeoutMs?: number;
}

export interface Session {
  readonly accessToken: string;
  readonly instanceUrl: string;
  readonly orgId: string;
  readonly userId: string;
}

/** An error answer of the org, or none at all (`status` 0). */
export class SalesforceError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: readonly string[];

  constructor(status: number, code: string, message: string, fields: readonly string[] = [], cause?: unknown) {
    super(`${code}: ${message}`, { cause });
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}

export interface Subrequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Below `/services/data/v66.0`. */
  readonly path: string;
  readonly referenceId: string;
  readonly body?: unknown;
}

/** Tokens go to Salesforce's own hosts, the one that was configured, or this machine; wherever an answer points. */
export const allowedHost = (url: string, loginUrl: string): boolean => {
  const { hostname } = new URL(url);
  const own = new URL(loginUrl).hostname;
  if (isLoopback(hostname)) return isLoopback(own);
  return isSafeAddress(url) && isAllowedHost(hostname, [own, '*.salesforce.com', '*.salesforce.mil']);
};

/** The only place that speaks to Salesforce over HTTP. Signs in again when the session ends; never repeats a write. */
export class SalesforceClient {
  readonly #settings: SalesforceSettings;
  readonly #onCall: (kind: string) => void;
  #connections: Readonly<Record<Origin, jsforce.Connection>> | null = null;
  #session: Promise<Session> | null = null;

  /** `onCall` hears of each API call (`salesforce-calls-per-referral`). */
  constructor(settings: SalesforceSettings, onCall: (kind: string) => void = () => undefined) {
    if (!isSafeAddress(settings.loginUrl))
      throw new Error(`${settings.loginUrl} is not encrypted: a sign-in goes to https:// only.`);
    this.#settings = settings;
    this.#onCall = onCall;
  }

  /** The session there is, or a new one. */
  session(): Promise<Session> {
    this.#session ??= this.#signIn().catch((error: unknown) => {
      this.#session = null;
      throw error;
    });
    return this.#session;
  }

  /** Throws the session away: it was said to have ended. The next call signs in. */
  forgetSession(): void {
    this.#session = null;
  }

  /** Share of the org's API calls of the day that are used, 0 to 1, as the last answer said. */
  get usage(): number {
    const shares = Object.values(this.#connections ?? {}).map(({ limitInfo }) =>
      limitInfo.apiUsage && limitInfo.apiUsage.limit > 0 ? limitInfo.apiUsage.used / limitInfo.apiUsage.limit : 0,
    );
    return Math.max(0, ...shares);
  }

  /** All rows of a query, following its pages. */
  async query(soql: string): Promise<readonly Record<string, unknown>[]> {
    const records: Record<string, unknown>[] = [];
    let path: string | undefined = `/query?q=${encodeURIComponent(soql)}`;
    while (path) {
      const page: z.infer<typeof queryAnswer> = queryAnswer.parse(await this.request('GET', path, undefined, 'query'));
      records.push(...page.records);
      path = page.done ? undefined : page.nextRecordsUrl?.replace(/^\/services\/data\/v[\d.]+/, '');
    }
    return records;
  }

  /** Several requests as one API call, in order. */
  async composite(
    subrequests: readonly Subrequest[],
    allOrNone: boolean,
    origin: Origin = 'work',
  ): Promise<ReadonlyMap<string, { status: number; body: unknown }>> {
    const base = `/services/data/v${apiVersion}`;
    const answer = await this.request(
      'POST',
      '/composite',
      {
        allOrNone,
        compositeRequest: subrequests.map(({ method, path, referenceId, body }) => ({
          method,
          url: base + path,
          referenceId,
          ...(body === undefined ? {} : { body }),
        })),
      },
      'composite',
      origin,
    );
    return new Map(
      compositeAnswer
        .parse(answer)
        .compositeResponse.map((one) => [one.referenceId, { status: one.httpStatusCode, body: one.body }]),
    );
  }

  /** One call below `/services/data/v66.0`; `kind` names it in the metrics. */
  async request(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    kind = 'other',
    origin: Origin = 'work',
  ): Promise<unknown> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return this.#send(method, path, text, 'application/json', kind, origin);
  }

  /** Uploads rows of a bulk job as CSV. */
  async uploadCsv(path: string, csv: string, origin: Origin = 'work'): Promise<void> {
    await this.#send('PUT', path, csv, 'text/csv', 'bulk', origin);
  }

  async #send(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    path: string,
    body: string | undefined,
    contentType: string,
    kind: string,
    origin: Origin,
  ): Promise<unknown> {
    const { instanceUrl } = await this.session();
    const connection = this.#connections?.[origin];
    if (!connection) throw new Error('there is a session and no connection');
    this.#onCall(kind);
    // Scores go in thousands of rows a call, and whoever reads them waits for nobody.
    const timeout = this.#settings.timeoutMs ?? (origin === 'scores' ? 300_000 : 30_000);
    try {
      return await connection.request<unknown>(
        {
          method,
          url: `${instanceUrl}/services/data/v${apiVersion}${path}`,
          headers: { 'content-type': contentType },
          ...(body === undefined ? {} : { body }),
        },
        // jsforce would try a read six times over 15 s; when to try again is ours to say.
        { retry: { maxRetries: 0 }, timeout },
      );
    } catch (error) {
      throw toSalesforceError(error);
    }
  }

  async #signIn(): Promise<Session> {
    const { loginUrl } = this.#settings;
    const session = await this.#token();
    if (!allowedHost(session.instanceUrl, loginUrl))
      throw new Error(`${loginUrl} answered with an instance elsewhere (${session.instanceUrl}): not followed`);
    this.#connections = {
      work: this.#connect(session, clientName),
      scores: this.#connect(session, scoresClientName),
    };
    return session;
  }

  #connect(session: Session, client: string): jsforce.Connection {
    return new jsforce.Connection({
      instanceUrl: session.instanceUrl,
      accessToken: session.accessToken,
      version: apiVersion,
      callOptions: { client },
      refreshFn: (_connection, done) => {
        this.#token().then(
          (fresh) => {
            this.#session = Promise.resolve(fresh);
            done(null, fresh.accessToken);
          },
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      },
    });
  }

  async #token(): Promise<Session> {
    const { loginUrl, clientId, username, privateKey } = this.#settings;
    const key = await importPKCS8(privateKey, 'RS256');
    // Salesforce takes an assertion that ends within five minutes (help: "OAuth 2.0 JWT Bearer Flow").
    const assertion = await new SignJWT({})
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(clientId)
      .setSubject(username)
      .setAudience(new URL(loginUrl).origin)
      .setExpirationTime('3m')
      .sign(key);
    let response: Response;
    try {
      response = await fetch(new URL('/services/oauth2/token', loginUrl), {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }),
        // An assertion signs whoever holds it in: it goes where it was addressed to and nowhere else.
        redirect: 'error',
        signal: AbortSignal.timeout(this.#settings.timeoutMs ?? 30_000),
      });
    } catch (error) {
      throw new SalesforceError(0, 'NO_ANSWER', `${new URL(loginUrl).host} did not answer the sign-in`, [], error);
    }
    const answer: unknown = await response.json().catch(() => ({}));
    if (!response.ok) {
      const problem = tokenProblem.safeParse(answer);
      const [code, text] = problem.success ? [problem.data.error, problem.data.error_description] : ['unknown', ''];
      throw new SalesforceError(
        response.status,
        `SIGN_IN_${code.toUpperCase()}`,
        `${text} (user ${username}, client ${clientId.slice(0, 8)}…)`,
      );
    }
    const { access_token: accessToken, instance_url: instanceUrl, id } = tokenAnswer.parse(answer);
    const [orgId = '', userId = ''] = id.split('/').slice(-2);
    return { accessToken, instanceUrl, orgId, userId };
  }
}

/** jsforce throws the first error with its code as `errorCode` and keeps the rest in `data`. */
const toSalesforceError = (error: unknown): SalesforceError => {
  if (error instanceof SalesforceError) return error;
  const thrown = Object(error) as { errorCode?: unknown; data?: unknown; message?: unknown };
  const known = apiError.safeParse(Array.isArray(thrown.data) ? thrown.data[0] : thrown.data);
  if (known.success && known.data.errorCode)
    return new SalesforceError(
      statusOf(known.data.errorCode),
      known.data.errorCode,
      known.data.message,
      known.data.fields ?? [],
      error,
    );
  const code = typeof thrown.errorCode === 'string' ? thrown.errorCode : 'NO_ANSWER';
  const http = /^ERROR_HTTP_(\d+)$/.exec(code);
  return new SalesforceError(http ? Number(http[1]) : statusOf(code), code, String(thrown.message ?? error), [], error);
};

const statusOf = (code: string): number => {
  if (code === 'NO_ANSWER') return 0;
  if (code === 'REQUEST_LIMIT_EXCEEDED') return 429;
  if (code === 'INVALID_SESSION_ID') return 401;
  if (code === 'SERVER_UNAVAILABLE' || code === 'UNABLE_TO_LOCK_ROW') return 503;
  return code === 'NOT_FOUND' ? 404 : 400;
};
