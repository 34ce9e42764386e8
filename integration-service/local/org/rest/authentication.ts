import type { NextFunction, Request, Response } from 'express';
import { OrgError } from '../engine/errors.ts';
import { tokenOf } from './oauth.ts';
import type { OrgServices, RequestSession } from './services.ts';

export const OLDEST_VERSION = 31;
export const NEWEST_VERSION = 68;

/** Calls of Lightning itself; they cost no API quota and need no "API Enabled". */
const LIGHTNING = new Set(['ui-api', 'graphql']);

/**
 * Who sends a request to `/services/data/vNN.0/…`: checks version, token, "API Enabled" and the daily limit, and counts
 * the call. Throws the org's error for what does not hold.
 */
export const authenticate = async (org: OrgServices, request: Request): Promise<RequestSession> => {
  const [, version, resource = ''] = /^\/services\/data\/v(\d+)\.0(?:\/([^/?]*))?/.exec(request.originalUrl) ?? [];
  if (version === undefined || Number(version) < OLDEST_VERSION || Number(version) > NEWEST_VERSION)
    throw new OrgError('NOT_FOUND', 'The requested resource does not exist');
  const token = tokenOf(request);
  const session = token === undefined ? undefined : await org.sessions.find(token);
  if (token === undefined || session === undefined)
    throw new OrgError('INVALID_SESSION_ID', 'Session expired or invalid');
  const access = (await org.engine.directory()).accessOf(session.userId);
  if (access.user.IsActive !== true) throw new OrgError('INVALID_SESSION_ID', 'Session expired or invalid');
  if (!LIGHTNING.has(resource)) {
    if (!access.apiEnabled)
      throw new OrgError('API_CURRENTLY_DISABLED', 'API is disabled for this User', { httpStatus: 403 });
    if (org.usage.exhausted) throw new OrgError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    org.usage.count(resource === '' ? 'resources' : resource);
  }
  const context = await org.engine.contextFor(session.userId, {
    ...callOptionsOf(request.headers['sforce-call-options']),
    origin: `com/salesforce/api/rest/${version}.0`,
  });
  return { context, operations: org.engine.as(context), version: `${version}.0`, token };
};

/** `authenticate` as middleware: puts the session on the response, and the limit header. */
export const authenticated =
  (org: OrgServices) =>
  async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    response.locals.session = await authenticate(org, request);
    response.setHeader('Sforce-Limit-Info', `api-usage=${org.usage.calls}/${org.usage.limit}`);
    next();
  };

/** `client=Tandem/1.0, defaultNamespace=tdm` */
const callOptionsOf = (header: string | string[] | undefined): { clientName?: string; defaultNamespace?: string } => {
  const options = new Map<string, string>();
  for (const part of String(header ?? '').split(',')) {
    const [name = '', value = ''] = part.trim().split('=', 2);
    options.set(name, value);
  }
  const client = options.get('client');
  const namespace = options.get('defaultNamespace');
  return {
    ...(client ? { clientName: client } : {}),
    ...(namespace ? { defaultNamespace: namespace } : {}),
  };
};
