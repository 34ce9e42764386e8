import type { EffectOutcome, FieldProblem, FrozenEffect, PlannedEffect } from '../../domain/decisions/effect.ts';
import type { JsonObject } from '../../domain/values/json.ts';
import type { Result } from '../../domain/values/result.ts';

/** The closed list of what can go wrong at a port, and whether trying again is safe. */
export interface PortError {
  readonly kind:
    'not-found' | 'conflict' | 'rejected' | 'unauthorized' | 'rate-limited' | 'unavailable' | 'outcome-unknown';
  readonly retry: 'safe' | 'check-first' | 'never';
  /** What was wrong, where, and what to do. */
  readonly message: string;
  readonly problems: readonly FieldProblem[];
  /** How long the far side asked us to wait, when it did. */
  readonly retryAfterMs?: number;
}

export type PortalCapability =
  'file-referral' | 'correct-referral' | 'list-changes' | 'list-solutions' | 'partner-summary';

/** A solution of ours that the network knows and that can be attached to a referral. */
export interface PortalSolution {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly active: boolean;
}

/** Our referral as the network holds it. */
export interface PortalReferral {
  readonly networkId: string;
  readonly ourId: string | null;
  /** Where the partner's review stands, in our words. */
  readonly review:
    'not-submitted' | 'submitted' | 'in-review' | 'action-required' | 'approved' | 'rejected' | 'unknown';
  /** The same in the network's own word. */
  readonly reviewStatus: string;
  readonly reviewComments: string | null;
  readonly reviewReason: string | null;
  readonly stage: string | null;
  /** The network's lock value, exactly as it was sent to us. */
  readonly lastModified: string;
  /** Targets that may be changed now; empty when none. */
  readonly editableNow: readonly string[];
  readonly url: string;
  /** The whole record, for a full-replace update. */
  readonly body: JsonObject;
}

/** What the network's own people say of the deal (AWS: GetAwsOpportunitySummary). */
export interface PartnerSummary {
  readonly stage: string | null;
  readonly owner: string | null;
  readonly details: JsonObject;
}

export interface ChangePage {
  readonly changed: readonly {
    readonly networkId: string;
    readonly ourId: string | null;
    readonly lastModified: string;
    readonly reviewStatus: string | null;
  }[];
  /** Greatest lock value received; the next poll starts at it (on-or-after, so repeats are expected). Null: nothing received. */
  readonly newest: string | null;
}

/**
 * What a step of a referral answers, whatever the network: later steps refer to it (`{"$from":"create.networkId"}`).
 * create and update: `{networkId, lastModified, url}`; associate: `{solution}`; submit: `{status, task, message, reason}`
 * with status `running`, `complete` or `failed` (see `followSubmission`).
 */
export type StepAnswer = JsonObject;

/** A text in a request that people at the partner would read. */
export interface OutboundText {
  /** Where it stands in the request, without the places of lists: `Customer.Contacts.BusinessTitle`. */
  readonly path: string;
  readonly text: string;
  /** `prose`: somebody wrote it; `name`: it names a person, a company or a place. */
  readonly kind: 'prose' | 'name';
}

/** A way of reaching partners. Every adapter passes `partner-portal.contract.ts`. */
export interface PartnerPortal {
  readonly network: string;
  readonly capabilities: readonly PortalCapability[];
  /** Plans the writes that file this draft and checks them against the network's schema and rules. No I/O. */
  planReferral(draft: ReferralDraftInput): Result<readonly PlannedEffect[], readonly FieldProblem[]>;
  /** Plans the write that corrects a referral under review. No I/O; refuses fields that may not change now. */
  planCorrection(
    current: PortalReferral,
    changes: Readonly<Record<string, string | readonly string[]>>,
    today: string,
  ): Result<readonly PlannedEffect[], readonly FieldProblem[]>;
  /**
   * Every text that a planned or frozen request carries: what the language gate must have read. No I/O. An operation or a
   * place that the connector does not know counts as prose, so that nothing new goes past the gate.
   */
  textsOf(operation: string, body: JsonObject): readonly OutboundText[];
  /** Sends one frozen write once. An answer that did not come is `outcome-unknown`, never a failure. */
  perform(effect: FrozenEffect): Promise<Result<JsonObject, PortError>>;
  /** Asks the network whether this write has already happened; `done` carries the answer it would have given. */
  lookUp(
    effect: FrozenEffect,
  ): Promise<Result<{ readonly done: false } | { readonly done: true; readonly answer: JsonObject }, PortError>>;
  /** Follows an asynchronous submission to its end: `answer` is null while it runs. */
  followSubmission(
    answer: JsonObject,
  ): Promise<Result<{ readonly finished: boolean; readonly outcome: EffectOutcome | null }, PortError>>;
  listSolutions(): Promise<Result<readonly PortalSolution[], PortError>>;
  listChanges(after: string | null): Promise<Result<ChangePage, PortError>>;
  read(networkId: string): Promise<Result<PortalReferral, PortError>>;
  readSummary(networkId: string): Promise<Result<PartnerSummary, PortError>>;
  /** The answer of the cheapest authorised read, for `tandem doctor` and as evidence of the network's terms. */
  probe(): Promise<Result<{ readonly catalog: string; readonly detail: string }, PortError>>;
  /** Which rate bucket a planned or frozen operation spends from (shared by all processes; DESIGN section 5). */
  budgetOf(operation: string): { readonly bucket: string; readonly ratePerSecond: number; readonly perDay: number };
}

/** A drafted referral: target path → value, with the solution chosen by rule. */
export interface ReferralDraftInput {
  readonly opportunityId: string;
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  readonly personal: readonly string[];
  readonly solutions: readonly PortalSolution[];
  /** `YYYY-MM-DD` in UTC, for rules such as "not in the past". */
  readonly today: string;
}
