import { FIRST_WEIGHTS } from '../../../domain/health/health-score.ts';
import { landscapeOf, EMPTY_LANDSCAPE } from '../../../domain/health/landscape.ts';
import { assessPartners, weeksAt } from '../../../functions/customer-success/assess-partners.ts';
import { interventionRow } from '../../../functions/customer-success/open-intervention.ts';
import type { OwnRow } from '../../../ports/crm/own-rows.ts';
import { recordControl } from '../../governance/record-control.ts';
import { countsOf, type HealthOrg, isStopped, taken } from './health-page.ts';

/** Interventions that one turn opens; the next one goes on. */
const AT_ONCE = 100;

/**
 * Puts an intervention before the manager of each partner whose decline was flagged. One decline has one, under its own key:
 * one that stands in Salesforce already is left as people have it. Gives how many were opened. @throws what the org or the
 * database said.
 */
export const openInterventions = async (org: HealthOrg): Promise<number> => {
  if (await isStopped(org)) return 0;
  const flagged = await org.health.unopened(AT_ONCE);
  if (flagged.length === 0) return 0;
  const now = org.clock.now();
  const keys = flagged.map(({ key }) => key);
  const there = new Set(
    taken(await org.crm.readRows('Intervention__c', { keys }), 'interventions could not be read').map(({ key }) => key),
  );
  const partnerKeys = [...new Set(flagged.map(({ partner }) => partner))];
  const book = new Map(
    taken(await org.partnerBook.named(partnerKeys), 'the partners could not be read').map((one) => [one.key, one]),
  );
  const business = taken(await org.partnerBook.openBusiness(partnerKeys), 'open deals could not be read');
  const remembered = await org.health.remembered(partnerKeys);
  const { landscape, weights } = await org.health.run();
  const weeks = weeksAt(Date.parse(now));
  const assessed = assessPartners(
    partnerKeys.map((key) => ({
      key,
      segment: book.get(key)?.segment ?? '',
      remembered: { decline: remembered.get(key)?.decline ?? null, band: remembered.get(key)?.band ?? null },
    })),
    await countsOf(org, partnerKeys, weeks),
    weeks,
    landscape ? landscapeOf(landscape) : EMPTY_LANDSCAPE,
    weights ?? FIRST_WEIGHTS,
  );
  const rows: OwnRow[] = [];
  for (const { key, partner } of flagged) {
    const booked = book.get(partner);
    const health = assessed.get(partner);
    if (there.has(key) || !booked || !health) continue;
    const { deals = null, amount = null } = business.get(partner) ?? {};
    const row = interventionRow({
      key,
      partner,
      health,
      facts: { partnerName: booked.name, openDeals: deals, revenueAtStake: amount },
      manager: booked.manager,
      now,
    });
    await recordControl(org, {
      kind: 'open-intervention',
      subject: key,
      request: 'decline',
      actor: 'agent:customer-success',
      partner,
      body: {
        what: `A decline was flagged, and a step against it proposed: ${String(row.fields.reason)}`,
        before: null,
        after: { kind: row.fields.kind ?? null, dueAt: row.fields.dueAt ?? null },
        why: '',
      },
    });
    rows.push(row);
  }
  const refused = new Set<string>();
  for (const { key, problem } of taken(await org.crm.upsertRows(rows), 'interventions could not be written'))
    if (problem !== null) {
      refused.add(key);
      org.log.warn({ key, problem }, 'an intervention could not be written');
    }
  await org.health.opened(
    keys.filter((key) => !refused.has(key)),
    now,
  );
  return rows.length - refused.size;
};
