import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SOURCE_FOLDERS } from '../../../../local/org/contract/surfaces-under-test.ts';
import { historyTruth } from '../../../../local/seed/history/deal-truth.ts';
import { COMPANY_FOLDER, COMPANY_USERS, loadHistory } from '../../../../local/seed/load-history.ts';
import { askGovernance, outcomeOf, workOff } from '../../../../test/support/ask-governance.ts';
import { present } from '../../../../test/support/present.ts';
import { openWorkingOrg, type WorkingOrg } from '../../../../test/support/working-org.ts';
import type { Reason } from '../../../domain/propensity/reasons.ts';
import type { OrgRuntime } from '../../org-runtime.ts';
import { DealScorer } from './deal-scorer.ts';
import { ChangedDeals } from './follow-changes.ts';
import { WorldReader } from './know-world.ts';
import { syncPortal } from '../../workers/sync-portal.ts';
import { mirrorModels } from './mirror-models.ts';
import type { ModelCard } from './model-card.ts';
import { readAwsInsights } from './read-insights.ts';
import { isTimeToTrain, trainModel } from './train-model.ts';
import { watchModel } from './watch-model.ts';

let world: WorkingOrg;
let org: OrgRuntime;
let scorer: DealScorer;
let worlds: WorldReader;

beforeAll(async () => {
  world = await openWorkingOrg({
    org: { sourceFolders: [...SOURCE_FOLDERS, COMPANY_FOLDER], users: COMPANY_USERS },
  });
  org = world.open.runtime;
  worlds = new WorldReader(org);
  scorer = new DealScorer(org, worlds);
  await loadHistory(world.org, { today: org.clock.now().slice(0, 10), closed: 900 });
}, 120_000);
afterAll(() => world.close());

interface ScoreRecord {
  readonly Opportunity__c: string;
  readonly Source__c: string;
  readonly Score__c: number;
  readonly Band__c: string;
  readonly Reasons__c: string;
  readonly Says__c: string;
  readonly Model__r: { readonly Key__c: string } | null;
}

const scoresOf = (where: string): Promise<readonly ScoreRecord[]> =>
  world.query(
    `SELECT Opportunity__c, Source__c, Score__c, Band__c, Reasons__c, Says__c, Model__r.Key__c FROM DealScore__c WHERE ${where}`,
  );

