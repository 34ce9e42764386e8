import type { Contact, OpportunityBody } from '../model/opportunity.ts';
import type { RequestOf } from '../model/requests.ts';
import { afterLaunch, editProblems } from '../rules/editability.ts';
import { judge } from '../rules/rule.ts';
import { submissionProblems } from '../rules/submission-rules.ts';
import { accountIdAtLaunch, rulesForCreate, rulesForUpdate, softwareRevenueAtLaunch } from '../rules/writing-rules.ts';
import { partnerTeamTitles } from '../rules/vocabularies.ts';
import { inviteFromAws } from '../review/aws-referral.ts';
import { passToReview, reviewAgain, settleReview } from '../review/reviewer.ts';
import type { Verdict } from '../review/review-rules.ts';
import { claimClientToken, keepTokenSubject } from '../store/client-tokens.ts';
import {
  findOpportunity,
  insertOpportunity,
  listOpportunities,
  nextOpportunityId,
  saveOpportunity,
} from '../store/opportunities.ts';
import type { Opportunity } from '../store/opportunities.ts';
import { businessProblems, conflict, problem } from '../wire/errors.ts';
import type { Problem } from '../wire/errors.ts';
import { cutPage, holdOpportunity, opportunityNotice, pageOf, readOpportunity, ruleFacts, touched } from './context.ts';
import type { Call, Operation } from './context.ts';
import { opportunitySummary, opportunityView } from './opportunity-views.ts';

const refuseIfAny = (problems: readonly Problem[]): void => {
  if (problems.length > 0) throw businessProblems(problems);
};

/** The partner's own fields of a request; what AWS owns under LifeCycle is dropped. */
const bodyOf = (request: RequestOf<'CreateOpportunity'> | RequestOf<'UpdateOpportunity'>): OpportunityBody => {
  const { Customer, LifeCycle, Marketing, NationalSecurity, OpportunityType, Project, SoftwareRevenue } = request;
  const { ReviewStatus, ReviewComments, ReviewStatusReason, ...lifeCycle } = LifeCycle ?? {};
  // The parent of a net new deal is not kept (data model).
  const { RelatedOpportunityIdentifier: parent, ...project } = Project ?? {};
  const keepsParent = parent !== undefined && OpportunityType !== 'Net New Business';
  return {
    ...(Customer ? { Customer } : {}),
    ...(LifeCycle ? { LifeCycle: lifeCycle } : {}),
    ...(Marketing ? { Marketing } : {}),
    ...(NationalSecurity ? { NationalSecurity } : {}),
    ...(OpportunityType ? { OpportunityType } : {}),
    ...(request.PartnerOpportunityIdentifier === undefined
      ? {}
      : { PartnerOpportunityIdentifier: request.PartnerOpportunityIdentifier }),
    ...(request.PrimaryNeedsFromAws ? { PrimaryNeedsFromAws: request.PrimaryNeedsFromAws } : {}),
    ...(Project ? { Project: { ...project, ...(keepsParent ? { RelatedOpportunityIdentifier: parent } : {}) } } : {}),
    ...(SoftwareRevenue && Object.keys(SoftwareRevenue).length > 0 ? { SoftwareRevenue } : {}),
  };
};

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

/** Transitions a Sandbox user may make to play AWS. `In review` is where this network's own reviewer may be meanwhile. */
const sandboxTransitions: Readonly<Record<string, readonly string[]>> = {
  'Pending Submission': ['Submitted'],
  Submitted: ['Approved', 'Rejected', 'Action Required'],
  'In review': ['Approved', 'Rejected', 'Action Required'],
  'Action Required': ['Submitted'],
};

/** The review status a Sandbox update asks for, when it differs; in catalog AWS the field is read-only and ignored. */
const playedStatus = (request: RequestOf<'UpdateOpportunity'>, current: Opportunity): string | undefined => {
  const wanted = request.LifeCycle?.ReviewStatus;
  if (request.Catalog !== 'Sandbox' || wanted === undefined || wanted === current.reviewStatus) return undefined;
  if (!sandboxTransitions[current.reviewStatus]?.includes(wanted))
    throw businessProblems([
      problem(
        'LifeCycle.ReviewStatus',
        'ACTION_NOT_PERMITTED',
        `Cannot transition opportunity from status '${current.reviewStatus}' to '${wanted}'.`,
      ),
    ]);
  return wanted;
};

