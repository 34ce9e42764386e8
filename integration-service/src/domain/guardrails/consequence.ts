import { z } from 'zod';
import { allow, deny, needsApproval, type Answer } from './guardrail.ts';

/** What a policy wants to happen in a case that its rule names. */
export const consequence = z.enum(['act', 'review', 'block'], { error: 'must be act, review or block' });
export type Consequence = z.infer<typeof consequence>;

/** A policy's word as a rule's answer. */
export const answerAs = (word: Consequence, reason: string): Answer => {
  if (word === 'act') return allow();
  return word === 'review' ? needsApproval(reason) : deny(reason);
};
