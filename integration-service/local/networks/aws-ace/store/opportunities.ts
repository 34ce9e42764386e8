import type { OpportunityBody, Contact } from '../model/opportunity.ts';
import type { Queries } from './database.ts';

/** An opportunity as AWS keeps it. */
export interface Opportunity {
  readonly id: string;
  readonly catalog: string;
  readonly body: OpportunityBody;
  readonly team: readonly Contact[];
  readonly related: Readonly<Record<string, readonly string[]>>;
  readonly origin: string;
  readonly accessible: boolean;
  readonly reviewStatus: string;
  readonly reviewComments: string | null;
  readonly reviewReason: string | null;
  readonly involvement: string | null;
  readonly visibility: string | null;
  readonly engagementId: string | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly reviewDueAt: Date | null;
}

const columns = `id, catalog, body, team, related, origin, accessible, review_status as "reviewStatus",
  review_comments as "reviewComments", review_reason as "reviewReason", involvement, visibility,
  engagement_id as "engagementId", created_at as "createdAt", modified_at as "modifiedAt", review_due_at as "reviewDueAt"`;

export const nextOpportunityId = async (queries: Queries): Promise<string> => {
  const [row] = await queries.query<{ number: string }>(`select nextval('ace_opportunity_number')::text as number`);
  return `O${row?.number}`;
};

export const insertOpportunity = async (queries: Queries, one: Opportunity): Promise<void> => {
  await queries.query(
    `insert into ace_opportunity (id, catalog, body, team, related, origin, accessible, review_status, review_comments,
       review_reason, involvement, visibility, engagement_id, created_at, modified_at, review_due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      one.id,
      one.catalog,
      JSON.stringify(one.body),
      JSON.stringify(one.team),
      JSON.stringify(one.related),
      one.origin,
      one.accessible,
      one.reviewStatus,
      one.reviewComments,
      one.reviewReason,
      one.involvement,
      one.visibility,
      one.engagementId,
      one.createdAt,
      one.modifiedAt,
      one.reviewDueAt,
    ],
  );
};

/** Writes a changed opportunity. Read it with `lockOpportunity` first, in the same transaction. */
export const saveOpportunity = async (queries: Queries, one: Opportunity): Promise<void> => {
  await queries.query(
    `update ace_opportunity set body = $2, team = $3, related = $4, accessible = $5, review_status = $6,
       review_comments = $7, review_reason = $8, involvement = $9, visibility = $10, engagement_id = $11,
       modified_at = $12, review_due_at = $13 where id = $1`,
    [
      one.id,
      JSON.stringify(one.body),
      JSON.stringify(one.team),
      JSON.stringify(one.related),
      one.accessible,
      one.reviewStatus,
      one.reviewComments,
      one.reviewReason,
      one.involvement,
      one.visibility,
      one.engagementId,
      one.modifiedAt,
      one.reviewDueAt,
    ],
  );
};

/** Whatever its catalog, and whether or not the partner may see it. */
export const findOpportunity = async (queries: Queries, id: string): Promise<Opportunity | undefined> =>
  (await queries.query<Opportunity>(`select ${columns} from ace_opportunity where id = $1`, [id]))[0];

/** The same, held against other writers until the transaction ends. */
export const lockOpportunity = async (queries: Queries, id: string): Promise<Opportunity | undefined> =>
  (await queries.query<Opportunity>(`select ${columns} from ace_opportunity where id = $1 for update`, [id]))[0];

/** Every opportunity that carries the partner's own identifier, oldest first: more than one is a double filing. */
export const opportunitiesFor = (queries: Queries, partnerOpportunityIdentifier: string): Promise<Opportunity[]> =>
  queries.query<Opportunity>(
    `select ${columns} from ace_opportunity where body ->> 'PartnerOpportunityIdentifier' = $1 order by created_at, id`,
    [partnerOpportunityIdentifier],
  );

export interface OpportunityFilter {
  readonly catalog: string;
  readonly modifiedFrom?: string | undefined;
  readonly modifiedTo?: string | undefined;
  readonly createdFrom?: string | undefined;
  readonly createdTo?: string | undefined;
  readonly closeFrom?: string | undefined;
  readonly closeTo?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly stages?: readonly string[] | undefined;
  readonly reviewStatuses?: readonly string[] | undefined;
  readonly companies?: readonly string[] | undefined;
}

const sortColumns: Readonly<Record<string, string>> = {
  LastModifiedDate: 'modified_at',
  Identifier: 'substring(id from 2)::bigint',
  CustomerCompanyName: `body #>> '{Customer,Account,CompanyName}'`,
  CreatedDate: 'created_at',
  TargetCloseDate: `body #>> '{LifeCycle,TargetCloseDate}'`,
};

/** One page; limits in time are inclusive, as AWS documents ("on or after"). Empty lists filter nothing. */
export const listOpportunities = (
  queries: Queries,
  filter: OpportunityFilter,
  sort: { readonly by: string; readonly descending: boolean },
  page: { readonly offset: number; readonly limit: number },
): Promise<Opportunity[]> => {
  const values: unknown[] = [filter.catalog];
  const conditions = ['catalog = $1', 'accessible'];
  const where = (value: unknown, condition: (place: string) => string): void => {
    if (value === undefined || (Array.isArray(value) && value.length === 0)) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  where(filter.modifiedFrom, (place) => `modified_at >= ${place}::timestamptz`);
  where(filter.modifiedTo, (place) => `modified_at <= ${place}::timestamptz`);
  where(filter.createdFrom, (place) => `created_at >= ${place}::timestamptz`);
  where(filter.createdTo, (place) => `created_at <= ${place}::timestamptz`);
  where(filter.closeFrom, (place) => `body #>> '{LifeCycle,TargetCloseDate}' >= ${place}`);
  where(filter.closeTo, (place) => `body #>> '{LifeCycle,TargetCloseDate}' <= ${place}`);
  where(filter.ids, (place) => `id = any(${place}::text[])`);
  where(filter.stages, (place) => `body #>> '{LifeCycle,Stage}' = any(${place}::text[])`);
  where(filter.reviewStatuses, (place) => `review_status = any(${place}::text[])`);
  where(filter.companies, (place) => `body #>> '{Customer,Account,CompanyName}' = any(${place}::text[])`);
  const direction = sort.descending ? 'desc' : 'asc';
  const by = sortColumns[sort.by] ?? 'modified_at';
  values.push(page.limit, page.offset);
  return queries.query<Opportunity>(
    `select ${columns} from ace_opportunity where ${conditions.join(' and ')}
     order by ${by} ${direction}, substring(id from 2)::bigint ${direction}
     limit $${values.length - 1} offset $${values.length}`,
    values,
  );
};

/** Another opportunity that already carries this private offer. */
export const opportunityWithOffer = async (queries: Queries, offer: string): Promise<string | undefined> => {
  // Held until the transaction ends, so that two calls cannot both find the offer free.
  await queries.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [offer]);
  const [row] = await queries.query<{ id: string }>(
    `select id from ace_opportunity where related -> 'AwsMarketplaceOffers' ? $1 limit 1`,
    [offer],
  );
  return row?.id;
};

/** The change time of an opportunity that changes now: later than the last one, even within a millisecond. */
export const changedAt = (before: Date, now: Date): Date =>
  now.getTime() > before.getTime() ? now : new Date(before.getTime() + 1);
