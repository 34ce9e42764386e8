import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson, type Json } from '../../domain/values/json.ts';
import type { LedgerEntryInput } from '../../ports/decision-ledger/decision-ledger.ts';
import type { OrgDatabase } from '../database/org-database.ts';
import { EditedJson } from './edited-json.ts';
import { sealBytes, type SubjectKeys } from './subject-keys.ts';

const sha256 = (...parts: readonly (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** What stands in the chain instead of a personal value: it can be checked against the value, never turned into it. */
export const commitmentOf = (salt: Buffer, value: Json): string => sha256(salt, canonicalJson(value)).toString('hex');

/** The hash of an entry by itself; the chain adds the hash before it and the number (`append_sealed`). */
export const entryDigest = (
  entry: Omit<LedgerEntryInput, 'personal' | 'shared' | 'body'>,
  body: string,
  contents: readonly string[],
): Buffer =>
  sha256(
    canonicalJson({
      org: entry.org,
      kind: entry.kind,
      decision: entry.decision,
      at: entry.at,
      actor: entry.actor,
      partnerOfRecord: entry.partnerOfRecord,
      body: sha256(body).toString('hex'),
      ...(contents.length > 0 ? { contents } : {}),
    }),
  );

/** The link of the chain: what `append_sealed` computes in the database and `verify` computes again. */
export const chainHash = (before: Buffer, sequence: number, digest: Buffer): Buffer => {
  const number = Buffer.alloc(8);
  number.writeBigInt64BE(BigInt(sequence));
  return sha256(before, number, digest);
};

/** One personal value of an entry, as it is kept in the box of its subject. */
export interface PersonalPart {
  readonly path: string;
  /** 16 random bytes in hexadecimal, of this value alone. */
  readonly salt: string;
  readonly value: Json;
}

/** Longer paths first: what lies within another part is taken out before that is sealed. */
const innerFirst = <Part extends { readonly path: string }>(parts: readonly Part[]): readonly Part[] =>
  [...parts].sort((left, right) => right.path.length - left.path.length);

interface Sealed {
  /** JSON for `append_sealed`. */
  readonly text: string;
  /** To be called when that statement has kept it all. */
  readonly kept: () => void;
}

/** SQLSTATE of `append_sealed`: what the sealer took for new or for known is not, and nothing was written. */
const stale = 'TL001';

/**
 * Turns entries into what `append_sealed` takes: personal values out of the body and sealed under their subject's key,
 * shared contents sent along only when they are not known to be kept. It asks nothing first: it says what it believes,
 * and learns better when the database refuses that.
 */
export class LedgerSealer {
  readonly #keys: SubjectKeys;
  readonly #contents = new Set<string>();
  readonly #mostContents = 1_000;

  constructor(keys: SubjectKeys) {
    this.#keys = keys;
  }

  /**
   * Runs a statement with the sealed entries, one text for each group, and once more when what was believed of keys and
   * contents turned out wrong. `appended` of the answer says whether the statement took them (it may have stopped before).
   */
  async append<Answer>(
    database: OrgDatabase,
    groups: readonly (readonly LedgerEntryInput[])[],
    run: (sealed: readonly string[]) => Promise<{ readonly answer: Answer; readonly appended: boolean }>,
  ): Promise<Answer> {
    for (let second = false; ; second = true) {
      const sealed = groups.map((entries) => this.#seal(database.org, entries));
      try {
        const { answer, appended } = await run(sealed.map(({ text }) => text));
        if (appended) for (const one of sealed) one.kept();
        return answer;
      } catch (error) {
        if (second || Object(error).code !== stale) throw error;
        this.#contents.clear();
        const entries = groups.flat();
        await this.#keys.learn(
          database,
          entries.flatMap(({ personal }) => personal.map(({ subject }) => subject)),
        );
      }
    }
  }

  #seal(org: string, entries: readonly LedgerEntryInput[]): Sealed {
    const fresh = new Map<string, string>();
    const unkept = new Map<string, string>();
    const sealed = entries.map((entry) => {
      if (entry.org !== org) throw new Error(`a ledger entry of ${entry.org} was handed to the ledger of ${org}`);
      const body = new EditedJson(entry.body);
      const boxes = new Map<string, PersonalPart[]>();
      for (const { path, subject } of innerFirst(entry.personal)) {
        const value = body.at(path);
        if (value === undefined)
          throw new Error(`a ledger entry names the personal value ${path}, which its body does not have`);
        const salt = randomBytes(16);
        body.put(path, { commitment: commitmentOf(salt, value) });
        const box = boxes.get(subject) ?? [];
        box.push({ path, salt: salt.toString('hex'), value });
        boxes.set(subject, box);
      }
      const values = [];
      for (const [subject, parts] of boxes) {
        const sealing = this.#keys.keyFor(org, subject);
        if (!sealing) continue;
        if (sealing.wrapped !== undefined) fresh.set(subject, sealing.wrapped);
        const box = sealBytes(sealing.key, `${org}/${subject}`, Buffer.from(JSON.stringify(parts)));
        values.push({ path: parts[0]?.path ?? '', subject, sealed: box.toString('hex') });
      }
      for (const { hash, text } of entry.shared ?? [])
        if (!this.#contents.has(`${org}/${hash}`)) unkept.set(hash, text);
      const contents = (entry.shared ?? []).map(({ hash }) => hash);
      const text = canonicalJson(body.value);
      const { kind, decision, at, actor, partnerOfRecord } = entry;
      const digest = entryDigest(entry, text, contents).toString('hex');
      return { kind, decision, at, actor, partnerOfRecord, body: text, digest, values, contents };
    });
    const text = JSON.stringify({
      entries: sealed,
      ...(fresh.size > 0 ? { keys: [...fresh].map(([subject, wrapped]) => ({ subject, wrapped })) } : {}),
      ...(unkept.size > 0 ? { contents: [...unkept.values()] } : {}),
    });
    const kept = (): void => {
      this.#keys.kept(org, fresh.keys());
      if (this.#contents.size + unkept.size > this.#mostContents) this.#contents.clear();
      for (const hash of unkept.keys()) this.#contents.add(`${org}/${hash}`);
    };
    return { text, kept };
  }
}
