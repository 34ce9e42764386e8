import type { ObjectSchema } from '../schema/types.ts';
import { shareParentField } from '../security/sharing.ts';
import type { OrgTransaction } from './core.ts';
import { emptyRow, type Draft } from './drafts.ts';
import type { FieldValue } from './engine.ts';
import { OrgError, notOfferedHere } from './errors.ts';
import { roundHalfUp } from './values.ts';
import { apiDateTime, quoted, rowFromJson, tableOf } from './store.ts';
import { patchRows, writeRows } from './rows.ts';

const alive = (drafts: readonly Draft[]): Draft[] => drafts.filter((draft) => draft.error === undefined);

/** Rules that belong to one kind of object: owners, share rows, assignments, prices. */
export const checkObjectRules = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  drafts: readonly Draft[],
): Promise<void> => {
  if (object.owned) await checkOwners(transaction, object, drafts);
  if (object.sharedObject !== undefined) checkShares(transaction, object, drafts);
  if (object.name === 'PermissionSetAssignment') await checkAssignments(transaction, object, drafts);
  if (object.name === 'OpportunityLineItem') await fillLineItems(transaction, drafts);
};

const checkOwners = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  drafts: readonly Draft[],
): Promise<void> => {
  const directory = await transaction.core.directory();
  for (const draft of alive(drafts)) {
    const owner = String(draft.after.OwnerId);
    if (draft.before?.OwnerId === owner || !owner.startsWith('005')) continue;
    const user = directory.user(owner);
    if (user === undefined) continue;
    // A process may own what it makes itself; nobody can give it a record.
    if (user.UserType === 'AutomatedProcess' && owner !== transaction.access.userId)
      draft.error = new OrgError(
        'OP_WITH_INVALID_USER_TYPE_EXCEPTION',
        'Operation not valid for this user type: Owner ID',
        { fields: ['OwnerId'] },
      );
    else if (user.IsActive !== true)
      draft.error = new OrgError(
        'INACTIVE_OWNER_OR_USER',
        `operation performed with inactive user [${owner}] as owner of ${object.name.toLowerCase()}`,
        { fields: ['OwnerId'] },
      );
    else if (!directory.accessOf(owner).object(object).readable)
      draft.error = new OrgError('TRANSFER_REQUIRES_READ', 'The new owner must have read permission', {
        fields: ['OwnerId'],
      });
  }
};

const checkShares = (transaction: OrgTransaction, object: ObjectSchema, drafts: readonly Draft[]): void => {
  const shared = transaction.core.schema.object(object.sharedObject ?? '');
  const level = object.fields.find((field) => field.name.endsWith('AccessLevel'))?.name ?? 'AccessLevel';
  for (const draft of alive(drafts)) {
    const refuse = (message: string, field: string): void => {
      draft.error = new OrgError('FIELD_INTEGRITY_EXCEPTION', message, { fields: [field] });
    };
    if (draft.after.RowCause !== 'Manual')
      refuse(`Row cause ${String(draft.after.RowCause)} is set by the platform`, 'RowCause');
    else if (draft.after[level] === 'All') refuse('Access level All is the owner’s alone', level);
    else if (shared?.sharing === 'read' && draft.after[level] === 'Read')
      refuse('trivial share level Read, for organization with default level Read', level);
    else if (shared?.name === 'Account' && (draft.after.OpportunityAccessLevel ?? 'None') !== 'None')
      draft.error = notOfferedHere('Sharing opportunities through an account share');
  }
};

const checkAssignments = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  drafts: readonly Draft[],
): Promise<void> => {
  for (const draft of alive(drafts)) {
    const [owned] = await transaction.connection.query(
      `SELECT 1 FROM data."PermissionSet" WHERE "Id" = $1 AND "IsOwnedByProfile"`,
      [draft.after.PermissionSetId],
    );
    if (owned !== undefined) {
      draft.error = new OrgError(
        'FIELD_INTEGRITY_EXCEPTION',
        'a permission set owned by a profile cannot be assigned',
        {
          fields: ['PermissionSetId'],
        },
      );
      continue;
    }
    const [taken] = await transaction.connection.query<{ id: string }>(
      `SELECT "Id" AS id FROM ${tableOf(object)} WHERE NOT "IsDeleted" AND "PermissionSetId" = $1 AND "AssigneeId" = $2`,
      [draft.after.PermissionSetId, draft.after.AssigneeId],
    );
    if (taken !== undefined)
      draft.error = new OrgError(
        'DUPLICATE_VALUE',
        `duplicate value found: PermissionSetId duplicates value on record with id: ${taken.id}`,
      );
  }
};

