import { changePolicyHandler } from './change-policy.ts';
import type { GovernanceHandler } from './governance-handler.ts';
import { simulatePolicyHandler } from './simulate-policy.ts';

/** Every kind of request that is not about a referral, one line each. */
export const GOVERNANCE_HANDLERS: readonly GovernanceHandler[] = [simulatePolicyHandler, changePolicyHandler];
