import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  CreateOpportunityCommand,
  GetAwsOpportunitySummaryCommand,
  ListEngagementFromOpportunityTasksCommand,
  ListEngagementInvitationsCommand,
  StartEngagementFromOpportunityTaskCommand,
  SubmitOpportunityCommand,
  UpdateOpportunityCommand,
} from '@aws-sdk/client-partnercentral-selling';
import type { UpdateOpportunityCommandInput } from '@aws-sdk/client-partnercentral-selling';
import { failureOf, problemsOf } from '../testing/failure.ts';
import { asUpdate, openNetwork } from '../testing/open-network.ts';
import type { OpenNetwork } from '../testing/open-network.ts';
import { sampleOpportunity } from '../testing/sample-opportunity.ts';
import { decide, reviewRules } from './review-rules.ts';

const Catalog = 'Sandbox';
const project = sampleOpportunity({ ClientToken: 'project' }).Project;
const spending = (Amount: string) => ({
  Project: {
    ...project,
    ExpectedCustomerSpend: [
      { Amount, CurrencyCode: 'USD' as const, Frequency: 'Monthly' as const, TargetCompany: 'AWS' },
    ],
  },
});
const saying = (CustomerBusinessProblem: string) => ({ Project: { ...project, CustomerBusinessProblem } });
const start = (
  Identifier: string,
  ClientToken: string,
  InvolvementType: 'Co-Sell' | 'For Visibility Only' = 'Co-Sell',
) =>
  new StartEngagementFromOpportunityTaskCommand({
    Catalog,
    Identifier,
    ClientToken,
    AwsSubmission: { InvolvementType },
  });

