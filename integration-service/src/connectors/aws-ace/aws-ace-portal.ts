import type { z } from 'zod';
import { assertNever } from '../../domain/values/assert-never.ts';
import type { FrozenEffect } from '../../domain/decisions/effect.ts';
import { canonicalJson, type JsonObject } from '../../domain/values/json.ts';
import { broken, ok, type Result } from '../../domain/values/result.ts';
import type {
  ChangePage,
  PartnerPortal,
  PartnerSummary,
  PortalCapability,
  PortalReferral,
  PortalSolution,
  PortError,
  StepAnswer,
} from '../../ports/partner-portal/partner-portal.ts';
import {
  createdAnswer,
  opportunitiesAnswer,
  opportunityAnswer,
  solutionsAnswer,
  summaryAnswer,
  taskAnswer,
  updatedAnswer,
} from './answers.ts';
import type { AskLeave } from '../connector.ts';
import { textsOf } from '../kit/free-text.ts';
import type { AceRead } from './ace-read.ts';
import type { AceClient, AceOperation } from './client.ts';
import { editableTargets, planUpdate } from './correction.ts';
import { failureOf, type CallKind } from './failure.ts';
import { lookUpEffect } from './look-up.ts';
import { planFiling } from './mapping.ts';
import { isWrite, OPERATIONS } from './operations.ts';
import { reviewOf } from './review.ts';
import type { AwsAceSettings } from './settings.ts';
import { submissionAnswer, followTask } from './submission.ts';

export const CAPABILITIES: readonly PortalCapability[] = [
  'file-referral',
  'correct-referral',
  'list-changes',
  'list-solutions',
  'partner-summary',
];

/** AWS Partner Central as a partner portal. */
export class AwsAcePortal implements PartnerPortal {
  readonly network = 'aws-ace';
  readonly capabilities = CAPABILITIES;
  readonly #client: AceClient;
  readonly #settings: AwsAceSettings;

  readonly #askLeave: AskLeave;

  constructor(client: AceClient, settings: AwsAceSettings, askLeave: AskLeave = () => Promise.resolve(null)) {
    this.#client = client;
    this.#settings = settings;
    this.#askLeave = askLeave;
  }

  close(): void {
    this.#client.close();
  }

