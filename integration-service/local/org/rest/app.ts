import express, { type ErrorRequestHandler, type Express } from 'express';
import { OrgError } from '../engine/errors.ts';
import { errorAnswer, send } from './answers.ts';
import { authenticated, NEWEST_VERSION, OLDEST_VERSION } from './authentication.ts';
import { oauthRouter } from './oauth.ts';
import { requireJson, Resources } from './resources.ts';
import { sessionOf, type OrgServices, type Surface } from './services.ts';

const BODY_LIMIT = '50mb';

/** The org's HTTP side: sign-in, REST, and whatever the given surfaces add. */
export const buildOrgApp = (org: OrgServices, options: { readonly surfaces?: readonly Surface[] } = {}): Express => {
  const surfaces = options.surfaces ?? [];
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  for (const surface of surfaces) if (surface.before !== undefined) app.use(surface.before);
  app.get('/services/data', (_request, response) => {
    response.json(
      Array.from({ length: NEWEST_VERSION - OLDEST_VERSION + 1 }, (_, index) => OLDEST_VERSION + index).map(
        (version) => ({
          label: `API ${version}.0`,
          url: `/services/data/v${version}.0`,
          version: `${version}.0`,
        }),
      ),
    );
  });
  app.use(oauthRouter(org));
  app.use(localSignIn(org));
  for (const surface of surfaces) if (surface.rootRouter !== undefined) app.use(surface.rootRouter);

  const data = express.Router({ mergeParams: true });
  data.use(authenticated(org));
  for (const surface of surfaces) if (surface.router !== undefined) data.use(surface.router);
  const resources = new Resources(org);
  data.use((request, _response, next) => {
    requireJson(request.method, request.headers['content-type']);
    next();
  });
  data.use(express.json({ limit: BODY_LIMIT, strict: false, type: () => true }), async (request, response) => {
    const url = new URL(request.url, 'http://org');
    const segments = url.pathname
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
    const answer = await resources.answer(sessionOf(response), {
      method: request.method,
      segments,
      query: url.searchParams,
      headers: request.headers as Record<string, string | undefined>,
      body: request.body as unknown,
    });
    send(response, answer);
  });
  app.use('/services/data/:version', data);
  app.use((_request, response) => {
    send(response, errorAnswer(new OrgError('NOT_FOUND', 'The requested resource does not exist')));
  });
  app.use(answerErrors);
  return app;
};

const answerErrors: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  send(response, errorAnswer(asOrgError(error)));
};

/** Errors of the body parser as the org words them. */
const asOrgError = (error: unknown): unknown => {
  const type = (error as { type?: unknown }).type;
  if (type === 'entity.parse.failed')
    return new OrgError('JSON_PARSER_ERROR', `Unexpected content: ${(error as Error).message}`);
  if (type === 'entity.too.large')
    return new OrgError('REQUEST_TOO_LARGE', 'The request body is too large.', { httpStatus: 413 });
  if (error instanceof URIError) return new OrgError('URL_NOT_RESET', 'The URL is malformed.', { httpStatus: 400 });
  return error;
};

/** The local front door: a session for any sample user without a password. Never part of a real org. */
const localSignIn = (org: OrgServices): express.Router => {
  const router = express.Router();
  router.post('/local/session', express.json(), async (request, response) => {
    if (!org.localSignIn)
      throw new OrgError(
        'LOCAL_SIGN_IN_DISABLED',
        'Sign-in without a key is off: start the org with localSignIn to use it on your own machine.',
        { httpStatus: 403 },
      );
    const username = (request.body as { username?: unknown } | undefined)?.username;
    const context = await org.engine.contextFor(typeof username === 'string' ? username : '');
    response.json({
      access_token: await org.sessions.open(context.userId, 'local'),
      instance_url: org.url(),
      user_id: context.userId,
    });
  });
  return router;
};