describe('propensity on an org with two years of history', () => {
  test('before anything was learned, nothing is scored', async () => {
    expect(await scorer.scoreAll('too-early')).toMatchObject({ written: 0, held: 'No model has been learned yet.' });
  });

  test('a model is learned without the fields that tell the outcome, and its card stands in Salesforce', async () => {
    expect(await isTimeToTrain(org, { everyMs: 1 })).toBe(true);
    expect(await trainModel(org, worlds)).toMatchObject({ version: 1, promoted: true });
    expect(await mirrorModels(org)).toBe(1);
    expect(await mirrorModels(org)).toBe(0);
    const [record] = await world.query<{ Auc__c: number; State__c: string; Card__c: string; LeakReport__c: string }>(
      `SELECT Auc__c, State__c, Card__c, LeakReport__c FROM ScoreModel__c WHERE Key__c = 'p2b:v1'`,
    );
    const model = present(record);
    expect(model.State__c).toBe('active');
    expect(model.Auc__c).toBeGreaterThan(0.7);
    const card = JSON.parse(model.Card__c) as ModelCard;
    const used = card.features.map(({ source }) => source.replace('Opportunity.', ''));
    for (const { field } of historyTruth.leaks) expect(used).not.toContain(field);
    const leftOut = card.leftOut.map(({ field }) => field);
    expect(leftOut).toEqual(expect.arrayContaining(['ClosedReason__c', 'TouchCount__c', 'ContractSentOn__c']));
    const shareOf = (field: string): number =>
      card.features.find(({ source }) => source === `Opportunity.${field}`)?.share ?? 0;
    for (const driver of ['LeadSource', 'Type', 'Competitor__c', 'BudgetConfirmed__c'])
      for (const noise of ['Territory__c', 'OwnerId']) expect(shareOf(driver)).toBeGreaterThan(shareOf(noise));
  }, 300_000);

  test('open deals have a score with reasons that add up and name what drives the outcome', async () => {
    const open = await world.query<{ Id: string }>('SELECT Id FROM Opportunity WHERE IsClosed = false');
    const run = await scorer.scoreAll('first');
    expect(run).toMatchObject({ looked: open.length, written: open.length, failed: [], held: null });
    const merged = await scoresOf(`Source__c = 'merged'`);
    expect(merged).toHaveLength(open.length);
    for (const { Reasons__c, Score__c, Model__r } of merged) {
      const reasons = JSON.parse(Reasons__c) as readonly Reason[];
      expect(reasons.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(Score__c, 6);
      expect(Model__r?.Key__c).toBe('p2b:v1');
    }
    const named = new Set(
      merged.flatMap(({ Reasons__c }) => (JSON.parse(Reasons__c) as Reason[]).map((one) => one.feature)),
    );
    for (const driver of ['lead-source', 'type', 'own:Competitor__c', 'own:BudgetConfirmed__c'])
      expect(named).toContain(driver);
    const [deal] = await world.query<{ Id: string; P2bScore__c: number; P2bBand__c: string }>(
      `SELECT Id, P2bScore__c, P2bBand__c FROM Opportunity WHERE IsClosed = false AND P2bScore__c != null LIMIT 1`,
    );
    const [score] = await scoresOf(`Source__c = 'merged' AND Opportunity__c = '${present(deal).Id}'`);
    expect([present(deal).P2bScore__c, present(deal).P2bBand__c]).toEqual([score?.Score__c, score?.Band__c]);
  }, 300_000);

  test('a second run writes nothing, and what was written is one decision with a hash', async () => {
    expect(await scorer.scoreAll('second')).toMatchObject({ written: 0, failed: [] });
    const open = await world.query<{ Id: string }>('SELECT Id FROM Opportunity WHERE IsClosed = false');
    const [batch, ...more] = await org.ledger.read(org.org, `score-deals:propensity#first:${open.length}`);
    expect(more).toEqual([]);
    expect(batch).toMatchObject({ kind: 'batch', actor: 'agent:co-selling', body: { count: open.length } });
  });

  test.each(['scores-recorded', 'scores-written'])(
    'when a process ends at %s the next one brings it to its end, and the deal has one score',
    async (point) => {
      const id = await world.makeDeal();
      const trace = (passed: string): void => {
        if (passed === point) throw new Error('The process ended here.');
      };
      const ending = new DealScorer({ ...org, trace }, worlds);
      await expect(ending.scoreSome([id], `ends-at-${point}`)).rejects.toThrow('ended here');
      expect(await scorer.scoreSome([id], `after-${point}`)).toMatchObject({ looked: 1, failed: [] });
      expect(await scorer.scoreSome([id], `again-${point}`)).toMatchObject({ written: 0 });
      expect(await scoresOf(`Opportunity__c = '${id}' AND Source__c = 'merged'`)).toHaveLength(1);
    },
  );

  test('a new deal, tracked or not, has its score after one look; what was changed by nobody else is not scored again', async () => {
    const changes = new ChangedDeals(org, scorer);
    await changes.lookNow();
    expect(await changes.lookNow()).toBeNull();
    const id = await world.makeDeal();
    const run = await changes.lookNow();
    expect(run).toMatchObject({ written: 1, failed: [] });
    expect(await scoresOf(`Opportunity__c = '${id}' AND Source__c = 'merged'`)).toHaveLength(1);
    // Our own write is looked at once more, and comes to the same.
    expect(await changes.lookNow()).toMatchObject({ written: 0 });
    expect(await changes.lookNow()).toBeNull();
  });

  test('whoever manages guardrails puts another model in use; nobody else does', async () => {
    const second = await trainModel(org, worlds);
    expect(second).toMatchObject({ version: 2, promoted: false });
    const wish = { subject: 'p2b:v2', input: { reason: 'to compare both' } };
    expect((await askGovernance(world, 'sally', 'activate-model', wish)).state).toBe('refused');
    expect(await askGovernance(world, 'ada', 'activate-model', wish)).toMatchObject({
      state: 'done',
      result: { version: 2, before: 1 },
    });
    const states = await world.query<{ Key__c: string; State__c: string }>(
      'SELECT Key__c, State__c FROM ScoreModel__c ORDER BY Version__c',
    );
    expect(states.map(({ State__c }) => State__c)).toEqual(['retired', 'active']);
    expect(await askGovernance(world, 'ada', 'activate-model', { ...wish, subject: 'p2b:v1' })).toMatchObject({
      state: 'done',
      result: { version: 1, before: 2 },
    });
  }, 300_000);

  test('whoever sees a deal has it scored now', async () => {
    const ask = async (id: string) => {
      const request = await world.org.insert('sally', 'Request__c', {
        Kind__c: 'rescore',
        Surface__c: 'panel',
        Opportunity__c: id,
        Input__c: JSON.stringify({ version: 1 }),
      });
      await workOff(org);
      return outcomeOf(world, request);
    };
    const id = await world.makeDeal();
    expect(await ask(id)).toMatchObject({ state: 'done', message: 'The deal has a new score.' });
    expect(await ask(id)).toMatchObject({ state: 'done', message: 'Nothing has changed: the score stands.' });
  });

  test('what AWS says of a shared deal is read in one go and put together with our own score, weights shown', async () => {
    const id = await world.makeDeal();
    await world.refer(id);
    const { networkId } = present((await org.links.ofDeal(id))[0]);
    await world.ace.decide(present(networkId));
    await syncPortal(org, present(org.portals.get('aws-ace')), {
      reviewEveryMs: 0,
      approvedEveryMs: 0,
      atMost: 50,
    });
    expect(await readAwsInsights(org)).toEqual([id]);
    // Asked for a moment ago: not asked again.
    expect(await readAwsInsights(org)).toEqual([]);
    expect(await scorer.scoreSome([id], 'insights')).toMatchObject({ written: 1 });
    const rows = await world.query<{ Source__c: string; Score__c: number; Weight__c: number; Says__c: string }>(
      `SELECT Source__c, Score__c, Weight__c, Says__c FROM DealScore__c WHERE Opportunity__c = '${id}' ORDER BY Source__c`,
    );
    expect(rows.map(({ Source__c }) => Source__c).sort()).toEqual(['aws', 'merged', 'own-model']);
    const row = (source: string) => present(rows.find(({ Source__c }) => Source__c === source));
    expect(row('aws').Says__c).toMatch(/^AWS rates this deal \d+ of 100/);
    expect(row('aws').Weight__c + row('own-model').Weight__c).toBeCloseTo(1, 6);
    const mean = row('aws').Score__c * row('aws').Weight__c + row('own-model').Score__c * row('own-model').Weight__c;
    expect(Math.abs(row('merged').Score__c - mean)).toBeLessThanOrEqual(1.5);
  });

  test('what lies elsewhere than what was learned from is said on the model', async () => {
    expect(await watchModel(org, worlds)).not.toBeNull();
    await mirrorModels(org);
    const [record] = await world.query<{ Drift__c: string }>(
      `SELECT Drift__c FROM ScoreModel__c WHERE Key__c = 'p2b:v1'`,
    );
    expect(JSON.parse(present(record).Drift__c)).toMatchObject({ version: 1, features: expect.any(Array) });
  });
});
