import { z } from 'zod';
import { broken, ok, type Result } from '../../domain/values/result.ts';
import type { PortError } from '../../ports/partner-portal/partner-portal.ts';
import { SalesforceError } from './client.ts';
import { apiError, saveResults } from './wire.ts';

/**
 * Too many calls at once are over in a moment. Too many in 24 hours (a rolling window) ease little by little: asked
 * again three times a minute, so that what is already at the partner does not stay unwritten longer than it must.
 */
const limitedForMs = (message: string): number => (/concurrent/i.test(message) ? 2_000 : 20_000);

/** Salesforce's answer as one of the port's errors. Our writes go by key, so repeating one is safe. */
export const toPortError = (error: unknown): PortError => {
  if (!(error instanceof SalesforceError))
    return {
      kind: 'rejected',
      retry: 'never',
      message: error instanceof Error ? error.message : String(error),
      problems: [],
    };
  const { status, code, message, fields } = error;
  const problems = fields.map((target) => ({ target, code, message }));
  if (status === 429)
    return { kind: 'rate-limited', retry: 'safe', message, problems, retryAfterMs: limitedForMs(message) };
  if (status === 0 || (status >= 500 && status !== 501))
    return { kind: 'unavailable', retry: 'safe', message, problems };
  if (status === 401 || status === 403 || code.startsWith('SIGN_IN_'))
    return { kind: 'unauthorized', retry: 'safe', message, problems };
  if (status === 404) return { kind: 'not-found', retry: 'never', message, problems };
  return { kind: 'rejected', retry: 'never', message, problems };
};

/** What work throws, as an answer of the port. */
export const guarded = async <Value>(work: () => Promise<Value>): Promise<Result<Value, PortError>> => {
  try {
    return ok(await work());
  } catch (error) {
    return broken(toPortError(error));
  }
};

/** What is wrong with one part of a composite call; null: nothing. */
export const problemOf = (answer: { status: number; body: unknown } | undefined): SalesforceError | null => {
  if (!answer) return new SalesforceError(500, 'NO_ANSWER', 'a part of a composite call was not answered');
  if (answer.status >= 400) {
    const known = z.array(apiError).safeParse(answer.body);
    const [first] = known.success ? known.data : [];
    return new SalesforceError(
      answer.status,
      first?.errorCode ?? 'UNKNOWN',
      first?.message ?? 'no reason was given',
      first?.fields ?? [],
    );
  }
  const results = saveResults.safeParse(answer.body);
  const failed = results.success ? results.data.flatMap((result) => (result.success ? [] : result.errors)) : [];
  const cause = failed.find((one) => one.statusCode !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK') ?? failed[0];
  return cause ? new SalesforceError(400, cause.statusCode ?? 'UNKNOWN', cause.message, cause.fields ?? []) : null;
};