  planReferral(draft: Parameters<PartnerPortal['planReferral']>[0]): ReturnType<PartnerPortal['planReferral']> {
    return planFiling(draft, this.#settings.catalog);
  }

  planCorrection(
    current: PortalReferral,
    changes: Readonly<Record<string, string | readonly string[]>>,
    today: string,
  ): ReturnType<PartnerPortal['planCorrection']> {
    return planUpdate(current, changes, { catalog: this.#settings.catalog, today });
  }

  textsOf(operation: string, body: JsonObject): ReturnType<PartnerPortal['textsOf']> {
    return textsOf(OPERATIONS, operation, body);
  }

  async perform(effect: FrozenEffect): Promise<Result<StepAnswer, PortError>> {
    // One table says what can be written and what text is in it: nothing is sent that it does not know.
    if (!isWrite(effect.operation)) return broken(unknownOperation(effect.operation));
    switch (effect.operation) {
      case 'create-opportunity': {
        const made = await this.#call('CreateOpportunity', withToken(effect), createdAnswer, 'write');
        return made.ok ? ok(this.#filed(made.value.Id, made.value.LastModifiedDate ?? null)) : made;
      }
      case 'associate-solution': {
        const done = await this.#send('AssociateOpportunity', effect.body, 'write');
        return done.ok || isThereAlready(done.error)
          ? ok({ solution: textIn(effect, 'RelatedEntityIdentifier') })
          : done;
      }
      case 'submit-opportunity': {
        const started = await this.#call('StartEngagementFromOpportunityTask', withToken(effect), taskAnswer, 'write');
        return started.ok ? ok(submissionAnswer(started.value, textIn(effect, 'Identifier'))) : started;
      }
      case 'update-opportunity': {
        const changed = await this.#call('UpdateOpportunity', effect.body, updatedAnswer, 'write');
        return changed.ok ? ok(this.#filed(changed.value.Id, changed.value.LastModifiedDate)) : changed;
      }
      default:
        return assertNever(effect.operation);
    }
  }

  lookUp(effect: FrozenEffect): ReturnType<PartnerPortal['lookUp']> {
    return lookUpEffect(effect, {
      read: this.#read,
      catalog: this.#settings.catalog,
      filed: (id, lastModified) => this.#filed(id, lastModified),
      now: () => Date.now(),
    });
  }

  followSubmission(answer: JsonObject): ReturnType<PartnerPortal['followSubmission']> {
    return followTask(answer, this.#read);
  }

  async listSolutions(): Promise<Result<readonly PortalSolution[], PortError>> {
    const solutions: PortalSolution[] = [];
    let token: string | null = null;
    do {
      const page: Result<z.infer<typeof solutionsAnswer>, PortError> = await this.#read(
        'ListSolutions',
        { MaxResults: 100, ...(token === null ? {} : { NextToken: token }) },
        solutionsAnswer,
      );
      if (!page.ok) return page;
      for (const { Id, Name, Status, Category } of page.value.SolutionSummaries ?? [])
        solutions.push({ id: Id, name: Name, category: Category ?? '', active: Status === 'Active' });
      token = page.value.NextToken ?? null;
    } while (token !== null);
    return ok(solutions);
  }

  /**
   * One page of changes, oldest first. More are fetched only while all that came has the very instant we asked from:
   * otherwise the next poll, which starts at the newest one received, would never get past them.
   */
  async listChanges(after: string | null): Promise<Result<ChangePage, PortError>> {
    const changed: ChangePage['changed'][number][] = [];
    let newest: string | null = null;
    let token: string | null = null;
    do {
      const page: Result<z.infer<typeof opportunitiesAnswer>, PortError> = await this.#read(
        'ListOpportunities',
        {
          MaxResults: 100,
          Sort: { SortBy: 'LastModifiedDate', SortOrder: 'ASCENDING' },
          ...(after === null ? {} : { LastModifiedDate: { AfterLastModifiedDate: after } }),
          ...(token === null ? {} : { NextToken: token }),
        },
        opportunitiesAnswer,
      );
      if (!page.ok) return page;
      for (const summary of page.value.OpportunitySummaries ?? []) {
        changed.push({
          networkId: summary.Id,
          ourId: summary.PartnerOpportunityIdentifier ?? null,
          lastModified: summary.LastModifiedDate,
          reviewStatus: summary.LifeCycle?.ReviewStatus ?? null,
        });
        if (newest === null || isLater(summary.LastModifiedDate, newest)) newest = summary.LastModifiedDate;
      }
      token = page.value.NextToken ?? null;
    } while (token !== null && (newest === null || (after !== null && !isLater(newest, after))));
    return ok({ changed, newest });
  }

  async read(networkId: string): Promise<Result<PortalReferral, PortError>> {
    const found = await this.#read('GetOpportunity', { Identifier: networkId }, opportunityAnswer);
    if (!found.ok) return found;
    const { Id, LastModifiedDate, PartnerOpportunityIdentifier, LifeCycle } = found.value;
    const reviewStatus = LifeCycle?.ReviewStatus ?? null;
    return ok({
      networkId: Id,
      ourId: PartnerOpportunityIdentifier ?? null,
      review: reviewOf(reviewStatus),
      reviewStatus: reviewStatus ?? '',
      reviewComments: LifeCycle?.ReviewComments ?? null,
      reviewReason: LifeCycle?.ReviewStatusReason ?? null,
      stage: LifeCycle?.Stage ?? null,
      lastModified: LastModifiedDate,
      editableNow: editableTargets(reviewStatus, LifeCycle?.Stage ?? null),
      url: this.#urlOf(Id),
      body: found.value as JsonObject,
    });
  }

  async readSummary(networkId: string): Promise<Result<PartnerSummary, PortError>> {
    const found = await this.#read(
      'GetAwsOpportunitySummary',
      { RelatedOpportunityIdentifier: networkId },
      summaryAnswer,
    );
    if (!found.ok) return found;
    const { LifeCycle, OpportunityTeam, Insights, InvolvementType, CosellMotion } = found.value;
    const quality = Insights?.OpportunityQuality;
    const team = OpportunityTeam ?? [];
    const owner =
      team.find(({ BusinessTitle }) => BusinessTitle === 'AWSSalesRep') ??
      team.find(({ BusinessTitle }) => BusinessTitle === 'AWSAccountOwner');
    return ok({
      stage: LifeCycle?.Stage ?? null,
      owner: owner === undefined ? null : [owner.FirstName, owner.LastName].filter(Boolean).join(' ') || null,
      details: {
        nextSteps: LifeCycle?.NextSteps ?? null,
        engagementScore: Insights?.EngagementScore ?? null,
        nextBestActions: Insights?.NextBestActions ?? null,
        opportunityQuality: quality ? { score: quality.Score ?? null, trend: quality.Trend ?? null } : null,
        recommendations: (Insights?.Recommendations ?? []).map(({ Type, Details }) => ({
          type: Type ?? null,
          details: Details ?? null,
        })),
        involvement: InvolvementType ?? null,
        motion: CosellMotion ?? null,
      },
    });
  }

  async probe(): ReturnType<PartnerPortal['probe']> {
    const { catalog, region, endpoint } = this.#settings;
    const found = await this.#read('ListSolutions', { MaxResults: 1 }, solutionsAnswer);
    if (!found.ok) return found;
    const at = endpoint === undefined ? region : new URL(endpoint).host;
    return ok({ catalog, detail: `Catalog ${catalog} answered at ${at}; our credentials may list solutions.` });
  }

  /** Quotas of the partner account (developer guide, "Quotas"), each taken as one bucket for its group of operations. */
  budgetOf(operation: string): ReturnType<PartnerPortal['budgetOf']> {
    const { account } = this.#settings;
    return isWrite(operation)
      ? { bucket: `aws-ace:${account}:write`, ratePerSecond: 1, perDay: 10_000 }
      : { bucket: `aws-ace:${account}:read`, ratePerSecond: 10, perDay: 100_000 };
  }

  #filed(id: string, lastModified: string | null): StepAnswer {
    return { networkId: id, lastModified, url: this.#urlOf(id) };
  }

  #urlOf(id: string): string {
    const { referralUrl, endpoint } = this.#settings;
    const template =
      referralUrl ??
      (endpoint === undefined
        ? 'https://console.aws.amazon.com/partnercentral/home'
        : new URL('/opportunity/{id}', endpoint).href.replace('%7Bid%7D', '{id}'));
    return template.replaceAll('{id}', encodeURIComponent(id));
  }

  /** Every page and every look-up is a call of its own to AWS, so leave is asked here and nowhere else. */
  readonly #read: AceRead = async (operation, request, schema) => {
    const inMs = await this.#askLeave(this.budgetOf(operation));
    if (inMs !== null) return broken(noLeave(inMs));
    return this.#call(operation, canonicalJson({ Catalog: this.#settings.catalog, ...request }), schema, 'read');
  };

  async #call<Schema extends z.ZodType>(
    operation: AceOperation,
    body: string,
    schema: Schema,
    kind: CallKind,
  ): Promise<Result<z.infer<Schema>, PortError>> {
    const sent = await this.#send(operation, body, kind);
    if (!sent.ok) return sent;
    const parsed = schema.safeParse(sent.value);
    return parsed.success
      ? ok(parsed.data)
      : broken(failureOf({ name: `an answer of ${operation} that cannot be read` }, kind));
  }