describe('the review', () => {
  let open: OpenNetwork;
  beforeAll(async () => {
    open = await openNetwork();
  });
  afterAll(() => open.close());

  const statusOf = async (id: string) => (await open.read(id)).LifeCycle?.ReviewStatus;
  const update = async (id: string, change: (input: UpdateOpportunityCommandInput) => UpdateOpportunityCommandInput) =>
    open.client.send(new UpdateOpportunityCommand(change(asUpdate(await open.read(id)))));

  test('goes from Submitted to In review to Approved, each step after its delay and with a later change time', async () => {
    const id = await open.submitted({ ClientToken: 'steps' });
    const submitted = await open.read(id);
    expect(submitted.LifeCycle?.ReviewStatus).toBe('Submitted');
    await open.pass(59_999);
    expect(await statusOf(id)).toBe('Submitted');
    await open.pass(1);
    expect(await statusOf(id)).toBe('In review');
    await open.pass(60_000);
    const approved = await open.read(id);
    expect(approved.LifeCycle?.ReviewStatus).toBe('Approved');
    expect(approved.LastModifiedDate?.getTime()).toBeGreaterThan(submitted.LastModifiedDate?.getTime() ?? Infinity);
  });

  test('shows AWS’s side from submission, with insights once approved', async () => {
    const { Id = '' } = await open.client.send(
      new CreateOpportunityCommand(sampleOpportunity({ ClientToken: 'unsubmitted' })),
    );
    const summaryOf = (id: string) =>
      open.client.send(new GetAwsOpportunitySummaryCommand({ Catalog, RelatedOpportunityIdentifier: id }));
    expect((await failureOf(summaryOf(Id))).name).toBe('ResourceNotFoundException');
    const id = await open.submitted({ ClientToken: 'summary', ...spending('30000') });
    expect((await summaryOf(id)).Insights ?? null).toBeNull();
    await open.network.decide(id);
    const approved = await summaryOf(id);
    expect(approved).toMatchObject({
      InvolvementType: 'Co-Sell',
      Visibility: 'Full',
      CosellMotion: 'AWS Field-engaged',
      Insights: { EngagementScore: 'High', OpportunityQuality: { Score: 70, Trend: 'Improving' } },
      LifeCycle: { NextSteps: expect.stringContaining('architecture') },
    });
    expect(approved.LifeCycle?.Stage ?? null).toBeNull();
    expect(approved.OpportunityTeam?.map(({ BusinessTitle }) => BusinessTitle)).toContain('AWSSalesRep');
  });

  test('asks for action with comments, takes the correction of the fields it opens, and approves then', async () => {
    const id = await open.submitted({ ClientToken: 'action', ...spending('10') });
    await open.pass(60_000);
    await open.pass(60_000);
    const asked = await open.read(id);
    expect(asked.LifeCycle).toMatchObject({ ReviewStatus: 'Action Required', ReviewStatusReason: 'Clarify Revenue' });
    expect(asked.LifeCycle?.ReviewComments).toContain('too low');
    const closed = await problemsOf(
      update(id, (input) => ({ ...input, Project: { ...input.Project, Title: 'New title' } })),
    );
    expect(closed).toEqual({ reason: 'BUSINESS_VALIDATION_FAILED', problems: ['Project.Title ACTION_NOT_PERMITTED'] });
    await update(id, (input) => ({
      ...input,
      Project: { ...input.Project, ExpectedCustomerSpend: spending('4000').Project.ExpectedCustomerSpend },
    }));
    expect(await statusOf(id)).toBe('Submitted');
    await open.pass(60_000);
    await open.pass(60_000);
    expect((await open.read(id)).LifeCycle).toMatchObject({ ReviewStatus: 'Approved' });
  });

  test('a full replace without a field removes it, where that is allowed', async () => {
    const id = await open.submitted({ ClientToken: 'replace' });
    await open.network.decide(id);
    await update(id, (input) => ({ ...input, Customer: { Account: input.Customer?.Account } }));
    expect((await open.read(id)).Customer?.Contacts).toEqual([]);
  });

  test('a deal shared for visibility may become co-sell, and not go back', async () => {
    const { Id = '' } = await open.client.send(
      new CreateOpportunityCommand(
        sampleOpportunity({
          ClientToken: 'visible',
          PrimaryNeedsFromAws: [],
          Project: { ...project, OtherSolutionDescription: 'Our own' },
        }),
      ),
    );
    await open.client.send(start(Id, 'visible-start', 'For Visibility Only'));
    await open.network.decide(Id);
    const involvement = async () =>
      (await open.client.send(new GetAwsOpportunitySummaryCommand({ Catalog, RelatedOpportunityIdentifier: Id })))
        .InvolvementType;
    expect(await involvement()).toBe('For Visibility Only');
    await update(Id, (input) => ({ ...input, PrimaryNeedsFromAws: ['Co-Sell - Deal Support'] }));
    expect(await involvement()).toBe('Co-Sell');
    const back = await problemsOf(update(Id, (input) => ({ ...input, PrimaryNeedsFromAws: [] })));
    expect(back.problems).toEqual(['PrimaryNeedsFromAws ACTION_NOT_PERMITTED']);
  });

  test('an association moves the change time, so an older lock is refused', async () => {
    const { Id = '' } = await open.client.send(
      new CreateOpportunityCommand(sampleOpportunity({ ClientToken: 'lock' })),
    );
    const read = await open.read(Id);
    await open.raw('AssociateOpportunity', {
      Catalog,
      OpportunityIdentifier: Id,
      RelatedEntityType: 'Solutions',
      RelatedEntityIdentifier: 'S-1234567',
    });
    const stale = await failureOf(open.client.send(new UpdateOpportunityCommand(asUpdate(read))));
    expect(stale.name).toBe('ConflictException');
    await open.client.send(new UpdateOpportunityCommand(asUpdate(await open.read(Id))));
  });

  test('what is rejected or under review cannot be changed, and nothing is submitted twice', async () => {
    const id = await open.submitted({ ClientToken: 'closed', ...saying('This is a duplicate of what AWS works on.') });
    const locked = { reason: 'BUSINESS_VALIDATION_FAILED', problems: ['LifeCycle.ReviewStatus ACTION_NOT_PERMITTED'] };
    expect(await problemsOf(update(id, (input) => input))).toEqual(locked);
    expect(await problemsOf(open.client.send(start(id, 'again')))).toEqual(locked);
    await open.pass(60_000);
    await open.pass(60_000);
    expect((await open.read(id)).LifeCycle).toMatchObject({
      ReviewStatus: 'Rejected',
      ReviewStatusReason: 'Forecast Conflict',
    });
    expect(await problemsOf(update(id, (input) => input))).toEqual(locked);
    const sent = await open.client.send(
      new ListEngagementInvitationsCommand({ Catalog, ParticipantType: 'SENDER', Status: ['REJECTED'] }),
    );
    expect(sent.EngagementInvitationSummaries).toHaveLength(1);
  });

  test('a Sandbox user plays AWS within the documented transitions; in catalog AWS the status is read-only', async () => {
    const id = await open.submitted({ ClientToken: 'played' });
    const playing = (ReviewStatus: 'Approved' | 'Pending Submission') => (input: UpdateOpportunityCommandInput) => ({
      ...input,
      LifeCycle: { ...input.LifeCycle, ReviewStatus },
    });
    const refused = await failureOf(update(id, playing('Pending Submission')));
    expect(refused.message).toBe("Cannot transition opportunity from status 'Submitted' to 'Pending Submission'.");
    await update(id, playing('Approved'));
    expect(await statusOf(id)).toBe('Approved');
    const real = await open.client.send(
      new CreateOpportunityCommand(sampleOpportunity({ ClientToken: 'real', Catalog: 'AWS' })),
    );
    const body = {
      ...sampleOpportunity({ ClientToken: 'unused' }),
      Catalog: 'AWS',
      Identifier: real.Id,
      LastModifiedDate: real.LastModifiedDate,
    };
    await open.client.send(
      new UpdateOpportunityCommand({ ...body, LifeCycle: { ...body.LifeCycle, ReviewStatus: 'Approved' } }),
    );
    const read = await open.raw('GetOpportunity', { Catalog: 'AWS', Identifier: real.Id });
    expect(read.body.LifeCycle).toMatchObject({ ReviewStatus: 'Pending Submission' });
  });

  test('a launched opportunity takes a few fields and ignores the rest', async () => {
    const id = await open.submitted({ ClientToken: 'launched' });
    await open.network.decide(id);
    await update(id, (input) => ({ ...input, LifeCycle: { ...input.LifeCycle, Stage: 'Launched' } }));
    await update(id, (input) => ({
      ...input,
      LifeCycle: { ...input.LifeCycle, NextSteps: 'ignored' },
      Project: { ...input.Project, AdditionalComments: 'kept' },
    }));
    const read = await open.read(id);
    expect(read).toMatchObject({
      LifeCycle: { NextSteps: 'Agree on the pilot stores.' },
      Project: { AdditionalComments: 'kept' },
    });
  });
});

