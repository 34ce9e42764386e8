import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bulkRoutes } from './bulk/bulk-routes.ts';
import { startEventBus, type EventBus, type EventBusOptions } from './events/event-bus.ts';
import { FaultBoard } from './faults/fault-board.ts';
import { faultRoutes, httpFaults } from './faults/http-faults.ts';
import { graphqlRoutes } from './graphql/graphql-routes.ts';
import type { OrgServices, SurfaceFactory } from './rest/services.ts';
import { uiApiRoutes } from './ui-api/ui-api-routes.ts';

export type SurfaceOptions = Partial<
  Pick<EventBusOptions, 'certificateDirectory' | 'port' | 'faults' | 'keepaliveMs' | 'retentionMs' | 'dailyDeliveries'>
>;

const boards = new WeakMap<OrgServices, FaultBoard>();
const buses = new WeakMap<OrgServices, EventBus>();

/** The fault switches of a running org; `POST /local/faults` sets the same ones. */
export const faultsOf = (org: OrgServices): FaultBoard => {
  const known = boards.get(org);
  if (known) return known;
  const made = new FaultBoard();
  boards.set(org, made);
  return made;
};

/** The event bus of a running org: deliveries counted, streams to drop, events to trim. */
export const eventBusOf = (org: OrgServices): EventBus => {
  const bus = buses.get(org);
  if (!bus) throw new Error('This org was started without an event bus.');
  return bus;
};

/**
 * The further wires of an org, with settings for tests. The event bus listens on its own: endpoint `pubsub` is its
 * address, `pubsubAuthority` the PEM file that a client has to trust.
 */
export const surfacesWith = (options: SurfaceOptions = {}): readonly SurfaceFactory[] => [
  (org) => {
    if (options.faults) boards.set(org, options.faults);
    const board = faultsOf(org);
    return {
      name: 'faults',
      before: httpFaults(board),
      ...(org.localSignIn ? { rootRouter: faultRoutes(board) } : {}),
    };
  },
  ({ engine, folders }) => ({ name: 'ui-api', router: uiApiRoutes({ engine, sourceFolders: folders }) }),
  ({ engine }) => ({ name: 'graphql', router: graphqlRoutes(engine) }),
  ({ engine }) => ({ name: 'bulk', ...bulkRoutes(engine) }),
  async (org) => {
    const bus = await startEventBus({
      certificateDirectory: join(tmpdir(), `local-org-${org.orgId}`),
      ...options,
      engine: org.engine,
      contextOfToken: async (token) => {
        const session = await org.sessions.find(token);
        return session && org.engine.contextFor(session.userId);
      },
      sourceFolders: org.folders,
      faults: faultsOf(org),
      now: org.clock,
    });
    buses.set(org, bus);
    return {
      name: 'events',
      endpoints: { pubsub: bus.endpoint, pubsubAuthority: bus.authorityFile },
      stop: () => bus.stop(),
    };
  },
];

/** The further wires that every started org speaks. */
export const standardSurfaces: readonly SurfaceFactory[] = surfacesWith();
