import type { ObjectSchema } from '../schema/types.ts';
import { BEHAVIOURS } from './behaviours.ts';
import {
  checkFields,
  checkReferences,
  checkUnique,
  checkValidationRules,
  computeFormulas,
  formulaContext,
} from './checks.ts';
import type { OrgTransaction } from './core.ts';
import { asOrgError, type Draft } from './drafts.ts';
import { OrgError } from './errors.ts';
import { evaluate } from './formulas.ts';
import { keepPast } from './history.ts';
import { checkObjectRules, afterWrite } from './object-rules.ts';
import { writeRows } from './rows.ts';
import { apiDateTime, quoted, sequenceOf } from './store.ts';
import { coerce } from './values.ts';

/** Fills in defaults, ids, auto-numbers and the owner of rows being created. */
export const applyDefaults = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  drafts: readonly Draft[],
): Promise<void> => {
  const { core, access, connection } = transaction;
  const ids = await core.newIds(object, drafts.length);
  for (const [position, draft] of drafts.entries()) {
    const { after, given } = draft;
    after.Id = ids[position] ?? null;
    if (object.owned && after.OwnerId === null) after.OwnerId = access.userId;
    for (const field of object.fields) {
      if (given.has(field.name)) continue;
      const standard = field.picklist?.values.find((value) => value.isDefault)?.value;
      if (standard !== undefined) after[field.name] = standard;
      if (field.defaultFormula === undefined) continue;
      try {
        const value = evaluate(
          field.defaultFormula,
          object,
          after,
          await formulaContext(transaction, object, draft, field.defaultFormula),
        );
        after[field.name] = coerce(core.schema, field, value);
      } catch (error) {
        draft.error = asOrgError(error);
      }
    }
  }
  for (const field of object.fields.filter((each) => each.autoNumber !== undefined)) {
    const rows = await connection.query<{ number: string }>(
      `SELECT nextval('org.${quoted(sequenceOf(object, field))}') AS number FROM generate_series(1, $1)`,
      [drafts.length],
    );
    for (const [position, draft] of drafts.entries())
      draft.after[field.name] = autoNumber(
        field.autoNumber?.format ?? '{0}',
        Number(rows[position]?.number),
        transaction.now,
      );
  }
  if (object.custom && object.field('Name')?.autoNumber === undefined)
    for (const { after } of drafts) if (object.nameField === 'Name') after.Name ??= after.Id ?? null;
};

/** `REQ-{0000000}` and the date parts that the format knows. */
const autoNumber = (format: string, number: number, now: Date): string =>
  format
    .replace(/\{(0+)\}/g, (_, zeros: string) => String(number).padStart(zeros.length, '0'))
    .replaceAll('{YYYY}', String(now.getUTCFullYear()))
    .replaceAll('{YY}', String(now.getUTCFullYear()).slice(2))
    .replaceAll('{MM}', String(now.getUTCMonth() + 1).padStart(2, '0'))
    .replaceAll('{DD}', String(now.getUTCDate()).padStart(2, '0'));

const AUDIT_DATES = ['CreatedDate', 'LastModifiedDate'];

/** Who and when; on creation, audit fields that the caller may set stay as given. */
const stamp = (draft: Draft, now: string, userId: string): void => {
  const { after, given } = draft;
  after.SystemModstamp = now;
  const on = (name: string, value: string): void => {
    if (draft.before !== null || !given.has(name) || after[name] === null) after[name] = value;
  };
  if (draft.before === null) {
    on('CreatedDate', now);
    on('CreatedById', userId);
  }
  on('LastModifiedDate', now);
  on('LastModifiedById', userId);
  if (draft.before !== null || !AUDIT_DATES.some((name) => given.has(name))) return;
  const moment = (name: string): number => Date.parse(String(after[name]).replace('+0000', 'Z'));
  if (Math.max(moment('CreatedDate'), moment('LastModifiedDate')) > Date.parse(now.replace('+0000', 'Z')))
    draft.error = new OrgError('FIELD_INTEGRITY_EXCEPTION', 'Audit fields cannot lie in the future', {
      fields: ['CreatedDate'],
    });
  else if (moment('LastModifiedDate') < moment('CreatedDate'))
    draft.error = new OrgError(
      'FIELD_INTEGRITY_EXCEPTION',
      `Last Modified Date(${String(after.LastModifiedDate)}) before Create Date(${String(after.CreatedDate)})`,
      { fields: ['LastModifiedDate'] },
    );
};

/**
 * Runs drafts through what the platform does on save, in its order: derived values, the customer's automation, field
 * checks, references, validation rules, uniqueness; then writes those without an error.
 */
export const saveDrafts = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  drafts: readonly Draft[],
): Promise<void> => {
  const { core, access } = transaction;
  const now = apiDateTime(transaction.now);
  for (const draft of drafts) {
    if (draft.error !== undefined) continue;
    BEHAVIOURS[object.name]?.({ before: draft.before, after: draft.after, given: draft.given, now });
    for (const hook of core.hooks.get(object.name) ?? [])
      hook({ object, userId: access.userId, before: draft.before, after: draft.after });
    stamp(draft, now, access.userId);
  }
  await computeFormulas(transaction, object, drafts);
  checkFields(object, drafts);
  await checkReferences(transaction, object, drafts);
  await checkObjectRules(transaction, object, drafts);
  await checkValidationRules(transaction, object, drafts);
  await checkUnique(transaction, object, drafts);
  const good = drafts.filter((draft) => draft.error === undefined);
  if (good.length === 0) return;
  await writeRows(transaction, object, good);
  await keepPast(transaction, object, good);
  for (const draft of good)
    transaction.note(object, draft.before === null ? 'create' : 'update', draft.before, { ...draft.after });
  await afterWrite(transaction, object, good);
};
