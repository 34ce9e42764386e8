import type { Contact } from '../model/opportunity.ts';
import { inviteFromAws } from '../review/aws-referral.ts';
import { judge } from '../rules/rule.ts';
import { partnerTeamTitles } from '../rules/vocabularies.ts';
import { rulesForCreate } from '../rules/writing-rules.ts';
import { claimClientToken, keepTokenSubject } from '../store/client-tokens.ts';
import {
  findOpportunity,
  insertOpportunity,
  listOpportunities,
  nextOpportunityId,
  saveOpportunity,
} from '../store/opportunities.ts';
import type { Opportunity } from '../store/opportunities.ts';
import { businessProblems, problem } from '../wire/errors.ts';
import type { Problem } from '../wire/errors.ts';
import { cutPage, holdOpportunity, opportunityNotice, pageOf, readOpportunity, ruleFacts, touched } from './context.ts';
import type { Call, Operation } from './context.ts';
import { bodyOf, refuseIfAny } from './opportunity-body.ts';
import { opportunitySummary, opportunityView } from './opportunity-views.ts';

/** The same for a repeated call, whatever happened to the opportunity since. */
const createdAnswer = ({ id, createdAt, body }: Opportunity): Record<string, unknown> => ({
  Id: id,
  LastModifiedDate: createdAt.toISOString(),
  PartnerOpportunityIdentifier: body.PartnerOpportunityIdentifier ?? null,
});

const teamOf = (call: Call, given: readonly Contact[]): readonly Contact[] => [
  { BusinessTitle: 'OpportunityOwner', ...call.settings.partner.owner },
  ...given.filter((member) => member.BusinessTitle !== 'OpportunityOwner'),
];

export const createOpportunity: Operation<'CreateOpportunity'> = async (call, request) => {
  const origin = request.Origin ?? 'Partner Referral';
  if (origin === 'AWS Referral' && request.Catalog !== 'Sandbox')
    throw businessProblems([
      problem('Origin', 'INVALID_VALUE', 'Field Origin must be one of the following values: Partner Referral.'),
    ]);
  const made = await claimClientToken(call.queries, 'CreateOpportunity', request);
  const earlier = made === undefined ? undefined : await findOpportunity(call.queries, made);
  if (earlier) return createdAnswer(earlier);
  const body = bodyOf(request);
  const facts = await ruleFacts(call, request.Catalog, request, {});
  refuseIfAny([...judge(rulesForCreate, request, facts), ...badTitles(request.OpportunityTeam ?? [])]);
  const opportunity: Opportunity = {
    id: await nextOpportunityId(call.queries),
    catalog: request.Catalog,
    body: { ...body, LifeCycle: { Stage: 'Prospect', ...body.LifeCycle } },
    team: teamOf(call, request.OpportunityTeam ?? []),
    related: {},
    origin,
    accessible: origin === 'Partner Referral',
    reviewStatus: origin === 'Partner Referral' ? 'Pending Submission' : 'Approved',
    reviewComments: null,
    reviewReason: null,
    involvement: origin === 'Partner Referral' ? null : 'Co-Sell',
    visibility: origin === 'Partner Referral' ? null : 'Full',
    engagementId: null,
    createdAt: call.now,
    modifiedAt: call.now,
    reviewDueAt: null,
  };
  await insertOpportunity(call.queries, opportunity);
  await keepTokenSubject(call.queries, 'CreateOpportunity', request, opportunity.id);
  if (opportunity.accessible) call.announce(opportunityNotice('Opportunity Created', opportunity));
  else await inviteFromAws(call, opportunity);
  return createdAnswer(opportunity);
};

const badTitles = (team: readonly Contact[]): Problem[] =>
  team.some((member) => member.BusinessTitle !== undefined && !partnerTeamTitles.has(member.BusinessTitle))
    ? [
        problem(
          'OpportunityTeam.BusinessTitle',
          'INVALID_VALUE',
          'Field OpportunityTeam.BusinessTitle must be one of the following values: PartnerAccountManager, OpportunityOwner.',
        ),
      ]
    : [];

export const getOpportunity: Operation<'GetOpportunity'> = async (call, request) =>
  opportunityView(call, await readOpportunity(call, request.Catalog, request.Identifier));

export const listOpportunitiesOperation: Operation<'ListOpportunities'> = async (call, request) => {
  const page = pageOf(request.NextToken, request.MaxResults ?? 20);
  const found = await listOpportunities(
    call.queries,
    {
      catalog: request.Catalog,
      modifiedFrom: request.LastModifiedDate?.AfterLastModifiedDate,
      modifiedTo: request.LastModifiedDate?.BeforeLastModifiedDate,
      createdFrom: request.CreatedDate?.AfterCreatedDate,
      createdTo: request.CreatedDate?.BeforeCreatedDate,
      closeFrom: request.TargetCloseDate?.AfterTargetCloseDate,
      closeTo: request.TargetCloseDate?.BeforeTargetCloseDate,
      ids: request.Identifier,
      stages: request.LifeCycleStage,
      reviewStatuses: request.LifeCycleReviewStatus,
      companies: request.CustomerCompanyName,
    },
    { by: request.Sort?.SortBy ?? 'LastModifiedDate', descending: request.Sort?.SortOrder !== 'ASCENDING' },
    { ...page, limit: page.limit + 1 },
  );
  const { rows, NextToken } = cutPage(found, page);
  return { NextToken, OpportunitySummaries: rows.map((each) => opportunitySummary(call, each)) };
};

export const assignOpportunity: Operation<'AssignOpportunity'> = async (call, request) => {
  const current = await holdOpportunity(call, request.Catalog, request.Identifier);
  const { Assignee } = request;
  const registered = [call.settings.partner.owner.Email, ...call.settings.partner.users];
  refuseIfAny([
    ...(partnerTeamTitles.has(Assignee.BusinessTitle)
      ? []
      : [
          problem(
            'Assignee.BusinessTitle',
            'INVALID_VALUE',
            'Field OpportunityTeam.BusinessTitle must be one of the following values: PartnerAccountManager, OpportunityOwner.',
          ),
        ]),
    ...(registered.includes(Assignee.Email)
      ? []
      : [
          problem(
            'Assignee.Email',
            'INVALID_VALUE',
            `The assignee ${Assignee.Email} is not a registered Partner Central user of this account.`,
          ),
        ]),
  ]);
  const others = current.team.filter((member) => member.BusinessTitle !== Assignee.BusinessTitle);
  const team = Assignee.BusinessTitle === 'OpportunityOwner' ? [Assignee, ...others] : [...others, Assignee];
  const changed = { ...touched(call, current), team };
  await saveOpportunity(call.queries, changed);
  call.announce(opportunityNotice('Opportunity Updated', changed));
  return undefined;
};
