/** Taken once: where tests run, a global is looked up anew at every use, and these are used a million times. */
const { floor, imul } = Math;

/** A source of numbers from 0 up to 1 that gives the same ones for the same seed. */
export type Chance = () => number;

/** The generator "mulberry32" (T. Ettinger, 2017): 32 bits of state, plenty for shuffling rows. */
export const chanceFrom = (seed: number): Chance => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
};

/** Puts the values in another order, in place (R. Durstenfeld, 1964). */
export const shuffle = (values: Int32Array, chance: Chance): Int32Array => {
  for (let last = values.length - 1; last > 0; last -= 1) {
    const other = floor(chance() * (last + 1));
    const value = values[last] as number;
    values[last] = values[other] as number;
    values[other] = value;
  }
  return values;
};

/** The row numbers 0 … count-1. */
export const countTo = (count: number): Int32Array => Int32Array.from({ length: count }, (_, index) => index);
