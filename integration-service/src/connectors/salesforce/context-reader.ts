import type { Clock } from '../../domain/values/clock.ts';
import { Together } from '../../domain/values/together.ts';
import type { RequestContext } from '../../ports/crm/crm.ts';
import { SalesforceError } from './client.ts';
import { toDealFacts, toPartner, toReferral, toRequest } from './mapping.ts';
import type { Namespace } from './namespace.ts';
import { dealQuery, editAccessQuery, partnersQuery, referralsQuery, requestQuery } from './queries.ts';

/** What is asked for one request: the request, its deal, and what stands around it. */
export interface ContextQuestion {
  readonly requestId: string;
  readonly opportunityId: string;
  readonly partnerId: string | null;
  readonly requestedBy: string | null;
  readonly sourcePaths: readonly string[];
}

type Rows = readonly Record<string, unknown>[];

/** Several queries in one API call; those that are optional answer nothing where the org refuses them. */
export type QueryAll = (
  queries: Readonly<Record<string, string>>,
  optional: readonly string[],
) => Promise<Readonly<Record<string, Rows>>>;

const lineItems = 'Opportunity.OpportunityLineItems[';

/** A query of ours may be long, and so may its answer: that many deals keep both well inside the limits. */
const mostDeals = 20;

/** What the org says of a question, not of the moment: then one of several may be the reason. */
export const aboutTheQuestion = (error: unknown): boolean =>
  !(error instanceof SalesforceError) ||
  (error.status >= 400 && error.status < 500 && ![401, 403, 429].includes(error.status));

/**
 * Reads what a request needs in one API call. Requests of one person that come while others are read (somebody referred
 * many deals from a list) are read in one call together.
 */
export class ContextReader {
  readonly #space: Namespace;
  readonly #clock: Clock;
  readonly #queryAll: QueryAll;
  readonly #reads = new Together<ContextQuestion, RequestContext>((questions) => this.#readAll(questions), {
    most: mostDeals,
    lanes: 2,
    spoils: aboutTheQuestion,
  });
  #hasLineItems = true;

  constructor(space: Namespace, clock: Clock, queryAll: QueryAll) {
    this.#space = space;
    this.#clock = clock;
    this.#queryAll = queryAll;
  }

  /** @throws SalesforceError what the org said. */
  read(question: ContextQuestion): Promise<RequestContext> {
    return this.#reads.ask(question);
  }

  /** What was learnt of the org may have changed. */
  forget(): void {
    this.#hasLineItems = true;
  }

  async #readAll(questions: readonly ContextQuestion[]): Promise<readonly RequestContext[]> {
    const groups = Map.groupBy(questions, ({ requestedBy, partnerId, sourcePaths }) =>
      JSON.stringify([requestedBy, partnerId, sourcePaths]),
    );
    const found = new Map<ContextQuestion, RequestContext>();
    await Promise.all(
      [...groups.values()].map(async (group) => {
        for (const [question, context] of await this.#readGroup(group)) found.set(question, context);
      }),
    );
    return questions.map((question) => {
      const context = found.get(question);
      if (!context) throw new Error(`the request ${question.requestId} was not read with the others`);
      return context;
    });
  }

  /** Requests of one person to one partner, by one mapping. */
  async #readGroup(group: readonly ContextQuestion[]): Promise<ReadonlyMap<ContextQuestion, RequestContext>> {
    const readAt = this.#clock.now();
    const [first] = group;
    if (!first) return new Map();
    const { partnerId, requestedBy, sourcePaths } = first;
    const requests = [...new Set(group.map(({ requestId }) => requestId))];
    const deals = [...new Set(group.map(({ opportunityId }) => opportunityId))];
    const rows = await this.#rowsOf(sourcePaths, (paths) => ({
      request: requestQuery(this.#space, requests),
      deal: dealQuery(this.#space, deals, paths),
      referrals: referralsQuery(this.#space, deals),
      partners: partnersQuery(this.#space, partnerId),
      ...(requestedBy ? { access: editAccessQuery(requestedBy, deals) } : {}),
    }));
    const partners = (rows.partners ?? []).map(toPartner);
    return new Map(
      group.map((question) => {
        const request = (rows.request ?? []).find(({ Id }) => sameId(Id, question.requestId));
        const dealRow = (rows.deal ?? []).find(({ Id }) => sameId(Id, question.opportunityId));
        const deal = dealRow ? toDealFacts(dealRow) : null;
        const access = (rows.access ?? []).find(({ RecordId }) => sameId(RecordId, question.opportunityId));
        const context: RequestContext = {
          readAt,
          request: request ? toRequest(request) : null,
          deal,
          referrals: (rows.referrals ?? [])
            .filter(({ Opportunity__c: of }) => sameId(of, question.opportunityId))
            .map(toReferral),
          partners,
          requesterMayEditDeal:
            requestedBy !== null && deal?.Opportunity.OwnerId === requestedBy ? true : editAccess(access),
        };
        return [question, context];
      }),
    );
  }

  /** An org without products, or whose products the service may not read: the person is asked instead. */
  async #rowsOf(
    sourcePaths: readonly string[],
    queries: (paths: readonly string[]) => Readonly<Record<string, string>>,
  ): Promise<Readonly<Record<string, Rows>>> {
    // An org tells of other people's access only to some users; the owner of a record may edit it in any case.
    const optional = ['access'];
    const withoutItems = sourcePaths.filter((path) => !path.startsWith(lineItems));
    try {
      return await this.#queryAll(queries(this.#hasLineItems ? sourcePaths : withoutItems), optional);
    } catch (error) {
      const aboutItems = error instanceof SalesforceError && error.code.startsWith('INVALID_');
      if (!aboutItems || !this.#hasLineItems || withoutItems.length === sourcePaths.length) throw error;
      const rows = await this.#queryAll(queries(withoutItems), optional);
      this.#hasLineItems = false;
      return rows;
    }
  }
}

const editAccess = (row: Record<string, unknown> | undefined): boolean | null =>
  typeof row?.HasEditAccess === 'boolean' ? row.HasEditAccess : null;

/** Ids have 15 or 18 characters, and the first 15 are the id. */
const sameId = (left: unknown, right: string): boolean =>
  typeof left === 'string' && left.slice(0, 15) === right.slice(0, 15);
