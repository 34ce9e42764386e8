import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { present } from '../../../../test/support/present.ts';
import { until } from '../../../../test/support/until.ts';
import { openWorkingOrg, type WorkingOrg } from '../../../../test/support/working-org.ts';
import { CATALOGUE } from '../../../domain/guardrails/catalogue.ts';
import { readDecision } from '../../../domain/replay/recorded-decision.ts';
import { replayAsOfThen } from '../../../domain/replay/replay.ts';
import type { OrgRuntime } from '../../org-runtime.ts';
import { DecisionMirror } from '../../decisions/decision-mirror.ts';
import { runWork } from '../run-work.ts';
import { sweepRequests } from '../sweep-inbox.ts';
import { sweepApprovals } from './mirror-approvals.ts';

/** Above what goes by itself, and not above what a manager may let go (`DEFAULT_POLICIES`). */
const tooMuch = 2_000_000;
const users = {
  sally: 'sally.seller@tandem.example.com',
  omar: 'omar.other@tandem.example.com',
  max: 'max.manager@tandem.example.com',
  ada: 'ada.admin@tandem.example.com',
} as const;

let world: WorkingOrg;
let org: OrgRuntime;
beforeAll(async () => {
  world = await openWorkingOrg();
  org = { ...world.open.runtime, approvalUndoMs: 1 };
});
afterAll(() => world.close());

/** Does all that is due, with so long for taking an answer back. */
const work = async (undoMs = 1): Promise<void> => {
  for (const job of await org.inbox.due(20)) await runWork({ ...org, approvalUndoMs: undoMs }, job.id);
};

const asks = async (user: keyof typeof users, kind: string, input: unknown, undoMs = 1) => {
  const person = await world.org.engine.contextFor(users[user]);
  const row = { Kind__c: kind, Surface__c: 'panel', Input__c: JSON.stringify({ version: 1, ...Object(input) }) };
  const [saved] = await world.org.engine.as(person).insert('Request__c', [row]);
  await sweepRequests(org);
  await work(undoMs);
  const [request] = await world.query<Record<string, string>>(
    `SELECT State__c, Message__c, Result__c FROM Request__c WHERE Id = '${String(saved?.id)}'`,
  );
  return present(request);
};
const answers = (user: keyof typeof users, approval: string, answer: string, undoMs = 1, comment?: string) =>
  asks(user, 'answer-approval', { answers: [{ approval, answer, ...(comment ? { comment } : {}) }] }, undoMs);

/** As if the time for taking an answer back were over. */
const makeFinal = async (): Promise<void> => {
  const database = world.room.database(org.org);
  await database.run(sql`update approvals set undo_until = now() where state = 'answered'`);
  await database.run(sql`update inbox set due_at = now() where kind = 'approval' and state = 'waiting'`);
};

/** Writes a policy as the service does. */
const setPolicy = async (rule: string, settings: unknown, version: number): Promise<void> => {
  const key = `co-selling:${rule}:all`;
  const written = await org.crm.upsertRows([
    { object: 'GuardrailPolicy__c', key, fields: { settings: JSON.stringify(settings), version } },
  ]);
  expect(written).toMatchObject({ ok: true, value: [{ problem: null }] });
  org.crm.forgetSettings();
};

/** Goes on with an answer once nobody can take it back any more. */
const goOn = async (): Promise<void> => {
  await until('the answer is final', async () => (await org.inbox.due(20)).length > 0);
  await work();
};

const approvalsOf = (deal: string) =>
  world.query<Record<string, string>>(
    `SELECT Key__c, State__c, Office__c, Answer__c, Says__c, Reason__c, AssignedTo__r.Name, OwnerId, DueAt__c, EscalatedAt__c,
       ChangedFacts__c, Evidence__c, Referral__r.Key__c, Decision__r.Key__c FROM Approval__c WHERE Opportunity__c = '${deal}' ORDER BY CreatedDate, Key__c`,
  );
