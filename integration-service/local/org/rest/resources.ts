import { notOfferedHere, OrgError } from '../engine/errors.ts';
import { notFound, ok, type Answer, type ResourceRequest } from './answers.ts';
import { collections } from './collections.ts';
import { composite } from './composite.ts';
import { Queries } from './queries.ts';
import { sobjects } from './records.ts';
import type { OrgServices, RequestSession } from './services.ts';

/** Resources that a real org has and this one does not imitate. */
const NOT_OFFERED = new Set([
  'actions',
  'analytics',
  'appMenu',
  'async-queries',
  'chatter',
  'commerce',
  'compactLayouts',
  'connect',
  'consent',
  'eventBus',
  'event',
  'flexiPage',
  'jobs',
  'knowledgeManagement',
  'metadata',
  'parameterizedSearch',
  'process',
  'quickActions',
  'recent',
  'search',
  'sobjectCollections',
  'support',
  'tabs',
  'theme',
  'tooling',
  'ui-api',
  'graphql',
  'wave',
]);

/** The REST API's resources below `/services/data/vNN.0`. */
export class Resources {
  readonly #org: OrgServices;
  readonly #queries = new Queries();

  constructor(org: OrgServices) {
    this.#org = org;
  }

  async answer(session: RequestSession, request: ResourceRequest): Promise<Answer> {
    const [resource, second] = request.segments;
    switch (resource) {
      case undefined:
        return ok(
          Object.fromEntries(
            ['sobjects', 'query', 'queryAll', 'composite', 'limits'].map((name) => [
              name,
              `/services/data/v${session.version}/${name}`,
            ]),
          ),
        );
      case 'sobjects':
        return sobjects(this.#org, session, request);
      case 'query':
      case 'queryAll':
        return this.#queries.answer(session, request);
      case 'limits':
        return ok(limits(this.#org));
      case 'composite':
        if (second === 'sobjects') return collections(this.#org, session, request);
        if (second === undefined) return composite(this.#org, session, request, (as, each) => this.answer(as, each));
        throw notOfferedHere(`composite/${second}`);
      default:
        if (NOT_OFFERED.has(resource)) throw notOfferedHere(resource);
        throw notFound();
    }
  }
}

const limits = (org: OrgServices): unknown => ({
  DailyApiRequests: { Max: org.usage.limit, Remaining: Math.max(0, org.usage.limit - org.usage.calls) },
});

/** Refuses a method with a body that the client did not send as JSON. */
export const requireJson = (method: string, contentType: string | undefined): void => {
  if (['POST', 'PATCH', 'PUT'].includes(method) && contentType !== undefined && !/json/i.test(contentType))
    throw new OrgError(
      'UNSUPPORTED_MEDIA_TYPE',
      `Content-Type ${contentType} is not supported: send application/json.`,
    );
};
