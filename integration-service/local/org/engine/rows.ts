import pg from 'pg';
import type { ObjectSchema } from '../schema/types.ts';
import { LostRace, type OrgTransaction } from './core.ts';
import type { Draft } from './drafts.ts';
import type { FieldValue, Row } from './engine.ts';
import { apiDateTime, quoted, storedFields, tableOf } from './store.ts';

const UNIQUE_VIOLATION = '23505';

/** Inserts the drafts that are new and updates the others, one statement each. */
export const writeRows = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  drafts: readonly Draft[],
): Promise<void> => {
  const columns = ['IsDeleted', ...storedFields(object).map((field) => field.name)].filter(
    (name, index, all) => all.indexOf(name) === index,
  );
  const list = columns.map(quoted).join(', ');
  const source = `jsonb_populate_recordset(NULL::${tableOf(object)}, $1::jsonb)`;
  const inserted = drafts.filter((draft) => draft.before === null).map((draft) => draft.after);
  const updated = drafts.filter((draft) => draft.before !== null).map((draft) => draft.after);
  try {
    if (inserted.length > 0)
      await transaction.connection.query(`INSERT INTO ${tableOf(object)} (${list}) SELECT ${list} FROM ${source}`, [
        JSON.stringify(inserted),
      ]);
    if (updated.length > 0)
      await transaction.connection.query(
        `UPDATE ${tableOf(object)} t SET ${columns.map((name) => `${quoted(name)} = s.${quoted(name)}`).join(', ')}
         FROM ${source} s WHERE t."Id" = s."Id"`,
        [JSON.stringify(updated)],
      );
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
  for (const draft of drafts) transaction.note(object, 'update', draft.before, draft.after);
};
