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

/** A whole world of its own in which the sample deals stand where the pictures need them. */
export interface Stage {
  readonly pagesUrl: string;
  readonly ace: AceNetwork;
  readonly admin: Connection;
  /** Id of a sample deal by the beginning of its name. */
  deal(name: string): string;
  /** Refers a deal as its seller, and does not wait for what comes of it. */
  click(name: string, answered?: boolean): Promise<string>;
  /** Refers a deal as its seller and waits until it rests in `state`; `answered` gives the answers of the sample. */
  refer(name: string, state: string, answered?: boolean): Promise<string>;
  /** AWS decides as its rule book says for this very deal; waits until the record says so. */
  review(name: string, state: string): Promise<void>;
  /** How agents may act for AWS: `off`, `assisted` or `led`. */
  setMode(mode: string): Promise<void>;
  close(): Promise<void>;
}

const noReview = 24 * 60 * 60_000;

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
  const close = async (): Promise<void> => {
    await world.stop();
    forgetWorld(dataDir);
  };
  try {
    const { ace, pages } = world;
    if (!ace || !pages) throw new Error('The pictures need the local pages and the local network.');
    const admin = await world.signIn('sam.setup');
    const deals = await loadSample(admin, new Date().toISOString().slice(0, 10));
    const desk = new ReferralDesk(await world.signIn('sally.seller'), { pollMs: 200 });
    const partner = await desk.partnerId('aws');
    const fields = await desk.shownFields('aws-ace');
    const sampleOf = (name: string): (typeof sampleDeals)[number] => {
      const found = sampleDeals.find((deal) => deal.name.startsWith(name));
      if (!found) throw new Error(`The sample company has no deal that begins with "${name}".`);
      return found;
    };
    const requests = new Map<string, string>();
    const deal: Stage['deal'] = (name) => deals.get(sampleOf(name).name) ?? '';
    const click: Stage['click'] = async (name, answered = true) => {
      const request = await desk.request(
        'refer',
        { Opportunity__c: deal(name), Partner__c: partner, Surface__c: answered ? 'panel' : 'list' },
        { version: 1, shown: { fields }, answers: answered ? (sampleOf(name).demo?.answers ?? {}) : {} },
      );
      requests.set(deal(name), request);
      return request;
    };
    return {
      pagesUrl: pages.url,
      ace,
      admin,
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
