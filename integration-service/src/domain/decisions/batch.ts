import { z } from 'zod';
import type { Judgement } from '../guardrails/verdict.ts';

/**
 * What the ledger says of many results that were decided together (ten thousand scores): one entry of kind `batch`, with
 * everything but the results themselves, which stand in its `items` as one content under one hash.
 */
export interface BatchBody {
  /** One sentence for people: what was decided. Names nobody. */
  readonly what: string;
  readonly function: string;
  readonly useCase: string;
  /** The person who asked for it; empty: nobody did, it was time. */
  readonly requestedBy: string;
  readonly answer: Judgement['answer'];
  /** The rules that were asked, or the model that gave the results, each with its version. */
  readonly judgements: readonly Judgement[];
  readonly facts: readonly BatchFact[];
  /** How many results. */
  readonly count: number;
  /** SHA-256, in hexadecimal, of the canonical JSON of the list of all results. */
  readonly content: string;
}

/** What the results were made from: a name, where it was read, and when (ISO 8601). The values are not kept. */
export interface BatchFact {
  readonly name: string;
  readonly source: string;
  readonly readAt: string;
}

/** Reads the body of such an entry; what else stands in it (`items`) is passed over. */
export const batchForm: z.ZodType<BatchBody> = z.object({
  what: z.string(),
  function: z.string(),
  useCase: z.string(),
  requestedBy: z.string(),
  answer: z.enum(['allow', 'needs-approval', 'deny']),
  judgements: z.array(
    z.object({
      rule: z.string(),
      ruleVersion: z.number().optional(),
      policyVersion: z.number(),
      policyScope: z.string().optional(),
      answer: z.enum(['allow', 'needs-approval', 'deny']),
      reason: z.string(),
      owner: z.enum(['requester', 'sales-manager', 'partner-manager', 'admin', 'finance', 'legal']).optional(),
      approvedBy: z.string().optional(),
      read: z.array(z.string()),
    }),
  ),
  facts: z.array(z.object({ name: z.string(), source: z.string(), readAt: z.string() })),
  count: z.int().nonnegative(),
  content: z.string().regex(/^[0-9a-f]{64}$/),
}) as unknown as z.ZodType<BatchBody>;
