import type { RequestHandler, Response, Router } from 'express';
import type { EngineOperations, RequestContext } from '../engine/engine.ts';
import type { LocalEngine } from '../engine/local-engine.ts';
import type { SourceFolder } from '../schema/source-files.ts';
import type { PackageNames } from '../schema/names.ts';
import type { Store } from '../engine/store.ts';
import type { ApiUsage } from './api-usage.ts';
import type { Sessions } from './sessions.ts';

/** An application that may sign in: a connected (External Client) app. */
export interface ConnectedClient {
  /** Consumer key. */
  readonly clientId: string;
  /** PEM of the certificate or public key whose private half signs the assertions (RS256). */
  readonly publicKey: string;
  /** User names that an administrator has pre-authorised; anybody else "hasn't approved this consumer". */
  readonly users: readonly string[];
}

/** What every surface of the org may use. */
export interface OrgServices {
  readonly orgId: string;
  readonly engine: LocalEngine;
  readonly store: Store;
  readonly sessions: Sessions;
  readonly usage: ApiUsage;
  readonly clock: () => Date;
  readonly folders: readonly SourceFolder[];
  readonly names: PackageNames;
  readonly clients: readonly ConnectedClient[];
  readonly localSignIn: boolean;
  /** Address of the org; known once it listens. */
  url(): string;
}

/** A part of the org that speaks a wire of its own. */
export interface Surface {
  readonly name: string;
  /** Runs before everything else, sign-in included: faults. */
  readonly before?: RequestHandler;
  /** Mounted at `/services/data/vNN.0`, behind authentication; `sessionOf(response)` tells who asks. */
  readonly router?: Router;
  /** Mounted at `/`, without authentication. */
  readonly rootRouter?: Router;
  /** Addresses that the surface listens on itself, by name (`pubsub`). */
  readonly endpoints?: Readonly<Record<string, string>>;
  stop?(): Promise<void>;
}

/** Makes a surface once the org is listening. */
export type SurfaceFactory = (org: OrgServices) => Surface | Promise<Surface>;

/** Who sent a request, and the engine's operations for that user. */
export interface RequestSession {
  readonly context: RequestContext;
  readonly operations: EngineOperations;
  /** `66.0` of `/services/data/v66.0`. */
  readonly version: string;
  readonly token: string;
}

/** The session that authentication put on a response. */
export const sessionOf = (response: Response): RequestSession => response.locals.session as RequestSession;
