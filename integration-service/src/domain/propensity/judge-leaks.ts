import type { FieldPast } from '../scoring/leak-facts.ts';
import { judgeFields, type FieldVerdict } from '../scoring/leak-guard.ts';
import { categoryColumn, numberColumn, type Column } from '../scoring/table.ts';
import { dealAsOf, fieldThen, type DealThen } from './as-of.ts';
import { endedAt, type Deal } from './deal.ts';
import type { FeatureSpec, Moment, World } from './features.ts';

const DAY = 86_400_000;
/** Days before the end at which a field is looked at again: what it tells then must not have appeared at the end. */
const BEFORE_DAYS = [7, 30, 90] as const;
/** Of an open deal's values this share of a closed one's must be there, where no history tells when they were filled in. */
const OPEN_SHARE = 0.6;
/** Deals that a share is taken of. */
const LEAST_DEALS = 30;

/** A judged field, for the report that an admin reads. */
export interface LeakVerdict extends FieldVerdict {
  readonly label: string;
  readonly source: string;
  /** Whether a score may be learned from it. */
  readonly used: boolean;
}

/** Values that nothing came after: as the deal stands today. */
const today = (deal: Deal, at: number): DealThen => ({
  ...(dealAsOf(deal, at) as DealThen),
  field: (name) => deal.fields[name] ?? null,
});

const column = (feature: FeatureSpec, moments: readonly (Moment | null)[]): Column => {
  const values = moments.map((moment) => (moment === null ? null : feature.value(moment)));
  return feature.kind === 'number'
    ? numberColumn(
        feature.name,
        values.map((value) => (typeof value === 'number' ? value : null)),
      )
    : categoryColumn(
        feature.name,
        values.map((value) => (value === null ? null : String(value))),
      );
};

/** Whether the field holds something: for one of which only counts whether it is given, that it is. */
const holds = (feature: FeatureSpec, moment: Moment): boolean => {
  const value = feature.value(moment);
  return value !== null && !(feature.how.startsWith('whether') && value === 'no');
};

/**
 * Judges the fields that people fill in, before anything is learned from them (`domain/scoring/leak-guard`), with what the
 * history of each shows. A field of the company's own without any history is used only where open deals hold it like
 * closed ones, so that it is not filled in at the end; what is dates, or what had ended by then, cannot leak.
 */
export const judgeLeaks = (
  features: readonly FeatureSpec[],
  closed: readonly Deal[],
  open: readonly Deal[],
  now: number,
  world: World,
): readonly LeakVerdict[] => {
  const deals = closed.filter((deal) => endedAt(deal) !== null);
  const ends = deals.map((deal) => endedAt(deal) ?? 0);
  const past = {
    opened: Float64Array.from(deals, ({ createdAt }) => createdAt),
    closed: Float64Array.from(ends),
    outcome: Uint8Array.from(deals, ({ won }) => (won ? 1 : 0)),
  };
  const atEnd = deals.map((deal, index): Moment => ({ deal, then: today(deal, ends[index] ?? 0), world }));
  const stillOpen = open.map((deal): Moment | null => {
    const then = dealAsOf(deal, now);
    return then && { deal, then, world };
  });
  const judged = features.filter(({ field }) => field !== null && !COURSE_FIELDS.has(field));
  return judged.map((feature): LeakVerdict => {
    const name = feature.field ?? '';
    const changed = deals.map((deal) => lastChange(deal, name));
    const tracked = changed.some(Number.isFinite);
    const facts: FieldPast = {
      column: column(feature, atEnd),
      lastChanged: tracked ? Float64Array.from(changed) : null,
      before: tracked
        ? BEFORE_DAYS.map((days) => ({
            days,
            column: column(
              feature,
              deals.map((deal, index) => atMoment(deal, (ends[index] ?? 0) - days * DAY, world)),
            ),
          }))
        : [],
    };
    const [verdict] = judgeFields(past, [facts]);
    if (!verdict) throw new Error(`${feature.name} was not judged`);
    const told = { ...verdict, field: name, label: feature.label, source: feature.source };
    const late = tracked ? null : filledInAtTheEnd(feature, atEnd, stillOpen);
    if (verdict.verdict !== 'refused' && late !== null) return { ...told, verdict: 'refused', why: late, used: false };
    return { ...told, used: verdict.verdict === 'used' || (verdict.verdict === 'suspect' && tracked) };
  });
};

/** Fields whose course every org keeps: what they were is always known. */
const COURSE_FIELDS: ReadonlySet<string> = new Set(['Amount', 'StageName', 'CloseDate']);

const lastChange = (deal: Deal, name: string): number =>
  deal.changes.reduce((last, { field, at }) => (field === name && !(last > at) ? at : last), Number.NaN);

const atMoment = (deal: Deal, at: number, world: World): Moment | null => {
  // Before it was made a deal holds what it was made with.
  const then = dealAsOf(deal, Math.max(at, deal.createdAt));
  return (
    then && { deal, then: { ...then, field: (name) => fieldThen(deal, name, deal.fields[name] ?? null, at) }, world }
  );
};

const filledInAtTheEnd = (
  feature: FeatureSpec,
  closed: readonly Moment[],
  open: readonly (Moment | null)[],
): string | null => {
  const known = open.filter((moment): moment is Moment => moment !== null);
  if (closed.length < LEAST_DEALS || known.length < LEAST_DEALS) return null;
  const share = (moments: readonly Moment[]): number =>
    moments.filter((moment) => holds(feature, moment)).length / moments.length;
  const [then, now] = [share(closed), share(known)];
  return then > 0.02 && now < OPEN_SHARE * then
    ? `It is given on ${Math.round(then * 100)} % of the closed deals and on ${Math.round(now * 100)} % of the open ones, and no history shows when it is filled in.`
    : null;
};
