import type { DealFacts, MappingRow } from '../../domain/referrals/draft.ts';
import type { Result } from '../../domain/values/result.ts';
import type { LanguageSettings } from './language-settings.ts';
import type { FieldValue, ReferralFields } from './field-value.ts';
import type { PortError } from '../partner-portal/partner-portal.ts';
import type { OwnRecords, OwnRow } from './own-rows.ts';
import type { People } from './person-rights.ts';
import type { RequestState } from './request-kind.ts';

export type { FieldValue, ReferralFields, RequestState };

/** What somebody wants done, as the record holds it now. */
export interface CrmRequest {
  readonly id: string;
  /** One of `RequestKind`, or what an org newer than this service asks for. */
  readonly kind: string;
  readonly state: RequestState;
  /** What it is about where that is no referral: a key of ours (`function:co-selling`). */
  readonly subject: string | null;
  readonly opportunityId: string | null;
  readonly referralId: string | null;
  readonly partnerId: string | null;
  readonly surface: string;
  /** ISO 8601; when the button was pressed, as the browser says. */
  readonly clickedAt: string | null;
  readonly createdAt: string;
  readonly requestedBy: string;
  readonly requestedByName: string;
  /** JSON as the surface wrote it; parsed by who uses it. */
  readonly input: string | null;
}

/** A referral as the CRM shows it; nouns are those of the record (`reviewStatus` is `ReviewStatus__c`). */
export interface CrmReferral {
  readonly id: string;
  readonly key: string;
  readonly opportunityId: string;
  readonly partnerKey: string;
  readonly attempt: number;
  readonly state: string;
  readonly step: string | null;
  readonly networkId: string | null;
  readonly steps: string | null;
  readonly questionsAsked: number;
  readonly editableNow: string | null;
  readonly retryAllowed: boolean;
  readonly requestedBy: string | null;
  readonly clickedAt: string | null;
  readonly correlationId: string | null;
  /** What people answered so far, by target. */
  readonly answers: Readonly<Record<string, KeptAnswer>>;
  /** Ids of the values that the record shows, by target. */
  readonly valueIds: Readonly<Record<string, string>>;
}

/** An answer that is kept on a referral. */
export interface KeptAnswer {
  /** A list has `;` between its parts. */
  readonly value: string;
  /** Who gave it, by id and by name; null where the record does not say. */
  readonly by: string | null;
  readonly byName: string | null;
}

export interface CrmGrant {
  readonly key: string;
  readonly status: 'active' | 'revoked';
  readonly actions: readonly string[];
  readonly fields: readonly string[];
  readonly evidenceKind: 'platform-terms' | 'countersigned' | null;
  readonly evidence: string;
  readonly evidenceCheckedAt: string | null;
  readonly effectiveFrom: string | null;
  readonly expiresAt: string | null;
  readonly revokedBy: 'company' | 'partner' | null;
}

export interface CrmMode {
  readonly function: string;
  readonly mode: 'off' | 'assisted' | 'led';
  readonly reason: string;
}

export interface CrmPartner {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly network: string;
  readonly active: boolean;
  readonly tier: string | null;
  readonly segment: string | null;
  /** Health, 0–100, from two signals, each null while it is missing; null until somebody has worked it out. */
  readonly health: {
    readonly score: number | null;
    readonly usageSignal: number | null;
    readonly interactionSignal: number | null;
    /** ISO 8601 instant. */
    readonly updatedAt: string;
  } | null;
  readonly grants: readonly CrmGrant[];
  readonly modes: readonly CrmMode[];
}

export interface CrmPolicy {
  /** Empty where somebody made the row by hand. */
  readonly key: string;
  readonly function: string;
  readonly rule: string;
  readonly scope: string;
  readonly version: number;
  readonly effectiveFrom: string | null;
  readonly settings: string;
  /** Who wrote the row last; anybody but the service makes it unreadable. */
  readonly modifiedById: string;
}

/** Everything about one request that must be live, read at one moment in one call. */
export interface RequestContext {
  readonly readAt: string;
  readonly request: CrmRequest | null;
  /** Null when the deal is gone or the service may not see it. */
  readonly deal: DealFacts | null;
  /** Referrals of the deal to any partner, newest attempt first. */
  readonly referrals: readonly CrmReferral[];
  /** The partner asked for; the company's active ones when the request names none. */
  readonly partners: readonly CrmPartner[];
  /** Null: the CRM does not tell the service. */
  readonly requesterMayEditDeal: boolean | null;
}

export interface UnusableRow {
  readonly key: string;
  readonly network: string;
  /** `its settings are not a JSON object`. */
  readonly why: string;
}

/** What changes slowly; read again after `maxAgeMs` at the latest, and when a change is heard of. */
export interface CrmSettings {
  readonly readAt: string;
  readonly mapping: readonly MappingRow[];
  /** Active rows of the mapping that cannot be used, each with what is wrong with it. */
  readonly unusable: readonly UnusableRow[];
  readonly policies: readonly CrmPolicy[];
  readonly language: LanguageSettings;
}

/** What field security says of a person, for the paths that the mapping reads and the fields that keep answers. */
export interface FieldAccess {
  readonly readAt: string;
  /** Paths whose values the person may not see. */
  readonly hidden: readonly string[];
  /** Paths that the person sees and may not change. */
  readonly locked: readonly string[];
}

export interface ReferralValue {
  readonly target: string;
  readonly label: string;
  readonly value: string;
  readonly source: string;
  readonly sourceKind: 'record' | 'rule' | 'template' | 'person';
  readonly personal: boolean;
  readonly sortOrder: number;
  /** Id of the user who answered; absent where no person did. */
  readonly answeredBy?: string;
}

