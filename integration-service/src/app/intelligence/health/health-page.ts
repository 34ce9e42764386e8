import type { AssessedHealth } from '../../../domain/health/assess.ts';
import { killScopes } from '../../../domain/guardrails/policies/kill-switch.ts';
import { interventionKey } from '../../../domain/health/intervention.ts';
import type { HealthWeights } from '../../../domain/health/health-score.ts';
import type { Landscape } from '../../../domain/health/landscape.ts';
import { mondayOf } from '../../../domain/health/weeks.ts';
import type { Result } from '../../../domain/values/result.ts';
import {
  assessPartners,
  daysOf,
  type LookedAtWeeks,
  type PartnerCount,
} from '../../../functions/customer-success/assess-partners.ts';
import type {
  DeclineOutcome,
  FlaggedDecline,
  RememberedPartner,
} from '../../../infrastructure/health/postgres-health.ts';
import type { OwnRow } from '../../../ports/crm/own-rows.ts';
import type { BookedPartner, OpenBusiness } from '../../../ports/partner-book/partner-book.ts';
import type { PortError } from '../../../ports/partner-portal/partner-portal.ts';
import { recordBatch } from '../../decisions/record-batch.ts';
import type { OrgRuntime } from '../../org-runtime.ts';
import { healthRow, shownOf } from './health-row.ts';

const DAY_MS = 86_400_000;
/** Partners whose series are in memory at once: sixty weeks of a dozen kinds each. */
export const SERIES_AT_ONCE = 200;
/** Days are read for the last contact; before that, the week is known. */
const CONTACT_DAYS = 14;

/** What of an org its partners' health is worked out with. */
export type HealthOrg = Pick<
  OrgRuntime,
  'org' | 'user' | 'crm' | 'clock' | 'log' | 'ledger' | 'control' | 'telemetry' | 'health' | 'partnerBook' | 'trace'
>;

/** What a look came to. */
export interface HealthLook {
  readonly looked: number;
  /** Records that show something else now. */
  readonly written: number;
  /** Declines that were flagged. */
  readonly flagged: number;
}

/** @throws what the port said, after what it was about. */
export const taken = <Value>(answer: Result<Value, PortError>, what: string): Value => {
  if (!answer.ok) throw new Error(`${what}: ${answer.error.message}`);
  return answer.value;
};

/** Whether an operator's switch stops the health of partners. */
export const isStopped = async ({ control }: Pick<OrgRuntime, 'control'>): Promise<boolean> => {
  const scopes = killScopes({ function: 'customer-success', partner: '' });
  return (await control.stops()).some(({ scope }) => scopes.includes(scope));
};

/** Weekly counts of some partners, over the weeks that are looked at. */
export const countsOf = (
  { telemetry }: Pick<OrgRuntime, 'telemetry'>,
  partners: readonly string[],
  weeks: LookedAtWeeks,
): Promise<readonly PartnerCount[]> => telemetry.rollups.series({ partners, ...daysOf(weeks), by: 'week' });

/** What is known around a page of partners. */
export interface AroundPage {
  readonly landscape: Landscape;
  readonly weeks: LookedAtWeeks;
  readonly weights: HealthWeights;
  /** By partner; null: not read, and left on the records as it is. */
  readonly business: ReadonlyMap<string, OpenBusiness> | null;
  /** Told of each partner as it was assessed. */
  readonly each?: (partner: BookedPartner, health: AssessedHealth) => void;
}

/** Works out the health of partners page by page: in parts, recorded in the ledger, written to Salesforce, then remembered. */
export class HealthPage {
  readonly #org: HealthOrg;

  constructor(org: HealthOrg) {
    this.#org = org;
  }

