import { toId18 } from '../schema/ids.ts';
import type { ChildRelationship, ObjectSchema } from '../schema/types.ts';
import type { OrgTransaction } from './core.ts';
import { failed } from './drafts.ts';
import type { Row, SaveResult } from './engine.ts';
import { OrgError } from './errors.ts';
import { sumLineItems } from './object-rules.ts';
import { lockRows } from './operations.ts';
import { apiDateTime, quoted, rowFromJson, tableOf } from './store.ts';

/** Moves rows to the recycle bin, their details with them. */
export const deleteRows = async (transaction: OrgTransaction, ids: readonly string[]): Promise<SaveResult[]> => {
  const results: SaveResult[] = [];
  for (const given of ids) {
    const error = await deleteOne(transaction, given);
    const id = toId18(given) ?? given;
    results.push(error === undefined ? { id, success: true, errors: [] } : failed(error, id));
  }
  return results;
};

const deleteOne = async (transaction: OrgTransaction, given: string): Promise<OrgError | undefined> => {
  const id = toId18(given);
  const object = id === undefined ? undefined : transaction.core.schema.objectOfId(id);
  if (id === undefined || object === undefined) return new OrgError('MALFORMED_ID', `bad id ${given}`);
  const powers = transaction.access.object(object);
  if (!powers.readable) return new OrgError('NOT_FOUND', 'The requested resource does not exist');
  if (!powers.deletable)
    return new OrgError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
  const row = (await lockRows(transaction, object, [id])).get(id);
  if (row === undefined)
    return new OrgError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', { httpStatus: 404 });
  if (row.values.IsDeleted === true) return new OrgError('ENTITY_IS_DELETED', 'entity is deleted');
  if (!row.visible)
    return new OrgError(
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      'insufficient access rights on cross-reference id',
    );
  if (!(object.sharing === 'parent' ? row.editable : row.all))
    return new OrgError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
  const blocked = await restrictedBy(transaction, object, id);
  if (blocked !== undefined) return blocked;
  await remove(transaction, object, [row.values]);
  return undefined;
};

const restrictedBy = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  id: string,
): Promise<OrgError | undefined> => {
  for (const child of object.childRelationships.filter((each) => each.restrictedDelete)) {
    const rows = await childrenOf(transaction, child, [id]);
    if (rows.length > 0)
      return new OrgError(
        'DELETE_FAILED',
        `Your attempt to delete ${id} could not be completed because it is associated with the following ${child.childObject} records: ${rows
          .map((row) => String(row.Id))
          .slice(0, 5)
          .join(', ')}`,
      );
  }
  return await othersOwn(transaction, object, id);
};

/** Deals and contacts go with their account, but only those that the user may delete: else the account stays too. */
const othersOwn = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  id: string,
): Promise<OrgError | undefined> => {
  for (const child of object.childRelationships.filter((each) => each.cascadeDelete)) {
    const childObject = transaction.core.schema.object(child.childObject);
    if (childObject === undefined || !childObject.owned || childObject.sharing === 'parent') continue;
    const ids = (await childrenOf(transaction, child, [id])).map((row) => String(row.Id));
    if (ids.length === 0) continue;
    const { deletable } = transaction.access.object(childObject);
    const locked = await lockRows(transaction, childObject, ids);
    const kept = ids.filter((each) => !deletable || locked.get(each)?.all !== true);
    if (kept.length > 0)
      return new OrgError(
        'DELETE_FAILED',
        `Your attempt to delete ${id} could not be completed because it holds ${childObject.name} records that you cannot delete: ${kept.slice(0, 5).join(', ')}`,
      );
  }
  return undefined;
};

const childrenOf = async (
  transaction: OrgTransaction,
  child: ChildRelationship,
  parents: readonly string[],
): Promise<Row[]> => {
  const object = transaction.core.schema.object(child.childObject);
  if (object === undefined) return [];
  const rows = await transaction.connection.query<{ row: Record<string, unknown> }>(
    `SELECT to_jsonb(t) AS row FROM ${tableOf(object)} t
     WHERE t.${quoted(child.field)} = ANY($1) AND NOT t."IsDeleted" ORDER BY t."Id" FOR UPDATE`,
    [parents],
  );
  return rows.map(({ row }) => rowFromJson(object, row));
};

const remove = async (transaction: OrgTransaction, object: ObjectSchema, rows: readonly Row[]): Promise<void> => {
  const { core, access, connection, now } = transaction;
  const ids = rows.map((row) => String(row.Id));
  for (const child of object.childRelationships) {
    const childObject = core.schema.object(child.childObject);
    if (childObject === undefined) continue;
    if (childObject.sharedObject !== undefined || childObject.historyOf !== undefined)
      await connection.query(`DELETE FROM ${tableOf(childObject)} WHERE ${quoted(child.field)} = ANY($1)`, [ids]);
    else if (child.cascadeDelete) {
      const children = await childrenOf(transaction, child, ids);
      if (children.length > 0) await remove(transaction, childObject, children);
    } else if (!child.restrictedDelete && !['CreatedById', 'LastModifiedById', 'OwnerId'].includes(child.field))
      // A lookup to a deleted record is emptied by the platform itself: no automation, no change event, no new date.
      await connection.query(
        `UPDATE ${tableOf(childObject)} SET ${quoted(child.field)} = NULL WHERE ${quoted(child.field)} = ANY($1)`,
        [ids],
      );
  }
  const stamp = apiDateTime(now);
  await connection.query(
    `UPDATE ${tableOf(object)} SET "IsDeleted" = true, "SystemModstamp" = $2, "LastModifiedDate" = $2, "LastModifiedById" = $3
     WHERE "Id" = ANY($1)`,
    [ids, stamp, access.userId],
  );
  for (const row of rows)
    transaction.note(object, 'delete', row, {
      ...row,
      IsDeleted: true,
      SystemModstamp: stamp,
      LastModifiedDate: stamp,
      LastModifiedById: access.userId,
    });
  if (object.name === 'OpportunityLineItem')
    await sumLineItems(transaction, [...new Set(rows.map((row) => String(row.OpportunityId)))]);
};
