import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AceCredential } from '../settings.ts';
import { AceError } from './errors.ts';

const region = 'us-east-1';
const service = 'partnercentral-selling';
const maximumSkewMs = 5 * 60_000;

export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const refused = (type: string, message: string): AceError => new AceError(type, 403, message);
const invalidSignature = (message: string): AceError => refused('InvalidSignatureException', message);

interface Authorization {
  readonly accessKeyId: string;
  readonly scope: { readonly date: string; readonly region: string; readonly service: string };
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const readAuthorization = (header: string | undefined): Authorization => {
  if (header === undefined) throw refused('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})$/.exec(
      header,
    );
  if (!parts)
    throw refused(
      'IncompleteSignatureException',
      "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters of AWS4-HMAC-SHA256.",
    );
  const [, accessKeyId = '', date = '', inRegion = '', inService = '', signed = '', signature = ''] = parts;
  return {
    accessKeyId,
    scope: { date, region: inRegion, service: inService },
    signedHeaders: signed.split(';'),
    signature,
  };
};

const compact = (date: Date): string => date.toISOString().replace(/[-:]|\.\d{3}/g, '');

/** `x-amz-date`, checked against this clock (AWS allows five minutes either way) and against the scope's day. */
const readSigningDate = (header: string | undefined, scopeDate: string, now: Date): Date => {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(header ?? '');
  if (!parts || header === undefined)
    throw refused('IncompleteSignatureException', "Date must be in ISO-8601 'basic format' in header x-amz-date.");
  const [, year, month, day, hour, minute, second] = parts.map(Number);
  const signedAt = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second));
  if (header.slice(0, 8) !== scopeDate)
    throw invalidSignature('Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.');
  if (signedAt.getTime() < now.getTime() - maximumSkewMs)
    throw invalidSignature(
      `Signature expired: ${header} is now earlier than ${compact(new Date(now.getTime() - maximumSkewMs))} (${compact(now)} - 5 min.)`,
    );
  if (signedAt.getTime() > now.getTime() + maximumSkewMs)
    throw invalidSignature(
      `Signature not yet current: ${header} is still later than ${compact(new Date(now.getTime() + maximumSkewMs))} (${compact(now)} + 5 min.)`,
    );
  return signedAt;
};

const single = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** Makes a function that says whose request it is, by recomputing its Signature Version 4 with the AWS SDK's own signer. */
export const authenticator = (credentials: readonly AceCredential[]) => {
  const known = new Map(
    credentials.map((credential) => [
      credential.accessKeyId,
      { credential, signer: new SignatureV4({ credentials: credential, region, service, sha256: Sha256 }) },
    ]),
  );

  /** @throws {AceError} 403 with AWS's type and text for whatever does not fit. */
  return async (request: SignedRequest, now: Date): Promise<AceCredential> => {
    const authorization = readAuthorization(request.headers.authorization);
    const match = known.get(authorization.accessKeyId);
    if (!match) throw refused('UnrecognizedClientException', 'The security token included in the request is invalid.');
    if (authorization.scope.region !== region) throw invalidSignature('Credential should be scoped to a valid region.');
    if (authorization.scope.service !== service)
      throw invalidSignature(`Credential should be scoped to correct service: '${service}'.`);
    const signingDate = readSigningDate(single(request.headers['x-amz-date']), authorization.scope.date, now);
    if (single(request.headers['x-amz-security-token']) !== match.credential.sessionToken)
      throw refused('UnrecognizedClientException', 'The security token included in the request is invalid.');
    const headers: Record<string, string> = {};
    for (const name of authorization.signedHeaders) {
      const value = single(request.headers[name]);
      if (value === undefined) throw invalidSignature(`Signed header ${name} is not in the request.`);
      headers[name] = value;
    }
    for (const name of ['host', 'x-amz-target'])
      if (headers[name] === undefined) throw invalidSignature(`Header ${name} must be signed.`);
    const bodyHash = createHash('sha256').update(request.body).digest('hex');
    if (headers['x-amz-content-sha256'] !== undefined && headers['x-amz-content-sha256'] !== bodyHash)
      throw invalidSignature("The provided 'x-amz-content-sha256' header does not match what was computed.");
    const resigned = await match.signer.sign(
      {
        method: request.method,
        protocol: 'http:',
        hostname: headers.host ?? '',
        path: request.path,
        headers,
        body: request.body,
      },
      { signingDate, signableHeaders: new Set(authorization.signedHeaders) },
    );
    const expected = /Signature=([0-9a-f]{64})$/.exec(resigned.headers.authorization ?? '')?.[1] ?? '';
    if (!timingSafeEqual(Buffer.from(expected), Buffer.from(authorization.signature)))
      throw invalidSignature(
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      );
    return match.credential;
  };
};
