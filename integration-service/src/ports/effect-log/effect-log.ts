import type { EffectOutcome, FrozenEffect } from '../../domain/decisions/effect.ts';
import type { LedgerEntryInput } from '../decision-ledger/decision-ledger.ts';
import type { Claim } from '../work-inbox/work-inbox.ts';

/** What is to be recorded in the transaction that starts an effect, and what must still hold for it to start. */
export interface BeginEffect {
  readonly claim: Claim;
  readonly decision: string;
  readonly effect: FrozenEffect;
  /** Where the action that this effect begins is counted; absent for the effects after the first. */
  readonly day?: PlaceInDay;
  /** Scopes whose kill switch stops this effect: `all`, `function:co-selling`, `partner:aws`. */
  readonly scopes: readonly string[];
  /** What the effect before this one came to; true whether or not this one may start. */
  readonly settled?: Settled;
  /** Entries that must be in the ledger before anything is sent (facts, proposal and verdict, the first time). */
  readonly before: readonly LedgerEntryInput[];
  /** The `effect-intended` entry; written only when the answer is `send`. */
  readonly intended: LedgerEntryInput;
}

/**
 * An action as it counts in its day. The ceilings are those up to which its verdict stands: when others have taken the
 * room meanwhile, the effect does not start and the proposal is judged again. Null: no ceiling.
 */
export interface PlaceInDay {
  readonly function: string;
  readonly partner: string;
  /** Empty where the action has no amount. */
  readonly currency: string;
  readonly minor: number;
  readonly mostActions: number | null;
  readonly mostMinor: number | null;
}

export interface Settled {
  readonly key: string;
  readonly outcome: EffectOutcome;
  readonly entry: LedgerEntryInput;
}

/**
 * `send`: recorded, send these bytes now. `known`: it was done before, here is its answer. `look-up`: it was intended
 * before and nobody knows whether it arrived: ask, and send exactly `effect` when it did not. The others: send nothing.
 */
export type BeginAnswer =
  | { readonly kind: 'send' }
  | { readonly kind: 'known'; readonly outcome: EffectOutcome }
  | { readonly kind: 'look-up'; readonly effect: FrozenEffect }
  | { readonly kind: 'stopped'; readonly why: StopReason; readonly scope?: string };

/** `day-full`: others have taken the day's room since this was judged. */
export type StopReason = 'claim-lost' | 'killed' | 'epoch-changed' | 'day-full';

/** The memory of what was sent. One row per effect key, so two surfaces that ask for the same thing meet in it. */
export interface EffectLog {
  begin(input: BeginEffect): Promise<BeginAnswer>;
  /** Writes what an effect came to; it is true whoever holds the claim by now. */
  settle(settled: Settled): Promise<void>;
}
