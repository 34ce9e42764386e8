import { chanceFrom, type Chance } from '../../src/domain/scoring/chance.ts';
import type { DealsPast, FieldPast } from '../../src/domain/scoring/leak-facts.ts';
import { sigmoid } from '../../src/domain/scoring/measures.ts';
import { categoryColumn, numberColumn, type Column } from '../../src/domain/scoring/table.ts';

const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);
const SNAPSHOTS = [7, 30, 60] as const;

type Value = number | string | null;
/** One change of a field: when (milliseconds), and what it became. */
interface Change {
  readonly at: number;
  readonly to: Value;
}
interface Deal {
  readonly opened: number;
  readonly closed: number;
  readonly won: boolean;
  /** Traits from which the outcome was drawn, known from the start. */
  readonly size: number;
  readonly industry: string;
  readonly partner: boolean;
  readonly champion: boolean;
}
/** How a field of the generated org is written over the life of a deal. */
interface FieldStory {
  readonly name: string;
  readonly kind: 'number' | 'category';
  readonly changes: (deal: Deal, chance: Chance) => readonly Change[];
}

const pick = (values: readonly string[], chance: Chance): string =>
  values[Math.floor(chance() * values.length)] ?? values[0] ?? '';
const within = ({ opened, closed }: Deal, share: number): number => opened + (closed - opened) * share;

const innocent: readonly FieldStory[] = [
  { name: 'Industry', kind: 'category', changes: ({ opened, industry }) => [{ at: opened, to: industry }] },
  { name: 'Employees', kind: 'number', changes: ({ opened, size }) => [{ at: opened, to: size }] },
  {
    name: 'Region',
    kind: 'category',
    changes: ({ opened }, chance) => [{ at: opened, to: pick(['North', 'South', 'West'], chance) }],
  },
  {
    name: 'LeadSource',
    kind: 'category',
    changes: ({ opened, partner }, chance) => [
      { at: opened, to: partner ? 'Partner' : pick(['Web', 'Event', 'Phone'], chance) },
    ],
  },
  {
    // Found out early in the deal, and worth a lot from then on.
    name: 'Champion',
    kind: 'category',
    changes: (deal, chance) => [{ at: within(deal, chance() * 0.25), to: deal.champion ? 'Yes' : 'No' }],
  },
  {
    // Found out anywhere in the first half of the deal: it tells more and more, and honestly.
    name: 'Budget',
    kind: 'category',
    changes: (deal, chance) =>
      deal.champion && chance() < 0.8 ? [{ at: within(deal, chance() * 0.5), to: 'Confirmed' }] : [],
  },
  {
    // Worked on until the end: in a fifth of the deals the last touch is at close.
    name: 'Amount',
    kind: 'number',
    changes: (deal, chance) => {
      const first = Math.round(1_000 * Math.exp(4 * chance()));
      const later = { at: within(deal, 0.2 + 0.6 * chance()), to: Math.round(first * (0.8 + 0.4 * chance())) };
      const last = chance() < 0.2 ? [{ at: deal.closed, to: Math.round(first * (0.8 + 0.4 * chance())) }] : [];
      return [{ at: deal.opened, to: first }, ...(chance() < 0.6 ? [later] : []), ...last];
    },
  },
  {
    name: 'Competitor',
    kind: 'category',
    changes: (deal, chance) =>
      chance() < 0.3
        ? []
        : [
            {
              at: within(deal, chance() * 0.3),
              to: pick(deal.champion ? ['None', 'None', 'Acme'] : ['None', 'Acme', 'Bolt'], chance),
            },
          ],
  },
  {
    // Goes down as well as up.
    name: 'Products',
    kind: 'number',
    changes: (deal, chance) =>
      [0, 0.3, 0.6].map((share) => ({ at: within(deal, share), to: 1 + Math.floor(chance() * 5) })),
  },
];

