import type { PartnerPast } from '../../../domain/propensity/deal.ts';
import type { World } from '../../../domain/propensity/features.ts';
import { TrackRecords } from '../../../domain/propensity/track-record.ts';
import { signalOf } from '../../../domain/telemetry/event-kinds.ts';
import { Remembered } from '../../../connectors/salesforce/remembered.ts';
import type { OrgRuntime } from '../../org-runtime.ts';
import { DAY_MS } from './propensity-parts.ts';

/** How far back contact with partners counts: two years, as far as deals are learned from. */
const ACTIVITY_DAYS = 760;
/** Records and contact change by the day; read again after so long. */
const MAX_AGE_MS = 600_000;

export interface KnownWorld extends World {
  /** Partners with their names, those with the best record first. */
  readonly ranked: readonly { readonly key: string; readonly name: string }[];
}

/** What is known around deals, remembered for ten minutes. */
export class WorldReader {
  readonly #org: Pick<OrgRuntime, 'propensity' | 'clock' | 'telemetry'>;
  readonly #known = new Remembered<KnownWorld>(1, () => performance.now());

  constructor(org: Pick<OrgRuntime, 'propensity' | 'clock' | 'telemetry'>) {
    this.#org = org;
  }

  /** @throws what the CRM or the database said */
  world(maxAgeMs = MAX_AGE_MS): Promise<KnownWorld> {
    return this.#known.get('world', maxAgeMs, () => this.#read());
  }

  forget(): void {
    this.#known.forget();
  }

  async #read(): Promise<KnownWorld> {
    const { propensity, clock, telemetry } = this.#org;
    const now = Date.parse(clock.now());
    const [ended, read, rows] = await Promise.all([
      propensity.room.ended(),
      propensity.deals.readPartners(),
      telemetry.rollups.series({ from: dayText(now - ACTIVITY_DAYS * DAY_MS), to: dayText(now), by: 'week' }),
    ]);
    if (!read.ok) throw new Error(`the partners could not be read: ${read.error.message}`);
    const activity = new Map<string, Map<number, number>>();
    for (const { partner, kind, period, count } of rows) {
      if (signalOf(kind) !== 'interaction') continue;
      const weeks = activity.get(partner) ?? new Map<number, number>();
      activity.set(partner, weeks);
      const at = Date.parse(`${period}T00:00:00Z`);
      weeks.set(at, (weeks.get(at) ?? 0) + count);
    }
    const partners = new Map(
      read.value.map((partner): [string, PartnerPast] => [
        partner.key,
        {
          ...partner,
          activity: [...(activity.get(partner.key) ?? [])]
            .map(([at, events]) => ({ at, events }))
            .sort((left, right) => left.at - right.at),
        },
      ]),
    );
    const records = new TrackRecords(ended);
    const share = (key: string): number => records.share(`partner:${key}`, now) ?? 0;
    const ranked = read.value
      .filter(({ key }) => records.before(`partner:${key}`, now).closed > 0)
      .sort((left, right) => share(right.key) - share(left.key) || (left.key < right.key ? -1 : 1))
      .map(({ key, name }) => ({ key, name }));
    return { records, partners, ranked };
  }
}

const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10);
