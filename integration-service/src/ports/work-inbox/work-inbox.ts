import type { Json } from '../../domain/values/json.ts';

/**
 * What a row of the inbox is about: a person's request, a second look at a filed referral, a field of a followed deal
 * that changed, or what a person answered to a proposal that waits.
 */
export type WorkKind = 'request' | 'review' | 'deal-changed' | 'approval';

/** `waiting` is due at `dueAt`; `working` is claimed; the others are ends. `dead` needs an operator (`tandem queue retry`). */
export type WorkState = 'waiting' | 'working' | 'done' | 'refused' | 'dead';

/** One piece of work; PostgreSQL holds the truth of it, the job queue carries its id only. */
export interface Work {
  readonly org: string;
  readonly id: string;
  readonly kind: WorkKind;
  /** The record it is about: `Request__c` id, referral key or opportunity id. */
  readonly target: string;
  /** At most one claim at a time per deal (opportunity id, or what stands for it until it is known). */
  readonly deal: string;
  readonly attempts: number;
  readonly priority: number;
  /** One id from the click to the network's id, in every log line and on the referral. */
  readonly correlation: string;
  readonly payload: Json;
  /** ISO 8601 instant at which we first heard of it. */
  readonly receivedAt: string;
}

/** New work as a subscriber or a sweep hands it in; work that is already there (kind and target) is not added again. */
export interface NewWork {
  readonly kind: WorkKind;
  readonly target: string;
  readonly deal: string;
  readonly correlation: string;
  readonly priority: number;
  readonly payload: Json;
}

/** The right to work on one deal until the lease ends. A later claim has a greater fence, and only the latest may write. */
export interface Claim {
  readonly org: string;
  readonly deal: string;
  readonly fence: string;
  /** On this process's monotonic clock (`performance.now()`), with the safety margin taken off: send nothing after it. */
  readonly safeUntil: number;
  /** The org's control epoch when the claim was made; an effect starts only while it is still the same. */
  readonly epoch: string;
}

export interface ClaimedWork {
  readonly work: Work;
  readonly claim: Claim;
}

/** How a claim ends. `again` puts the work back; everything else is an end. */
export type WorkOutcome =
  | { readonly state: 'done' | 'refused' | 'dead'; readonly note?: string }
  | { readonly state: 'again'; readonly inMs: number; readonly note?: string; readonly waitsFor?: string };
