import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { OrgDatabase } from '../database/org-database.ts';

const ivBytes = 12;
const tagBytes = 16;

/** AES-256-GCM; the answer is iv, tag, text. `context` is bound in, so a sealed value cannot be moved to another place. */
export const sealBytes = (key: Buffer, context: string, plain: Buffer): Buffer => {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]);
};

/** The reverse of `sealBytes`; throws when key, context or bytes are not the ones it was sealed with. */
export const openBytes = (key: Buffer, context: string, sealed: Buffer): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes)).setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]);
};

/** The master key from its setting: any text of 32 characters or more, so that a secret store's own generator will do. */
export const masterKeyFrom = (secret: string): Buffer =>
  createHash('sha256').update(`tandem-master:${secret}`).digest();

/**
 * One key per person (M: erasing a person destroys a key, and the chain still verifies). Keys are wrapped by the master
 * key, which is never in the database.
 */
export class SubjectKeys {
  readonly #master: Buffer;
  /** Opened keys, the newest last; small, because a process works on few people at a time. */
  readonly #opened = new Map<string, Buffer>();
  readonly #keep = 500;

  constructor(master: Buffer) {
    this.#master = master;
  }

  /**
   * The keys of subjects, made where there are none, in one round trip at most. A person who was erased has none: such a
   * value is not kept at all.
   */
  async keysFor(database: OrgDatabase, subjects: Iterable<string>): Promise<ReadonlyMap<string, Buffer>> {
    const keys = new Map<string, Buffer>();
    const unknown: { subject: string; wrapped: string }[] = [];
    for (const subject of new Set(subjects)) {
      const name = `${database.org}/${subject}`;
      const known = this.#opened.get(name);
      if (known) keys.set(subject, known);
      else unknown.push({ subject, wrapped: sealBytes(this.#master, name, randomBytes(32)).toString('hex') });
    }
    if (unknown.length === 0) return keys;
    // In one order for everybody, so that two processes that meet the same people do not wait for each other in a circle.
    unknown.sort((left, right) => (left.subject < right.subject ? -1 : 1));
    const rows = await database.run(sql<{ subject: string; wrapped: Buffer | null }>`
      insert into subject_keys (org, subject, wrapped)
      select ${database.org}, subject, decode(wrapped, 'hex')
      from jsonb_to_recordset(${JSON.stringify(unknown)}::jsonb) as fresh (subject text, wrapped text)
      on conflict (org, subject) do update set subject = excluded.subject returning subject, wrapped`);
    for (const { subject, wrapped } of rows) {
      if (!wrapped) continue;
      const name = `${database.org}/${subject}`;
      const key = openBytes(this.#master, name, wrapped);
      keys.set(subject, key);
      this.#opened.set(name, key);
    }
    for (const oldest of this.#opened.keys()) {
      if (this.#opened.size <= this.#keep) break;
      this.#opened.delete(oldest);
    }
    return keys;
  }

  /** The keys that still exist among those of subjects, without making any; one round trip. */
  async existing(database: OrgDatabase, subjects: Iterable<string>): Promise<ReadonlyMap<string, Buffer>> {
    const asked = [...new Set(subjects)];
    if (asked.length === 0) return new Map();
    const rows = await database.run(sql<{ subject: string; wrapped: Buffer }>`
      select subject, wrapped from subject_keys
      where org = ${database.org} and subject = any (${asked}) and wrapped is not null`);
    return new Map(
      rows.map(({ subject, wrapped }) => [subject, openBytes(this.#master, `${database.org}/${subject}`, wrapped)]),
    );
  }

  /** Destroys a subject's key for ever; what was sealed with it can no longer be opened by anybody. */
  async erase(database: OrgDatabase, subject: string): Promise<void> {
    this.#opened.delete(`${database.org}/${subject}`);
    await database.run(sql`
      insert into subject_keys (org, subject, wrapped, destroyed_at) values (${database.org}, ${subject}, null, now())
      on conflict (org, subject) do update set wrapped = null, destroyed_at = now()`);
  }
}