/** One set of changes, written in one call. The referral comes first; what else there is refers to it. */
export interface ReferralWrite {
  readonly referral?: {
    readonly key: string;
    /** Given until a write with it was accepted, and then no more: the owner may be changed by people afterwards. */
    readonly identity?: {
      readonly opportunityId: string;
      readonly partnerId: string;
      readonly ownerId: string | null;
      readonly attempt: number;
      readonly requestedBy: string | null;
      readonly clickedAt: string | null;
      readonly correlationId: string;
      /** Whoever asked, where the deal is somebody else's: lets that person read the referral. */
      readonly sharedWith: string | null;
    };
    readonly fields: ReferralFields;
    readonly values: readonly ReferralValue[];
    /** Ids of values that an earlier try left and this one does not send: taken off the record. */
    readonly obsolete?: readonly string[];
  };
  readonly request?: { readonly id: string; readonly state: RequestState; readonly message: string };
  /** Written as far as the CRM lets it be: a rule of the customer's own on Opportunity must not lose the referral. */
  readonly kept: readonly {
    readonly record: 'Opportunity' | 'Account';
    readonly id: string;
    readonly fields: ReferralFields;
  }[];
}

export interface WriteAnswer {
  readonly referralId: string | null;
  /** What could not be kept, in plain words. */
  readonly warnings: readonly string[];
}

/** A request found by a query, for the sweep that finds what no event told. */
export type MissedRequest = Pick<
  CrmRequest,
  'id' | 'kind' | 'opportunityId' | 'referralId' | 'surface' | 'createdAt' | 'requestedBy'
>;

/** A deal that was changed since, and by whom last: the deal itself, or the account it is with. */
export interface ChangedDeal {
  readonly opportunityId: string;
  /** ISO 8601 instants of the CRM's clock. */
  readonly changedAt: string;
  readonly changedBy: string;
  readonly accountChangedAt: string | null;
  readonly accountChangedBy: string | null;
}

/** A row to be seeded by its key; never written over one that is there. */
export interface SeedRow extends OwnRow {
  /** The lookup `partner`, by the key of a `Partner__c`. */
  readonly partner?: string;
}

/** The company's records. Every adapter passes `crm.contract.ts`. */
export interface Crm extends OwnRecords, People {
  readonly org: string;
  /** One call, however much there is to read. `sourcePaths` are those of the mapping (`Opportunity.Account.Website`). */
  readRequestContext(
    requestId: string,
    opportunityId: string,
    partnerId: string | null,
    requestedBy: string | null,
    sourcePaths: readonly string[],
  ): Promise<Result<RequestContext, PortError>>;
  /** The request alone, for one whose deal is not known yet; `opportunityId` is then its referral's. */
  readRequest(requestId: string): Promise<Result<CrmRequest | null, PortError>>;
  /** Mapping, policies and material for texts, from memory while they are younger than `maxAgeMs`. */
  readSettings(maxAgeMs: number): Promise<Result<CrmSettings, PortError>>;
  /** Grants and modes, live: read again right before something is sent under them. */
  readPartner(partnerId: string): Promise<Result<CrmPartner | null, PortError>>;
  /** Field security of a person over paths of the mapping, from memory while it is younger than `maxAgeMs`. */
  readFieldAccess(userId: string, paths: readonly string[], maxAgeMs: number): Promise<Result<FieldAccess, PortError>>;
  mayEdit(userId: string, recordId: string): Promise<Result<boolean, PortError>>;
  write(write: ReferralWrite): Promise<Result<WriteAnswer, PortError>>;
  /** Fields of many referrals in one call per 200, by key; gives what was not accepted. */
  updateReferrals(
    updates: readonly { readonly key: string; readonly fields: ReferralFields }[],
  ): Promise<Result<readonly { readonly key: string; readonly problem: string }[], PortError>>;
  /** The oldest first, those after `after` where it is given: the last one of the page before. */
  findMissedRequests(
    limit: number,
    after?: Pick<MissedRequest, 'id' | 'createdAt'>,
  ): Promise<Result<readonly MissedRequest[], PortError>>;
  /** Active grants of partners at this network that rest on its own terms, with when those were last looked at. */
  readPlatformGrants(
    network: string,
  ): Promise<Result<readonly { readonly key: string; readonly checkedAt: string | null }[], PortError>>;
  /** The evidence of these grants was looked at, and holds; nothing else of them is touched. */
  writeEvidenceChecked(keys: readonly string[], at: string): Promise<Result<null, PortError>>;
  /**
   * Gives the referrals of a deal, and what was decided about it, to the deal's owner, who may have changed: whoever has the
   * deal has them, and whoever asked for one goes on seeing it while they see the deal. Names those that could not be given or shared, with why.
   */
  giveToDealOwner(
    opportunityId: string,
  ): Promise<Result<readonly { readonly key: string; readonly problem: string }[], PortError>>;
  /** Deals whose referral waits for answers and which, or whose account, somebody has changed after this instant. */
  findChangedDeals(after: string): Promise<Result<readonly ChangedDeal[], PortError>>;
  /** Says in the CRM that the service is alive. */
  heartbeat(version: string, message: string): Promise<Result<null, PortError>>;
  /** Writes rows that are not there yet; gives how many. */
  seed(rows: readonly SeedRow[]): Promise<Result<number, PortError>>;
  /** Forget what `readSettings` remembers: a change was heard of. */
  forgetSettings(): void;
}
