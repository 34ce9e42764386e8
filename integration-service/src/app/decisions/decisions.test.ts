import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { askGovernance } from '../../../test/support/ask-governance.ts';
import { goodPolicies, MANAGER } from '../../../test/support/guardrail-case.ts';
import { present } from '../../../test/support/present.ts';
import { recordedDecision } from '../../../test/support/recorded-decisions.ts';
import { approvalEntry, verdictEntry } from '../../../test/support/recorded-entries.ts';
import { runTandem } from '../../../test/support/tandem-command.ts';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import { LEARNING_SETTINGS } from '../../domain/learning/find-move.ts';
import type { JsonObject } from '../../domain/values/json.ts';
import { DecisionMirror } from './decision-mirror.ts';
import { learnBoundaries } from './learn-boundaries.ts';
import { recordBatch } from './record-batch.ts';
import { tellFigures } from './tell-figures.ts';

/** Decisions on their records, judged again and disputed, on a real org and a real PostgreSQL. */
let world: WorkingOrg;
let deal = '';
beforeAll(async () => {
  world = await openWorkingOrg();
  deal = await world.makeDeal();
  await world.refer(deal);
});
afterAll(() => world.close());

interface DecisionRow {
  readonly Id: string;
  readonly Key__c: string;
  readonly State__c: string;
  readonly Says__c: string;
  readonly [field: string]: unknown;
}

const columns =
  'Id, Key__c, Kind__c, State__c, Answer__c, Says__c, OwnerId, RequestedBy__c, Function__c, UseCase__c, Rules__c, ' +
  'Facts__c, Effects__c, FiveParts__c, Hash__c, LedgerFrom__c, LedgerTo__c, Referral__c, Partner__c, Agent__c, ' +
  'PartnerOfRecord__c, RetainUntil__c, Replay__c, DecidedAt__c';

const decisionOf = async (opportunity: string): Promise<DecisionRow> =>
  present(
    (await world.query<DecisionRow>(`SELECT ${columns} FROM Decision__c WHERE Opportunity__c = '${opportunity}'`))[0],
  );

test('a referral stands on the record of its decision, as its owner can read it, with proof and without a name', async () => {
  const { runtime } = world.open;
  const mirror = new DecisionMirror(runtime);
  expect(await mirror.look()).toBeGreaterThan(0);
  const row = await decisionOf(deal);
  const [opportunity] = await world.query<{ OwnerId: string }>(`SELECT OwnerId FROM Opportunity WHERE Id = '${deal}'`);
  const referral = await world.referral(deal, ['Key__c', 'NetworkId__c']);
  expect(row).toMatchObject({
    Kind__c: 'action',
    State__c: 'done',
    Answer__c: 'allow',
    Function__c: 'co-selling',
    OwnerId: present(opportunity).OwnerId,
    PartnerOfRecord__c: 'AWS',
    Says__c: expect.stringMatching(
      new RegExp(`^Filed at AWS as ${String(referral.NetworkId__c)}, under \\d+ rules; the click was the yes\\.$`),
    ),
  });
  expect(row.Key__c.startsWith(`${String(referral.Key__c)}#`)).toBe(true);
  for (const linked of ['Referral__c', 'Partner__c', 'Agent__c', 'RequestedBy__c']) expect(row[linked]).not.toBeNull();
  const rules = JSON.parse(String(row.Rules__c)) as { rule: string; answer: string }[];
  expect(rules.map(({ rule }) => rule)).toContain('consent');
  const effects = JSON.parse(String(row.Effects__c)) as { step: string; state: string }[];
  expect(effects.map(({ state }) => state)).not.toContain('sent');
  expect(effects.length).toBeGreaterThan(1);
  expect(JSON.parse(String(row.FiveParts__c))).toHaveLength(5);
  expect(JSON.stringify(row)).not.toContain('Sally');
  const entries = await runtime.ledger.read(runtime.org, row.Key__c);
  expect([row.LedgerFrom__c, row.LedgerTo__c, row.Hash__c]).toEqual([
    present(entries[0]).sequence,
    present(entries.at(-1)).sequence,
    present(entries.at(-1)).hash,
  ]);
  expect(Number(String(row.RetainUntil__c).slice(0, 4))).toBe(Number(String(row.DecidedAt__c).slice(0, 4)) + 7);
  expect(await mirror.look()).toBe(0);
});

test('an act of governance stands beside them, once', async () => {
  const { id } = await askGovernance(world, 'ada', 'stop', {
    subject: 'function:quoting',
    input: { reason: 'A drill.' },
  });
  const mirror = new DecisionMirror(world.open.runtime);
  await mirror.look();
  const rows = await world.query<DecisionRow>(
    `SELECT ${columns} FROM Decision__c WHERE Key__c = 'stop:function:quoting#${id}'`,
  );
  expect(rows).toMatchObject([{ Kind__c: 'stop', State__c: 'done', Function__c: 'quoting' }]);
  await askGovernance(world, 'ada', 'resume', { subject: 'function:quoting', input: { reason: 'It is over.' } });
});

