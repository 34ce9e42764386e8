import type { Policy } from './guardrail.ts';

/**
 * The policies Tandem is delivered with, seeded as `GuardrailPolicy__c` by key and never overwriting an edit. Without
 * them nothing is allowed.
 */
export const DEFAULT_POLICIES: readonly Policy[] = [
  policy('consent', { required: true }),
  policy('data-sharing', { personalFields: 'all' }),
  policy('sanctioned-environment', { evidenceMaxAgeDays: 90 }),
  // The mapping and the policies are settings that change by hand; their reader is told of every change.
  policy('freshness', { maxAgeSeconds: 120, byFact: { mapping: 900, solutions: 3600, policies: 900 } }),
];

/** `GuardrailPolicy__c.Key__c` of a policy. */
export const policyKey = ({ function: of, rule, scope }: Policy): string => `${of}:${rule}:${scope}`;

function policy(rule: string, settings: Policy['settings']): Policy {
  return { function: 'co-selling', rule, scope: 'all', version: 1, effectiveFrom: null, settings };
}
