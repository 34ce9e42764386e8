import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Json } from '../../domain/values/json.ts';
import type { OrgDatabase } from '../database/org-database.ts';
import { EditedJson } from './edited-json.ts';
import type { ValueRow } from './entry-rows.ts';
import type { PersonalPart } from './ledger-sealer.ts';
import { openBytes, type SubjectKeys } from './subject-keys.ts';

/** A personal value in its place, and whose it is. */
export type OpenedPart = PersonalPart & { readonly subject: string };

const boxed = z.array(z.object({ path: z.string(), salt: z.string(), value: z.unknown() }));

/** Shorter paths first: what holds another part must be open before that part has a place. */
export const outerFirst = <Part extends { readonly path: string }>(parts: readonly Part[]): readonly Part[] =>
  [...parts].sort((left, right) => left.path.length - right.path.length);

/** Opens boxes: one question to the database for the keys of as many as there are. */
export class SealedValues {
  readonly #database: OrgDatabase;
  readonly #keys: SubjectKeys;

  constructor(database: OrgDatabase, keys: SubjectKeys) {
    this.#database = database;
    this.#keys = keys;
  }

  /** The keys that still exist for these boxes. */
  keysOf(rows: readonly ValueRow[]): Promise<ReadonlyMap<string, KeyObject>> {
    return this.#keys.existing(
      this.#database,
      rows.map(({ subject }) => subject),
    );
  }

  /** The values of one box; none when its subject is erased. @throws when the box was changed. */
  open(row: ValueRow, keys: ReadonlyMap<string, KeyObject>): readonly OpenedPart[] {
    const { subject, salt, path } = row;
    const key = keys.get(subject);
    if (!key) return [];
    const value: unknown = JSON.parse(openBytes(key, `${this.#database.org}/${subject}`, row.sealed).toString('utf8'));
    if (salt) return [{ path, salt: salt.toString('hex'), value: value as Json, subject }];
    return boxed.parse(value).map((part) => ({ ...part, value: part.value as Json, subject }));
  }

  /** The values of many boxes, by the number of their entry; of erased people none. */
  async openAll(rows: readonly ValueRow[]): Promise<ReadonlyMap<string, readonly OpenedPart[]>> {
    const keys = await this.keysOf(rows);
    const opened = new Map<string, OpenedPart[]>();
    for (const row of rows) {
      const parts = opened.get(row.sequence) ?? [];
      parts.push(...this.open(row, keys));
      opened.set(row.sequence, parts);
    }
    return opened;
  }
}

/** A body with personal values back in their places, and which of them found one. */
export const withValues = (
  body: Json,
  parts: readonly OpenedPart[],
): { readonly body: Json; readonly placed: readonly OpenedPart[] } => {
  if (parts.length === 0) return { body, placed: [] };
  const edited = new EditedJson(body);
  const placed = outerFirst(parts).filter(({ path, value }) => {
    if (edited.at(path) === undefined) return false;
    edited.put(path, value);
    return true;
  });
  return { body: edited.value, placed };
};

const isCommitment = (value: object): value is { commitment: string } => {
  const { commitment } = value as { commitment?: unknown };
  return typeof commitment === 'string' && /^[0-9a-f]{64}$/.test(commitment) && Object.keys(value).length === 1;
};

/** A commitment that nothing was opened for is a value of an erased person: a reader is told so, in its place. */
export const sayErased = (body: Json): Json =>
  changedWhere(body, (value) => (isCommitment(value) ? { commitment: value.commitment, erased: true } : undefined));

/**
 * The value with some of its objects replaced, from the outside in; `replace` says undefined for what stays. What holds
 * nothing that is replaced is the very same object.
 */
export const changedWhere = (body: Json, replace: (value: object) => Json | undefined): Json => {
  if (body === null || typeof body !== 'object') return body;
  const instead = replace(body);
  if (instead !== undefined) return instead;
  let copy: Record<string, Json> | null = null;
  for (const [name, member] of Object.entries(body) as [string, Json][]) {
    const changed = changedWhere(member, replace);
    if (changed === member) continue;
    copy ??= (Array.isArray(body) ? [...(body as readonly Json[])] : { ...body }) as Record<string, Json>;
    copy[name] = changed;
  }
  return copy ?? body;
};
