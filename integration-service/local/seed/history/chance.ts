/** Draws that a seed decides: the same seed gives the same draws, on every machine. */
export interface Chance {
  /** From 0 to below 1. */
  next(): number;
  /** Whole, from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  /** True that often. */
  happens(probability: number): boolean;
  /** Normally distributed, mean 0, deviation 1. */
  normal(): number;
  /** One of the items, all alike. */
  one<Item>(items: readonly Item[]): Item;
  /** One of the names, as often as its weight says. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name;
  /** Another stream of draws, which depends on the seed and the name alone: what is drawn here does not move it. */
  fork(name: string): Chance;
}

const hashOf = (text: string): number => {
  let hash = 2_166_136_261;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619) >>> 0;
  return hash;
};

/** Numbers by mulberry32 (public domain), normals by Box and Muller. */
export const chanceFrom = (seed: number): Chance => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    whole,
    happens: (probability) => next() < probability,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    one: (items) => {
      const item = items[whole(0, items.length - 1)];
      if (item === undefined) throw new Error('there is nothing to draw from');
      return item;
    },
    weighted: (weights) => {
      const entries = Object.entries(weights) as [keyof typeof weights, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) {
        left -= weight;
        if (left < 0) return name;
      }
      const [last] = entries.at(-1) ?? [];
      if (last === undefined) throw new Error('there is nothing to draw from');
      return last;
    },
    fork: (name) => chanceFrom(hashOf(`${seed} ${name}`)),
  };
};
