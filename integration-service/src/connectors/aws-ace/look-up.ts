import type { FrozenEffect } from '../../domain/decisions/effect.ts';
import { canonicalJson, type Json, type JsonObject } from '../../domain/values/json.ts';
import { ok, type Result } from '../../domain/values/result.ts';
import type { PartnerPortal, PortError, StepAnswer } from '../../ports/partner-portal/partner-portal.ts';
import { opportunitiesAnswer, opportunityAnswer, tasksAnswer } from './answers.ts';
import type { AceRead } from './ace-read.ts';
import { solutionsOf, updateFrom } from './correction.ts';
import { reviewOf } from './review.ts';
import { submissionAnswer } from './submission.ts';

/** What a look-up needs: reads, the catalog, and how a filed opportunity is answered. */
export interface LookUpTools {
  readonly read: AceRead;
  readonly catalog: string;
  readonly filed: (id: string, lastModified: string | null) => StepAnswer;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

type Found = Awaited<ReturnType<PartnerPortal['lookUp']>>;

const notDone: Found = ok({ done: false });
const done = (answer: JsonObject): Found => ok({ done: true, answer });

/** Asks AWS whether a write of unknown outcome has happened; what it would have answered, when it has. */
export const lookUpEffect = async (effect: FrozenEffect, tools: LookUpTools): Promise<Found> => {
  const body = JSON.parse(effect.body) as JsonObject;
  switch (effect.operation) {
    case 'create-opportunity':
      return findCreated(body, tools);
    case 'associate-solution':
      return withOpportunity(body.OpportunityIdentifier, tools, (opportunity) =>
        solutionsOf(opportunity).includes(textOf(body.RelatedEntityIdentifier))
          ? done({ solution: textOf(body.RelatedEntityIdentifier) })
          : notDone,
      );
    case 'submit-opportunity':
      return findSubmitted(textOf(body.Identifier), tools);
    case 'update-opportunity':
      return withOpportunity(body.Identifier, tools, (opportunity) => {
        const unchanged = opportunity.LastModifiedDate === body.LastModifiedDate;
        return !unchanged && sameContent(updateFrom(opportunity, tools.catalog), body)
          ? done(tools.filed(textOf(opportunity.Id), textOf(opportunity.LastModifiedDate)))
          : notDone;
      });
    default:
      return notDone;
  }
};

/** How far back an opportunity of ours is looked for by its date: a write of unknown outcome is hours old, not weeks. */
const lookBackMs = 30 * 86_400_000;

/**
 * By our id, which stands on every opportunity we create. AWS cannot search by it, so the company's name narrows the
 * list. The account may have been renamed since: with nothing under its name, all that was created lately is looked at.
 */
const findCreated = async (body: JsonObject, tools: LookUpTools): Promise<Found> => {
  const ourId = textOf(body.PartnerOpportunityIdentifier);
  const company = textOf(at(body, 'Customer', 'Account', 'CompanyName'));
  const named = await findOurs(ourId, { CustomerCompanyName: [company] }, tools);
  if (!named.ok || named.value.done) return named;
  const since = new Date(tools.now() - lookBackMs).toISOString();
  return findOurs(ourId, { CreatedDate: { AfterCreatedDate: since } }, tools);
};

/** The newest of some opportunities that carries our id. A rejected one is an earlier attempt and does not count. */
const findOurs = async (ourId: string, among: JsonObject, { read, filed }: LookUpTools): Promise<Found> => {
  let token: string | null = null;
  do {
    const page: Result<
      { OpportunitySummaries?: readonly Summary[] | null | undefined; NextToken?: string | null | undefined },
      PortError
    > = await read(
      'ListOpportunities',
      {
        MaxResults: 100,
        ...among,
        Sort: { SortBy: 'CreatedDate', SortOrder: 'DESCENDING' },
        ...(token === null ? {} : { NextToken: token }),
      },
      opportunitiesAnswer,
    );
    if (!page.ok) return page;
    const found = (page.value.OpportunitySummaries ?? []).find(
      ({ PartnerOpportunityIdentifier, LifeCycle }) =>
        PartnerOpportunityIdentifier === ourId && reviewOf(LifeCycle?.ReviewStatus) !== 'rejected',
    );
    if (found !== undefined) return done(filed(found.Id, found.LastModifiedDate));
    token = page.value.NextToken ?? null;
  } while (token !== null);
  return notDone;
};

interface Summary {
  readonly Id: string;
  readonly LastModifiedDate: string;
  readonly PartnerOpportunityIdentifier?: string | null | undefined;
  readonly LifeCycle?: { readonly ReviewStatus?: string | null | undefined } | null | undefined;
}

/** Submitted is whatever is past `Pending Submission`; before it, a task may be under way. */
const findSubmitted = async (id: string, tools: LookUpTools): Promise<Found> => {
  const opportunity = await tools.read('GetOpportunity', { Identifier: id }, opportunityAnswer);
  if (!opportunity.ok) return opportunity;
  const review = reviewOf(opportunity.value.LifeCycle?.ReviewStatus);
  if (review !== 'not-submitted' && review !== 'unknown')
    return done({ status: 'complete', task: null, networkId: id, message: null, reason: null });
  const tasks = await tools.read(
    'ListEngagementFromOpportunityTasks',
    { OpportunityIdentifier: [id], TaskStatus: ['IN_PROGRESS'] },
    tasksAnswer,
  );
  if (!tasks.ok) return tasks;
  const [running] = tasks.value.TaskSummaries ?? [];
  return running === undefined ? notDone : done(submissionAnswer(running, id));
};

const withOpportunity = async (
  id: Json | undefined,
  { read }: LookUpTools,
  judge: (opportunity: JsonObject) => Found,
): Promise<Found> => {
  const found = await read('GetOpportunity', { Identifier: textOf(id) }, opportunityAnswer);
  return found.ok ? judge(found.value as JsonObject) : found;
};

/** Whether an opportunity says what an update wanted it to say; the lock value is not part of that. */
const sameContent = (held: Record<string, unknown>, wanted: JsonObject): boolean => {
  const content = (body: Record<string, unknown>): string =>
    canonicalJson(
      Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'LastModifiedDate')) as JsonObject,
    );
  return content(held) === content(wanted);
};

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const at = (body: JsonObject, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>(
    (place, name) =>
      place !== null && typeof place === 'object' && !Array.isArray(place) ? (place as JsonObject)[name] : undefined,
    body,
  );
