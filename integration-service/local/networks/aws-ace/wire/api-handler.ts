import type { AceCredential, AceSettings } from '../settings.ts';
import { operations } from '../operations/index.ts';
import type { Answer, Call, Operation } from '../operations/context.ts';
import { parseRequest } from '../model/explain-problems.ts';
import { isOffered, offeredOperations, quotaKind } from '../model/requests.ts';
import type { OperationName } from '../model/requests.ts';
import type { authenticator, SignedRequest } from './authenticate.ts';
import { AceError, accessDenied, problem, serializationException, validationException } from './errors.ts';
import { ConnectionLost } from './faults.ts';
import type { CallCounter, Faults } from './faults.ts';
import type { Quotas } from './quotas.ts';

const targetPrefix = 'AWSPartnerCentralSelling.';

export interface ApiParts {
  readonly settings: AceSettings;
  readonly authenticate: ReturnType<typeof authenticator>;
  readonly quotas: Quotas | undefined;
  readonly faults: Faults;
  readonly counter: CallCounter;
  /** Runs work in a transaction and sends its notices after the commit. */
  readonly write: <Result>(work: (call: Call) => Promise<Result>) => Promise<Result>;
  /** Runs work that changes nothing. */
  readonly read: <Result>(work: (call: Call) => Promise<Result>) => Promise<Result>;
}

const readJson = (body: Buffer): Record<string, unknown> => {
  let read: unknown;
  try {
    read = JSON.parse(body.toString('utf8'));
  } catch {
    throw serializationException('The request body is not JSON.');
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read))
    throw serializationException('The request body is not a JSON object.');
  return read as Record<string, unknown>;
};

const targetOf = (request: SignedRequest): string => {
  const header = request.headers['x-amz-target'];
  const target = Array.isArray(header) ? header[0] : header;
  if (!target?.startsWith(targetPrefix))
    throw new AceError(
      'UnknownOperationException',
      404,
      `X-Amz-Target must begin with ${targetPrefix}; it is ${target ?? 'absent'}.`,
    );
  return target.slice(targetPrefix.length);
};

const notOffered = (name: string): AceError =>
  new AceError(
    'UnknownOperationException',
    404,
    `The operation ${name} is not offered here. Offered: ${offeredOperations.join(', ')}.`,
  );

const checkAccess = (
  settings: AceSettings,
  credential: AceCredential,
  operation: OperationName,
  catalog: string,
): void => {
  if (!settings.catalogs.includes(catalog))
    throw validationException('REQUEST_VALIDATION_FAILED', [
      problem('Catalog', 'INVALID_VALUE', `Value at 'catalog' must be one of: ${settings.catalogs.join(', ')}`),
    ]);
  const action = `partnercentral:${operation}`;
  const who = `User: arn:aws:iam::${settings.partner.accountId}:user/${credential.accessKeyId}`;
  const what = `arn:aws:partnercentral:us-east-1:${settings.partner.accountId}:catalog/${catalog}/*`;
  if (credential.denied?.includes(operation))
    throw accessDenied(
      `${who} is not authorized to perform: ${action} on resource: ${what} with an explicit deny in an identity-based policy`,
    );
  if (credential.catalogs && !credential.catalogs.includes(catalog))
    throw accessDenied(
      `${who} is not authorized to perform: ${action} on resource: ${what} because no identity-based policy allows the ${action} action`,
    );
};

const perform = async (parts: ApiParts, request: SignedRequest, name: string): Promise<Answer> => {
  const { settings, faults } = parts;
  const credential = await parts.authenticate(request, settings.now());
  if (!isOffered(name)) throw notOffered(name);
  const counts = parts.counter.of(name);
  counts.received += 1;
  try {
    await faults.beforeCommit(name);
    const kind = quotaKind(name);
    await parts.quotas?.spend(kind, settings.now());
    const body = parseRequest(name, readJson(request.body));
    checkAccess(settings, credential, name, body.Catalog);
    const operation = operations[name] as Operation<typeof name>;
    const answer = await parts[kind]((call) => operation(call, body));
    await faults.afterCommit(name);
    counts.answered += 1;
    return answer;
  } catch (error) {
    if (error instanceof ConnectionLost) counts.lost += 1;
    else if (error instanceof AceError) counts.refused[error.type] = (counts.refused[error.type] ?? 0) + 1;
    throw error;
  }
};

/** Answers one awsJson1_0 call. @throws {AceError} for every refusal, {ConnectionLost} when the connection is to break. */
export const handleApiCall = (parts: ApiParts, request: SignedRequest): Promise<Answer> =>
  perform(parts, request, targetOf(request));
