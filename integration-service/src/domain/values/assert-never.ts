/** Makes the compiler check that every case is answered; reached only when data is not what its type says. */
export const assertNever = (unexpected: never): never => {
  throw new Error(`Unexpected case: ${JSON.stringify(unexpected)}`);
};
