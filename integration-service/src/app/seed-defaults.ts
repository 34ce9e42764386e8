import type { SeedRow } from '../ports/crm/crm.ts';
import type { OrgRuntime } from './org-runtime.ts';
import { agentRows, matrixRows, modeRows, phaseRows, switchRows } from './seeds/governance.ts';
import { grantRows } from './seeds/grants.ts';
import { materialRows } from './seeds/language.ts';
import { partnerRows } from './seeds/partners.ts';
import { mappingRows, policyRows } from './seeds/settings.ts';

/**
 * Rows that Tandem is delivered with, made by key where they are not there yet; an edit is never overwritten. What others
 * refer to comes first.
 */
export const seedDefaults = async (org: OrgRuntime): Promise<number> => {
  const partners = partnerRows();
  const rows: readonly SeedRow[] = [
    ...partners,
    ...modeRows(),
    ...policyRows(),
    ...mappingRows(),
    ...materialRows(),
    ...(await grantRows(org)),
    ...agentRows(),
    ...matrixRows(),
    ...switchRows(partners.map(({ key }) => key)),
    ...phaseRows(org.clock.now()),
  ];
  const seeded = await org.crm.seed(rows);
  if (!seeded.ok) {
    org.log.warn({ problem: seeded.error.message }, 'the rows that Tandem is delivered with could not be made');
    return 0;
  }
  return seeded.value;
};
