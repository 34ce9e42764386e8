import { answerApproval, undoApproval } from './approvals.ts';
import { boundaryHandlers } from './boundaries.ts';
import { changePolicyHandler } from './change-policy.ts';
import type { GovernanceHandler } from './governance-handler.ts';
import { approveMaterialHandler, proposeMaterialHandler, withdrawMaterialHandler } from './language-materials.ts';
import { matrixHandlers } from './matrix.ts';
import { interventionHandlers } from '../intelligence/health/answer-intervention.ts';
import { modeHandlers } from './modes.ts';
import { disputeHandlers } from './disputes.ts';
import { propensityHandlers } from '../intelligence/propensity/propensity-handlers.ts';
import { replayDecisionHandler } from './replay-decision.ts';
import { rolloutHandlers } from './rollout.ts';
import { simulatePolicyHandler } from './simulate-policy.ts';
import { stopHandlers } from './stops.ts';

/** Every kind of request that is not about a referral, one line each. */
export const GOVERNANCE_HANDLERS: readonly GovernanceHandler[] = [
  ...stopHandlers,
  ...modeHandlers,
  ...rolloutHandlers,
  ...matrixHandlers,
  simulatePolicyHandler,
  changePolicyHandler,
  answerApproval,
  undoApproval,
  proposeMaterialHandler,
  approveMaterialHandler,
  withdrawMaterialHandler,
  replayDecisionHandler,
  ...disputeHandlers,
  ...boundaryHandlers,
  ...propensityHandlers,
  ...interventionHandlers,
];
