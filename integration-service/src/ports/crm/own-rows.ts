import type { Json } from '../../domain/values/json.ts';
import type { Result } from '../../domain/values/result.ts';
import type { PortError } from '../partner-portal/partner-portal.ts';
import type { FieldValue, ReferralFields } from './field-value.ts';
import type { RequestState } from './request-kind.ts';

/** Records that the service keeps in the CRM by a key of its own. Only the integration user writes them. */
export type OwnObject =
  | 'Partner__c'
  | 'PartnerGrant__c'
  | 'GuardrailPolicy__c'
  | 'FunctionMode__c'
  | 'FieldMapping__c'
  | 'Referral__c'
  | 'ControlSwitch__c'
  | 'FunctionControl__c'
  | 'RolloutPhase__c'
  | 'Agent__c'
  | 'Decision__c'
  | 'Approval__c'
  | 'Dispute__c'
  | 'BoundaryProposal__c'
  | 'LanguageMaterial__c'
  | 'Intervention__c'
  | 'ScoreModel__c'
  | 'DealScore__c'
  | 'TelemetryInsight__c';

/** Records that belong to the owner of a deal, and that whoever asked for them reads too. */
export const SHARED_OBJECTS = ['Referral__c', 'Decision__c'] as const satisfies readonly OwnObject[];
export type SharedObject = (typeof SHARED_OBJECTS)[number];

/** A record to be made or changed, whichever it takes. What is not given is left as it is. */
export interface OwnRow {
  readonly object: OwnObject;
  readonly key: string;
  /** In our nouns: `effectiveFrom` is `EffectiveFrom__c`. Lookups to people and deals are fields with an id (`opportunity`). */
  readonly fields: ReferralFields;
  /** Lookups to records of our own, by their key: noun → record, or null to empty it. */
  readonly refs?: Readonly<Record<string, { readonly object: OwnObject; readonly key: string } | null>>;
  readonly ownerId?: string;
}

/** What became of one row. `problem` is what the CRM said, in plain words; null: it was accepted. */
export interface RowAnswer {
  readonly key: string;
  readonly id: string | null;
  readonly problem: string | null;
}

/** A record as it is now. */
export interface OwnRecord {
  readonly id: string;
  readonly key: string;
  readonly name: string | null;
  /** Every field that the service sees, in our nouns, lookups as ids among them; instants in ISO 8601. */
  readonly fields: ReferralFields;
  readonly ownerId: string | null;
  /** Who wrote it last; a row of ours that somebody else wrote was changed past the service. */
  readonly modifiedById: string;
  /** ISO 8601 instant. */
  readonly modifiedAt: string;
}

/** Which records; all conditions hold at once. */
export interface OwnQuery {
  readonly keys?: readonly string[];
  /** Noun → value, or one of several values. `id`, `name` and `owner` are the record's own. */
  readonly where?: Readonly<Record<string, FieldValue | readonly FieldValue[]>>;
  /** Newest first when given; 10,000 at most. */
  readonly limit?: number;
}

/** How a request ends, or that it is being worked on. */
export interface RequestAnswer {
  readonly state: Exclude<RequestState, 'new'>;
  /** Plain words for who asked. */
  readonly message: string;
  /** At most 131,072 characters as text; more is refused before it is sent. */
  readonly result?: Json;
}

/** Records of the service's own, of any kind. */
export interface OwnRecords {
  /** Makes or changes records by key, in order, in calls of 200. A row that is refused takes no other along. */
  upsertRows(rows: readonly OwnRow[]): Promise<Result<readonly RowAnswer[], PortError>>;
  readRows(object: OwnObject, query: OwnQuery): Promise<Result<readonly OwnRecord[], PortError>>;
  /**
   * Lets people read records of somebody else's that they asked for; done twice it comes to the same. Names those that
   * could not be shared, with why; where everybody reads them there is nothing to share.
   */
  letRead(
    object: SharedObject,
    shares: readonly { readonly key: string; readonly recordId: string; readonly userId: string }[],
  ): Promise<Result<readonly { readonly key: string; readonly problem: string }[], PortError>>;
  /** Writes what came of a request on the request itself; the same answer twice changes nothing. */
  answerRequest(id: string, answer: RequestAnswer): Promise<Result<null, PortError>>;
}
