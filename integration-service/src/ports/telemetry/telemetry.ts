import type { RefusedEvent, TakenEvent } from '../../domain/telemetry/event.ts';
import type { EventKind, Signal } from '../../domain/telemetry/event-kinds.ts';

/** One number of one partner: all its accounts together, one kind, one day or week. */
export interface RollupRow {
  readonly partner: string;
  readonly signal: Signal;
  readonly kind: EventKind;
  /** First day of the period in UTC, `2026-11-16`; a week begins on Monday. */
  readonly period: string;
  /** How many events it is made of. */
  readonly count: number;
  /** What they come to: sum, latest or number of different values, added over the partner's accounts. */
  readonly value: number;
}

/** The same for one account of the partner; `account` is empty for what was told of no account. */
export interface AccountRollupRow extends RollupRow {
  readonly account: string;
}

export interface RollupQuery {
  /** Keys of partners; all of them when not given. */
  readonly partners?: readonly string[];
  /** Days, `2026-05-25`, both included. With `by: 'week'` every week that begins in between. */
  readonly from: string;
  readonly to: string;
  readonly by: 'day' | 'week';
}

/** Partners something was rolled up for since, and where to go on from. */
export interface ChangedPartners {
  readonly partners: readonly string[];
  /** Hand it in the next time; the same as before when nothing has changed. */
  readonly cursor: string;
}

/** What telemetry comes to, as health and insights read it. Rows come by partner, kind and period. */
export interface TelemetryRollups {
  series(query: RollupQuery): Promise<readonly RollupRow[]>;
  /** The same, each account apart. */
  accountSeries(query: RollupQuery): Promise<readonly AccountRollupRow[]>;
  /**
   * Partners whose rollups changed after `cursor` (null: ever), oldest change first and `limit` at most (10,000 unless
   * given). A partner is named at least once after each change and none is left out, in whatever order changes commit.
   */
  changedSince(cursor: string | null, limit?: number): Promise<ChangedPartners>;
}

/** What became of a batch. */
export interface StoredBatch {
  /** How many are kept and will be counted. */
  readonly accepted: number;
  /** Those the store knew already, or that correct what was corrected. */
  readonly refused: readonly RefusedEvent[];
}

/** Where events go. What it took is on disk when it answers; asked again with the same events it takes none twice. */
export interface TelemetryIntake {
  /** `sourceId` is the number of a source of this org. No id twice in one batch. */
  store(sourceId: number, events: readonly TakenEvent[]): Promise<StoredBatch>;
}