describe('submission', () => {
  test('lists every missing thing at once, by task and by itself', async () => {
    const open = await openNetwork();
    const { CustomerUseCase: _use, SalesActivities: _sales, ...sparse } = project ?? {};
    const { Id = '' } = await open.client.send(
      new CreateOpportunityCommand(
        sampleOpportunity({ ClientToken: 'sparse', Project: sparse, PrimaryNeedsFromAws: [] }),
      ),
    );
    const missing = [
      'Project.CustomerUseCase REQUIRED_FIELD_MISSING',
      'Project.SalesActivities REQUIRED_FIELD_MISSING',
      'PrimaryNeedsFromAws REQUIRED_FIELD_MISSING',
      'RelatedEntityIdentifiers.Solutions REQUIRED_FIELD_MISSING',
    ];
    expect((await problemsOf(open.client.send(start(Id, 'sparse-start')))).problems).toEqual(missing);
    const alone = new SubmitOpportunityCommand({ Catalog, Identifier: Id, InvolvementType: 'Co-Sell' });
    expect((await problemsOf(open.client.send(alone))).problems).toEqual(missing);
    await open.close();
  });

  test('a task may be in progress first; asking again with its token, or the list, tells when it is complete', async () => {
    const open = await openNetwork({ tasks: { completeAfterMs: 5_000 } });
    const id = await open.submitted({ ClientToken: 'slow' });
    const again = () => open.client.send(start(id, 'slow-start'));
    const running = await again();
    expect(running).toMatchObject({ TaskStatus: 'IN_PROGRESS', OpportunityId: id });
    expect(running.EngagementId ?? null).toBeNull();
    expect((await failureOf(open.client.send(start(id, 'impatient')))).name).toBe('ConflictException');
    expect((await open.read(id)).LifeCycle?.ReviewStatus).toBe('Pending Submission');
    await open.pass(5_000);
    const complete = await again();
    expect(complete).toMatchObject({ TaskStatus: 'COMPLETE', TaskId: running.TaskId });
    const listed = await open.client.send(
      new ListEngagementFromOpportunityTasksCommand({ Catalog, TaskIdentifier: [running.TaskId ?? ''] }),
    );
    expect(listed.TaskSummaries).toMatchObject([{ TaskStatus: 'COMPLETE', EngagementId: complete.EngagementId }]);
    await open.close();
  });

  test('a task may fail, with AWS’s reason code and what was wrong', async () => {
    const open = await openNetwork({ tasks: { problems: 'failed-task' } });
    const { Id = '' } = await open.client.send(
      new CreateOpportunityCommand(sampleOpportunity({ ClientToken: 'fails' })),
    );
    const task = await open.client.send(start(Id, 'fails-start'));
    expect(task).toMatchObject({ TaskStatus: 'FAILED', ReasonCode: 'OpportunityValidationFailed' });
    expect(task.Message).toContain('Solutions is required for opportunity submission');
    expect((await open.read(Id)).LifeCycle?.ReviewStatus).toBe('Pending Submission');
    await open.close();
  });
});

describe('the rule book', () => {
  const body = (changes: object) =>
    ({ ...sampleOpportunity({ ClientToken: 'rule' }), ...changes }) as Parameters<typeof decide>[0];

  test.each([
    ['runs-elsewhere', saying('The workload stays on-premises only for now.')],
    ['known-to-aws', saying('Customer is already working with AWS on this.')],
    ['unclear-solution', saying('The scope of this is to be determined later.')],
    ['spend-too-low', spending('99.99')],
    ['spend-too-high', spending('1000000.01')],
  ])('%s', (id, changes) => {
    const rule = reviewRules.find((each) => each.id === id);
    expect(decide(body(changes))).toEqual(rule?.decision);
  });

  test.each([
    ['an ordinary deal', {}],
    ['a hundred a month', spending('100')],
    ['a million a month', spending('1000000')],
  ])('approves %s', (_what, changes) => {
    expect(decide(body(changes)).verdict).toBe('Approved');
  });
});
