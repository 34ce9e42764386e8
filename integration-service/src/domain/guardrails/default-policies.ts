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
  policy('phase-prerequisites', {
    minimumDecisions: 50,
    minimumApprovedBps: 9_000,
    needs: [{ function: 'onboarding', from: 'assisted', other: 'training' }],
  }),
  // As long as TANDEM_LED_PAUSE_SECONDS unless that is set: whichever is shorter holds up.
  policy('org-contact', { pauseAfterSeconds: 900 }),
  policy('conflict', { registration: 'review', 'direct-sale': 'review', 'named-account': 'act' }),
  // Nobody's health is worked out on the first day; from then on the floor counts.
  policy('partner-health', { actFrom: 50, reviewFrom: 25, maxAgeDays: 30, unknown: 'act' }),
  policy('language', { gateFrom: 1 }),
  // Wide, because no company is like another: they bound what a mistake can do until the company sets its own. Deals
  // without an amount, and those in another currency, go by the limits on volume alone.
  policy('amount-per-action', { currency: 'USD', actUpTo: 100_000_000, reviewUpTo: 10_000_000_000, unknown: 'act' }),
  policy('amount-per-day', {
    currency: 'USD',
    actUpTo: 100_000_000_000,
    reviewUpTo: 1_000_000_000_000,
    unknown: 'act',
  }),
  policy('volume-per-day', { actUpTo: 10_000, reviewUpTo: 100_000 }),
  policy('batch-size', { actUpTo: 200, reviewUpTo: 2_000 }),
];

/** `GuardrailPolicy__c.Key__c` of a policy. */
export const policyKey = ({ function: of, rule, scope }: Policy): string => `${of}:${rule}:${scope}`;

function policy(rule: string, settings: Policy['settings']): Policy {
  return { function: 'co-selling', rule, scope: 'all', version: 1, effectiveFrom: null, settings };
}
