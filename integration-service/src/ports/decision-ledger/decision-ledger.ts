import type { PersonsAnswer } from '../../domain/learning/answered-case.ts';
import type { PartReader, ReadPart } from '../../domain/replay/decision-part.ts';
import type { ReadDecision } from '../../domain/replay/recorded-decision.ts';
import type { Json } from '../../domain/values/json.ts';

/**
 * `facts`, `proposal`, `verdict`: a decision, before anything is done. `approval`: what a person said to it.
 * `effect-intended`, `effect-result`: what was sent and what came back. `control`: an act of governance (a policy, a mode,
 * a stop). `batch`: many results decided together (`BatchBody`), the results as one shared content.
 */
export type LedgerKind =
  'facts' | 'proposal' | 'verdict' | 'approval' | 'effect-intended' | 'effect-result' | 'control' | 'batch';

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

/** Where a chain stood at a time, signed; whoever keeps it elsewhere can tell whether what it covers was written anew. */
export interface Checkpoint {
  readonly version: 1;
  readonly org: string;
  /** The last entry that it covers, and its hash in hexadecimal. */
  readonly sequence: number;
  readonly hash: string;
  /** ISO 8601 instant of the signing. */
  readonly at: string;
  /** The key that signed it: the start of the SHA-256 of its public key. */
  readonly keyId: string;
  /** Ed25519, SPKI in base64. */
  readonly publicKey: string;
  /** Over the canonical JSON of all other members, in base64. */
  readonly signature: string;
}

/** What became of walking a chain. */
export interface VerifiedChain {
  /** Entries that hold. */
  readonly entries: number;
  readonly firstBad: { readonly sequence: number; readonly why: string } | null;
  /** The newest checkpoint that holds, when any were given; what came after it is covered by none. Null: none does. */
  readonly checkpoint?: { readonly sequence: number; readonly at: string; readonly entriesSince: number } | null;
}

/** Which decisions are wanted; all of them when nothing is said. */
export interface DecisionQuery {
  /** One decision; judged again after an approval it is there twice. */
  readonly decision?: string;
  /** ISO 8601 instants in UTC: from this one on, and before that one. */
  readonly from?: string;
  readonly to?: string;
  /** So many, the newest. */
  readonly last?: number;
  /**
   * `leave`: sealed values are not opened, which is several times faster; fingerprints of personal values are empty then,
   * erased or not. For questions that no fingerprint answers (a simulation of other numbers). Default `open`.
   */
  readonly personal?: 'open' | 'leave';
}

/** A decision that was judged, as it can be judged again. */
export interface LedgerDecision {
  /** The number of its `verdict` entry. */
  readonly sequence: number;
  readonly decision: string;
  readonly at: string;
  readonly read: ReadDecision;
  /** The last thing that a person said to it; null: nobody was asked, or nobody answered. */
  readonly answers: PersonsAnswer | null;
}

/** Which decisions are wanted in parts. */
export type PartQuery = Pick<DecisionQuery, 'from' | 'to' | 'last'>;

/** What somebody wanted of a decision that was judged. */
export interface LedgerPart {
  readonly decision: string;
  readonly at: string;
  readonly read: ReadPart;
}

/** Many results that were decided together, as they were kept. */
export interface LedgerBatch {
  /** The number of its entry. */
  readonly sequence: number;
  readonly decision: string;
  readonly at: string;
  /** The entry's body, without the results (`BatchBody`). */
  readonly body: Json;
  /** The results as they stand beside the chain: the text of a JSON list; null: they are gone. */
  readonly items: string | null;
}

export interface DecisionLedger {
  /** Appends in order, durably, before it returns. When this fails nothing may be done. */
  append(entries: readonly LedgerEntryInput[]): Promise<readonly ChainedEntry[]>;
  /** Walks the org's chain; names the first entry that does not hold, by itself or against checkpoints kept elsewhere. */
  verify(org: string, checkpoints?: readonly Checkpoint[]): Promise<VerifiedChain>;
  /** The entries of one decision; of an erased person's values `{ commitment, erased: true }` is left. */
  read(org: string, decision: string): Promise<readonly (LedgerEntryInput & ChainedEntry)[]>;
  /**
   * Decisions that carry their record, the oldest first, page by page: as many as there are in the memory of one page. What
   * is appended meanwhile may or may not be among them.
   */
  decisions(org: string, query?: DecisionQuery): AsyncIterable<LedgerDecision>;
  /** The same of many, for questions that a part of each answers; sealed values are not opened. */
  parts(org: string, query: PartQuery, read: PartReader): AsyncIterable<LedgerPart>;
  /** What was decided in batches, the oldest first; one is in memory at a time. */
  batches(org: string, query?: Pick<DecisionQuery, 'decision' | 'from' | 'to'>): AsyncIterable<LedgerBatch>;
}
