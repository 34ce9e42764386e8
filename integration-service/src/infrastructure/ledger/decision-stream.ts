import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { PersonsAnswer } from '../../domain/learning/answered-case.ts';
import type { PartReader } from '../../domain/replay/decision-part.ts';
import { type NotReplayable, readDecision } from '../../domain/replay/recorded-decision.ts';
import type { Json, JsonObject } from '../../domain/values/json.ts';
import { broken, type Result } from '../../domain/values/result.ts';
import type {
  DecisionQuery,
  LedgerDecision,
  LedgerPart,
  PartQuery,
} from '../../ports/decision-ledger/decision-ledger.ts';
import type { OrgDatabase } from '../database/org-database.ts';
import { valuesOf } from './entry-rows.ts';
import { type OpenedPart, sayErased, type SealedValues, withValues } from './sealed-values.ts';
import type { SharedContents } from './shared-contents.ts';

interface JudgedRow {
  readonly sequence: string;
  readonly decision: string;
  readonly at: string;
  readonly body: string;
  readonly contents: readonly string[];
}

interface ApprovalRow {
  readonly decision: string;
  readonly at: string;
  readonly actor: string;
  readonly body: string;
}

/** A page is in memory as a whole: some ten kilobytes a decision. */
const pageSize = 500;
const approval = z.looseObject({ answer: z.enum(['approve', 'reject']) });

/** Reads recorded decisions page by page; the next page is asked for while this one is at work. */
export class DecisionStream {
  readonly #database: OrgDatabase;
  readonly #values: SealedValues;
  readonly #contents: SharedContents;

  constructor(database: OrgDatabase, values: SealedValues, contents: SharedContents) {
    this.#database = database;
    this.#values = values;
    this.#contents = contents;
  }

  async *read(query: DecisionQuery): AsyncGenerator<LedgerDecision> {
    for await (const rows of this.#pages(query)) yield* await this.#decisionsOf(rows, query.personal ?? 'open');
  }

  /** No sealed value is opened, no answer looked up, and of the record only what the reader wants is checked. */
  async *parts(query: PartQuery, readPart: PartReader): AsyncGenerator<LedgerPart> {
    for await (const rows of this.#pages(query)) {
      const contents = await this.#contents.of(rows.flatMap((row) => row.contents));
      for (const { decision, at, body, contents: named } of rows) {
        const told = withoutPrints(withShared(JSON.parse(body) as Json, named, contents));
        yield { decision, at, read: recordIn(decision, told, readPart) };
      }
    }
  }

  async *#pages(query: DecisionQuery): AsyncGenerator<readonly JudgedRow[]> {
    const { org } = this.#database;
    const among = sql`org = ${org} and kind = 'verdict'${query.decision === undefined ? sql`` : sql` and decision = ${query.decision}`}${
      query.from === undefined ? sql`` : sql` and at >= ${query.from}`
    }${query.to === undefined ? sql`` : sql` and at < ${query.to}`}`;
    const start = query.last === undefined ? 0 : await this.#startOfLast(among, query.last);
    let next: Promise<readonly JudgedRow[]> | null = this.#page(among, start);
    while (next !== null) {
      const rows: readonly JudgedRow[] = await next;
      const last = rows.at(-1);
      next = rows.length === pageSize && last ? this.#page(among, Number(last.sequence)) : null;
      // Whoever stops reading half way never asks for it.
      next?.catch(() => undefined);
      yield rows;
    }
  }

