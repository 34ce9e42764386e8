import type { GovernanceHandler } from './governance-handler.ts';

/** Every kind of request that is not about a referral, one line each. */
export const GOVERNANCE_HANDLERS: readonly GovernanceHandler[] = [];
