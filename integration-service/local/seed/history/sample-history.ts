import { type HistoryAccount, historyAccounts } from './accounts.ts';
import { chanceFrom } from './chance.ts';
import { type HistoryDeal, historyDeals } from './deals.ts';
import { partnerTelemetry, type SampleEvent, type TelemetryDays } from './partner-telemetry.ts';
import { type SamplePartner, samplePartners } from './partner-truth.ts';

/** How much history, and which. */
export interface HistoryWishes {
  /** `YYYY-MM-DD`; the history ends the day before. */
  readonly today: string;
  /** Default 20,261,122. */
  readonly seed?: number;
  /** Default 110. */
  readonly accounts?: number;
  /** Deals closed within two years; default 2,500. */
  readonly closed?: number;
  /** Default 60. */
  readonly open?: number;
}

/** Two years of the sample company, with what is true about them. */
export interface SampleHistory {
  readonly today: string;
  readonly accounts: readonly HistoryAccount[];
  readonly partners: readonly SamplePartner[];
  readonly deals: readonly HistoryDeal[];
  /** What was heard of the partners; `accountOf` gives the key of a joint customer. */
  telemetry(accountOf: (index: number) => string, days?: TelemetryDays): Generator<SampleEvent>;
}

const DEFAULT_SEED = 20_261_122;

/** The same wishes give the same history, to the letter. */
export const sampleHistory = (wishes: HistoryWishes): SampleHistory => {
  const { today, seed = DEFAULT_SEED, accounts: count = 110, closed = 2_500, open = 60 } = wishes;
  const chance = chanceFrom(seed);
  const accounts = historyAccounts(chance.fork('accounts'), count);
  const partners = samplePartners(chance.fork('partners'), today, accounts.length);
  const deals = historyDeals(chance.fork('deals'), today, accounts, partners, { closed, open });
  return {
    today,
    accounts,
    partners,
    deals,
    telemetry: (accountOf, days) => partnerTelemetry(chance.fork('telemetry'), partners, today, accountOf, days),
  };
};
