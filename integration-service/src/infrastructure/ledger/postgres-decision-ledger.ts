import type { KeyObject } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Json, JsonObject } from '../../domain/values/json.ts';
import type {
  ChainedEntry,
  DecisionLedger,
  LedgerEntryInput,
  LedgerKind,
} from '../../ports/decision-ledger/decision-ledger.ts';
import type { OrgDatabase } from '../database/org-database.ts';
import { EditedJson } from './edited-json.ts';
import { chainHash, commitmentOf, entryDigest, type LedgerSealer, type PersonalPart } from './ledger-sealer.ts';
import { openBytes, type SubjectKeys } from './subject-keys.ts';

interface EntryRow {
  readonly sequence: string;
  readonly kind: LedgerKind;
  readonly decision: string;
  readonly at: string;
  readonly actor: string;
  readonly partner_of_record: string;
  readonly body: string;
  readonly digest: Buffer;
  readonly hash: Buffer;
  /** Hashes of what the body shares with other entries. */
  readonly contents: readonly string[];
}

interface ValueRow {
  readonly sequence: string;
  readonly path: string;
  readonly subject: string;
  /** Of a value that was sealed by itself, before values of one subject shared a box. */
  readonly salt: Buffer | null;
  readonly sealed: Buffer;
}

interface Waiting {
  readonly entries: readonly LedgerEntryInput[];
  readonly resolve: (chained: readonly ChainedEntry[]) => void;
  readonly reject: (error: unknown) => void;
}

type Keys = ReadonlyMap<string, KeyObject>;

const pageSize = 1_000;
const json = z.json();
const boxed = z.array(z.object({ path: z.string(), salt: z.string(), value: z.json() }));
const parseJson = (text: string): Json => json.parse(JSON.parse(text)) as Json;

/** A commitment that nothing was opened for is a value of an erased person: a reader is told so, in its place. */
const sayErased = (body: Json): Json => {
  if (Array.isArray(body)) return body.map((member: Json) => sayErased(member));
  if (body === null || typeof body !== 'object') return body;
  const { commitment, ...others } = body as JsonObject;
  if (typeof commitment === 'string' && /^[0-9a-f]{64}$/.test(commitment) && Object.keys(others).length === 0)
    return { commitment, erased: true };
  return Object.fromEntries(Object.entries(body).map(([name, member]) => [name, sayErased(member as Json)]));
};

/** Shorter paths first: what holds another part must be open before that part has a place. */
const outerFirst = <Part extends { readonly path: string }>(parts: readonly Part[]): readonly Part[] =>
  [...parts].sort((left, right) => left.path.length - right.path.length);

const isWithinCommitment = (body: EditedJson, path: string): boolean => {
  const steps = path.split('.');
  return steps.some((_step, index) => {
    const { commitment } = Object(body.at(steps.slice(0, index).join('.'))) as { commitment?: unknown };
    return index > 0 && typeof commitment === 'string';
  });
};

/** What the entry shares with others, put back where the body names it. */
const withContents = (body: Json, contents: ReadonlyMap<string, string>): Json => {
  if (Array.isArray(body)) return body.map((member: Json) => withContents(member, contents));
  if (body === null || typeof body !== 'object') return body;
  const { content, ...others } = body as JsonObject;
  const text = typeof content === 'string' && Object.keys(others).length === 0 ? contents.get(content) : undefined;
  if (text !== undefined) return parseJson(text);
  return Object.fromEntries(
    Object.entries(body).map(([name, member]) => [name, withContents(member as Json, contents)]),
  );
};

/**
 * The ledger of one org in PostgreSQL. Appends that meet while one is under way go together in the next statement, so
 * the chain's lock is taken once for all of them.
 */
export class PostgresDecisionLedger implements DecisionLedger {
  readonly #database: OrgDatabase;
  readonly #sealer: LedgerSealer;
  readonly #keys: SubjectKeys;
  #waiting: Waiting[] = [];
  #flushing = false;

