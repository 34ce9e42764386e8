import { FIRST_WEIGHTS } from '../../../domain/health/health-score.ts';
import { EMPTY_LANDSCAPE, landscapeOf, surveyLandscape } from '../../../domain/health/landscape.ts';
import { weeksAt } from '../../../functions/customer-success/assess-partners.ts';
import { HealthPage, type HealthLook, type HealthOrg, isStopped, taken } from './health-page.ts';
import { bookPages, samplePartners } from './sample.ts';

/** Pages of changes that one look takes in; the next one goes on. */
const MOST_PAGES = 20;
const CHANGES_AT_ONCE = 500;
/** All partners are looked at again when this long has passed, or sooner by night. */
const FULL_AFTER_MS = 26 * 3_600_000;
const NIGHT_AFTER_MS = 20 * 3_600_000;
const NIGHT_HOURS: readonly [number, number] = [1, 5];

const NOTHING: HealthLook = { looked: 0, written: 0, flagged: 0 };

/**
 * Keeps the health of an org's partners: all of them every night, and those something was told of within a minute. Whoever
 * calls holds the lease of the chores. Done twice it comes to the same: what was said is remembered in PostgreSQL, and a
 * record is written only when it shows something else.
 */
export class PartnerHealth {
  readonly #org: HealthOrg;
  readonly #pages: HealthPage;

  constructor(org: HealthOrg) {
    this.#org = org;
    this.#pages = new HealthPage(org);
  }

  /** Looks at all partners when it is time, else at those that changed. @throws what the org or the database said. */
  async look(): Promise<HealthLook> {
    if (await isStopped(this.#org)) return NOTHING;
    const run = await this.#org.health.run();
    const now = this.#org.clock.now();
    if (isDue(run.fullAt, now)) return this.lookAtAll();
    let all = NOTHING;
    let { cursor } = run;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const changed = await this.#org.telemetry.rollups.changedSince(cursor, CHANGES_AT_ONCE);
      if (changed.partners.length > 0) all = sum(all, await this.lookAt(changed.partners));
      if (changed.cursor !== cursor) await this.#org.health.followed(changed.cursor);
      cursor = changed.cursor;
      if (changed.partners.length < CHANGES_AT_ONCE) break;
    }
    return all;
  }

  /** Looks at these partners, by key. Those that are not in the book are passed over. */
  async lookAt(keys: readonly string[]): Promise<HealthLook> {
    const partners = taken(await this.#org.partnerBook.named(keys), 'the partners could not be read');
    const { landscape, weights } = await this.#org.health.run();
    return this.#pages.look(partners, {
      landscape: landscape ? landscapeOf(landscape) : EMPTY_LANDSCAPE,
      weeks: weeksAt(Date.parse(this.#org.clock.now())),
      weights: weights ?? FIRST_WEIGHTS,
      business: null,
    });
  }

  /** Looks at every partner of the book, page by page, in the memory of one page. */
  async lookAtAll(): Promise<HealthLook> {
    const { health, partnerBook, clock } = this.#org;
    const now = clock.now();
    const weeks = weeksAt(Date.parse(now));
    // Changes that come while this goes on are followed afterwards.
    const { cursor } = await this.#org.telemetry.rollups.changedSince((await health.run()).cursor, 1_000_000);
    const { weights, landscape: before } = await health.run();
    const sampled = await samplePartners(this.#org, weeks);
    const surveyed = {
      ...surveyLandscape(sampled, { from: weeks.from, to: weeks.lastWhole }),
      segments: before?.segments ?? {},
    };
    const landscape = landscapeOf(surveyed);
    const business = taken(await partnerBook.openBusiness(), 'open deals could not be read');
    const segments = new Map<string, number[]>();
    let all = NOTHING;
    for await (const page of bookPages(partnerBook)) {
      const look = await this.#pages.look(page, {
        landscape,
        weeks,
        weights: weights ?? FIRST_WEIGHTS,
        business,
        each: ({ segment }, { evidence }) => {
          if (evidence === null) return;
          for (const name of new Set(['*', segment])) {
            const [partners = 0, before = 0] = segments.get(name) ?? [];
            segments.set(name, [partners + 1, before + evidence]);
          }
        },
      });
      all = sum(all, look);
    }
    const common = segments.get('*');
    const mean = common ? (common[1] ?? 0) / (common[0] ?? 1) : 0;
    await health.keepLandscape({
      ...surveyed,
      segments: Object.fromEntries(
        [...segments].map(([name, [partners = 0, evidence = 0]]) => [
          name,
          // Beside all partners: what they have in common is the prior itself.
          { partners, evidence: partners === 0 ? 0 : evidence / partners - mean },
        ]),
      ),
    });
    await health.followed(cursor);
    await health.lookedAtAll(weeks.to, now);
    this.#org.log.info({ ...all }, 'the health of all partners was worked out');
    return all;
  }
}

const sum = (left: HealthLook, right: HealthLook): HealthLook => ({
  looked: left.looked + right.looked,
  written: left.written + right.written,
  flagged: left.flagged + right.flagged,
});

const isDue = (fullAt: string | null, now: string): boolean => {
  if (fullAt === null) return true;
  const age = Date.parse(now) - Date.parse(fullAt);
  const hour = new Date(now).getUTCHours();
  const isNight = hour >= NIGHT_HOURS[0] && hour < NIGHT_HOURS[1];
  return age > FULL_AFTER_MS || (isNight && age > NIGHT_AFTER_MS);
};
