import { AWS_ACE_TERMS } from '../../connectors/aws-ace/index.ts';
import { PARTNER_NETWORKS } from '../../connectors/registry.ts';
import type { SeedRow } from '../../ports/crm/crm.ts';
import type { OrgRuntime } from '../org-runtime.ts';

/** A grant is made only after the network has answered our credentials: that answer is its evidence. */
export const grantRows = async (org: Pick<OrgRuntime, 'portals' | 'clock'>): Promise<readonly SeedRow[]> => {
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