const approvalOf = async (deal: string) => present((await approvalsOf(deal)).at(-1));
const referralOf = (deal: string) => world.referral(deal, ['State__c', 'BlockedBy__c', 'Message__c', 'NextAction__c']);
const idOf = async (key: string): Promise<string> =>
  present((await world.query<{ Id: string }>(`SELECT Id FROM Approval__c WHERE Key__c = '${key}'`))[0]).Id;
/** What stands on the records of the deal's decisions once the ledger was followed, the oldest first. */
const decisionsOf = async (deal: string) => {
  await new DecisionMirror(org).look();
  return world.query<Record<string, string>>(
    `SELECT Key__c, State__c, Says__c FROM Decision__c WHERE Opportunity__c = '${deal}' ORDER BY LedgerFrom__c`,
  );
};
const keyOf = async (deal: string): Promise<string> => (await approvalOf(deal)).Key__c ?? '';

const setAmount = async (deal: string, Amount: number): Promise<void> => {
  const { status } = await world.org.call('admin', 'PATCH', `sobjects/Opportunity/${deal}`, { Amount });
  expect(status).toBe(204);
};
const dealOf = async (amount: number): Promise<string> => {
  const deal = await world.makeDeal();
  await setAmount(deal, amount);
  return deal;
};

/** A deal that is worth more than goes by itself, referred by Sally. */
const waiting = async (): Promise<string> => {
  const deal = await dealOf(tooMuch);
  await world.refer(deal);
  return deal;
};

const ledgerOf = async (deal: string) => {
  const [link] = await org.links.ofDeal(deal);
  return org.ledger.read(org.org, `${present(link).key}#${present(link).requestId ?? ''}`);
};
const recordsOf = async (deal: string) =>
  (await ledgerOf(deal)).flatMap(({ kind, body }) => (kind === 'verdict' ? [Object(body) as { record: unknown }] : []));

