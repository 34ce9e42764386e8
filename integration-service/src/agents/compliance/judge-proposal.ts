import type { Proposal } from '../../domain/decisions/proposal.ts';
import { evaluate } from '../../domain/guardrails/evaluate.ts';
import type { Guardrail, JudgeFacts } from '../../domain/guardrails/guardrail.ts';
import { consent } from '../../domain/guardrails/policies/consent.ts';
import { dataSharing } from '../../domain/guardrails/policies/data-sharing.ts';
import { duplicate } from '../../domain/guardrails/policies/duplicate.ts';
import { freshness } from '../../domain/guardrails/policies/freshness.ts';
import { killSwitch } from '../../domain/guardrails/policies/kill-switch.ts';
import { mode } from '../../domain/guardrails/policies/mode.ts';
import { sanctionedEnvironment } from '../../domain/guardrails/policies/sanctioned-environment.ts';
import type { Verdict } from '../../domain/guardrails/verdict.ts';

/** The rules that judge whatever would leave the company, in the order in which their reasons are told. */
export const OUTBOUND_GUARDRAILS: readonly Guardrail[] = [
  killSwitch,
  mode,
  sanctionedEnvironment,
  dataSharing,
  duplicate,
  freshness,
  consent,
];

/** Compliance: judges a proposal before anything of it is done. Pure; what it read is in the verdict, for replay. */
export const judgeProposal = (proposal: Proposal, facts: JudgeFacts): Verdict =>
  evaluate(proposal, OUTBOUND_GUARDRAILS, facts);
