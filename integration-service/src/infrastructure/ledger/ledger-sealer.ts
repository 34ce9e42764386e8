import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson, type Json, type JsonObject } from '../../domain/values/json.ts';
import type { LedgerEntryInput } from '../../ports/decision-ledger/decision-ledger.ts';
import type { OrgDatabase } from '../database/org-database.ts';
import { sealBytes, type SubjectKeys } from './subject-keys.ts';

const sha256 = (...parts: readonly (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** What stands in the chain instead of a personal value: it can be checked against the value, never turned into it. */
export const commitmentOf = (salt: Buffer, value: Json): string => sha256(salt, canonicalJson(value)).toString('hex');

/** The hash of an entry by itself; the chain adds the hash before it and the number (`append_ledger`). */
export const entryDigest = (entry: Omit<LedgerEntryInput, 'personal' | 'body'>, body: string): Buffer =>
  sha256(
    canonicalJson({
      org: entry.org,
      kind: entry.kind,
      decision: entry.decision,
      at: entry.at,
      actor: entry.actor,
      partnerOfRecord: entry.partnerOfRecord,
      body: sha256(body).toString('hex'),
    }),
  );

/** The link of the chain: what `append_ledger` computes in the database and `verify` computes again. */
export const chainHash = (before: Buffer, sequence: number, digest: Buffer): Buffer => {
  const number = Buffer.alloc(8);
  number.writeBigInt64BE(BigInt(sequence));
  return sha256(before, number, digest);
};

/** Puts `value` where `path` (`disclosed.3.value`) leads. A path that leads nowhere is a mistake of ours, told as one. */
export const replaceAt = (body: Json, path: string, value: Json): Json => {
  const [head = '', ...rest] = path.split('.');
  const inner = rest.join('.');
  if (Array.isArray(body) && Number(head) < body.length)
    return body.map((member: Json, index) =>
      index === Number(head) ? (rest.length === 0 ? value : replaceAt(member, inner, value)) : member,
    );
  if (body !== null && typeof body === 'object' && !Array.isArray(body) && Object.hasOwn(body, head)) {
    const members = body as JsonObject;
    return { ...members, [head]: rest.length === 0 ? value : replaceAt(members[head] ?? null, inner, value) };
  }
  throw new Error(`a ledger entry names the personal value ${path}, which its body does not have`);
};

/** Turns entries into what `append_ledger` takes: personal values out of the body, sealed under their subject's key. */
export class LedgerSealer {
  readonly #keys: SubjectKeys;

  constructor(keys: SubjectKeys) {
    this.#keys = keys;
  }

  /** JSON text of the entries, ready for the statement. Costs a query only when there is a person not met before. */
  async seal(database: OrgDatabase, entries: readonly LedgerEntryInput[]): Promise<string> {
    const subjects = entries.flatMap(({ personal }) => personal.map(({ subject }) => subject));
    const keys = await this.#keys.keysFor(database, subjects);
    const sealed = [];
    for (const entry of entries) {
      if (entry.org !== database.org)
        throw new Error(`a ledger entry of ${entry.org} was handed to the ledger of ${database.org}`);
      let body = entry.body;
      const values = [];
      for (const { path, subject, value } of entry.personal) {
        const salt = randomBytes(16);
        body = replaceAt(body, path, { commitment: commitmentOf(salt, value) });
        const key = keys.get(subject);
        if (!key) continue;
        const box = sealBytes(key, `${entry.org}/${subject}`, Buffer.from(canonicalJson(value)));
        values.push({ path, subject, salt: salt.toString('hex'), sealed: box.toString('hex') });
      }
      const text = canonicalJson(body);
      const { kind, decision, at, actor, partnerOfRecord } = entry;
      const digest = entryDigest(entry, text).toString('hex');
      sealed.push({ kind, decision, at, actor, partnerOfRecord, body: text, digest, values });
    }
    return JSON.stringify(sealed);
  }
}
