import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { askGovernance } from '../../../test/support/ask-governance.ts';
import { present } from '../../../test/support/present.ts';
import { openWorkingOrg, type WorkingOrg } from '../../../test/support/working-org.ts';
import { DecisionMirror } from './decision-mirror.ts';

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
