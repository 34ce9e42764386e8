import { randomInt } from 'node:crypto';
import type { AceSettings } from '../settings.ts';
import type { Queries } from '../store/database.ts';
import { lockOpportunity, findOpportunity, changedAt } from '../store/opportunities.ts';
import type { Opportunity } from '../store/opportunities.ts';
import type { OperationName, RequestOf } from '../model/requests.ts';
import type { RuleFacts } from '../rules/rule.ts';
import type { OpportunityBody } from '../model/opportunity.ts';
import { problem, resourceNotFound, validationException } from '../wire/errors.ts';
import type { AceError } from '../wire/errors.ts';
import type { Notice } from '../wire/notices.ts';

/** What one call works with: its transaction, the time it began, and where it says what happened. */
export interface Call {
  readonly queries: Queries;
  readonly now: Date;
  readonly settings: AceSettings;
  /** Kept until the transaction is committed, then sent. */
  readonly announce: (notice: Notice) => void;
}

/** The body of an answer; undefined for operations without one. */
export type Answer = Readonly<Record<string, unknown>> | undefined;
export type Operation<Name extends OperationName> = (call: Call, request: RequestOf<Name>) => Promise<Answer>;

const letters = '0123456789abcdefghijklmnopqrstuvwxyz';

/** An id in AWS's form, such as `task-` with 13 letters and digits. */
export const newId = (prefix: 'eng' | 'engi' | 'task' | 'job'): string =>
  `${prefix}-${Array.from({ length: prefix === 'eng' ? 14 : 13 }, () => letters[randomInt(letters.length)]).join('')}`;

export const opportunityArn = (call: Call, { catalog, id }: { catalog: string; id: string }): string =>
  `arn:aws:partnercentral:us-east-1:${call.settings.partner.accountId}:catalog/${catalog}/opportunity/${id}`;

/** ARN of a thing that belongs to no account, such as a task or an engagement. */
export const sharedArn = (catalog: string, kind: string, id: string): string =>
  `arn:aws:partnercentral:us-east-1::catalog/${catalog}/${kind}/${id}`;

const visible = (found: Opportunity | undefined, catalog: string, id: string): Opportunity => {
  if (!found || found.catalog !== catalog || !found.accessible) throw resourceNotFound(id);
  return found;
};

/** @throws {AceError} ResourceNotFoundException for another catalog's opportunity, or one that is not the partner's yet. */
export const readOpportunity = async (call: Call, catalog: string, id: string): Promise<Opportunity> =>
  visible(await findOpportunity(call.queries, id), catalog, id);

/** The same, held against other writers. */
export const holdOpportunity = async (call: Call, catalog: string, id: string): Promise<Opportunity> =>
  visible(await lockOpportunity(call.queries, id), catalog, id);

export const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

/** Collects what the rules may look at besides the fields. */
export const ruleFacts = async (
  call: Call,
  catalog: string,
  body: OpportunityBody,
  related: Opportunity['related'],
  submission?: RuleFacts['submission'],
): Promise<RuleFacts> => {
  const parentId = body.Project?.RelatedOpportunityIdentifier;
  const parent = parentId === undefined ? undefined : await findOpportunity(call.queries, parentId);
  return {
    today: dayOf(call.now),
    catalog,
    related,
    parentExists: parent !== undefined && parent.catalog === catalog && parent.accessible,
    ...(submission ? { submission } : {}),
  };
};

/** The opportunity with its time of change moved on. */
export const touched = (call: Call, opportunity: Opportunity): Opportunity => ({
  ...opportunity,
  modifiedAt: changedAt(opportunity.modifiedAt, call.now),
});

export const opportunityNotice = (
  detailType: 'Opportunity Created' | 'Opportunity Updated',
  opportunity: { readonly id: string; readonly catalog: string },
): Notice => ({
  detailType,
  resources: [],
  detail: { catalog: opportunity.catalog, opportunity: { identifier: opportunity.id } },
});

interface Page {
  readonly offset: number;
  readonly limit: number;
}

const badToken = (): AceError =>
  validationException('REQUEST_VALIDATION_FAILED', [
    problem('NextToken', 'INVALID_VALUE', "Value at 'nextToken' failed to satisfy constraint: the token is not valid"),
  ]);

/** Reads an opaque page token. @throws {AceError} ValidationException for one that this network did not give. */
export const pageOf = (token: string | undefined, limit: number): Page => {
  if (token === undefined) return { offset: 0, limit };
  const [, offset] = /^page:(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString('utf8')) ?? [];
  if (offset === undefined) throw badToken();
  return { offset: Number(offset), limit };
};

/** Cuts a list that was read with one row too many into the page and the token of the next. */
export const cutPage = <Row>(rows: readonly Row[], page: Page): { rows: readonly Row[]; NextToken: string | null } => ({
  rows: rows.slice(0, page.limit),
  NextToken:
    rows.length > page.limit ? Buffer.from(`page:${page.offset + page.limit}`, 'utf8').toString('base64url') : null,
});
