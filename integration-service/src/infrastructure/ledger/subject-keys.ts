import {
  type CipherKey,
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { sql } from 'kysely';
import type { OrgDatabase } from '../database/org-database.ts';

const ivBytes = 12;
const tagBytes = 16;

/** AES-256-GCM; the answer is iv, tag, text. `context` is bound in, so a sealed value cannot be moved to another place. */
export const sealBytes = (key: CipherKey, context: string, plain: Buffer): Buffer => {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]);
};

/** The reverse of `sealBytes`; throws when key, context or bytes are not the ones it was sealed with. */
export const openBytes = (key: CipherKey, context: string, sealed: Buffer): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes)).setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]);
};

/** The master key from its setting: any text of 32 characters or more, so that a secret store's own generator will do. */
export const masterKeyFrom = (secret: string): Buffer =>
  createHash('sha256').update(`tandem-master:${secret}`).digest();

/** A key to seal with; `wrapped` when nobody has kept it yet and the statement that needs it must. */
export interface SealingKey {
  readonly key: KeyObject;
  /** The key under the master key, in hexadecimal. */
  readonly wrapped?: string;
}

/**
 * One key per person (M: erasing a person destroys a key, and the chain still verifies). Keys are wrapped by the master
 * key, which is never in the database.
 */
export class SubjectKeys {
  readonly #master: KeyObject;
  /** Opened keys that are kept, the newest last; small, because a process works on few people at a time. */
  readonly #opened = new Map<string, KeyObject>();
  /** Made here and handed out, and not yet known to be kept: whoever meets the person meanwhile gets the same one. */
  readonly #fresh = new Map<string, Required<SealingKey>>();
  /** Erased people: for ever, so this may be remembered. */
  readonly #erased = new Set<string>();
  readonly #most = 500;

  constructor(master: Buffer) {
    this.#master = createSecretKey(master);
  }

  /**
   * The key of a subject without asking anybody; a fresh one when the subject is not known here. Null for a person who
   * was erased: such a value is not kept at all.
   */
  keyFor(org: string, subject: string): SealingKey | null {
    const name = `${org}/${subject}`;
    if (this.#erased.has(name)) return null;
    const known = this.#opened.get(name);
    if (known) return { key: known };
    const pending = this.#fresh.get(name);
    if (pending) return pending;
    const bytes = randomBytes(32);
    const fresh = { key: createSecretKey(bytes), wrapped: sealBytes(this.#master, name, bytes).toString('hex') };
    this.#fresh.set(name, fresh);
    return fresh;
  }

  /** The fresh keys of these subjects are on disk now. */
  kept(org: string, subjects: Iterable<string>): void {
    for (const subject of subjects) {
      const name = `${org}/${subject}`;
      const fresh = this.#fresh.get(name);
      if (!fresh) continue;
      this.#fresh.delete(name);
      this.#opened.set(name, fresh.key);
    }
    for (const known of [this.#opened, this.#erased]) {
      for (const oldest of known.keys()) {
        if (known.size <= this.#most) break;
        known.delete(oldest);
      }
    }
  }

  /** Asks which keys there are, after a fresh one was refused: somebody else had met the person first. One round trip. */
  async learn(database: OrgDatabase, subjects: Iterable<string>): Promise<void> {
    const asked = [...new Set(subjects)];
    const rows = await database.run(sql<{ subject: string; wrapped: Buffer | null }>`
      select subject, wrapped from subject_keys where org = ${database.org} and subject = any (${asked})`);
    for (const subject of asked) {
      const name = `${database.org}/${subject}`;
      this.#fresh.delete(name);
      this.#opened.delete(name);
    }
    for (const { subject, wrapped } of rows) {
      const name = `${database.org}/${subject}`;
      if (wrapped) this.#opened.set(name, createSecretKey(openBytes(this.#master, name, wrapped)));
      else this.#erased.add(name);
    }
  }

  /** The keys that still exist among those of subjects, without making any; one round trip. */
  async existing(database: OrgDatabase, subjects: Iterable<string>): Promise<ReadonlyMap<string, KeyObject>> {
    const asked = [...new Set(subjects)];
    if (asked.length === 0) return new Map();
    const rows = await database.run(sql<{ subject: string; wrapped: Buffer }>`
      select subject, wrapped from subject_keys
      where org = ${database.org} and subject = any (${asked}) and wrapped is not null`);
    return new Map(
      rows.map(({ subject, wrapped }) => [
        subject,
        createSecretKey(openBytes(this.#master, `${database.org}/${subject}`, wrapped)),
      ]),
    );
  }

  /** Destroys a subject's key for ever; what was sealed with it can no longer be opened by anybody. */
  async erase(database: OrgDatabase, subject: string): Promise<void> {
    const name = `${database.org}/${subject}`;
    this.#opened.delete(name);
    this.#fresh.delete(name);
    this.#erased.add(name);
    await database.run(sql`
      insert into subject_keys (org, subject, wrapped, destroyed_at) values (${database.org}, ${subject}, null, now())
      on conflict (org, subject) do update set wrapped = null, destroyed_at = now()`);
  }
}