  constructor(database: OrgDatabase, sealer: LedgerSealer, keys: SubjectKeys) {
    this.#database = database;
    this.#sealer = sealer;
    this.#keys = keys;
  }

  append(entries: readonly LedgerEntryInput[]): Promise<readonly ChainedEntry[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entries, resolve, reject });
      if (!this.#flushing) void this.#flush();
    });
  }

  async verify(org: string): ReturnType<DecisionLedger['verify']> {
    this.#mustBeOurs(org);
    let before: Buffer = Buffer.alloc(0);
    let sequence = 0;
    const sound = new Set<string>();
    const bad = (why: string): Awaited<ReturnType<DecisionLedger['verify']>> => ({
      entries: sequence,
      firstBad: { sequence: sequence + 1, why },
    });
    for (;;) {
      const rows = await this.#page(sequence);
      const values = await this.#values(sequence, sequence + pageSize);
      const keys = await this.#keysOf(values);
      const valuesOf = Map.groupBy(values, (value) => value.sequence);
      await this.#addSound(sound, rows);
      for (const row of rows) {
        const at = Number(row.sequence);
        if (at !== sequence + 1) return bad(`entry ${sequence + 1} is missing: the next one is ${at}`);
        const entry = { ...this.#describe(row), org };
        if (!entryDigest(entry, row.body, row.contents).equals(row.digest))
          return bad('its content is not what was written');
        if (!chainHash(before, at, row.digest).equals(row.hash)) return bad('it does not follow the entry before it');
        const wrong = this.#wrongValue(row.body, valuesOf.get(row.sequence) ?? [], keys);
        if (wrong) return bad(wrong);
        const lost = row.contents.find((hash) => !sound.has(hash));
        if (lost) return bad(`what it shares with other entries (${lost.slice(0, 12)}…) is missing or was changed`);
        before = row.hash;
        sequence = at;
      }
      if (rows.length < pageSize) break;
    }
    const [head] = await this.#database.run(sql<{ sequence: string; hash: Buffer }>`
      select sequence, hash from ledger_heads where org = ${org}`);
    if (head && (Number(head.sequence) !== sequence || !head.hash.equals(before)))
      return bad(`the head says ${head.sequence} entries, ${sequence} are there`);
    return { entries: sequence, firstBad: null };
  }

  async read(org: string, decision: string): Promise<readonly (LedgerEntryInput & ChainedEntry)[]> {
    this.#mustBeOurs(org);
    const rows = await this.#database.run(sql<EntryRow>`
      select * from ledger_entries where org = ${org} and decision = ${decision} order by sequence`);
    const values = await this.#database.run(sql<ValueRow>`
      select * from ledger_values where org = ${org}
        and sequence in (select sequence from ledger_entries where org = ${org} and decision = ${decision})`);
    const keys = await this.#keysOf(values);
    const named = [...new Set(rows.flatMap(({ contents }) => contents))];
    const contents = new Map(
      (named.length === 0
        ? []
        : await this.#database.run(sql<{ hash: string; body: string }>`
            select hash, body from ledger_contents where org = ${org} and hash = any (${named})`)
      ).map((one) => [one.hash, one.body]),
    );
    const entries = [];
    for (const row of rows) {
      const body = withContents(
        parseJson(row.body),
        new Map(row.contents.flatMap((one) => (contents.has(one) ? [[one, contents.get(one) ?? '']] : []))),
      );
      const personal = [];
      const own = values.filter((value) => value.sequence === row.sequence);
      const edited = new EditedJson(body);
      for (const { subject, ...part } of outerFirst(
        own.flatMap((sealed) => this.#open(sealed, keys).map((one) => ({ ...one, subject: sealed.subject }))),
      )) {
        if (edited.at(part.path) === undefined) continue;
        edited.put(part.path, part.value);
        personal.push({ path: part.path, subject });
      }
      const hash = row.hash.toString('hex');
      entries.push({
        ...this.#describe(row),
        org,
        body: sayErased(edited.value),
        personal,
        sequence: Number(row.sequence),
        hash,
      });
    }
    return entries;
  }

  async #flush(): Promise<void> {
    this.#flushing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const rows = await this.#sealer.append(
          this.#database,
          [batch.flatMap((one) => one.entries)],
          async ([sealed]) => ({
            answer: await this.#database.run(sql<{ entry_sequence: string; entry_hash: string }>`
              select * from append_sealed(${this.#database.org}, ${sealed}::jsonb)`),
            appended: true,
          }),
        );
        let next = 0;
        for (const one of batch) {
          const own = rows.slice(next, next + one.entries.length);
          next += one.entries.length;
          one.resolve(
            own.map((row) => ({ org: this.#database.org, sequence: Number(row.entry_sequence), hash: row.entry_hash })),
          );
        }
      } catch (error) {
        for (const one of batch) one.reject(error);
      }
    }
    this.#flushing = false;
  }

  #page(after: number): Promise<readonly EntryRow[]> {
    return this.#database.run(sql<EntryRow>`
      select * from ledger_entries where org = ${this.#database.org} and sequence > ${after} order by sequence limit ${pageSize}`);
  }

  /** Adds the hashes that these rows name and whose text is still the one it was made of; each is looked at once. */
  async #addSound(sound: Set<string>, rows: readonly EntryRow[]): Promise<void> {
    const named = [...new Set(rows.flatMap(({ contents }) => contents))].filter((hash) => !sound.has(hash));
    if (named.length === 0) return;
    const kept = await this.#database.run(sql<{ hash: string }>`
      select hash from ledger_contents where org = ${this.#database.org} and hash = any (${named})
        and hash = encode(sha256(convert_to(body, 'UTF8')), 'hex')`);
    for (const { hash } of kept) sound.add(hash);
  }

  #values(after: number, until: number): Promise<readonly ValueRow[]> {
    return this.#database.run(sql<ValueRow>`
      select * from ledger_values where org = ${this.#database.org} and sequence > ${after} and sequence <= ${until}`);
  }

  /** A value that can still be opened must be the one that the chain committed to; one of an erased person cannot be asked. */
  #wrongValue(text: string, values: readonly ValueRow[], keys: Keys): string | null {
    if (values.length === 0) return null;
    const parts = [];
    for (const row of values) {
      try {
        parts.push(...this.#open(row, keys));
      } catch {
        return `the personal value ${row.path} cannot be opened: it was changed, or TANDEM_MASTER_KEY is not the one it was sealed under`;
      }
    }
    const body = new EditedJson(parseJson(text));
    for (const { path, salt, value } of outerFirst(parts)) {
      const said = body.at(path);
      // What is around it is of somebody erased, and with it what the chain says of this one.
      if (said === undefined && isWithinCommitment(body, path)) continue;
      const { commitment } = Object(said) as { commitment?: unknown };
      if (commitment !== commitmentOf(Buffer.from(salt, 'hex'), value))
        return `the personal value ${path} is not the one committed to`;
      body.put(path, value);
    }
    return null;
  }

  async #keysOf(values: readonly ValueRow[]): Promise<Keys> {
    return this.#keys.existing(
      this.#database,
      values.map(({ subject }) => subject),
    );
  }

  /** The values of one box; none when its subject is erased. */
  #open(row: ValueRow, keys: Keys): readonly PersonalPart[] {
    const key = keys.get(row.subject);
    if (!key) return [];
    const plain = openBytes(key, `${this.#database.org}/${row.subject}`, row.sealed).toString('utf8');
    if (row.salt) return [{ path: row.path, salt: row.salt.toString('hex'), value: parseJson(plain) }];
    return boxed.parse(JSON.parse(plain)) as readonly PersonalPart[];
  }

  #describe(row: EntryRow): Omit<LedgerEntryInput, 'org' | 'personal' | 'body'> {
    const { kind, decision, at, actor, partner_of_record: partnerOfRecord } = row;
    return { kind, decision, at, actor, partnerOfRecord };
  }

  #mustBeOurs(org: string): void {
    if (org !== this.#database.org) throw new Error(`this is the ledger of ${this.#database.org}, not of ${org}`);
  }
}
