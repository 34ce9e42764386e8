import { PARTNER_NETWORKS } from '../connectors/registry.ts';
import { AWS_ACE_TERMS, DEFAULT_MAPPING, fieldMappingRecord } from '../connectors/aws-ace/index.ts';
import { DEFAULT_POLICIES, policyKey } from '../domain/guardrails/default-policies.ts';
import type { SeedRow } from '../ports/crm/crm.ts';
import type { OrgRuntime } from './org-runtime.ts';

/** Why a deal suits AWS, until the company writes its own rules: facts of the deal, with words for the seller. */
const awsFitRules = [
  {
    field: 'Opportunity.Amount',
    op: 'gte',
    value: 10_000,
    reason: 'The deal is large enough for AWS to take part',
    weight: 2,
  },
  {
    field: 'Opportunity.CustomerProblem__c',
    op: 'present',
    reason: 'The customer’s problem is written down',
    weight: 1,
  },
  { field: 'Opportunity.UseCase__c', op: 'present', reason: 'The cloud use case is named', weight: 1 },
  {
    field: 'Opportunity.Account.Website',
    op: 'present',
    reason: 'AWS can find the customer by its website',
    weight: 1,
  },
];

/**
 * Rows that Tandem is delivered with, made by key where they are not there yet; an edit is never overwritten. The grant is
 * made only after the network has answered our credentials: that answer is its evidence.
 */
export const seedDefaults = async (org: OrgRuntime): Promise<number> => {
  const rows: SeedRow[] = [
    {
      object: 'Partner__c',
      key: 'aws',
      fields: {
        Name: 'AWS',
        kind: 'cloud',
        network: 'aws-ace',
        active: true,
        website: 'https://partnercentral.awspartner.com',
        fitRules: JSON.stringify(awsFitRules),
      },
    },
    {
      object: 'FunctionMode__c',
      key: 'co-selling:aws',
      partner: 'aws',
      fields: { function: 'co-selling', mode: 'assisted', reason: 'Delivered with Tandem: a person’s click files.' },
    },
    ...DEFAULT_POLICIES.map((policy): SeedRow => ({
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
    })),
    ...DEFAULT_MAPPING.map((mapping): SeedRow => {
      const { Key__c: key, ...fields } = fieldMappingRecord(mapping);
      return { object: 'FieldMapping__c', key: String(key), fields };
    }),
    ...(await grantRows(org)),
  ];
  const seeded = await org.crm.seed(rows);
  if (!seeded.ok) {
    org.log.warn({ problem: seeded.error.message }, 'the rows that Tandem is delivered with could not be made');
    return 0;
  }
  return seeded.value;
};

const grantRows = async (org: OrgRuntime): Promise<readonly SeedRow[]> => {
  const rows: SeedRow[] = [];
  for (const { id } of PARTNER_NETWORKS) {
    const probed = await org.portals.get(id)?.probe();
    if (!probed?.ok) continue;
    rows.push({
      object: 'PartnerGrant__c',
      key: `aws:${id}`,
      partner: 'aws',
      fields: {
        status: 'active',
        actions: AWS_ACE_TERMS.actions.join('\n'),
        fields: AWS_ACE_TERMS.fields.join('\n'),
        evidenceKind: 'platform-terms',
        evidence: probed.value.detail,
        evidenceCheckedAt: org.clock.now(),
        effectiveFrom: org.clock.now(),
      },
    });
  }
  return rows;
};
