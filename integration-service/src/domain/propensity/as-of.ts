import type { CourseStep, Deal, DealValue } from './deal.ts';

/** A deal as it stood at a moment: nothing in it was written later. */
export interface DealThen {
  readonly at: number;
  readonly stage: string;
  /** When the stage was entered. */
  readonly stageSince: number;
  readonly amount: number | null;
  /** The first amount that it was given; null: none until then. */
  readonly firstAmount: number | null;
  readonly closeDate: string | null;
  /** How often the close date had been moved to a later day. */
  readonly pushes: number;
  readonly ownerId: string | null;
  readonly products: readonly string[];
  readonly partners: readonly string[];
  field(name: string): DealValue;
}

/** The value that a field had: the one of today, taken back through every change that came after. */
export const fieldThen = (deal: Deal, name: string, today: DealValue, at: number): DealValue => {
  let value = today;
  let earliest = Number.POSITIVE_INFINITY;
  // The first change after the moment tells what was before it.
  for (const change of deal.changes)
    if (change.field === name && change.at > at && change.at < earliest) {
      earliest = change.at;
      value = change.was;
    }
  return value;
};

/**
 * The deal as it stood at `at`; null where that cannot be known: before it was made, or where its course is not told. An
 * open deal of today needs no course for what it is now.
 */
export const dealAsOf = (deal: Deal, at: number): DealThen | null => {
  const told = deal.course.filter((step) => step.at <= at);
  const course = told.length > 0 ? told : courseOfToday(deal, at);
  const last = course.at(-1);
  if (!last || deal.createdAt > at) return null;
  let stageSince = course[0]?.at ?? last.at;
  let pushes = 0;
  let before: CourseStep | null = null;
  let firstAmount: number | null = null;
  for (const step of course) {
    if (before !== null && step.stage !== before.stage) stageSince = step.at;
    if (before?.closeDate && step.closeDate && step.closeDate > before.closeDate) pushes += 1;
    firstAmount ??= step.amount;
    before = step;
  }
  return {
    at,
    stage: last.stage,
    stageSince,
    amount: last.amount,
    firstAmount,
    closeDate: last.closeDate,
    pushes,
    ownerId: asText(fieldThen(deal, 'OwnerId', deal.ownerId, at)),
    products: [...new Set(deal.products.filter(({ addedAt }) => addedAt <= at).map(({ family }) => family))].sort(),
    partners: deal.partners.filter(({ since }) => since <= at).map(({ key }) => key),
    field: (name) => fieldThen(deal, name, deal.fields[name] ?? null, at),
  };
};

/** Without a course, what stands on the deal is known from its last change on. */
const courseOfToday = (deal: Deal, at: number): readonly CourseStep[] =>
  deal.course.length === 0 && !deal.closed && at >= Date.parse(deal.changedAt)
    ? [{ at: deal.createdAt, stage: deal.stage, amount: deal.amount, closeDate: deal.closeDate }]
    : [];

const asText = (value: DealValue): string | null => (typeof value === 'string' ? value : null);
