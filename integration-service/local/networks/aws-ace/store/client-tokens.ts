import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/canonical-json.ts';
import { conflictingClientToken } from '../wire/errors.ts';
import type { Queries } from './database.ts';

/**
 * Claims a client token for a request, in the transaction that does the work: of two calls with one token the second waits
 * for the first, and sees what it made.
 * @returns the subject (opportunity or task id) that the same request made earlier, or undefined when it is new.
 * @throws {AceError} ConflictException when the token came with another body before.
 */
export const claimClientToken = async (
  queries: Queries,
  operation: string,
  request: { readonly Catalog: string; readonly ClientToken: string },
): Promise<string | undefined> => {
  const { ClientToken: token, ...body } = request;
  const hash = createHash('sha256').update(canonicalJson(body)).digest('hex');
  const made = await queries.query(
    `insert into ace_client_token (operation, catalog, token, body_hash) values ($1, $2, $3, $4)
     on conflict do nothing returning token`,
    [operation, request.Catalog, token, hash],
  );
  if (made.length > 0) return undefined;
  const [earlier] = await queries.query<{ body_hash: string; subject: string | null }>(
    `select body_hash, subject from ace_client_token where operation = $1 and catalog = $2 and token = $3`,
    [operation, request.Catalog, token],
  );
  if (earlier?.body_hash !== hash) throw conflictingClientToken();
  return earlier.subject ?? undefined;
};

/** Records what the claimed request made. */
export const keepTokenSubject = async (
  queries: Queries,
  operation: string,
  request: { readonly Catalog: string; readonly ClientToken: string },
  subject: string,
): Promise<void> => {
  await queries.query(`update ace_client_token set subject = $4 where operation = $1 and catalog = $2 and token = $3`, [
    operation,
    request.Catalog,
    request.ClientToken,
    subject,
  ]);
};

/** Forgets every token, so that the same request again is a new one. */
export const forgetClientTokens = async (queries: Queries): Promise<void> => {
  await queries.query('delete from ace_client_token', []);
};
