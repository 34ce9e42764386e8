import type { Column } from './table.ts';

/** Closed deals: when each was opened and closed (milliseconds), and whether it was won. Null: not known. */
export interface DealsPast {
  readonly opened: Float64Array | null;
  readonly closed: Float64Array | null;
  readonly outcome: Uint8Array;
}

/** What is known of a field over the closed deals. */
export interface FieldPast {
  /** Its value in each deal when it was closed. */
  readonly column: Column;
  /** When it was last changed, milliseconds; NaN: never since the deal was opened. Null: no history is kept. */
  readonly lastChanged: Float64Array | null;
  /** Its value so many days before each deal was closed, from its history. Empty: no history is kept. */
  readonly before: readonly { readonly days: number; readonly column: Column }[];
}

/** How a number moved between an earlier point and close, and how closely it follows the length of the deal. */
export interface Growth {
  readonly days: number;
  readonly deals: number;
  readonly grew: number;
  readonly fell: number;
  /** Rank correlation with the days from opening to close; undefined where those are not known. */
  readonly shareOfDuration?: number;
}

/** Power of a field at an earlier point and at close, on the deals that were open by then. */
export interface PowerBefore {
  readonly days: number;
  readonly deals: number;
  readonly then: number;
  readonly atClose: number;
}
