import type { FivePartResult } from '../decisions/proposal.ts';
import type { FunctionMode } from './guardrail.ts';
import type { Verdict } from './verdict.ts';

/** What happens to a judged proposal: it is done, waits for a person's yes, or is not done. */
export type Course = 'act' | 'wait' | 'stop';

/**
 * The guardrails' answer, and on top of it in `led` mode the five-part test: nobody looks on there, so one part that does
 * not hold stops the action (DESIGN section 5).
 */
export const courseOf = (verdict: Verdict, mode: FunctionMode | null, fiveParts: readonly FivePartResult[]): Course => {
  if (mode === null || mode.mode === 'off' || verdict.answer === 'deny') return 'stop';
  if (mode.mode === 'led' && (fiveParts.length === 0 || fiveParts.some(({ held }) => !held))) return 'stop';
  return verdict.answer === 'allow' ? 'act' : 'wait';
};
