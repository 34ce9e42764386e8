import type { Query } from '@jetstreamapp/soql-parser-js';
import type { OrgTransaction } from '../engine/core.ts';
import type { QueryResult, RecordAccess } from '../engine/engine.ts';
import { OrgError } from '../engine/errors.ts';
import { recordAccessOf } from '../engine/read.ts';
import { conditionTree, type ConditionTree } from './condition-tree.ts';
import { malformed, noSuchColumn } from './errors.ts';
import { idLiteral, readLiteral } from './literals.ts';

const COLUMNS: Readonly<Record<string, (access: RecordAccess) => unknown>> = {
  RecordId: (access) => access.recordId,
  HasReadAccess: (access) => access.hasReadAccess,
  HasEditAccess: (access) => access.hasEditAccess,
  HasDeleteAccess: (access) => access.hasDeleteAccess,
  HasTransferAccess: (access) => access.hasTransferAccess,
  HasAllAccess: (access) => access.hasAllAccess,
  MaxAccessLevel: (access) =>
    access.hasAllAccess
      ? 'All'
      : access.hasDeleteAccess
        ? 'Delete'
        : access.hasEditAccess
          ? 'Edit'
          : access.hasReadAccess
            ? 'Read'
            : 'None',
};

const MAX_RECORDS = 200;

/**
 * Answers `SELECT … FROM UserRecordAccess WHERE UserId = '…' AND RecordId = '…'` (or `IN`), the only form the org takes.
 */
export const userRecordAccess = async (transaction: OrgTransaction, query: Query): Promise<QueryResult> => {
  const { userId, recordIds } = filterOf(query);
  if (recordIds.length > MAX_RECORDS) throw malformed(`UserRecordAccess takes at most ${MAX_RECORDS} records`);
  const columns = (query.fields ?? []).map((field) => {
    const name = field.type === 'Field' ? field.field : '';
    const known = Object.keys(COLUMNS).find((column) => column.toLowerCase() === name.toLowerCase());
    if (known === undefined) throw noSuchColumn('', name, name, 'UserRecordAccess');
    return known;
  });
  const accesses = await accessesOf(transaction, userId, recordIds);
  return {
    totalSize: accesses.length,
    records: accesses.map((access) => ({
      attributes: { type: 'UserRecordAccess' },
      ...Object.fromEntries(columns.map((column) => [column, COLUMNS[column]?.(access)])),
    })),
  };
};

/**
 * Of anybody, as the org tells it: records that the running user may not read are left out of what is said of others
 * (object reference, UserRecordAccess).
 */
const accessesOf = async (
  transaction: OrgTransaction,
  userId: string,
  recordIds: readonly string[],
): Promise<readonly RecordAccess[]> => {
  const own = await recordAccessOf(transaction, recordIds);
  if (userId === transaction.access.userId) return own;
  const directory = await transaction.core.directory();
  if (directory.user(userId) === undefined) return [];
  const readable = own.filter(({ hasReadAccess }) => hasReadAccess).map(({ recordId }) => recordId);
  return recordAccessOf(transaction, readable, directory.accessOf(userId));
};

const filterOf = (query: Query): { userId: string; recordIds: string[] } => {
  const conditions = query.where === undefined ? [] : flattened(conditionTree(query.where));
  const valuesOf = (field: string): string[] => {
    const values = conditions.find((condition) => condition.field.toLowerCase() === field.toLowerCase())?.values;
    if (values === undefined)
      throw new OrgError('MALFORMED_QUERY', 'UserRecordAccess needs filters on UserId and RecordId, joined by AND');
    return values;
  };
  return { userId: valuesOf('UserId')[0] ?? '', recordIds: valuesOf('RecordId') };
};

const flattened = (tree: ConditionTree): { field: string; values: string[] }[] => {
  if (tree.kind === 'and') return tree.operands.flatMap(flattened);
  if (tree.kind !== 'condition') throw malformed('UserRecordAccess filters are joined by AND');
  const { condition } = tree;
  if (!('field' in condition) || !('value' in condition) || !['=', 'IN'].includes(condition.operator))
    throw malformed('UserRecordAccess filters use = and IN');
  const values = Array.isArray(condition.value) ? condition.value : [condition.value];
  return [{ field: condition.field, values: values.map((value) => idLiteral(readLiteral(value, 'STRING').value)) }];
};
