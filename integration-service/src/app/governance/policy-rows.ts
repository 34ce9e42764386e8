import type { Policy } from '../../domain/guardrails/guardrail.ts';
import { policyPlaceOf, scopeName } from '../../domain/guardrails/policy-key.ts';
import type { PolicyVersion } from '../../domain/guardrails/policy-change.ts';
import type { CrmPolicy } from '../../ports/crm/crm.ts';
import type { OwnRecord, OwnRow } from '../../ports/crm/own-rows.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { factsOfPolicies, gonePolicies, isOwnRow } from '../workers/policies.ts';

const object = 'GuardrailPolicy__c';

/** The policies of one rule as they stand in the org now: as records, and as the guardrails read them. */
export interface PolicyRows {
  readonly records: readonly OwnRecord[];
  readonly policies: readonly Policy[];
  /** Versions that were saved and are gone: a new one comes after them. */
  readonly gone: readonly Policy[];
}

/** @throws with what the org said. */
export const readPolicyRows = async (
  org: Pick<OrgRuntime, 'crm' | 'user' | 'clock' | 'recordedPolicies'>,
  { function: of, rule }: { readonly function: string; readonly rule: string },
): Promise<PolicyRows> => {
  // By key too: a row that was moved away by hand belongs where its key says.
  const read = await org.crm.readRows(object, {});
  if (!read.ok) throw new Error(`the policies could not be read: ${read.error.message}`);
  const records = read.value.filter(
    ({ key, fields }) => isOf(fields, { of, rule }) || isOf(policyPlaceOf(key) ?? {}, { of, rule }),
  );
  const policies = factsOfPolicies(records.map(toCrmPolicy), org.user).filter((policy) => isOf(policy, { of, rule }));
  const gone = (await gonePolicies(org, records)).filter((policy) => isOf(policy, { of, rule }));
  return { records, policies, gone };
};

const isOf = (
  place: { readonly function?: unknown; readonly rule?: unknown },
  { of, rule }: { readonly of: string; readonly rule: string },
): boolean => place.function === of && place.rule === rule;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const toCrmPolicy = ({ key, fields, modifiedById }: OwnRecord): CrmPolicy => ({
  key,
  function: text(fields.function),
  rule: text(fields.rule),
  scope: text(fields.scope) || 'all',
  version: typeof fields.version === 'number' ? fields.version : 1,
  effectiveFrom: text(fields.effectiveFrom) || null,
  settings: text(fields.settings) || '{}',
  modifiedById,
});

/** The row of a version, with whose it is and which entry of the ledger stands for it. */
export const policyRow = (
  key: string,
  version: PolicyVersion,
  by: { readonly id: string; readonly name: string; readonly hash: string },
): OwnRow => ({
  object,
  key,
  fields: {
    function: version.function,
    rule: version.rule,
    scope: version.scope,
    version: version.version,
    effectiveFrom: version.effectiveFrom,
    settings: JSON.stringify(version.settings),
    author: by.name.slice(0, 80),
    authorUser: by.id,
    decisionHash: by.hash,
  },
});

/**
 * Rows of a scope that were changed by hand, put back where their key says they belong, with no numbers: those are lost. A
 * newer version stands above them, so they do no harm any more.
 */
export const healedRows = ({ records }: PolicyRows, scope: string, service: string): readonly OwnRow[] =>
  records.flatMap((record): readonly OwnRow[] => {
    const place = policyPlaceOf(record.key);
    if (isOwnRow(record, service) || place === null || scopeName(place.scope) !== scopeName(scope)) return [];
    return [
      {
        object,
        key: record.key,
        fields: { ...place, settings: JSON.stringify({ unreadable: 'it had been changed by hand, and was replaced' }) },
      },
    ];
  });
