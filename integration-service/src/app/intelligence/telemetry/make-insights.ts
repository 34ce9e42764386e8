import { dayOf, dayText, weekOf } from '../../../domain/telemetry/event.ts';
import { insightsOf, WEEKS_COMPARED, type Insight, type WeekOfAccount } from '../../../domain/telemetry/insights.ts';
import { partnerView, within, type PartnerView } from '../../../domain/telemetry/partner-view.ts';
import type { OrgRuntime } from '../../org-runtime.ts';
import { insightRow } from './insight-rows.ts';

const partnersAtOnce = 200;
/** For one partner and audience: what nobody would read is not written. */
const mostOfPartner = 12;
/** Records that are written in one call, and calls of one run: at most 2,880 a day of an org's 100,000 or more, however many partners change. */
const shownAtOnce = 200;
const callsOfRun = 20;
const changesCursor = 'insights:changes';
const weekCursor = 'insights:week';

type Org = Pick<OrgRuntime, 'telemetry' | 'crmTelemetry' | 'crm' | 'clock' | 'log'>;

/** The eight Mondays that are compared, oldest first; the week that goes on is not among them. */
export const comparedWeeks = (nowMs: number): readonly string[] => {
  const monday = weekOf(dayOf(nowMs));
  return Array.from({ length: 2 * WEEKS_COMPARED }, (_, index) => dayText(monday - 7 * (2 * WEEKS_COMPARED - index)));
};

/** Looks at partners whose numbers changed, all of them once a week is over, and writes what is new on the records. */
export const makeInsights = async (org: Org): Promise<void> => {
  const { telemetry } = org;
  const nowMs = Date.parse(org.clock.now());
  const weeks = comparedWeeks(nowMs);
  const newest = weeks.at(-1) ?? '';
  const newWeek = (await telemetry.cursors.read(weekCursor)) !== newest;
  const grants = await org.crmTelemetry.grants();
  if (!grants.ok) throw new Error(grants.error.message);
  const granted = Map.groupBy(grants.value, ({ partner }) => partner);
  const viewOf = (partner: string): PartnerView | null =>
    partnerView(
      (granted.get(partner) ?? []).map(({ grant }) => grant),
      nowMs,
    );

  let cursor = newWeek ? null : await telemetry.cursors.read(changesCursor);
  for (;;) {
    const changed = await telemetry.rollups.changedSince(cursor, partnersAtOnce);
    if (changed.partners.length === 0) break;
    await lookAt(org, changed.partners, weeks, viewOf);
    cursor = changed.cursor;
    await telemetry.cursors.keep(changesCursor, cursor);
  }
  if (newWeek) await telemetry.cursors.keep(weekCursor, newest);
  // A grant that ended takes back what its partner could see, whether or not a number changed.
  for (const partner of await telemetry.insights.partners('partner'))
    if (viewOf(partner) === null) await telemetry.insights.replace(partner, 'partner', []);
  await showInsights(org);
};

const lookAt = async (
  { telemetry }: Org,
  partners: readonly string[],
  weeks: readonly string[],
  viewOf: (partner: string) => PartnerView | null,
): Promise<void> => {
  const rows = await telemetry.rollups.accountSeries({
    partners,
    from: weeks[0] ?? '',
    to: weeks.at(-1) ?? '',
    by: 'week',
  });
  const own = Map.groupBy(rows, ({ partner }) => partner);
  for (const partner of partners) {
    const theirs: readonly WeekOfAccount[] = own.get(partner) ?? [];
    await telemetry.insights.replace(partner, 'company', first(insightsOf(partner, theirs, weeks, 'company')));
    const view = viewOf(partner);
    // Each is of one signal, and of one account or of all, so none shows through another that is left.
    const seen =
      view === null
        ? []
        : insightsOf(partner, theirs, weeks, 'partner').filter(({ signal, account }) => within(view, signal, account));
    await telemetry.insights.replace(partner, 'partner', first(seen));
  }
};

const first = (insights: readonly Insight[]): readonly Insight[] => insights.slice(0, mostOfPartner);

/** Brings the records to what holds, the rest in the next run. One that the org refuses is said in the log, and tried again when it changes. */
const showInsights = async ({ telemetry, crm, log }: Org): Promise<void> => {
  for (let calls = 0; calls < callsOfRun; calls += 1) {
    const unshown = await telemetry.insights.unshown(shownAtOnce);
    if (unshown.length === 0) return;
    const written = await crm.upsertRows(unshown.map(insightRow));
    if (!written.ok) throw new Error(written.error.message);
    for (const { key, problem } of written.value)
      if (problem !== null) log.warn({ key, problem }, 'an insight could not be shown');
    await telemetry.insights.shown(unshown);
  }
};