  async #send(operation: AceOperation, body: string, kind: CallKind): Promise<Result<JsonObject, PortError>> {
    try {
      return ok(await this.#client.send(operation, body));
    } catch (thrown) {
      return broken(failureOf(thrown, kind));
    }
  }
}

/** The frozen bytes with the effect's key as AWS's idempotency token: the same key always gives the same bytes. */
const withToken = ({ body, key }: FrozenEffect): string =>
  canonicalJson({ ...(JSON.parse(body) as JsonObject), ClientToken: key });

/** Attaching what is attached: AWS refuses it as a duplicate, and all we wanted is so. */
const isThereAlready = ({ problems }: PortError): boolean =>
  problems.length > 0 && problems.every(({ code }) => code === 'DUPLICATE_KEY_VALUE');

const textIn = ({ body }: FrozenEffect, name: string): string => {
  const value = (JSON.parse(body) as JsonObject)[name];
  return typeof value === 'string' ? value : '';
};

const isLater = (left: string, right: string): boolean =>
  Date.parse(left) > Date.parse(right) || (Date.parse(left) === Date.parse(right) && left > right);

const noLeave = (retryAfterMs: number): PortError => ({
  kind: 'rate-limited',
  retry: 'safe',
  message: 'AWS allows no more reads for the moment.',
  problems: [],
  retryAfterMs,
});

const unknownOperation = (operation: string): PortError => ({
  kind: 'rejected',
  retry: 'never',
  message: `The aws-ace connector has no operation "${operation}".`,
  problems: [],
});
