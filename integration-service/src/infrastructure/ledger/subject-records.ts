import { sql } from 'kysely';
import type { Json } from '../../domain/values/json.ts';
import type { OrgDatabase } from '../database/org-database.ts';
import type { ValueRow } from './entry-rows.ts';
import type { SealedValues } from './sealed-values.ts';
import type { SubjectKeys } from './subject-keys.ts';

/** One value that is held under a person's key, and what it was recorded for. */
export interface HeldValue {
  readonly sequence: number;
  readonly decision: string;
  readonly kind: string;
  /** ISO 8601 instant of the entry. */
  readonly at: string;
  readonly path: string;
  readonly value: Json;
}

/** What was sent to a partner in a decision that the person is part of, as long as its bytes are kept. */
export interface HeldEffect {
  readonly decision: string;
  readonly step: string;
  readonly operation: string;
  readonly state: string;
  readonly body: string;
}

export interface HeldOfSubject {
  readonly values: readonly HeldValue[];
  readonly effects: readonly HeldEffect[];
}

/** What an erasure came to. */
export interface Erased {
  /** Keys that existed and do not any more. */
  readonly keys: number;
  /** Texts of effects that are gone; those whose outcome nobody knows yet are needed, and go when it is known. */
  readonly effects: { readonly cleared: number; readonly left: number };
}

/** All that the service holds of persons, by the subjects that their keys are kept under (`personSubject`). */
export class SubjectRecords {
  readonly #database: OrgDatabase;
  readonly #keys: SubjectKeys;
  readonly #sealed: SealedValues;

  constructor(database: OrgDatabase, keys: SubjectKeys, sealed: SealedValues) {
    this.#database = database;
    this.#keys = keys;
    this.#sealed = sealed;
  }

  /** Everything under these keys, in the order in which it was recorded (GDPR article 15). */
  async read(subjects: readonly string[]): Promise<HeldOfSubject> {
    const { org } = this.#database;
    const rows = await this.#database.run(sql<ValueRow & { decision: string; kind: string; at: string }>`
      select value.*, entry.decision, entry.kind, entry.at
      from ledger_values value join ledger_entries entry on entry.org = value.org and entry.sequence = value.sequence
      where value.org = ${org} and value.subject = any (${[...subjects]}) order by value.sequence, value.path`);
    const keys = await this.#sealed.keysOf(rows);
    const values = rows.flatMap((row) =>
      this.#sealed.open(row, keys).map(({ path, value }) => ({
        sequence: Number(row.sequence),
        decision: row.decision,
        kind: row.kind,
        at: row.at,
        path,
        value,
      })),
    );
    const effects = await this.#database.run(sql<HeldEffect>`
      select decision, step, operation, state, body from effects
      where org = ${org} and body is not null and decision in (${this.#decisionsOf(subjects)}) order by intended_at`);
    return { values, effects };
  }

  /**
   * Destroys the keys, and with them every value under them, for ever; clears what stands in the clear in the decisions that
   * these people are part of (GDPR article 17). The chain is as it was.
   */
  async erase(subjects: readonly string[]): Promise<Erased> {
    const { org } = this.#database;
    const [known] = await this.#database.run(sql<{ count: string }>`
      select count(*) as count from subject_keys where org = ${org} and subject = any (${[...subjects]}) and wrapped is not null`);
    for (const subject of subjects) await this.#keys.erase(this.#database, subject);
    const decisions = this.#decisionsOf(subjects);
    const cleared = await this.#database.run(sql`
      update effects set body = null
      where org = ${org} and body is not null and state in ('done', 'refused') and decision in (${decisions}) returning key`);
    // Fingerprints of what was shown: whoever guesses a value could tell by them that it is the one.
    await this.#database.run(sql`
      update referral_links set shown = null
      where org = ${org} and finished and shown is not null and referral_key in
        (select split_part(decision, '#', 1) from (${decisions}) named)`);
    const [left] = await this.#database.run(sql<{ count: string }>`
      select count(*) as count from effects
      where org = ${org} and body is not null and decision in (${decisions})`);
    return {
      keys: Number(known?.count ?? 0),
      effects: { cleared: cleared.length, left: Number(left?.count ?? 0) },
    };
  }

  #decisionsOf(subjects: readonly string[]) {
    return sql`
      select distinct entry.decision from ledger_values value
        join ledger_entries entry on entry.org = value.org and entry.sequence = value.sequence
      where value.org = ${this.#database.org} and value.subject = any (${[...subjects]})`;
  }
}
