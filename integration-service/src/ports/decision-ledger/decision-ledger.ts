import type { Json } from '../../domain/values/json.ts';

export type LedgerKind = 'facts' | 'proposal' | 'verdict' | 'approval' | 'effect-intended' | 'effect-result';

/** One entry before it is chained. Personal values are handed over apart and never enter the chain (DESIGN section 5). */
export interface LedgerEntryInput {
  readonly org: string;
  readonly kind: LedgerKind;
  /** Groups the entries of one decision: request or sweep id. */
  readonly decision: string;
  /** ISO 8601 instant, from the caller's clock. */
  readonly at: string;
  /** Person, agent or system that did it: same form for all (M091). */
  readonly actor: string;
  readonly partnerOfRecord: string;
  readonly body: Json;
  /**
   * Where in the body a personal value stands, and whose it is: replaced in the chain by a salted commitment, kept beside
   * it under the key of that subject alone. A part within another belongs to its own subject; what is around it does not
   * hold it any more.
   */
  readonly personal: readonly { readonly path: string; readonly subject: string }[];
  /**
   * What many entries have in common (a field mapping): kept once, by the SHA-256 of its text. In the body stands
   * `{ content: <hash> }` in its place; a reader gets the value.
   */
  readonly shared?: readonly SharedContent[];
}

export interface SharedContent {
  /** SHA-256 of `text` in UTF-8, in hexadecimal. */
  readonly hash: string;
  /** Canonical JSON of the value. */
  readonly text: string;
}

export interface ChainedEntry {
  readonly org: string;
  readonly sequence: number;
  readonly hash: string;
}

export interface DecisionLedger {
  /** Appends in order, durably, before it returns. When this fails nothing may be done. */
  append(entries: readonly LedgerEntryInput[]): Promise<readonly ChainedEntry[]>;
  /** Walks the org's chain; names the first entry that does not hold. */
  verify(org: string): Promise<{
    readonly entries: number;
    readonly firstBad: { readonly sequence: number; readonly why: string } | null;
  }>;
  /** The entries of one decision; of an erased person's values `{ commitment, erased: true }` is left. */
  read(org: string, decision: string): Promise<readonly (LedgerEntryInput & ChainedEntry)[]>;
}
