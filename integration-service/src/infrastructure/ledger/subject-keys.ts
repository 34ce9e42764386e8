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

  /** The key of a subject, made when there is none. Null when the person was erased: such a value is not kept at all. */
  async keyFor(database: OrgDatabase, subject: string): Promise<Buffer | null> {
    const name = `${database.org}/${subject}`;
    const known = this.#opened.get(name);
    if (known) return known;
    const fresh = sealBytes(this.#master, name, randomBytes(32));
    const [row] = await database.run(sql<{ wrapped: Buffer | null }>`
      insert into subject_keys (org, subject, wrapped) values (${database.org}, ${subject}, ${fresh})
      on conflict (org, subject) do update set subject = excluded.subject returning wrapped`);
    if (!row?.wrapped) return null;
    const key = openBytes(this.#master, name, row.wrapped);
    this.#opened.set(name, key);
    for (const oldest of this.#opened.keys()) {
      if (this.#opened.size <= this.#keep) break;
      this.#opened.delete(oldest);
    }
    return key;
  }

  /** The key of a subject where it still exists, without making one. */
  async existing(database: OrgDatabase, subject: string): Promise<Buffer | null> {
    const [row] = await database.run(sql<{ wrapped: Buffer | null }>`
      select wrapped from subject_keys where org = ${database.org} and subject = ${subject}`);
    return row?.wrapped ? openBytes(this.#master, `${database.org}/${subject}`, row.wrapped) : null;
  }

  /** Destroys a subject's key for ever; what was sealed with it can no longer be opened by anybody. */
  async erase(database: OrgDatabase, subject: string): Promise<void> {
    this.#opened.delete(`${database.org}/${subject}`);
    await database.run(sql`
      insert into subject_keys (org, subject, wrapped, destroyed_at) values (${database.org}, ${subject}, null, now())
      on conflict (org, subject) do update set wrapped = null, destroyed_at = now()`);
  }
}