  /** The number before that of the first of so many, counted from the newest back. */
  async #startOfLast(among: RawBuilder<unknown>, count: number): Promise<number> {
    const [row] = await this.#database.run(sql<{ first: string | null }>`
      select min(sequence) as first from
        (select sequence from ledger_entries where ${among} order by sequence desc limit ${count}) newest`);
    return Number(row?.first ?? 1) - 1;
  }

  #page(among: RawBuilder<unknown>, after: number): Promise<readonly JudgedRow[]> {
    return this.#database.run(sql<JudgedRow>`
      select sequence, decision, at, body, contents from ledger_entries
      where ${among} and sequence > ${after} order by sequence limit ${pageSize}`);
  }

  async #decisionsOf(rows: readonly JudgedRow[], personal: 'open' | 'leave'): Promise<readonly LedgerDecision[]> {
    const [contents, values, answers] = await Promise.all([
      this.#contents.of(rows.flatMap((row) => row.contents)),
      personal === 'open' ? this.#valuesOf(rows) : null,
      this.#answersTo(rows.map(({ decision }) => decision)),
    ]);
    return rows.map(({ sequence, decision, at, body, contents: named }) => {
      const whole = withShared(JSON.parse(body) as Json, named, contents);
      const told =
        values === null ? withoutPrints(whole) : sayErased(withValues(whole, values.get(sequence) ?? []).body);
      return {
        sequence: Number(sequence),
        decision,
        at,
        read: recordIn(decision, told, readDecision),
        answers: answers.get(decision) ?? null,
      };
    });
  }

  async #valuesOf(rows: readonly JudgedRow[]): Promise<ReadonlyMap<string, readonly OpenedPart[]>> {
    return this.#values.openAll(
      await valuesOf(
        this.#database,
        rows.map(({ sequence }) => sequence),
      ),
    );
  }

  /** The last word of a person on each decision. */
  async #answersTo(decisions: readonly string[]): Promise<ReadonlyMap<string, PersonsAnswer>> {
    const rows =
      decisions.length === 0
        ? []
        : await this.#database.run(sql<ApprovalRow>`
            select decision, at, actor, body from ledger_entries
            where org = ${this.#database.org} and kind = 'approval' and decision = any (${[...decisions]}) order by sequence`);
    const answers = new Map<string, PersonsAnswer>();
    for (const { decision, at, actor, body } of rows) {
      const said = approval.safeParse(JSON.parse(body));
      // Anything else (an answer that was taken back) leaves it unanswered.
      if (!said.success) answers.delete(decision);
      else
        answers.set(decision, {
          outcome: said.data.answer === 'approve' ? 'approved' : 'rejected',
          by: actor.replace(/^user:/, ''),
          at,
        });
    }
    return answers;
  }
}

/** The facts of a record that it shares with others, in their places; nothing else of it is shared. */
const withShared = (body: Json, named: readonly string[], contents: ReadonlyMap<string, Json>): Json => {
  const { record } = Object(body) as { record?: JsonObject };
  const { facts } = Object(record) as { facts?: JsonObject };
  if (named.length === 0 || !facts) return body;
  const whole = Object.entries(facts).map(([name, value]): [string, Json] => {
    const { content } = Object(value) as { content?: unknown };
    const shared = typeof content === 'string' && named.includes(content) ? contents.get(content) : undefined;
    return [name, shared ?? value];
  });
  return { ...(body as JsonObject), record: { ...record, facts: Object.fromEntries(whole) } };
};

/** The record in a verdict's body; decisions were not recorded whole before version 0.2. */
const recordIn = <Read>(
  decision: string,
  body: Json,
  read: (record: unknown) => Read,
): Read | Result<never, NotReplayable> => {
  const record = Object(body) as JsonObject;
  return 'record' in record ? read(record.record) : broken({ id: decision, kind: 'unreadable', what: ['record'] });
};

/** In the place of sealed fingerprints nothing, in the form that a record has. */
const withoutPrints = (body: Json): Json => {
  const { record } = Object(body) as { record?: Json };
  if (record === undefined) return body;
  const { proposal } = Object(record) as { proposal?: JsonObject };
  const { consent, disclosed } = Object(proposal) as { consent?: JsonObject; disclosed?: readonly JsonObject[] };
  if (!consent || !Array.isArray(disclosed)) return body;
  const sealed = (value: Json | undefined): boolean => 'commitment' in (Object(value) as object);
  return {
    record: {
      ...(record as JsonObject),
      proposal: {
        ...proposal,
        consent: { ...consent, ...(sealed(consent.fingerprints) ? { fingerprints: {} } : {}) },
        disclosed: disclosed.map((one: JsonObject) => (sealed(one.fingerprint) ? { ...one, fingerprint: '' } : one)),
      },
    },
  };
};