/** A line takes its product, code and list price from its price book entry, or its entry from its product. */
const fillLineItems = async (transaction: OrgTransaction, drafts: readonly Draft[]): Promise<void> => {
  for (const draft of alive(drafts).filter((each) => each.before === null)) {
    const { after } = draft;
    if (after.PricebookEntryId === null && after.Product2Id === null) {
      draft.error = new OrgError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [PricebookEntryId]', {
        fields: ['PricebookEntryId'],
      });
      continue;
    }
    const [entry] = await transaction.connection.query<Record<string, FieldValue>>(
      `SELECT e."Id" AS entry, p."Id" AS product, p."Name" AS name, p."ProductCode" AS code, e."UnitPrice"::float8 AS price,
         o."Name" AS deal
       FROM data."PricebookEntry" e JOIN data."Product2" p ON p."Id" = e."Product2Id"
       JOIN data."Opportunity" o ON o."Id" = $3
       WHERE NOT e."IsDeleted" AND (e."Id" = $1 OR ($1::text IS NULL AND e."Product2Id" = $2
         AND (o."Pricebook2Id" IS NULL OR e."Pricebook2Id" = o."Pricebook2Id"))) ORDER BY e."Id" LIMIT 1`,
      [after.PricebookEntryId, after.Product2Id, after.OpportunityId],
    );
    if (entry === undefined) {
      draft.error = new OrgError(
        'FIELD_INTEGRITY_EXCEPTION',
        'field integrity exception: PricebookEntryId (pricebook entry has been archived or does not exist)',
        {
          fields: ['PricebookEntryId'],
        },
      );
      continue;
    }
    after.PricebookEntryId = entry.entry ?? null;
    after.Product2Id = entry.product ?? null;
    after.ProductCode = entry.code ?? null;
    after.ListPrice = entry.price ?? null;
    after.UnitPrice ??= entry.price ?? null;
    after.Name = `${String(entry.deal)} ${String(entry.name)}`;
    const discounted = Number(after.Quantity) * Number(after.UnitPrice) * (1 - Number(after.Discount ?? 0) / 100);
    after.TotalPrice = roundHalfUp(discounted, 2);
  }
};

/** What follows from rows that were just written. */
export const afterWrite = async (
  transaction: OrgTransaction,
  object: ObjectSchema,
  drafts: readonly Draft[],
): Promise<void> => {
  const share = object.shareObject === undefined ? undefined : transaction.core.schema.object(object.shareObject);
  const moved = drafts.filter((draft) => draft.before !== null && draft.before.OwnerId !== draft.after.OwnerId);
  // Manual shares were the old owner's to give: a transfer removes them.
  if (share !== undefined && moved.length > 0)
    await transaction.connection.query(
      `DELETE FROM ${tableOf(share)} WHERE ${quoted(shareParentField(share))} = ANY($1) AND "RowCause" = 'Manual'`,
      [moved.map((draft) => draft.after.Id)],
    );
  const newProfile = drafts.filter(({ before, after }) => before?.ProfileId !== after.ProfileId);
  if (object.name === 'User' && newProfile.length > 0) await assignProfileSets(transaction, newProfile);
  if (object.name === 'OpportunityLineItem')
    await sumLineItems(transaction, [...new Set(drafts.map((draft) => String(draft.after.OpportunityId)))]);
};

/** Whoever has a profile has the permission set that it owns, and no other profile's. */
const assignProfileSets = async (transaction: OrgTransaction, users: readonly Draft[]): Promise<void> => {
  const assignment = transaction.core.schema.object('PermissionSetAssignment');
  if (assignment === undefined) return;
  const { connection, core, access } = transaction;
  await connection.query(
    `DELETE FROM ${tableOf(assignment)} a USING data."PermissionSet" s
     WHERE s."Id" = a."PermissionSetId" AND s."IsOwnedByProfile" AND a."AssigneeId" = ANY($1)`,
    [users.map(({ after }) => after.Id)],
  );
  const sets = await connection.query<{ id: string; profile: string }>(
    `SELECT "Id" AS id, "ProfileId" AS profile FROM data."PermissionSet" WHERE "IsOwnedByProfile"`,
  );
  const ids = await core.newIds(assignment, users.length);
  const now = apiDateTime(transaction.now);
  const rows = users.flatMap(({ after: user }, index): Draft[] => {
    const set = sets.find(({ profile }) => profile === user.ProfileId);
    const made = { CreatedDate: now, LastModifiedDate: now, SystemModstamp: now };
    const by = { CreatedById: access.userId, LastModifiedById: access.userId };
    const row = { Id: ids[index] ?? null, AssigneeId: user.Id ?? null, PermissionSetId: set?.id ?? null };
    return set === undefined
      ? []
      : [
          {
            index,
            before: null,
            after: { ...emptyRow(assignment), ...row, ...made, ...by },
            given: new Set(),
            error: undefined,
          },
        ];
  });
  if (rows.length > 0) await writeRows(transaction, assignment, rows);
};

/** An opportunity with lines takes its amount and quantity from them. */
export const sumLineItems = async (transaction: OrgTransaction, opportunities: readonly string[]): Promise<void> => {
  const object = transaction.core.schema.object('Opportunity');
  if (object === undefined) return;
  const rows = await transaction.connection.query<{
    row: Record<string, unknown>;
    lines: number;
    amount: number | null;
    quantity: number | null;
  }>(
    `SELECT to_jsonb(o) AS row, count(l."Id")::int AS lines, sum(l."TotalPrice")::float8 AS amount, sum(l."Quantity")::float8 AS quantity
     FROM data."Opportunity" o LEFT JOIN data."OpportunityLineItem" l ON l."OpportunityId" = o."Id" AND NOT l."IsDeleted"
     WHERE o."Id" = ANY($1) AND NOT o."IsDeleted" GROUP BY o."Id"`,
    [opportunities],
  );
  await patchRows(
    transaction,
    object,
    rows.map(({ row, lines, amount, quantity }) => ({
      before: rowFromJson(object, row),
      values:
        lines === 0
          ? { HasOpportunityLineItem: false }
          : { HasOpportunityLineItem: true, Amount: amount, TotalOpportunityQuantity: quantity },
    })),
  );
};
