import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import express, { type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import type { PageContext, Person } from './browser/data/page-context.ts';
import { buildPages } from './build/build-pages.ts';
import { browserRoot, packageFolder } from './build/locations.ts';
import { findStaticResources, resourceAddress } from './build/static-resources.ts';
import { readPackage } from './package/read-package.ts';
import { passToOrg } from './server/proxy.ts';
import { Sessions, UnknownPerson, type Session } from './server/sessions.ts';

/** What the record pages are started with. */
export interface PagesOptions {
  /** The org's address, such as `http://localhost:4010`; it must allow local sign-in. */
  orgUrl: string;
  /** The port to listen on; 0 takes any free one. A taken port rejects with the code `EADDRINUSE`. */
  port: number;
  /** Folders that hold the package's source, absolute. */
  sourceFolders: string[];
  /** The package's namespace in the org; empty (the default) where it is not installed as a managed package. */
  namespace?: string;
  /** The people one can be; the first is who one is at first. */
  users: Person[];
}

/** The running pages. */
export interface Pages {
  url: string;
  stop(): Promise<void>;
}

/** As strict as the platform's: no inline script, no other host; inline style is what base components need. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const cookieName = 'tandem_pages';

const cookieOf = (request: Request): string | undefined =>
  new RegExp(`(?:^|;\\s*)${cookieName}=([\\w-]+)`).exec(request.header('cookie') ?? '')?.[1];

const becomes = z.object({ username: z.string() });

/** Half the screen of a tablet is where Lightning changes to its phone layout. */
const formFactorScript =
  "globalThis.pageContext.formFactor = matchMedia('(max-width: 47.99em)').matches ? 'Small' : 'Large';";

/**
 * Serves the package's own pages in the browser against an org: its components unchanged, its app, tabs, Lightning pages,
 * layouts, list views and flows. The browser talks to this server only; it passes data calls on as the chosen person.
 */
export const startPages = async (options: PagesOptions): Promise<Pages> => {
  const namespace = options.namespace ?? '';
  const { vendorFolder, appFolder } = await buildPages({ sourceFolders: options.sourceFolders, namespace });
  const model = readPackage(options.sourceFolders, namespace);
  const sessions = new Sessions(options.orgUrl, model.apiVersion, options.users, Object.keys(model.objects));
  const app = express();
  app.disable('x-powered-by');

  const setCookie = (response: Response, key: string): void => {
    response.cookie(cookieName, key, { httpOnly: true, sameSite: 'strict', path: '/' });
  };

  const sessionOf = async (request: Request, response: Response): Promise<Session> => {
    const known = sessions.find(cookieOf(request));
    if (known !== undefined) return known;
    const { key, session } = await sessions.open();
    setCookie(response, key);
    return session;
  };

  app.use((_request, response, next) => {
    response.setHeader('content-security-policy', contentSecurityPolicy);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'same-origin');
    next();
  });
  app.use('/services', async (request, response) => {
    await passToOrg(options.orgUrl, sessions, await sessionOf(request, response), request, response);
  });
  app.post('/session', express.json(), async (request, response) => {
    const { username } = becomes.parse(request.body);
    const { key } = await sessions.open(username);
    const former = cookieOf(request);
    if (former !== undefined) sessions.close(former);
    setCookie(response, key);
    response.status(204).end();
  });
  app.get('/context.js', async (request, response) => {
    const { person, userId, locale, timeZone, objects, permissionSets } = await sessionOf(request, response);
    const context: Omit<PageContext, 'formFactor'> = {
      user: { ...person, id: userId },
      people: options.users,
      objects,
      tabs: permissionSets.flatMap((name) => model.tabsOfPermissionSets[name] ?? []),
      customPermissions: permissionSets.flatMap((name) => model.customPermissionsOfPermissionSets[name] ?? []),
      namespace,
      i18n: { locale, lang: locale, dir: 'ltr', currency: 'USD', timeZone },
      model,
    };
    response.setHeader('cache-control', 'no-store');
    response
      .type('text/javascript')
      .send(`globalThis.pageContext = ${JSON.stringify(context)};\n${formFactorScript}\n`);
  });
  const slds = path.join(packageFolder('@salesforce-ux/design-system'), 'assets/styles');
  app.get('/assets/slds.css', (_request, response) => {
    response.sendFile('salesforce-lightning-design-system.min.css', { root: slds, maxAge: '1h' });
  });
  app.use('/assets', express.static(path.join(browserRoot, 'assets')));
  app.use('/vendor', express.static(vendorFolder, { maxAge: '1h' }));
  app.use('/app', express.static(appFolder));
  for (const [name, resource] of findStaticResources(options.sourceFolders)) {
    app.get(resourceAddress(name, resource, namespace), (_request, response) => {
      response.setHeader('content-type', resource.contentType);
      response.sendFile(path.basename(resource.file), { root: path.dirname(resource.file), maxAge: '1h' });
    });
  }
  app.get('/', (_request, response) => response.redirect('/lightning/page/home'));
  app.get('/lightning/{*place}', (_request, response) => {
    response.sendFile('index.html', { root: path.join(browserRoot, 'assets') });
  });
  app.use((error: Error, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = error instanceof z.ZodError || error instanceof UnknownPerson ? 400 : 502;
    response.status(status).json([{ errorCode: 'LOCAL_PAGES', message: error.message }]);
  });

  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
};
