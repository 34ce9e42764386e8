/** Numbers from 0 to below 1 that a seed decides (mulberry32, public domain). */
const numbersFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export interface Sample<Item> {
  readonly items: readonly Item[];
  /** How to see the same sample again; for the test's name. */
  readonly name: string;
}

/** A run without a seed of its own makes the same choice as every other: what fails today did not hold yesterday. */
const defaultSeed = 1;

/** All items with `TANDEM_FULL=1`; otherwise `count` of them, the same in every run. `TANDEM_SEED` makes another choice. */
export const seededSample = <Item>(items: readonly Item[], count: number): Sample<Item> => {
  if (process.env.TANDEM_FULL === '1') return { items, name: `all ${items.length}` };
  const seed = Number(process.env.TANDEM_SEED ?? defaultSeed);
  const next = numbersFrom(seed);
  const left = [...items];
  const chosen: Item[] = [];
  while (chosen.length < count && left.length > 0) chosen.push(...left.splice(Math.floor(next() * left.length), 1));
  return { items: chosen, name: `${chosen.length} of ${items.length}, TANDEM_SEED=${seed}` };
};