describe('a referral that is worth more than goes by itself', () => {
  test('waits for the manager above the seller, who is told what it is about and why', async () => {
    const deal = await waiting();
    expect(await referralOf(deal)).toMatchObject({
      State__c: 'waiting-approval',
      BlockedBy__c: 'amount-per-action',
      Message__c: expect.stringContaining('2,000,000.00 USD'),
      NextAction__c: expect.stringContaining('Max Manager'),
    });
    expect(await world.ace.opportunitiesFor(deal)).toEqual([]);
    const approval = await approvalOf(deal);
    expect(approval).toMatchObject({
      State__c: 'open',
      Office__c: 'sales-manager',
      AssignedTo__r: { Name: 'Max Manager' },
      Says__c: expect.stringMatching(/^Refer .* to AWS: The amount is 2,000,000.00 USD/),
    });
    expect(Date.parse(approval.DueAt__c ?? '')).toBeGreaterThan(Date.now());
    const evidence = JSON.parse(approval.Evidence__c ?? '') as Record<string, unknown[]>;
    expect(evidence.rules).toEqual([expect.objectContaining({ rule: 'amount-per-action', policyVersion: 1 })]);
    expect(evidence.wouldDo).toEqual(expect.arrayContaining([expect.stringContaining('create opportunity')]));
    expect(JSON.stringify(evidence)).not.toMatch(/@/);
  });

  test('is nothing that the seller, a colleague or an admin can let go; the manager can, and it is sent once', async () => {
    const deal = await waiting();
    const approval = await keyOf(deal);
    expect(await answers('sally', approval, 'approve')).toMatchObject({
      State__c: 'refused',
      Message__c: 'Nobody approves an exception of their own.',
    });
    expect(await answers('omar', approval, 'approve')).toMatchObject({ State__c: 'refused' });
    expect(await answers('ada', approval, 'approve')).toMatchObject({
      State__c: 'refused',
      Message__c: 'This is for a sales manager to decide.',
    });
    expect(await answers('max', approval, 'approve', 600_000)).toMatchObject({ State__c: 'done' });
    expect(await answers('max', approval, 'reject')).toMatchObject({
      State__c: 'refused',
      Message__c: expect.stringContaining('already (Max Manager)'),
    });
    await makeFinal();
    const [job] = await org.inbox.due(5);
    const other = await world.another();
    await Promise.all([runWork(org, present(job).id), runWork(other.runtime, present(job).id)]);
    await work();
    expect(await referralOf(deal)).toMatchObject({ State__c: 'submitted', BlockedBy__c: null });
    expect(await world.ace.opportunitiesFor(deal)).toHaveLength(1);
    expect(await approvalOf(deal)).toMatchObject({ State__c: 'carried-out', Answer__c: 'approve' });
    const entries = await ledgerOf(deal);
    const said = entries.filter(({ kind }) => kind === 'approval');
    expect(said).toHaveLength(1);
    const max = await world.org.engine.contextFor(users.max);
    expect(said[0]).toMatchObject({ actor: max.userId, body: { answer: 'approve', office: 'sales-manager' } });
    const [first, second] = await recordsOf(deal);
    expect(first?.record).toMatchObject({ verdict: { answer: 'needs-approval' }, facts: { approvals: [] } });
    expect(second?.record).toMatchObject({ verdict: { answer: 'allow' }, facts: { approvals: [{ by: max.userId }] } });
  });

  test('is judged again from what the ledger gives back, and comes out the same: held up, let go, denied', async () => {
    const deal = await waiting();
    await answers('max', await keyOf(deal), 'approve');
    await goOn();
    const denied = await dealOf(200_000_000);
    await world.refer(denied);
    const records = [...(await recordsOf(deal)), ...(await recordsOf(denied))].map(({ record }) =>
      readDecision(record),
    );
    const said = records.map((read) => (read.ok ? read.value.verdict.answer : read.error.kind));
    expect(said).toEqual(['needs-approval', 'allow', 'deny']);
    for (const read of records) expect(read.ok && replayAsOfThen(read.value, CATALOGUE)).toEqual({ kind: 'same' });
    expect(await org.ledger.verify(org.org)).toMatchObject({ firstBad: null });
  });

  test('is stopped by a no, and the seller is told whose it is and why', async () => {
    const deal = await waiting();
    await answers('max', await keyOf(deal), 'reject', 1, 'Not before the new contract.');
    await goOn();
    expect(await referralOf(deal)).toMatchObject({
      State__c: 'blocked',
      BlockedBy__c: 'amount-per-action',
      Message__c: expect.stringMatching(/^Max Manager said no: Not before the new contract\./),
    });
    expect(await approvalOf(deal)).toMatchObject({ State__c: 'carried-out', Answer__c: 'reject' });
    expect(await world.ace.opportunitiesFor(deal)).toEqual([]);
  });

  test('goes on waiting when the yes is taken back in time, and can be answered again', async () => {
    const deal = await waiting();
    const approval = await keyOf(deal);
    await answers('max', approval, 'approve', 600_000);
    expect(await approvalOf(deal)).toMatchObject({ State__c: 'answered' });
    expect(await asks('ada', 'undo-approval', { approvals: [approval] })).toMatchObject({ State__c: 'refused' });
    expect(await asks('max', 'undo-approval', { approvals: [approval] })).toMatchObject({ State__c: 'done' });
    expect(await approvalOf(deal)).toMatchObject({ State__c: 'open', Answer__c: null });
    await answers('max', approval, 'reject');
    await goOn();
    expect(await referralOf(deal)).toMatchObject({ State__c: 'blocked' });
  });

  test('is asked about anew when it is worth something else by then, with what has changed', async () => {
    const deal = await waiting();
    await answers('max', await keyOf(deal), 'approve');
    await setAmount(deal, 3_000_000);
    await goOn();
    expect(await referralOf(deal)).toMatchObject({ State__c: 'waiting-approval' });
    const [old, fresh] = await approvalsOf(deal);
    expect(old).toMatchObject({ State__c: 'replaced' });
    expect(JSON.parse(old?.ChangedFacts__c ?? '')).toEqual([
      { label: 'Amount', was: '2,000,000.00 USD', is: '3,000,000.00 USD' },
    ]);
    expect(fresh).toMatchObject({ State__c: 'open', Reason__c: expect.stringContaining('3,000,000.00 USD') });
    expect(await world.ace.opportunitiesFor(deal)).toEqual([]);
    await answers('max', fresh?.Key__c ?? '', 'approve');
    await goOn();
    expect(await referralOf(deal)).toMatchObject({ State__c: 'submitted' });
  });

  test.each(['approval-read', 'approval-recorded', 'after-situation', 'create-after-answer', 'before-finished'])(
    'is sent once, and its answer told once, when the worker ends at %s',
    async (point) => {
      const deal = await waiting();
      await answers('max', await keyOf(deal), 'approve', 600_000);
      await makeFinal();
      let ended = false;
      const trace = (passed: string): void => {
        if (ended || passed !== point) return;
        ended = true;
        throw Object.assign(new Error('the worker ends here'), { name: 'AbortError' });
      };
      // A point after the work itself ends the process; the row is then found by its lease.
      for (const job of await org.inbox.due(20)) await runWork({ ...org, trace }, job.id).catch(() => undefined);
      expect(ended).toBe(true);
      await until('the deal is sent', async () => {
        await work();
        return (await referralOf(deal)).State__c === 'submitted' && (await approvalOf(deal)).State__c === 'carried-out';
      });
      expect(await world.ace.opportunitiesFor(deal)).toHaveLength(1);
      expect((await ledgerOf(deal)).filter(({ kind }) => kind === 'approval')).toHaveLength(1);
    },
  );

  test('an answer whose worker ends before it can say so counts once, and is said when the request is done again', async () => {
    const deal = await waiting();
    const key = await keyOf(deal);
    let ended = 0;
    const trace = (passed: string): void => {
      if (passed !== 'after-approval-answered' || ended > 0) return;
      ended += 1;
      throw Object.assign(new Error('the worker ends here'), { name: 'AbortError' });
    };
    const whole = org;
    org = { ...whole, trace };
    try {
      await answers('max', key, 'reject', 600_000);
    } finally {
      org = whole;
    }
    expect([ended, (await approvalOf(deal)).State__c]).toEqual([1, 'open']);
    await work(600_000);
    const rows = await world.query<Record<string, string>>(
      `SELECT State__c, Message__c FROM Request__c WHERE Kind__c = 'answer-approval' ORDER BY CreatedDate DESC, Id DESC LIMIT 1`,
    );
    expect(rows).toMatchObject([{ State__c: 'done' }]);
    expect(await approvalOf(deal)).toMatchObject({ State__c: 'answered', Answer__c: 'reject' });
    await makeFinal();
    await work();
    expect(await referralOf(deal)).toMatchObject({ State__c: 'blocked' });
  });

  test('waits for each office that a rule names, and for the new version of a policy that has changed since', async () => {
    await setPolicy('partner-health', { actFrom: 50, reviewFrom: 25, maxAgeDays: 30, unknown: 'review' }, 1);
    const deal = await waiting();
    expect((await referralOf(deal)).NextAction__c).toMatch(/a partner manager and Max Manager \(a sales manager\)/);
    const asked = await approvalsOf(deal);
    const amount = asked.find(({ Office__c: office }) => office === 'sales-manager');
    const health = asked.find(({ Office__c: office }) => office === 'partner-manager');
    expect(asked).toHaveLength(2);
    await answers('max', amount?.Key__c ?? '', 'approve');
    await goOn();
    expect(await referralOf(deal)).toMatchObject({ State__c: 'waiting-approval' });
    expect((await approvalsOf(deal)).map(({ State__c: state }) => state).sort()).toEqual(['answered', 'open']);
    await setPolicy('partner-health', { actFrom: 50, reviewFrom: 25, maxAgeDays: 30, unknown: 'review' }, 2);
    await answers('max', health?.Key__c ?? '', 'approve');
    await goOn();
    expect(await referralOf(deal)).toMatchObject({ State__c: 'waiting-approval', BlockedBy__c: 'partner-health' });
    const replaced = (await approvalsOf(deal)).find(({ Key__c: key }) => key === health?.Key__c);
    expect(replaced).toMatchObject({ State__c: 'replaced' });
    expect(JSON.parse(replaced?.ChangedFacts__c ?? '')).toEqual([
      { label: 'Policy partner-health', was: 'version 1', is: 'version 2' },
    ]);
    const again = (await approvalsOf(deal)).find(({ State__c: state }) => state === 'open');
    await answers('max', again?.Key__c ?? '', 'approve');
    await goOn();
    expect(await referralOf(deal)).toMatchObject({ State__c: 'submitted' });
    expect((await approvalsOf(deal)).map(({ State__c: state }) => state).sort()).toEqual([
      'carried-out',
      'carried-out',
      'replaced',
    ]);
    await setPolicy('partner-health', { actFrom: 50, reviewFrom: 25, maxAgeDays: 30, unknown: 'act' }, 3);
  });

  test('goes to an admin too when nobody answers, and is a no when nobody answers even then', async () => {
    const database = world.room.database(org.org);
    const [late, never] = [await waiting(), await waiting()];
    await database.run(sql`update approvals set due_at = now() - interval '1 minute' where state = 'open'`);
    await sweepApprovals(org);
    const escalated = await approvalOf(late);
    expect(escalated).toMatchObject({ State__c: 'open', EscalatedAt__c: expect.any(String) });
    expect(await answers('ada', escalated.Key__c ?? '', 'approve')).toMatchObject({ State__c: 'done' });
    // Both deals may have something due first that is not the answer.
    await until('the yes is carried out', async () => {
      await work();
      return (await referralOf(late)).State__c === 'submitted';
    });
    await database.run(sql`update approvals set expires_at = now() where state = 'open'`);
    await sweepApprovals(org);
    await work();
    expect(await referralOf(never)).toMatchObject({
      State__c: 'blocked',
      Message__c: expect.stringContaining('Nobody decided in time'),
    });
    expect(await approvalOf(never)).toMatchObject({ State__c: 'expired' });
    expect(await decisionsOf(never)).toMatchObject([
      { State__c: 'refused', Says__c: expect.stringContaining('nobody decided in time') },
    ]);
    expect(await org.ledger.verify(org.org)).toMatchObject({ firstBad: null });
  });

  test('waits no more once it is asked anew, and the approval is on the record of the decision that it is about', async () => {
    const deal = await waiting();
    expect(await decisionsOf(deal)).toMatchObject([{ State__c: 'waiting' }]);
    await world.refer(deal);
    const rows = await decisionsOf(deal);
    expect(rows).toMatchObject([
      { State__c: 'stopped', Says__c: expect.stringContaining('asked anew') },
      { State__c: 'waiting' },
    ]);
    const shown = await approvalsOf(deal);
    expect(shown.map(({ State__c: state }) => state)).toEqual(['withdrawn', 'open']);
    for (const [index, approval] of shown.entries())
      expect(approval.Decision__r).toMatchObject({ Key__c: present(rows[index]).Key__c });
  });

  test('an approval that reaches Salesforce after the record of its decision is linked too', async () => {
    const deal = await waiting();
    const key = await keyOf(deal);
    await decisionsOf(deal);
    const { status } = await world.org.call('admin', 'DELETE', `sobjects/Approval__c/${await idOf(key)}`);
    expect(status).toBe(204);
    const database = world.room.database(org.org);
    await database.run(sql`update approvals set mirrored_at = '-infinity' where key = ${key}`);
    await sweepApprovals(org);
    expect((await approvalOf(deal)).Decision__r).toMatchObject({ Key__c: expect.any(String) });
  });
});
