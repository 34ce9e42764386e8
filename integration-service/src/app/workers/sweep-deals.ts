import type { ChangedDeal } from '../../ports/crm/crm.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { dealWork } from './request-payload.ts';
import { enqueue } from './run-work.ts';

/** How far back the first look goes, on the org's clock as far as ours tells: a change twice looked at changes nothing. */
const firstLookMs = 900_000;

/**
 * Looks for deals that wait for answers and were changed. An account has no place on the event channel (five members, all
 * taken), so what is filled in there is found by this query; so is what an event of a deal did not tell. Asks the org
 * only while something waits. Keeps its place in memory: a process that takes over looks back a little.
 */
export class DealSweep {
  readonly #org: OrgRuntime;
  #after: string;

  constructor(org: OrgRuntime) {
    this.#org = org;
    this.#after = new Date(Date.parse(org.clock.now()) - firstLookMs).toISOString();
  }

  /** Gives how many changed deals were found. */
  async look(): Promise<number> {
    const org = this.#org;
    const counts = await org.links.counts();
    if ((counts['needs-answers'] ?? 0) === 0) return 0;
    const found = await org.crm.findChangedDeals(this.#after);
    if (!found.ok) {
      org.log.warn({ problem: found.error.message }, 'the org could not be asked for changed deals');
      return 0;
    }
    const work = found.value.flatMap((deal) => this.#changesOf(deal));
    await enqueue(org, await org.inbox.add(work));
    for (const { changedAt, accountChangedAt } of found.value)
      for (const at of [changedAt, accountChangedAt ?? '']) if (at > this.#after) this.#after = at;
    return found.value.length;
  }

  #changesOf({ opportunityId, changedAt, changedBy, accountChangedAt, accountChangedBy }: ChangedDeal) {
    const { org, user } = this.#org;
    const changes = [];
    if (accountChangedAt !== null && accountChangedAt > this.#after)
      changes.push(
        dealWork(org, opportunityId, `account ${accountChangedAt}`, { by: accountChangedBy, fields: ['Account.*'] }),
      );
    // What we wrote ourselves is no news.
    if (changedAt > this.#after && changedBy.slice(0, 15) !== user.slice(0, 15))
      changes.push(dealWork(org, opportunityId, `deal ${changedAt}`, { by: changedBy, fields: null }));
    return changes;
  }
}
