import { z } from 'zod';
import type { Policy } from '../../domain/guardrails/guardrail.ts';
import type { JsonObject } from '../../domain/values/json.ts';
import type { CrmPolicy } from '../../ports/crm/crm.ts';

/** What a person reads who is stopped by a policy that somebody changed by hand. */
export const PAST_THE_DOOR =
  'it was changed in Salesforce by hand, past the checks of Tandem. An admin must save the policy again on the Guardrails page';

const settings = z.record(z.string(), z.json());

const known = new WeakMap<readonly CrmPolicy[], readonly Policy[]>();

/**
 * The same policies for the same settings: they are parsed, and written into the ledger, once and not for each decision.
 * `service` is the integration user: a row that anybody else wrote last went past the checks, and counts as unreadable.
 */
export const factsOfPolicies = (policies: readonly CrmPolicy[], service: string): readonly Policy[] => {
  const facts = known.get(policies) ?? policies.flatMap((policy) => policiesIn(policy, service));
  known.set(policies, facts);
  return facts;
};

/** Policies as the guardrails read them. Settings that are not a JSON object become `unreadable`, which no rule accepts. */
const policiesIn = ({ key, modifiedById, ...policy }: CrmPolicy, service: string): readonly Policy[] => {
  if (!sameId(modifiedById, service)) return tampered(key, policy);
  let read: unknown;
  try {
    read = JSON.parse(policy.settings);
  } catch {
    read = null;
  }
  const parsed = settings.safeParse(read);
  return [{ ...policy, settings: (parsed.success ? parsed.data : { unreadable: true }) as JsonObject }];
};

/** Unreadable where it says it belongs, and where it belonged by its key: moving a row away must not bring back older numbers. */
const tampered = (key: string, policy: Omit<CrmPolicy, 'key' | 'modifiedById'>): readonly Policy[] => {
  const unreadable = { ...policy, settings: { unreadable: PAST_THE_DOOR } };
  const place = placeOf(key);
  if (
    !place ||
    (place.function === policy.function &&
      place.rule === policy.rule &&
      place.scope === policy.scope &&
      place.version === policy.version &&
      policy.effectiveFrom === null)
  )
    return [unreadable];
  return [unreadable, { ...unreadable, ...place, effectiveFrom: null }];
};

/** `function:rule:scope` of the first version, `function:rule:scope:v2` of the second; null: no key of ours. */
const placeOf = (key: string): Pick<Policy, 'function' | 'rule' | 'scope' | 'version'> | null => {
  const found = /^([^:]+):([^:]+):(.+?)(?::v(\d+))?$/.exec(key);
  if (!found) return null;
  const [, of = '', rule = '', scope = '', version = '1'] = found;
  return { function: of, rule, scope, version: Number(version) };
};

/** Ids have 15 or 18 characters, and the first 15 are the id. */
const sameId = (left: string, right: string): boolean => left.slice(0, 15) === right.slice(0, 15);
