import { z } from 'zod';
import type { Policy } from '../../domain/guardrails/guardrail.ts';
import type { JsonObject } from '../../domain/values/json.ts';
import type { CrmPolicy } from '../../ports/crm/crm.ts';

const settings = z.record(z.string(), z.json());

const known = new WeakMap<readonly CrmPolicy[], readonly Policy[]>();

/** The same policies for the same settings: they are parsed, and written into the ledger, once and not for each decision. */
export const factsOfPolicies = (policies: readonly CrmPolicy[]): readonly Policy[] => {
  const facts = known.get(policies) ?? policiesIn(policies);
  known.set(policies, facts);
  return facts;
};

/** Policies as the guardrails read them. Settings that are not a JSON object become `unreadable`, which no rule accepts. */
const policiesIn = (policies: readonly CrmPolicy[]): readonly Policy[] =>
  policies.map((policy) => {
    let read: unknown;
    try {
      read = JSON.parse(policy.settings);
    } catch {
      read = null;
    }
    const parsed = settings.safeParse(read);
    return { ...policy, settings: (parsed.success ? parsed.data : { unreadable: true }) as JsonObject };
  });