test('many results stand on one record, with the hash that the ledger keeps them under, and it can be looked at again', async () => {
  const { runtime } = world.open;
  const at = runtime.clock.now();
  const decision = `score-deals:all#${at}`;
  const { hash } = await recordBatch(runtime, {
    decision,
    function: 'co-selling',
    useCase: 'score-deals',
    agent: 'agent:co-selling',
    says: 'Scored 1,500 deals.',
    rules: [{ rule: 'score-model', ruleVersion: 3, policyVersion: 0, answer: 'allow', reason: '', read: ['deals'] }],
    items: Array.from({ length: 1_500 }, (_, number) => ({ deal: `006${number}`, score: number % 100 })),
    facts: [{ name: 'deals', source: 'salesforce', readAt: at }],
  });
  await new DecisionMirror(runtime).look();
  const rows = await world.query<DecisionRow>(`SELECT ${columns} FROM Decision__c WHERE Kind__c = 'batch'`);
  expect(rows).toMatchObject([
    { Key__c: decision, State__c: 'done', Answer__c: 'allow', Says__c: 'Scored 1,500 deals.' },
  ]);
  expect(present(rows[0]).Effects__c).toContain(`1500 results, kept in the ledger under one hash: ${hash}`);
  expect(await askGovernance(world, 'ada', 'replay-decision', { subject: decision })).toMatchObject({
    state: 'done',
    message: expect.stringContaining('to the byte'),
    result: { asOfThen: 'same' },
  });
});

test('a decision is judged again for whoever sees it, and for nobody else', async () => {
  const { Key__c: key } = await decisionOf(deal);
  const asked = await askGovernance(world, 'sally', 'replay-decision', { subject: key });
  expect(asked).toMatchObject({
    state: 'done',
    message: expect.stringContaining('comes out the same'),
    result: { asOfThen: 'same', today: 'same', differences: [] },
  });
  expect(JSON.parse(String((await decisionOf(deal)).Replay__c))).toEqual(asked.result);
  const unseen = await askGovernance(world, 'omar', 'replay-decision', { subject: key });
  expect(unseen).toMatchObject({ state: 'refused', message: expect.stringContaining('do not see it') });
});

test('a question about a decision is answered by another person, closed by whoever asked, and measured', async () => {
  const { Key__c: key } = await decisionOf(deal);
  const question = 'Did Pat Example not say no to this?';
  const opened = await askGovernance(world, 'sally', 'open-dispute', { subject: key, input: { question } });
  expect(opened).toMatchObject({ state: 'done', result: { key: `dispute:${opened.id}` } });
  const dispute = { subject: `dispute:${opened.id}` };
  const read = async () =>
    present(
      (
        await world.query<Record<string, unknown>>(
          `SELECT State__c, Question__c, Answer__c, Reconstruction__c, ReplayResult__c, HoursToResolve__c
           FROM Dispute__c WHERE Key__c = '${dispute.subject}'`,
        )
      )[0],
    );
  const row = await read();
  expect(row).toMatchObject({ State__c: 'open', Question__c: question });
  expect(JSON.parse(String(row.ReplayResult__c))).toMatchObject({ asOfThen: 'same' });
  const told = (JSON.parse(String(row.Reconstruction__c)) as { says: string }[]).map(({ says }) => says);
  const { runtime } = world.open;
  expect(told).toHaveLength((await runtime.ledger.read(runtime.org, key)).length);
  expect(told[0]).toMatch(/facts were read/);
  expect(told.join(' ')).toMatch(/rules were asked\. All of them allowed it\..* was sent to AWS\..*AWS gave O/);

  const input = { answer: 'The grant names this field, see entry 3.' };
  const early = await askGovernance(world, 'ada', 'close-dispute', dispute);
  expect(early).toMatchObject({ state: 'refused', message: expect.stringContaining('Nobody has answered') });
  expect((await askGovernance(world, 'sally', 'answer-dispute', { ...dispute, input })).state).toBe('refused');
  expect((await askGovernance(world, 'ada', 'answer-dispute', { ...dispute, input })).state).toBe('done');
  expect(await read()).toMatchObject({ State__c: 'answered', Answer__c: input.answer });
  expect((await askGovernance(world, 'sally', 'close-dispute', dispute)).state).toBe('done');
  expect(await read()).toMatchObject({ State__c: 'closed', HoursToResolve__c: expect.any(Number) });
  expect(await runtime.metrics.registry.metrics()).toContain('tandem_dispute_resolved_seconds_count 1');

  const chain = await world.room
    .database(world.org.orgId)
    .run(sql<{ body: string }>`select body from ledger_entries where decision like ${'%-dispute:%'}`);
  expect(chain).toHaveLength(3);
  expect(JSON.stringify(chain)).not.toContain('Pat Example');
});

