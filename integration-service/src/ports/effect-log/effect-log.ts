import type { EffectOutcome, FrozenEffect } from '../../domain/decisions/effect.ts';
import type { LedgerEntryInput } from '../decision-ledger/decision-ledger.ts';
import type { Claim } from '../work-inbox/work-inbox.ts';

/** What is to be recorded in the transaction that starts an effect, and what must still hold for it to start. */
export interface BeginEffect {
  readonly claim: Claim;
  readonly decision: string;
  readonly effect: FrozenEffect;
  /** Scopes whose kill switch stops this effect: `all`, `function:co-selling`, `partner:aws`. */
  readonly scopes: readonly string[];
  /** What the effect before this one came to; true whether or not this one may start. */
  readonly settled?: Settled;
  /** Entries that must be in the ledger before anything is sent (facts, proposal and verdict, the first time). */
  readonly before: readonly LedgerEntryInput[];
  /** The `effect-intended` entry; written only when the answer is `send`. */
  readonly intended: LedgerEntryInput;
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
  | { readonly kind: 'stopped'; readonly why: 'claim-lost' | 'killed' | 'epoch-changed'; readonly scope?: string };

/** The memory of what was sent. One row per effect key, so two surfaces that ask for the same thing meet in it. */
export interface EffectLog {
  begin(input: BeginEffect): Promise<BeginAnswer>;
  /** Writes what an effect came to; it is true whoever holds the claim by now. */
  settle(settled: Settled): Promise<void>;
}
