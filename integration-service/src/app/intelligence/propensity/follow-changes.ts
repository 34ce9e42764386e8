import type { TouchedDeal } from '../../../ports/crm/deal-scores.ts';
import type { OrgRuntime } from '../../org-runtime.ts';
import type { DealScorer, ScoreRun } from './deal-scorer.ts';
import { mustWait } from './propensity-parts.ts';

const place = 'touched-deals';
/** Rows of one question. */
const PAGE = 2_000;
/** A row is seen only once its transaction has ended, which may be after a later one was: looked back so far each time. */
const OVERLAP_MS = 15_000;
/** What we wrote ourselves is looked at again while it is so little: somebody may have changed the deal just before. */
const FEW = 200;
/** How far back the very first look goes. */
const FIRST_MS = 3_600_000;

/** Asking costs calls: the more of the day's are used, the longer it waits. Milliseconds by the share that is used. */
const pauseFor = (usage: number): number => (usage < 0.25 ? 5_000 : usage < 0.4 ? 15_000 : 60_000);

/**
 * Finds new and changed deals, tracked or not, by the time of their last change: one question, and nothing more while
 * nothing has changed. So a new deal has its score within seconds, and an org's events are not spent on it.
 */
export class ChangedDeals {
  readonly #org: OrgRuntime;
  readonly #scorer: DealScorer;
  readonly #seen = new Map<string, string>();
  #next = Number.NEGATIVE_INFINITY;

  constructor(org: OrgRuntime, scorer: DealScorer) {
    this.#org = org;
    this.#scorer = scorer;
  }

  /** Looks when it is time; what came of it, null where nothing had changed. @throws what the CRM or the database said */
  async look(): Promise<ScoreRun | null> {
    const { propensity } = this.#org;
    const now = performance.now();
    if (now < this.#next || mustWait(propensity)) return null;
    this.#next = now + pauseFor(propensity.deals.usage());
    // Until something was learned there is nothing to say of a deal, and nothing is asked.
    return (await propensity.models.activeVersion()) === null ? null : this.lookNow();
  }

  async lookNow(): Promise<ScoreRun | null> {
    const { propensity, clock, user } = this.#org;
    const stored = await propensity.room.place<{ readonly at: string }>(place);
    const from = stored?.at ?? new Date(Date.parse(clock.now()) - FIRST_MS).toISOString();
    const touched = await this.#touchedSince(new Date(Date.parse(from) - OVERLAP_MS).toISOString());
    const fresh = touched.filter(({ id, changedAt }) => this.#seen.get(id) !== changedAt);
    const ours = fresh.filter(({ changedBy }) => changedBy.slice(0, 15) === user.slice(0, 15));
    const wanted = ours.length > FEW ? fresh.filter((one) => !ours.includes(one)) : fresh;
    const newest = touched.at(-1)?.changedAt ?? from;
    const run =
      wanted.length === 0
        ? null
        : await this.#scorer.scoreSome(
            wanted.map(({ id }) => id),
            `changed-${clock.now()}`,
          );
    // Nothing is passed over that could not be scored yet: the switch is off, or there is no model.
    if (run?.held) return run;
    for (const { id, changedAt } of fresh) this.#seen.set(id, changedAt);
    const old = Date.parse(newest) - 2 * OVERLAP_MS;
    for (const [id, changedAt] of this.#seen) if (Date.parse(changedAt) < old) this.#seen.delete(id);
    if (newest !== from || stored === null) await propensity.room.moveTo(place, { at: newest });
    return run;
  }

  async #touchedSince(from: string): Promise<readonly TouchedDeal[]> {
    const found: TouchedDeal[] = [];
    let after: Pick<TouchedDeal, 'changedAt' | 'id'> = { changedAt: from, id: '' };
    for (;;) {
      const read = await this.#org.propensity.deals.touchedSince(after, PAGE);
      if (!read.ok) throw new Error(`changed deals could not be looked for: ${read.error.message}`);
      found.push(...read.value);
      const last = read.value.at(-1);
      if (read.value.length < PAGE || !last) return found;
      after = last;
    }
  }
}
