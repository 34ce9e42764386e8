/** What a network lets one partner account do; every process of ours spends from the same bucket. */
export interface BudgetLimit {
  readonly bucket: string;
  readonly ratePerSecond: number;
  /** In any 24 hours. */
  readonly perDay: number;
}

/** Leave to send `count` calls, the first in `inMs`, the others one interval apart; or how long to stay away. */
export type BudgetAnswer =
  | { readonly granted: true; readonly inMs: number; readonly intervalMs: number }
  | {
      readonly granted: false;
      readonly inMs: number;
      readonly placeInLine: number;
      readonly dailyLimitReached: boolean;
    };

/** Where a piece of work stands in line: lower priority numbers first, then the one that came first. */
export interface PlaceInLine {
  readonly priority: number;
  readonly id: string;
}

/** A durable token bucket, shared by all processes. */
export interface RateBudget {
  /** Grants only when nobody stands ahead and the first call may go within `maxWaitMs`; otherwise nothing is spent. */
  take(limit: BudgetLimit, count: number, maxWaitMs: number, place: PlaceInLine): Promise<BudgetAnswer>;
}
