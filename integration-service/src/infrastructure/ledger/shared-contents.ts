import { sql } from 'kysely';
import type { Json } from '../../domain/values/json.ts';
import type { OrgDatabase } from '../database/org-database.ts';
import { changedWhere } from './sealed-values.ts';

const mostKept = 200;
/** A mapping has tens of thousands of characters; the results of a batch have millions, and nothing else shares them. */
const longestKept = 200_000;

/** What entries share, by its hash: read once and kept for a while, because the next entry most likely shares it too. */
export class SharedContents {
  readonly #database: OrgDatabase;
  readonly #known = new Map<string, Json>();

  constructor(database: OrgDatabase) {
    this.#database = database;
  }

  /** The values of these hashes; of one that is missing there is none. One round trip, or none. */
  async of(hashes: readonly string[]): Promise<ReadonlyMap<string, Json>> {
    const wanted = [...new Set(hashes)];
    const unknown = wanted.filter((hash) => !this.#known.has(hash));
    const found = new Map(
      wanted.flatMap((hash): [string, Json][] => {
        const known = this.#known.get(hash);
        return known === undefined ? [] : [[hash, known]];
      }),
    );
    if (unknown.length === 0) return found;
    if (this.#known.size + unknown.length > mostKept) this.#known.clear();
    for (const { hash, body } of await this.#database.run(sql<{ hash: string; body: string }>`
      select hash, body from ledger_contents where org = ${this.#database.org} and hash = any (${unknown})`)) {
      const value = JSON.parse(body) as Json;
      found.set(hash, value);
      if (body.length <= longestKept) this.#known.set(hash, value);
    }
    return found;
  }
}

/** What an entry shares with others, put back where its body names it. */
export const withContents = (body: Json, named: readonly string[], contents: ReadonlyMap<string, Json>): Json => {
  if (named.length === 0) return body;
  const own = new Set(named);
  return changedWhere(body, (value) => {
    const { content } = value as { content?: unknown };
    return typeof content === 'string' && own.has(content) && Object.keys(value).length === 1
      ? contents.get(content)
      : undefined;
  });
};
