import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Connection } from 'jsforce';
import { ReferralDesk } from '../../../integration-service/local/demo/referral-desk.ts';
import type { AceNetwork } from '../../../integration-service/local/networks/aws-ace/ace-network.ts';
import { reviewRules } from '../../../integration-service/local/networks/aws-ace/review/review-rules.ts';
import { loadSample } from '../../../integration-service/local/seed/load-sample.ts';
import { sampleDeals } from '../../../integration-service/local/seed/sample-company.ts';
import { forgetWorld, startWorld } from '../../../integration-service/local/world/world.ts';
import { spendWrites } from '../../../integration-service/test/support/busy-partner.ts';
import { freshDeals } from '../../../integration-service/test/support/fresh-deals.ts';
import { ServiceSwitch } from '../../../integration-service/test/support/service-switch.ts';
import { until } from '../../../integration-service/test/support/until.ts';
import { pipeline } from './pipeline.ts';

/** A whole world of its own in which the sample deals stand where the pictures need them. */
export interface Stage {
  readonly pagesUrl: string;
  readonly ace: AceNetwork;
  readonly admin: Connection;
  /** A signed-in connection of a person of the sample company, or of the integration user. */
  connect(person: string): Promise<Connection>;
  /** Turns the service off, and on again with other settings. */
  readonly service: ServiceSwitch;
  /** Makes further deals of the seller that need nothing more to be filed, and gives their ids. */
  moreDeals(count: number): Promise<string[]>;
  /** Id of a sample deal by the beginning of its name. */
  deal(name: string): string;
  /** Refers a deal as its seller, and does not wait for what comes of it. */
  click(name: string, answered?: boolean): Promise<string>;
  /** Refers a deal as its seller and waits until it rests in `state`; `answered` gives the answers of the sample. */
  refer(name: string, state: string, answered?: boolean): Promise<string>;
  /** Refers deals by their ids, all at once, each by a click of its seller; gives their requests in this order. */
  clickThese(ids: readonly string[]): Promise<void>;
  /** Waits until each of these deals has a referral in `state`. */
  untilThese(ids: readonly string[], state: string): Promise<void>;
  /** Other work of the company takes the next writes at AWS, one a second: what is sent now waits in line. */
  keepAwsBusy(writes: number): Promise<void>;
  /** The one of these deals that waits longest for AWS, once somebody has been told a place in line. */
  lastInLine(ids: readonly string[]): Promise<string>;
  /** AWS decides as its rule book says for this very deal; waits until the record says so. */
  review(name: string, state: string): Promise<void>;
  /** How agents may act for AWS: `off`, `assisted` or `led`. */
  setMode(mode: string): Promise<void>;
  close(): Promise<void>;
}

const noReview = 24 * 60 * 60_000;
/** Nobody waits for a picture, and a machine may be busy. */
const patience = { timeoutMs: 180_000 };

