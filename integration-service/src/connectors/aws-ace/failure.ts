import type { FieldProblem } from '../../domain/decisions/effect.ts';
import type { PortError } from '../../ports/partner-portal/partner-portal.ts';
import { HostNotAllowed, NothingSent } from './client.ts';
import { labelOf } from './problems.ts';

/** Whether a call changes something at AWS: then an answer that did not come leaves the outcome unknown. */
export type CallKind = 'read' | 'write';

/** What to do about each of AWS's validation codes (`ValidationExceptionErrorCode` of the API model, all ten). */
export const WHAT_TO_DO: Readonly<Record<string, string>> = {
  REQUIRED_FIELD_MISSING: 'Give a value.',
  INVALID_ENUM_VALUE: 'Pick one of AWS’s values.',
  INVALID_STRING_FORMAT: 'Put it into the form that AWS asks for.',
  INVALID_VALUE: 'Give another value.',
  NOT_ENOUGH_VALUES: 'Give more values.',
  TOO_MANY_VALUES: 'Give fewer values.',
  INVALID_RESOURCE_STATE: 'Look at where the deal stands at AWS, and try again when that has changed.',
  DUPLICATE_KEY_VALUE: 'It is there already; look for it at AWS.',
  VALUE_OUT_OF_RANGE: 'Give a value within the range.',
  ACTION_NOT_PERMITTED: 'It cannot be changed now; wait for AWS’s review.',
};

/** Network errors that happen before anything can have been sent. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_INVALID_URL',
]);

const error = (
  kind: PortError['kind'],
  retry: PortError['retry'],
  message: string,
  problems: readonly FieldProblem[] = [],
): PortError => ({ kind, retry, message, problems });

/**
 * What went wrong with a call, in the port's words. The rule for writes: only an answer that AWS gives *before* doing
 * anything (refused, throttled) is a failure; everything else that is not a success may have happened.
 */
export const failureOf = (thrown: unknown, kind: CallKind): PortError => {
  if (thrown instanceof NothingSent) return notSent(thrown);
  const { name, code, status, message } = facetsOf(thrown);
  switch (name) {
    case 'ValidationException': {
      const problems = fieldProblems(thrown);
      const said = problems.map((problem) => problem.message).join(' ') || `AWS refused the request: ${message}`;
      return error('rejected', 'never', said, problems);
    }
    case 'ConflictException':
      return error('conflict', 'check-first', `AWS says it was changed meanwhile: ${message} Read it again first.`);
    case 'ResourceNotFoundException':
      return error('not-found', 'never', `AWS does not have it, or this account may not see it: ${message}`);
    case 'AccessDeniedException':
      return error(
        'unauthorized',
        'never',
        `AWS denies this to our credentials: ${message} Ask the AWS administrator for the policy AWSPartnerCentralOpportunityManagement.`,
      );
    case 'ThrottlingException':
      return error('rate-limited', 'safe', 'AWS asks us to slow down.');
    case 'ServiceQuotaExceededException':
      return error('rate-limited', 'safe', `The AWS account has reached a quota: ${message} Ask AWS to raise it.`);
    default:
      break;
  }
  // The SDK has learnt AWS's time from this very answer, so the next try is signed with it.
  if (signatureErrors.has(name) && /signature (expired|not yet current)/i.test(message))
    return error('unavailable', 'safe', 'Our clock differs from AWS’s.');
  if (signatureErrors.has(name))
    return error('unauthorized', 'never', `AWS does not accept our credentials (${name}). Run the doctor.`);
  if (NEVER_SENT.has(code) || neverConnected(name, message))
    return error('unavailable', 'safe', `AWS could not be reached (${code || name}).`);
  if (status !== undefined && status >= 400 && status < 500)
    return status === 429
      ? error('rate-limited', 'safe', 'AWS asks us to slow down.')
      : error('rejected', 'never', `AWS refused the request (${name}): ${message}`);
  return kind === 'read'
    ? error('unavailable', 'safe', `AWS did not answer (${code || name}).`)
    : error(
        'outcome-unknown',
        'check-first',
        `AWS did not say whether it was done (${code || name}). We look before we try again.`,
      );
};

const notSent = ({ cause, message }: NothingSent): PortError => {
  if (cause instanceof HostNotAllowed) return error('unauthorized', 'never', message);
  return facetsOf(cause).name === 'CredentialsProviderError'
    ? error('unauthorized', 'never', `There are no AWS credentials: ${message} Set them, or the profile to use.`)
    : error('unavailable', 'safe', `The call to AWS was not sent: ${message}`);
};

const signatureErrors = new Set([
  'InvalidSignatureException',
  'UnrecognizedClientException',
  'MissingAuthenticationTokenException',
  'MissingAuthenticationToken',
  'IncompleteSignatureException',
  'IncompleteSignature',
  'ExpiredTokenException',
  'ExpiredToken',
  'InvalidClientTokenId',
]);

/** The SDK's handler tells a connection that was not made from an answer that did not come by its text alone. */
const neverConnected = (name: string, message: string): boolean =>
  name === 'TimeoutError' && /without establishing a connection|connection timed out/i.test(message);

interface Facets {
  readonly name: string;
  readonly code: string;
  readonly status: number | undefined;
  readonly message: string;
}

const facetsOf = (thrown: unknown): Facets => {
  const given = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Record<string, unknown>;
  const metadata = given.$metadata as { readonly httpStatusCode?: unknown } | undefined;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    name: text(given.name) || 'Error',
    code: text(given.code),
    status: typeof metadata?.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined,
    message: text(given.message) || text(given.Message),
  };
};

/** AWS's `ErrorList`, each entry in words with what to do about it. */
const fieldProblems = (thrown: unknown): readonly FieldProblem[] => {
  const { ErrorList } = thrown as { readonly ErrorList?: unknown };
  if (!Array.isArray(ErrorList)) return [];
  return ErrorList.map((entry: Record<string, unknown>) => {
    const target = targetOfField(typeof entry.FieldName === 'string' ? entry.FieldName : '');
    const code = typeof entry.Code === 'string' ? entry.Code : '';
    const said = typeof entry.Message === 'string' ? entry.Message : 'AWS gives no reason.';
    const todo = WHAT_TO_DO[code] ?? '';
    return {
      target,
      code,
      message: [target === '' ? '' : `${labelOf(target)}:`, said, todo].filter(Boolean).join(' '),
    };
  });
};

/** AWS writes a field as `Project.Title` or as `project.expectedCustomerSpend.1.member.amount`; we have one form. */
export const targetOfField = (field: string): string =>
  field
    .split('.')
    .filter((step) => step !== '' && step !== 'member' && !/^\d+$/.test(step))
    .map((step) => `${step.charAt(0).toUpperCase()}${step.slice(1)}`)
    .join('.');