const planted: readonly FieldStory[] = [
  {
    name: 'LossReason',
    kind: 'category',
    changes: ({ won, closed }, chance) =>
      won ? [] : [{ at: closed, to: pick(['Price', 'Timing', 'Product'], chance) }],
  },
  {
    name: 'BookedValue',
    kind: 'number',
    changes: ({ won, closed }, chance) => [{ at: closed, to: won ? Math.round(50_000 * chance()) : 0 }],
  },
  {
    // Written a day or two before the deal is closed: no change at close gives it away.
    name: 'ContractSent',
    kind: 'category',
    changes: ({ won, closed }, chance) =>
      won && chance() < 0.9 ? [{ at: closed - DAY * (1 + chance()), to: 'Yes' }] : [],
  },
  {
    name: 'AgeInDays',
    kind: 'number',
    changes: ({ opened, closed }) =>
      Array.from({ length: Math.floor((closed - opened) / DAY) }, (_, day) => ({ at: opened + day * DAY, to: day })),
  },
  {
    name: 'StageChanges',
    kind: 'number',
    changes: (deal, chance) =>
      Array.from({ length: 6 + Math.floor(chance() * 4) }, (_, index) => ({ at: within(deal, chance()), to: index }))
        .sort((left, right) => left.at - right.at)
        .map(({ at }, index) => ({ at, to: index + 1 })),
  },
  {
    name: 'Probability',
    kind: 'number',
    changes: (deal, chance) => [
      { at: deal.opened, to: 10 },
      { at: within(deal, 0.5), to: 10 + Math.floor(chance() * 60) },
      { at: deal.closed, to: deal.won ? 100 : 0 },
    ],
  },
  {
    name: 'InvoiceNumber',
    kind: 'category',
    changes: ({ won, closed }, chance) => (won ? [{ at: closed + 5 * DAY, to: `R${Math.floor(chance() * 20)}` }] : []),
  },
  {
    name: 'BuyerRating',
    kind: 'number',
    changes: ({ won, closed }, chance) =>
      chance() < 0.7 ? [{ at: closed + 10 * DAY, to: Math.min(5, Math.floor(chance() * 4) + (won ? 2 : 0)) }] : [],
  },
  {
    // Overwritten all the time; only the last word tells.
    name: 'NextStep',
    kind: 'category',
    changes: (deal, chance) => [
      ...[0, 0.2, 0.4, 0.6].map((share) => ({ at: within(deal, share), to: pick(['Call', 'Demo', 'Offer'], chance) })),
      {
        at: deal.closed - 3 * DAY * chance() - DAY,
        to: pick(deal.won ? ['Sign', 'Sign', 'Call'] : ['Call', 'Demo', 'Wait'], chance),
      },
    ],
  },
];

export interface LeakyOrg {
  readonly deals: DealsPast;
  readonly fields: readonly FieldPast[];
  readonly planted: readonly string[];
  readonly innocent: readonly string[];
}

/** An org of closed deals with the history of every field, some of which are known only at the end. Same seed, same org. */
export const leakyOrg = (count: number, seed: number): LeakyOrg => {
  const chance = chanceFrom(seed);
  const deals = Array.from({ length: count }, (): Deal => {
    const opened = START + Math.floor(chance() * 600) * DAY;
    const [size, partner, champion] = [Math.round(Math.exp(7 * chance())), chance() < 0.4, chance() < 0.5];
    const industry = pick(['Energy', 'Finance', 'Retail', 'Software'], chance);
    const logOdds =
      -0.9 + (champion ? 1.2 : 0) + (partner ? 0.6 : 0) + (industry === 'Software' ? 0.5 : 0) + (size > 100 ? 0.3 : 0);
    const closed = opened + Math.round((20 + 180 * chance()) * DAY);
    return { opened, closed, won: chance() < sigmoid(logOdds), size, industry, partner, champion };
  });
  const fields = [...innocent, ...planted].map((story): FieldPast => {
    const histories = deals.map((deal) => [...story.changes(deal, chance)].sort((left, right) => left.at - right.at));
    const valueAt = (history: readonly Change[], at: number): Value =>
      history.findLast((change) => change.at <= at)?.to ?? null;
    const columnAt = (atOf: (deal: Deal) => number): Column =>
      columnOf(
        story,
        histories.map((history, index) => valueAt(history, atOf(deals[index] as Deal))),
      );
    return {
      column: columnAt(() => Number.POSITIVE_INFINITY),
      lastChanged: Float64Array.from(histories, (history, index) => {
        const last = history.at(-1)?.at ?? Number.NaN;
        return last > (deals[index]?.opened ?? 0) ? last : Number.NaN;
      }),
      before: SNAPSHOTS.map((days) => ({ days, column: columnAt(({ closed }) => closed - days * DAY) })),
    };
  });
  return {
    deals: {
      opened: Float64Array.from(deals, ({ opened }) => opened),
      closed: Float64Array.from(deals, ({ closed }) => closed),
      outcome: Uint8Array.from(deals, ({ won }) => (won ? 1 : 0)),
    },
    fields,
    planted: planted.map(({ name }) => name),
    innocent: innocent.map(({ name }) => name),
  };
};

const columnOf = ({ name, kind }: FieldStory, values: readonly Value[]): Column =>
  kind === 'number'
    ? numberColumn(
        name,
        values.map((value) => (typeof value === 'number' ? value : null)),
      )
    : categoryColumn(
        name,
        values.map((value) => (typeof value === 'string' ? value : null)),
      );
