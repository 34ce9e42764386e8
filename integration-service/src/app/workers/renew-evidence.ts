import type { OrgRuntime } from '../org-runtime.ts';

const dayMs = 86_400_000;
/** The policy that Tandem is delivered with refuses evidence of 90 days; before that there is time to mend it. */
const warnAfterDays = 75;

/**
 * A network's terms hold while the network answers our credentials. Where a grant rests on them and the last look is older
 * than `olderThanMs`, the network is asked, and a good answer gives the grant its date. Gives how many were renewed.
 */
export const renewEvidence = async (org: OrgRuntime, olderThanMs = dayMs): Promise<number> => {
  let renewed = 0;
  for (const portal of org.portals.values()) {
    const grants = await org.crm.readPlatformGrants(portal.network);
    if (!grants.ok) throw new Error(grants.error.message);
    const now = org.clock.now();
    const due = grants.value.filter(({ checkedAt }) => ageMs(checkedAt, now) >= olderThanMs);
    if (due.length === 0) continue;
    const probed = await portal.probe();
    if (!probed.ok) {
      org.log.warn(
        { network: portal.network, problem: probed.error.message },
        'the evidence of a grant could not be renewed',
      );
      continue;
    }
    const written = await org.crm.writeEvidenceChecked(
      due.map(({ key }) => key),
      now,
    );
    if (!written.ok) throw new Error(written.error.message);
    renewed += due.length;
  }
  return renewed;
};

/** For `doctor`: renews what it can; throws when a grant's evidence soon is too old to act under. */
export const examineEvidence = async (org: OrgRuntime): Promise<string> => {
  await renewEvidence(org, 0);
  const said: string[] = [];
  for (const { network } of org.portals.values()) {
    const grants = await org.crm.readPlatformGrants(network);
    if (!grants.ok) throw new Error(grants.error.message);
    for (const { key, checkedAt } of grants.value) {
      const days = Math.floor(ageMs(checkedAt, org.clock.now()) / dayMs);
      if (days >= warnAfterDays)
        throw new Error(
          Number.isFinite(days) ? `${key} was last checked ${days} days ago` : `${key} was never checked`,
        );
      said.push(`${key} checked ${days === 0 ? 'today' : `${days} days ago`}`);
    }
  }
  return said.join(', ') || 'no grant rests on a network’s terms';
};

const ageMs = (checkedAt: string | null, now: string): number =>
  checkedAt === null ? Number.POSITIVE_INFINITY : Date.parse(now) - Date.parse(checkedAt);