/** So many deals above what an agent does alone, each approved by another person, two of them taking turns. */
const approvedDeals = async (count: number, minor: number): Promise<void> => {
  const { runtime } = world.open;
  const { org } = runtime;
  // Of the day an agent may do more, so that one rule alone holds the deal up.
  const upTo = (actUpTo: number): JsonObject => ({ currency: 'USD', actUpTo, reviewUpTo: 10_000_000_000 });
  const limits: Readonly<Record<string, JsonObject>> = {
    'amount-per-action': upTo(100_000_000),
    'amount-per-day': upTo(1_000_000_000),
  };
  const policies = goodPolicies.map((policy) => ({ ...policy, settings: limits[policy.rule] ?? policy.settings }));
  const facts = { policies, amount: { minor, currency: 'USD' } };
  await runtime.ledger.append(
    Array.from({ length: count }, (_, index) => {
      const decision = recordedDecision(`learned ${minor} ${index}`, { facts });
      const by = index % 2 === 0 ? MANAGER : '005000000000003AAA';
      return [verdictEntry(org, decision), approvalEntry(org, decision.id, 'approve', by)];
    }).flat(),
  );
};

test('answers of people become a proposed limit that only a person makes one, and a training set without people', async () => {
  const { runtime } = world.open;
  const [minimum, minor] = [LEARNING_SETTINGS.minimumCases, 200_000_000];
  await approvedDeals(minimum - 1, minor);
  const lenient = { ...LEARNING_SETTINGS, z: 0 };
  expect(await learnBoundaries(runtime, lenient)).toBe(0);
  await approvedDeals(1, minor + 1);
  expect(await learnBoundaries(runtime, lenient)).toBe(1);
  expect(await learnBoundaries(runtime, lenient)).toBe(0);
  const proposals = () =>
    world.query<Record<string, unknown>>(
      'SELECT Key__c, State__c, Direction__c, PolicyVersion__c, Settings__c, Says__c, Evidence__c, BackTest__c FROM BoundaryProposal__c',
    );
  const [proposal] = await proposals();
  const key = String(present(proposal).Key__c);
  expect(proposal).toMatchObject({ State__c: 'proposed', Direction__c: 'widen', PolicyVersion__c: 1 });
  expect(JSON.parse(String(proposal?.Evidence__c))).toMatchObject({ cases: minimum, approved: minimum, people: 2 });
  expect(JSON.parse(String(proposal?.BackTest__c))).toMatchObject({ changed: minimum });

  expect((await askGovernance(world, 'sally', 'adopt-boundary', { subject: key })).state).toBe('refused');
  expect((await proposals())[0]).toMatchObject({ State__c: 'proposed' });
  const adopted = await askGovernance(world, 'ada', 'adopt-boundary', { subject: key, input: { reason: 'Usual.' } });
  expect(adopted).toMatchObject({ state: 'done', result: { version: 2, settings: { actUpTo: minor + 1 } } });
  expect((await proposals())[0]).toMatchObject({ State__c: 'adopted' });
  expect((await askGovernance(world, 'ada', 'decline-boundary', { subject: key })).message).toContain('adopted');

  const file = join(mkdtempSync(join(tmpdir(), 'tandem-training-')), 'set.jsonl');
  const command = ['training', 'export', '--out', file, '--org', world.org.orgId];
  expect(await runTandem(command, world.environment)).toMatchObject({
    code: 0,
    output: expect.stringContaining(`decisions are in ${file}`),
  });
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  expect(lines.length).toBeGreaterThan(minimum);
  expect(lines.filter((line) => (JSON.parse(line) as { person: string | null }).person === 'approved')).toHaveLength(
    minimum,
  );
  expect(lines.join('\n')).not.toMatch(/00[1356][a-zA-Z0-9]{12}|@|Sally|aws/);
});

test('what decisions came to is told by function', async () => {
  const { runtime } = world.open;
  while (await runtime.rollout.count()) runtime.trace('decisions-counted');
  await tellFigures(runtime);
  const told = await runtime.metrics.registry.metrics();
  const figure = (name: string): number =>
    Number(new RegExp(`^${name}\\{[^}]*function="co-selling"[^}]*\\} (\\S+)$`, 'm').exec(told)?.[1]);
  expect(figure('tandem_decisions_30d')).toBeGreaterThan(0);
  expect(figure('tandem_decisions_escalated_ratio')).toBe(0);
});
