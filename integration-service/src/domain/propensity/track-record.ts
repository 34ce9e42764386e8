/** How many of somebody's deals had ended by then, and how many of those were won. */
export interface PastDeals {
  readonly closed: number;
  readonly won: number;
}

/** An ended deal, by everything that has a record of its own. */
export interface Ended {
  readonly at: number;
  readonly won: boolean;
  /** `owner:005…`, `partner:aws`: whose record it counts for. */
  readonly keys: readonly string[];
}

/** Deals that a record needs before its share is half as sure as that of everybody. */
const HOLD = 5;
const nothing: PastDeals = { closed: 0, won: 0 };
/** The record of everybody. */
const ALL = 'all';

/** Who had won how many deals at any moment: ended deals in the order of time, counted up once. */
export class TrackRecords {
  readonly #times = new Map<string, { readonly at: number[]; readonly won: number[] }>();

  constructor(ended: readonly Ended[]) {
    for (const { at, won, keys } of [...ended].sort((left, right) => left.at - right.at))
      for (const key of new Set([ALL, ...keys])) {
        const known = this.#times.get(key) ?? { at: [], won: [] };
        this.#times.set(key, known);
        known.at.push(at);
        known.won.push((known.won.at(-1) ?? 0) + (won ? 1 : 0));
      }
  }

  /** Of the deals that had ended before `at`; one that ends at that very moment is not known yet. */
  before(key: string, at: number): PastDeals {
    const known = this.#times.get(key);
    if (!known) return nothing;
    let low = 0;
    let high = known.at.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((known.at[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? nothing : { closed: low, won: known.won[low - 1] ?? 0 };
  }

  /** Share of won deals, held towards everybody's while there are few; null: no deal of theirs had ended. */
  share(key: string, at: number): number | null {
    const { closed, won } = this.before(key, at);
    if (closed === 0) return null;
    const all = this.before(ALL, at);
    return (won + (HOLD * all.won) / all.closed) / (closed + HOLD);
  }
}
