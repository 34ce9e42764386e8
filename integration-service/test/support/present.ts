/** The value, which the test knows to be there; says so when it is not. */
export const present = <Value>(value: Value | null | undefined): Value => {
  if (value === null || value === undefined) throw new Error('a value that the test rests on is missing');
  return value;
};
