import type { Request } from 'express';
import { readToken, type TelemetrySource } from '../../infrastructure/telemetry/telemetry-sources.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { signatureHolds } from './routes/post-network-notice.ts';

/** What is known here of an org. */
export type TelemetryOrg = Pick<OrgRuntime, 'org' | 'telemetry' | 'crmTelemetry'>;
export type TelemetryOrgs = ReadonlyMap<string, { readonly runtime: TelemetryOrg }>;

/** Who asks, and of which org. */
export interface Teller {
  readonly runtime: TelemetryOrg;
  readonly source: TelemetrySource;
  /** Whether a body is this source's; true for any where a bearer token was shown. */
  holds(body: Buffer, nowSeconds: number): boolean;
}

/** `<org>/<name of the source>`, beside a signature. */
const sourceHeader = /^(00D[A-Za-z0-9]{12,15})\/([A-Za-z0-9][A-Za-z0-9._-]{0,39})$/;

/**
 * The source that a request comes from: by bearer token, or by its name beside a signature of the body
 * (`X-Tandem-Signature: t=<unix seconds>,v1=<hex hmac-sha256 of "t.body">`, five minutes, the body before it is
 * compressed). Null: of nobody that we know.
 */
export const tellerOf = async (request: Request, orgs: TelemetryOrgs): Promise<Teller | null> => {
  const bearer = /^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1];
  const token = bearer === undefined ? null : readToken(bearer);
  if (token) {
    const runtime = orgs.get(token.org)?.runtime;
    const source = (await runtime?.telemetry.sources.bySecret(token.secret)) ?? null;
    return runtime && source ? { runtime, source, holds: () => true } : null;
  }
  const named = sourceHeader.exec(request.get('x-tandem-source') ?? '');
  const runtime = orgs.get(named?.[1] ?? '')?.runtime;
  const known = (await runtime?.telemetry.sources.byName(named?.[2] ?? '')) ?? null;
  if (!runtime || !known) return null;
  const signature = request.get('x-tandem-signature');
  return { runtime, source: known.source, holds: (body, now) => signatureHolds(signature, body, known.secret, now) };
};
