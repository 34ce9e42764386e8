import type { PartnerGrant } from '../../domain/guardrails/guardrail.ts';
import type { EventKind } from '../../domain/telemetry/event-kinds.ts';
import type { Result } from '../../domain/values/result.ts';
import type { PortError } from '../partner-portal/partner-portal.ts';

/** Something that the CRM knows to have passed between the companies. `id` is made of the record, so it is told once. */
export interface CrmActivity {
  readonly id: string;
  /** ISO 8601 instant. */
  readonly at: string;
  readonly kind: EventKind;
  readonly partner: string;
  /** Id of the joint customer's account; empty where the record names none. */
  readonly account: string;
}

/** What was found after a cursor, and the cursor to go on from; null: nothing yet. */
export interface CrmPage<Item> {
  readonly items: readonly Item[];
  readonly cursor: string | null;
  readonly more: boolean;
}

/** What telemetry reads of the CRM: who its partners are, what passed between the companies, and what a partner may see. */
export interface CrmTelemetry {
  /** Keys of partners made at or after the cursor (null: ever). */
  partnersSince(cursor: string | null): Promise<Result<CrmPage<string>, PortError>>;
  /** What records changed at or after the cursor tell. A record is met again after each change, under the same ids. */
  activitySince(cursor: string | null): Promise<Result<CrmPage<CrmActivity>, PortError>>;
  /** Grants that are not revoked, with the key of their partner; of one partner where it is given. */
  grants(
    partner?: string,
  ): Promise<Result<readonly { readonly partner: string; readonly grant: PartnerGrant }[], PortError>>;
}