  /** Some thousand partners at most: their rows are in memory together. @throws what the org or the database said. */
  async look(
    partners: readonly BookedPartner[],
    { landscape, weeks, weights, business, each }: AroundPage,
  ): Promise<HealthLook> {
    const { health, clock } = this.#org;
    const now = clock.now();
    const rows: OwnRow[] = [];
    const remembered: RememberedPartner[] = [];
    const flagged: FlaggedDecline[] = [];
    const ended: { partner: string; outcome: DeclineOutcome; week: string }[] = [];
    for (const some of inParts(partners, SERIES_AT_ONCE)) {
      const keys = some.map(({ key }) => key);
      const before = await health.remembered(keys);
      const contacts = await this.#contacts(keys, now);
      const assessed = assessPartners(
        some.map(({ key, segment }) => ({
          key,
          segment,
          remembered: { decline: before.get(key)?.decline ?? null, band: before.get(key)?.band ?? null },
        })),
        await countsOf(this.#org, keys, weeks),
        weeks,
        landscape,
        weights,
      );
      for (const partner of some) {
        const one = assessed.get(partner.key);
        if (!one) continue;
        const known = before.get(partner.key);
        each?.(partner, one);
        const shown = shownOf(one);
        const lastContact = later(
          contacts.get(partner.key) ?? null,
          known?.lastContact ?? null,
          one.lastContactWeek === null ? null : mondayOf(one.lastContactWeek),
        );
        const isNew = known?.shown !== shown || isOld(known.shownAt, now);
        if (isNew)
          rows.push(
            healthRow(partner.key, one, {
              now,
              lastContact,
              business: business === null ? null : (business.get(partner.key) ?? { deals: 0, amount: 0 }),
            }),
          );
        remembered.push({
          partner: partner.key,
          band: one.band,
          score: one.reading.score,
          decline: one.decline,
          shown,
          shownAt: isNew ? now : known.shownAt,
          lastContact,
        });
        for (const event of one.events)
          if (event.type !== 'declining')
            ended.push({ partner: partner.key, outcome: event.type, week: mondayOf(event.week) });
        // A partnership that was ended while it fell: what the flag was about.
        if (one.declining && !partner.active)
          ended.push({ partner: partner.key, outcome: 'left', week: mondayOf(weeks.to) });
        if (one.declining && partner.active && known?.decline.flagged !== one.declining.flagged)
          flagged.push({
            key: interventionKey(partner.key, one.declining.flagged),
            partner: partner.key,
            flagged: mondayOf(one.declining.flagged),
            since: mondayOf(one.declining.since),
            signals: one.declining.signals,
            score: one.reading.score,
            factors: Object.fromEntries(one.reading.contributions.map(({ name, value }) => [name, value])),
          });
      }
    }
    const refused = await this.#write(rows, remembered, now);
    // What the org refused is not remembered as shown, so that it is tried again.
    const kept = remembered.map((one) => (refused.has(one.partner) ? { ...one, shown: '' } : one));
    this.#org.trace('health-before-kept');
    await health.keep(kept, flagged, ended);
    return { looked: partners.length, written: rows.length - refused.size, flagged: flagged.length };
  }

  /** Records what was decided, then writes it. Gives the keys of partners whose record the org refused. */
  async #write(
    rows: readonly OwnRow[],
    remembered: readonly RememberedPartner[],
    now: string,
  ): Promise<ReadonlySet<string>> {
    if (rows.length === 0) return new Set();
    const { crm, log, org } = this.#org;
    const changed = new Set(rows.map(({ key }) => key));
    const first = rows[0]?.key ?? '';
    await recordBatch(this.#org, {
      decision: `assess-health:customer-success:${first}#${now}`,
      function: 'customer-success',
      useCase: 'assess-health',
      agent: 'agent:customer-success',
      says: `The health of ${rows.length} ${rows.length === 1 ? 'partner' : 'partners'} was worked out anew.`,
      rules: [
        { rule: 'kill-switch', ruleVersion: 1, policyVersion: 0, answer: 'allow', reason: '', read: ['killSwitches'] },
      ],
      items: remembered
        .filter(({ partner }) => changed.has(partner))
        .map(({ partner, band, score, decline }) => ({
          partner,
          band,
          score,
          declining: decline.status === 'declining',
        })),
      facts: [{ name: 'rollups', source: 'telemetry', readAt: now }],
    });
    const refused = new Set<string>();
    for (const { key, problem } of taken(await crm.upsertRows(rows), 'the health of partners could not be written'))
      if (problem !== null) {
        refused.add(key);
        log.warn({ org, partner: key, problem }, 'the health of a partner could not be written');
      }
    return refused;
  }

  /** The last day on which each was met, as far as the last two weeks tell. */
  async #contacts(partners: readonly string[], now: string): Promise<ReadonlyMap<string, string>> {
    const to = now.slice(0, 10);
    const from = new Date(Date.parse(now) - CONTACT_DAYS * DAY_MS).toISOString().slice(0, 10);
    const contacts = new Map<string, string>();
    for (const { partner, signal, period } of await this.#org.telemetry.rollups.series({
      partners,
      from,
      to,
      by: 'day',
    }))
      if (signal === 'interaction' && period > (contacts.get(partner) ?? '')) contacts.set(partner, period);
    return contacts;
  }
}

/** The guardrail on health asks how old a score is: a record that shows the same is written again after a week. */
const isOld = (shownAt: string, now: string): boolean => Date.parse(now) - Date.parse(shownAt) > 7 * DAY_MS;

const later = (...days: readonly (string | null)[]): string | null =>
  days.reduce<string | null>((last, day) => (day !== null && (last === null || day > last) ? day : last), null);

export const inParts = <Value>(values: readonly Value[], size: number): readonly (readonly Value[])[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, part) => values.slice(part * size, (part + 1) * size));
