import { BEHAVIOURS } from './behaviours.ts';
import { checkFields, checkReferences, checkUnique, computeFormulas } from './checks.ts';
import type { OrgTransaction } from './core.ts';
import { emptyRow, type Draft } from './drafts.ts';
import type { FieldValue, Row } from './engine.ts';
import { insertAll, pastOf, type Saved, writePast } from './history.ts';
import { apiDateTime } from './store.ts';
import { coerce } from './values.ts';
import { applyDefaults } from './write.ts';
import type { ObjectSchema } from '../schema/types.ts';

/** One save in a record's life. */
export interface Moment {
  /** ISO 8601 instant. */
  readonly at: string;
  /** Id of the user who saved. */
  readonly by: string;
  /** What was set, system-derived fields among it where nothing here derives them. */
  readonly values: Readonly<Record<string, FieldValue>>;
}

/** A record from its creation on, oldest moment first. */
export type Life = readonly [Moment, ...Moment[]];

/** Puts records of one object into the org; gives their ids, in order. */
export type Restore = (object: string, lives: readonly Life[]) => Promise<readonly string[]>;

const ROWS_AT_ONCE = 500;

/**
 * Puts records there as they lived in another org: with their dates, their authors and their past. That is what a full
 * copy of an org brings along, and no API can load (field history is written by the platform alone). Nobody hears of it:
 * there are no change events, and no automation or validation rule of today is run on what was saved then.
 *
 * Throws the words of the first record that the org could not hold: unknown field, missing or too long value, reference
 * to nothing, key taken.
 */
export const restoreLives = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  lives: readonly Life[],
): Promise<readonly string[]> => {
  // Users and permissions are held in memory, histories follow from lives.
  if (object.setup || object.historyOf !== undefined)
    throw new Error(`${object.name} cannot be put there from another org.`);
  const ids: string[] = [];
  for (let start = 0; start < lives.length; start += ROWS_AT_ONCE)
    ids.push(...(await restoreSome(transaction, object, lives.slice(start, start + ROWS_AT_ONCE))));
  return ids;
};

const restoreSome = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  lives: readonly Life[],
): Promise<readonly string[]> => {
  const drafts = lives.map(([first], index): Draft => {
    const values = valuesOf(transaction, object, first);
    const given = new Set(Object.keys(values));
    return { index, before: null, after: { ...emptyRow(object), ...values }, given, error: undefined };
  });
  await applyDefaults(transaction, object, drafts);
  const saves = lives.flatMap((life, index) => liveThrough(transaction, object, life, drafts[index]?.after ?? {}));
  await computeFormulas(transaction, object, drafts);
  checkFields(object, drafts);
  await checkReferences(transaction, object, drafts);
  await checkUnique(transaction, object, drafts);
  const refused = drafts.find(({ error }) => error !== undefined);
  if (refused)
    throw new Error(`${object.name} ${JSON.stringify(refused.after)} cannot be put there: ${refused.error?.message}`);
  await insertAll(
    transaction.connection,
    object,
    drafts.map(({ after }) => after),
  );
  await writePast(transaction, object, pastOf(object, saves));
  return drafts.map(({ after }) => String(after.Id));
};

/** Goes through a life, leaving `row` as it is at the end; gives what was saved on the way. */
const liveThrough = (
  transaction: OrgTransaction,
  object: ObjectSchema,
  life: Life,
  row: Record<string, FieldValue>,
): Saved[] => {
  let before: Row | null = null;
  return life.map((moment) => {
    const values = valuesOf(transaction, object, moment);
    const at = apiDateTime(new Date(moment.at));
    Object.assign(row, values);
    BEHAVIOURS[object.name]?.({ before, after: row, given: new Set(Object.keys(values)), now: at });
    if (before === null) Object.assign(row, { CreatedDate: at, CreatedById: moment.by });
    Object.assign(row, { LastModifiedDate: at, LastModifiedById: moment.by, SystemModstamp: at });
    const saved = { before, after: { ...row }, at, by: moment.by };
    before = saved.after;
    return saved;
  });
};

const valuesOf = (
  { core, context }: OrgTransaction,
  object: ObjectSchema,
  { values }: Moment,
): Record<string, FieldValue> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = object.field(name, context.defaultNamespace);
      if (field === undefined)
        throw new Error(`${object.name} has no field ${name} that a record could be put there with.`);
      return [field.name, coerce(core.schema, field, value)];
    }),
  );