const isVerdict = (status: string | undefined): status is Verdict =>
  status === 'Approved' || status === 'Rejected' || status === 'Action Required';

const withHistory = (call: Call, before: OpportunityBody, after: OpportunityBody): OpportunityBody => {
  const history = before.LifeCycle?.NextStepsHistory ?? [];
  const previous = before.LifeCycle?.NextSteps;
  const changed = previous !== undefined && previous !== after.LifeCycle?.NextSteps;
  const kept = changed ? [{ Value: previous, Time: call.now.toISOString() }, ...history].slice(0, 50) : history;
  const { NextStepsHistory: _sent, ...lifeCycle } = after.LifeCycle ?? {};
  return { ...after, LifeCycle: { ...lifeCycle, ...(kept.length > 0 ? { NextStepsHistory: kept } : {}) } };
};

const launchRules = (call: Call) => [
  ...(call.settings.partner.consulting ? accountIdAtLaunch : []),
  ...(call.settings.partner.softwareRevenueProgram ? softwareRevenueAtLaunch : []),
];

export const updateOpportunity: Operation<'UpdateOpportunity'> = async (call, request) => {
  const current = await holdOpportunity(call, request.Catalog, request.Identifier);
  if (new Date(request.LastModifiedDate).getTime() !== current.modifiedAt.getTime())
    throw conflict(
      `The opportunity ${current.id} was modified at ${current.modifiedAt.toISOString()}, not at ${request.LastModifiedDate}. Get the latest version and try again.`,
    );
  const wanted = playedStatus(request, current);
  const body = bodyOf(request);
  const launched = current.reviewStatus === 'Approved' && current.body.LifeCycle?.Stage === 'Launched';
  if (launched) return store(call, current, afterLaunch(current.body, body));
  // Whoever plays AWS in the Sandbox may change anything along with the decision.
  if (!isVerdict(wanted)) refuseIfAny(editProblems(current.reviewStatus, current.body, body));
  const facts = await ruleFacts(call, request.Catalog, request, current.related, submissionOf(current));
  const correcting = current.reviewStatus === 'Action Required';
  refuseIfAny([
    ...judge([...rulesForUpdate, ...launchRules(call)], request, facts),
    ...(correcting ? submissionProblems(body, facts) : []),
  ]);
  const changed = { ...touched(call, current), body: withHistory(call, current.body, body) };
  call.announce(opportunityNotice('Opportunity Updated', changed));
  if (isVerdict(wanted)) {
    const decided = await settleReview(call, changed, {
      verdict: wanted,
      comments: request.LifeCycle?.ReviewComments ?? null,
      reason: request.LifeCycle?.ReviewStatusReason ?? null,
    });
    return updatedAnswer(decided);
  }
  if (wanted === 'Submitted' && current.reviewStatus === 'Pending Submission') {
    const submission = { InvolvementType: 'Co-Sell' as const };
    refuseIfAny(submissionProblems(body, { ...facts, submission }));
    return updatedAnswer(await passToReview(call, changed, submission));
  }
  // "After updates, the opportunity re-enters the validation phase" (API model).
  if (correcting) return updatedAnswer(await reviewAgain(call, changed));
  await saveOpportunity(call.queries, changed);
  return updatedAnswer(changed);
};

const submissionOf = ({ involvement, visibility }: Opportunity) =>
  involvement === null ? undefined : { InvolvementType: involvement, Visibility: visibility ?? undefined };

const updatedAnswer = ({ id, modifiedAt }: Opportunity): Record<string, unknown> => ({
  Id: id,
  LastModifiedDate: modifiedAt.toISOString(),
});

const store = async (call: Call, current: Opportunity, body: OpportunityBody): Promise<Record<string, unknown>> => {
  const changed = { ...touched(call, current), body };
  await saveOpportunity(call.queries, changed);
  call.announce(opportunityNotice('Opportunity Updated', changed));
  return updatedAnswer(changed);
};

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
