import type { Result } from '../../domain/values/result.ts';
import type { PortError } from '../partner-portal/partner-portal.ts';

/** Who somebody is in the org, and what they may do there. */
export interface PersonRights {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** Custom permissions that the person's permission sets give, by developer name without namespace. */
  readonly permissions: readonly string[];
  /** Ids of the people above: managers of managers, and whoever has a role above the person's. */
  readonly above: readonly string[];
}

/** Custom permissions of Tandem, as they stand in the package. */
export const PERMISSIONS = {
  manageGuardrails: 'TandemManageGuardrails',
  stopAgents: 'TandemStopAgents',
  approvePartners: 'TandemApprovePartners',
  approveFinance: 'TandemApproveFinance',
  approveLegal: 'TandemApproveLegal',
  manageLanguage: 'TandemManageLanguage',
} as const;

export type Permission = (typeof PERMISSIONS)[keyof typeof PERMISSIONS];

/** Whom the org knows. */
export interface People {
  /** A person's rights, from memory while they are younger than `maxAgeMs`; null where the org knows nobody by that id. */
  readPersonRights(userId: string, maxAgeMs: number): Promise<Result<PersonRights | null, PortError>>;
  /** Whether a person sees a record, by everything that lets them: owner, roles, shares. */
  mayRead(userId: string, recordId: string): Promise<Result<boolean, PortError>>;
}
