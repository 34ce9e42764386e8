import { makeId } from '../schema/ids.ts';
import type { ObjectSchema, OrgSchema } from '../schema/types.ts';
import { emptyRow } from './drafts.ts';
import type { FieldValue, Row } from './engine.ts';
import { apiDateTime, ID_BLOCK, quoted, rowFromJson, storedFields, tableOf, type Connection } from './store.ts';

/** What set-up rows are written with. */
interface SetupSettings {
  readonly schema: OrgSchema;
  readonly instance: string;
  readonly clock: () => Date;
}

/** Writes set-up rows as the system user. */
export class SetupWriter {
  userId = '';
  readonly #given: SetupSettings;
  readonly #connection: Connection;

  constructor(given: SetupSettings, connection: Connection) {
    this.#given = given;
    this.#connection = connection;
  }

  object(name: string): ObjectSchema {
    const object = this.#given.schema.object(name);
    if (object === undefined) throw new Error(`The schema has no ${name}.`);
    return object;
  }

  async idOf(name: string, key: string, value: string): Promise<string | null> {
    const [row] = await this.#connection.query<{ id: string }>(
      `SELECT "Id" AS id FROM ${tableOf(this.object(name))} WHERE ${quoted(key)} = $1`,
      [value],
    );
    return row?.id ?? null;
  }

  /** Makes the row with this key, or brings it up to date; gives its id. */
  async put(
    name: string,
    key: string,
    value: string,
    values: Readonly<Record<string, FieldValue>>,
    newId?: string,
  ): Promise<string> {
    const object = this.object(name);
    const [found] = await this.#connection.query<{ row: Record<string, unknown> }>(
      `SELECT to_jsonb(t) AS row FROM ${tableOf(object)} t WHERE ${quoted(key)} = $1`,
      [value],
    );
    if (found === undefined) return (await this.insert(name, [{ [key]: value, ...values }], newId))[0] ?? '';
    const before: Row = rowFromJson(object, found.row);
    if (Object.entries(values).every(([field, each]) => before[field] === each)) return String(before.Id);
    const names = Object.keys(values);
    await this.#connection.query(
      `UPDATE ${tableOf(object)} t SET ${names.map((field) => `${quoted(field)} = s.${quoted(field)}`).join(', ')}
       FROM jsonb_populate_record(NULL::${tableOf(object)}, $2::jsonb) s WHERE t."Id" = $1`,
      [before.Id, JSON.stringify(values)],
    );
    return String(before.Id);
  }

  async insert(name: string, rows: readonly Readonly<Record<string, FieldValue>>[], newId?: string): Promise<string[]> {
    if (rows.length === 0) return [];
    const object = this.object(name);
    const now = apiDateTime(this.#given.clock());
    const ids = newId === undefined ? await this.#ids(object, rows.length) : [newId];
    const complete = rows.map((row, index) => ({
      ...emptyRow(object),
      ...row,
      Id: ids[index] ?? null,
      CreatedDate: now,
      CreatedById: this.userId,
      LastModifiedDate: now,
      LastModifiedById: this.userId,
      SystemModstamp: now,
    }));
    const columns = ['IsDeleted', ...storedFields(object).map((field) => field.name)];
    const list = [...new Set(columns)].map(quoted).join(', ');
    await this.#connection.query(
      `INSERT INTO ${tableOf(object)} (${list}) SELECT ${list} FROM jsonb_populate_recordset(NULL::${tableOf(object)}, $1::jsonb)`,
      [JSON.stringify(complete)],
    );
    return ids;
  }

  async #ids(object: ObjectSchema, count: number): Promise<string[]> {
    const ids: string[] = [];
    while (ids.length < count) {
      const [row] = await this.#connection.query<{ value: string }>(
        `SELECT nextval('org.${quoted(`${object.name} ids`)}') AS value`,
      );
      for (let number = 0; number < ID_BLOCK && ids.length < count; number += 1)
        ids.push(makeId(object.keyPrefix, this.#given.instance, Number(row?.value) + number));
    }
    return ids;
  }
}
