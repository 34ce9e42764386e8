import pg from 'pg';
import type { ObjectSchema } from '../schema/types.ts';
import { LostRace, type OrgTransaction } from './core.ts';
import type { Draft } from './drafts.ts';
import type { FieldValue, Row } from './engine.ts';
import { keepPast } from './history.ts';
import { apiDateTime, quoted, storedFields, tableOf } from './store.ts';

const UNIQUE_VIOLATION = '23505';

const statements = new WeakMap<ObjectSchema, { readonly insert: string; readonly update: string }>();

/** One statement writes any number of rows: they travel as one JSON parameter. */
const statementsOf = (object: ObjectSchema): { readonly insert: string; readonly update: string } => {
  const known = statements.get(object);
  if (known !== undefined) return known;
  const columns = [...new Set(['IsDeleted', ...storedFields(object).map((field) => field.name)])].map(quoted);
  const source = `jsonb_populate_recordset(NULL::${tableOf(object)}, $1::jsonb)`;
  const made = {
    insert: `INSERT INTO ${tableOf(object)} (${columns.join(', ')}) SELECT ${columns.join(', ')} FROM ${source}`,
    update: `UPDATE ${tableOf(object)} t SET ${columns.map((column) => `${column} = s.${column}`).join(', ')}
      FROM ${source} s WHERE t."Id" = s."Id"`,
  };
  statements.set(object, made);
  return made;
};

/** Inserts the drafts that are new and updates the others, one statement each. */
export const writeRows = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  drafts: readonly Draft[],
): Promise<void> => {
  const { insert, update } = statementsOf(object);
  const inserted = drafts.filter((draft) => draft.before === null).map((draft) => draft.after);
  const updated = drafts.filter((draft) => draft.before !== null).map((draft) => draft.after);
  try {
    if (inserted.length > 0) await transaction.connection.query(insert, [JSON.stringify(inserted)]);
    if (updated.length > 0) await transaction.connection.query(update, [JSON.stringify(updated)]);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === UNIQUE_VIOLATION) throw new LostRace();
    throw error;
  }
};

/** Writes a system-made change to rows, without the checks of a user's save. */
export const patchRows = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  rows: readonly { readonly before: Row; readonly values: Readonly<Record<string, FieldValue>> }[],
): Promise<void> => {
  const drafts = rows.map(({ before, values }, index) => ({
    index,
    before,
    after: { ...before, ...values, SystemModstamp: apiDateTime(transaction.now) },
    given: new Set<string>(),
    error: undefined,
  }));
  await writeRows(transaction, object, drafts);
  await keepPast(transaction, object, drafts);
  for (const draft of drafts) transaction.note(object, 'update', draft.before, draft.after);
};
