import type { OpportunityBody } from '../model/opportunity.ts';
import type { RequestOf } from '../model/requests.ts';
import { passToReview, reviewAgain, settleReview } from '../review/reviewer.ts';
import type { Verdict } from '../review/review-rules.ts';
import { afterLaunch, editProblems } from '../rules/editability.ts';
import { judge } from '../rules/rule.ts';
import { submissionProblems } from '../rules/submission-rules.ts';
import { accountIdAtLaunch, rulesForUpdate, softwareRevenueAtLaunch } from '../rules/writing-rules.ts';
import { saveOpportunity } from '../store/opportunities.ts';
import type { Opportunity } from '../store/opportunities.ts';
import { businessProblems, conflict, problem } from '../wire/errors.ts';
import type { Problem } from '../wire/errors.ts';
import { holdOpportunity, opportunityNotice, ruleFacts, touched } from './context.ts';
import type { Call, Operation } from './context.ts';
import { bodyOf, refuseIfAny } from './opportunity-body.ts';

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

/** Needs make a deal co-sell: a deal shared for visibility may become one, a co-sell deal may not go back (data model). */
const backToVisibility = (current: Opportunity, body: OpportunityBody): Problem[] =>
  current.reviewStatus === 'Approved' &&
  current.involvement === 'Co-Sell' &&
  (current.body.PrimaryNeedsFromAws?.length ?? 0) > 0 &&
  (body.PrimaryNeedsFromAws?.length ?? 0) === 0
    ? [
        problem(
          'PrimaryNeedsFromAws',
          'ACTION_NOT_PERMITTED',
          'PrimaryNeedsFromAws can be changed from visibility only to Co-Sell, not back.',
        ),
      ]
    : [];

const involvementAfter = (current: Opportunity, body: OpportunityBody): string | null =>
  current.involvement === 'For Visibility Only' && (body.PrimaryNeedsFromAws?.length ?? 0) > 0
    ? 'Co-Sell'
    : current.involvement;

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
  if (!isVerdict(wanted))
    refuseIfAny([...editProblems(current.reviewStatus, current.body, body), ...backToVisibility(current, body)]);
  const facts = await ruleFacts(call, request.Catalog, request, current.related, submissionOf(current));
  const correcting = current.reviewStatus === 'Action Required';
  refuseIfAny([
    ...judge([...rulesForUpdate, ...launchRules(call)], request, facts),
    ...(correcting ? submissionProblems(body, facts) : []),
  ]);
  const changed = {
    ...touched(call, current),
    body: withHistory(call, current.body, body),
    involvement: involvementAfter(current, body),
  };
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
