import { ValidationException } from '@aws-sdk/client-partnercentral-selling';

/** The exception a call ends with; it is an error when the call succeeds. */
export const failureOf = async (work: Promise<unknown>): Promise<Error> => {
  const failure = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure instanceof Error) return failure;
  throw new Error('Expected the call to be refused; it was answered.');
};

/** Reason, and field and code of every broken rule, of a call that AWS refuses. */
export const problemsOf = async (
  work: Promise<unknown>,
): Promise<{ reason: string | undefined; problems: string[] }> => {
  const failure = await failureOf(work);
  if (!(failure instanceof ValidationException)) throw failure;
  return {
    reason: failure.Reason,
    problems: (failure.ErrorList ?? []).map(({ FieldName, Code }) => `${FieldName} ${Code}`),
  };
};