/** Starts everything in a temporary folder, with the sample company. AWS begins reviews at once and decides when told. */
export const openStage = async (say: (line: string) => void): Promise<Stage> => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tandem-pictures-'));
  const world = await startWorld({
    dataDir,
    settings: {
      databaseUrl: undefined,
      redisUrl: undefined,
      salesforce: undefined,
      aws: undefined,
      pagesPort: 0,
      servicePort: 0,
    },
    say,
    pages: true,
    quotas: false,
    reviewer: { mode: 'automatic', inReviewAfterMs: 50, decideAfterMs: noReview },
    service: { TANDEM_AWS_WRITES_PER_SECOND: '1000', TANDEM_REVIEW_POLL_SECONDS: '1' },
  });
  const service = new ServiceSwitch(world);
  const close = async (): Promise<void> => {
    await service.off();
    await world.stop();
    forgetWorld(dataDir);
  };
  try {
    const { ace, pages } = world;
    if (!ace || !pages) throw new Error('The pictures need the local pages and the local network.');
    const admin = await world.signIn('sam.setup');
    const deals = await loadSample(admin, new Date().toISOString().slice(0, 10));
    const makeDeal = await freshDeals(admin);
    const desk = new ReferralDesk(await world.signIn('sally.seller'), { pollMs: 200, patienceMs: patience.timeoutMs });
    const partner = await desk.partnerId('aws');
    const fields = await desk.shownFields('aws-ace');
    const sampleOf = (name: string): (typeof sampleDeals)[number] => {
      const found = sampleDeals.find((deal) => deal.name.startsWith(name));
      if (!found) throw new Error(`The sample company has no deal that begins with "${name}".`);
      return found;
    };
    const requests = new Map<string, string>();
    const deal: Stage['deal'] = (name) => deals.get(sampleOf(name).name) ?? '';
    const request = async (
      id: string,
      surface: string,
      answers: Readonly<Record<string, unknown>>,
    ): Promise<string> => {
      const made = await desk.request(
        'refer',
        { Opportunity__c: id, Partner__c: partner, Surface__c: surface },
        { version: 1, shown: { fields }, answers },
      );
      requests.set(id, made);
      return made;
    };
    const click: Stage['click'] = (name, answered = true) =>
      request(deal(name), answered ? 'panel' : 'list', answered ? (sampleOf(name).demo?.answers ?? {}) : {});
    const clickThese: Stage['clickThese'] = async (ids) => {
      for (const id of ids) await request(id, 'panel', {});
    };
    const untilThese: Stage['untilThese'] = async (ids, state) => {
      const wanted = ids.map((id) => `'${id}'`).join();
      const areThere = async (): Promise<boolean> => {
        const { totalSize } = await admin.query(
          `SELECT Id FROM Referral__c WHERE State__c = '${state}' AND Opportunity__c IN (${wanted})`,
        );
        return totalSize === ids.length;
      };
      await until(`these deals are ${state}`, areThere, patience);
    };
    const names = pipeline[Symbol.iterator]();
    return {
      pagesUrl: pages.url,
      ace,
      admin,
      connect: (person) => world.signIn(person),
      service,
      moreDeals: async (count) => {
        const made: string[] = [];
        while (made.length < count) {
          const { value } = names.next();
          if (!value) throw new Error('The pipeline of the pictures has no more names: add some to pipeline.ts.');
          const [company, project] = value;
          const name = { opportunity: { Name: `${company}: ${project}` }, account: { Name: company } };
          made.push(await makeDeal(name));
        }
        return made;
      },
      clickThese,
      untilThese,
      keepAwsBusy: async (writes) => {
        const { records } = await admin.query<{ Id: string }>('SELECT Id FROM Organization');
        await spendWrites(world.databaseUrl, records[0]?.Id ?? '', writes);
      },
      lastInLine: (ids) =>
        until(
          'a referral has a place in line',
          async () => {
            const { records } = await admin.query<{ Opportunity__c: string }>(
              'SELECT Opportunity__c FROM Referral__c WHERE PlaceInLine__c > 10 ORDER BY PlaceInLine__c DESC LIMIT 1',
            );
            return ids.find((id) => id === records[0]?.Opportunity__c);
          },
          patience,
        ),
      deal,
      click,
      refer: async (name, state, answered) => {
        const request = await click(name, answered);
        const seen = await desk.untilRested(deal(name), request, (referral) => referral.state === state);
        return seen.networkId ?? '';
      },
      review: async (name, state) => {
        const id = deal(name);
        const [held] = await ace.opportunitiesFor(id);
        if (!held) throw new Error(`AWS does not hold ${name}.`);
        await ace.decide(held.id, reviewRules.find((rule) => rule.applies(held.body))?.decision);
        await desk.untilRested(id, requests.get(id) ?? '', (referral) => referral.state === state);
      },
      setMode: async (mode) => {
        const { records } = await admin.query<{ Id: string }>(
          "SELECT Id FROM FunctionMode__c WHERE Key__c = 'co-selling:aws'",
        );
        await admin.sobject('FunctionMode__c').update({ Id: records[0]?.Id ?? '', Mode__c: mode });
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
