import { DEFAULT_MAPPING, fieldMappingRecord } from '../../connectors/aws-ace/index.ts';
import { FUNCTION_IDS } from '../../domain/framework/functions.ts';
import { phasePrerequisites } from '../../domain/guardrails/policies/phase-prerequisites.ts';
import { DEFAULT_POLICIES, policyKey } from '../../domain/guardrails/default-policies.ts';
import type { Policy } from '../../domain/guardrails/guardrail.ts';
import type { JsonObject } from '../../domain/values/json.ts';
import type { SeedRow } from '../../ports/crm/crm.ts';

/** What a function must have shown before its phase opens; each function has the numbers, long before it has work. */
const phasePolicies = FUNCTION_IDS.filter((id) => !has(id, phasePrerequisites.id)).map((id): Policy => ({
  function: id,
  rule: phasePrerequisites.id,
  scope: 'all',
  version: 1,
  effectiveFrom: null,
  settings: phasePrerequisites.startingPoint as JsonObject,
}));

function has(id: string, rule: string): boolean {
  return DEFAULT_POLICIES.some((policy) => policy.function === id && policy.rule === rule);
}

export const policyRows = (): readonly SeedRow[] =>
  [...DEFAULT_POLICIES, ...phasePolicies].map((policy) => ({
    object: 'GuardrailPolicy__c',
    key: policyKey(policy),
    fields: {
      function: policy.function,
      rule: policy.rule,
      scope: policy.scope,
      version: policy.version,
      settings: JSON.stringify(policy.settings),
      author: 'Tandem',
    },
  }));

export const mappingRows = (): readonly SeedRow[] =>
  DEFAULT_MAPPING.map((mapping): SeedRow => {
    const { Key__c: key, ...fields } = fieldMappingRecord(mapping);
    return { object: 'FieldMapping__c', key: String(key), fields };
  });
