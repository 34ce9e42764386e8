import type { Deal, OwnField, PartnerPast } from '../../domain/propensity/deal.ts';
import type { Band } from '../../domain/propensity/bands.ts';
import type { Result } from '../../domain/values/result.ts';
import type { PortError } from '../partner-portal/partner-portal.ts';

/** Which deals are read. */
export type DealsWanted =
  | { readonly ids: readonly string[] }
  /** Open ones by id, those after `after`, so many at most. */
  | { readonly open: true; readonly after: string | null; readonly limit: number }
  /** Closed ones with a close date from this day on (`YYYY-MM-DD`), by id. */
  | { readonly closedFrom: string; readonly after: string | null; readonly limit: number };

/** A deal, with what stands on it of an earlier score. */
export interface ScoredDealRecord {
  readonly deal: Deal;
  readonly stands: { readonly score: number | null; readonly band: Band | null };
}

/** A deal that was changed, for who looks again. */
export interface TouchedDeal {
  readonly id: string;
  /** ISO 8601 instant of the CRM's clock (`SystemModstamp`). */
  readonly changedAt: string;
  readonly changedBy: string;
  readonly closed: boolean;
}

/** One `DealScore__c`. */
export interface ScoreRow {
  readonly source: 'merged' | 'own-model' | 'aws' | 'partner';
  /** 0 to 100. */
  readonly score: number;
  readonly band: Band;
  /** Percent. */
  readonly confidence: number;
  readonly says: string;
  /** JSON of `Reason[]`, of `{says, points}[]`. */
  readonly reasons: string;
  readonly raises: string;
  /** Comma list of what was not there. */
  readonly missing: string;
  /** 0 to 1; 1 for what was merged. */
  readonly weight: number;
  /** Record id of the model; null where none was used. */
  readonly modelId: string | null;
  /** ISO 8601: when it was worked out, and how old what it rests on is. */
  readonly scoredAt: string;
  readonly inputsAt: string;
}

/** What is written of one deal. */
export interface ScoreWrite {
  readonly dealId: string;
  readonly accountId: string | null;
  readonly ownerId: string | null;
  /** Fields of the deal itself; null: what stands there stays. */
  readonly deal: {
    readonly score: number | null;
    readonly band: Band | null;
    readonly reasons: string;
    readonly scoredAt: string;
  } | null;
  readonly rows: readonly ScoreRow[];
}

/** What the CRM said of one deal: nothing that is wrong, or each thing in plain words. */
export interface ScoreAnswer {
  readonly dealId: string;
  readonly problems: readonly string[];
}

/** Deals with their past, read for scores, and scores written where people work. */
export interface DealScores {
  /** Share of the CRM's calls of the day that are used, 0 to 1, as its last answer said. */
  usage(): number;
  /** Fields of the company's own on deals that a score may be learned from. */
  ownFields(): Promise<Result<readonly OwnField[], PortError>>;
  readDeals(wanted: DealsWanted, own: readonly OwnField[]): Promise<Result<readonly ScoredDealRecord[], PortError>>;
  /** Deals changed after this place, oldest change first, `limit` of them; the last of them is the next place. */
  touchedSince(
    after: Pick<TouchedDeal, 'changedAt' | 'id'>,
    limit: number,
  ): Promise<Result<readonly TouchedDeal[], PortError>>;
  /** Partners with the health that stands on their records, without what passed between the companies. */
  readPartners(): Promise<Result<readonly PartnerPast[], PortError>>;
  /** Keys of partners whose own scores a grant in force lets in. */
  readScoringPartners(): Promise<Result<readonly string[], PortError>>;
  /**
   * Writes scores, sorted by account, a row that is refused taking no other along; each deal's answer, in no order. Said to
   * the CRM under a name of its own, by which the event channel leaves these writes out.
   */
  writeScores(writes: readonly ScoreWrite[]): Promise<Result<readonly ScoreAnswer[], PortError>>;
}
