import { createHash } from 'node:crypto';
import { makeId } from '../schema/ids.ts';
import { OPPORTUNITY_STAGES } from '../schema/standard/sales.ts';
import type { OrgSchema } from '../schema/types.ts';
import type { CustomPermissionDefinition, PermissionSetDefinition } from '../security/permission-sets.ts';
import {
  PERMISSIONS_OF,
  PROFILES,
  STANDARD_USER_OBJECTS,
  SYSTEM_ADMINISTRATOR,
  type ProfilePower,
} from '../security/profiles.ts';
import { SetupWriter } from './setup-writer.ts';
import { tableOf, type Connection, type Store } from './store.ts';

/** What a new org gets before anybody can sign in to it. */
export interface Bootstrap {
  readonly schema: OrgSchema;
  readonly store: Store;
  readonly instance: string;
  readonly clock: () => Date;
  readonly permissionSets: readonly PermissionSetDefinition[];
  readonly customPermissions: readonly CustomPermissionDefinition[];
  readonly namespace: string | undefined;
  /** ISO code of the org's one currency. */
  readonly currency: string;
}

/** User name of the org's own user; it runs set-up and cannot sign in. */
export const SYSTEM_USERNAME = 'automated.process@org.local';

/**
 * Writes organization, profiles, the system user, stages, record types and permission sets where they are missing or have
 * changed. Set-up data is no business change: none of it reaches the commit log.
 */
export const bootstrap = (given: Bootstrap): Promise<{ orgId: string }> =>
  given.store.transaction(async (connection) => {
    const writer = new SetupWriter(given, connection);
    const userObject = writer.object('User');
    const [known] = await connection.query<{ id: string }>(
      `SELECT "Id" AS id FROM ${tableOf(userObject)} WHERE "Username" = $1`,
      [SYSTEM_USERNAME],
    );
    writer.userId = known?.id ?? makeId('005', given.instance, 0);
    const organization = await writer.put('Organization', 'Name', 'Local Org', {
      OrganizationType: 'Developer Edition',
      IsSandbox: false,
      InstanceName: 'LOCAL',
      LanguageLocaleKey: 'en_US',
      TimeZoneSidKey: 'America/Los_Angeles',
      DefaultCurrencyIsoCode: given.currency,
      FiscalYearStartMonth: 1,
    });
    for (const profile of PROFILES)
      await writer.put('Profile', 'Name', profile.name, {
        UserType: profile.userType,
        PermissionsApiEnabled: profile.apiEnabled,
        PermissionsViewAllData: profile.viewAllData,
        PermissionsModifyAllData: profile.modifyAllData,
        PermissionsManageUsers: profile.manageUsers,
        PermissionsViewSetup: profile.viewSetup,
      });
    await writer.put(
      'User',
      'Username',
      SYSTEM_USERNAME,
      {
        LastName: 'Process',
        FirstName: 'Automated',
        Name: 'Automated Process',
        Email: SYSTEM_USERNAME,
        Alias: 'autoproc',
        IsActive: true,
        UserType: 'AutomatedProcess',
        ProfileId: await writer.idOf('Profile', 'Name', SYSTEM_ADMINISTRATOR),
        TimeZoneSidKey: 'GMT',
        LocaleSidKey: 'en_US',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
      },
      writer.userId,
    );
    for (const [order, stage] of OPPORTUNITY_STAGES.entries())
      await writer.put('OpportunityStage', 'MasterLabel', stage.name, {
        ApiName: stage.name,
        IsActive: true,
        IsClosed: stage.closed,
        IsWon: stage.won,
        DefaultProbability: stage.probability,
        ForecastCategoryName: stage.forecast,
        SortOrder: order + 1,
      });
    await writer.put('Pricebook2', 'Name', 'Standard Price Book', { IsStandard: true, IsActive: true });
    for (const object of given.schema.objects)
      for (const type of object.recordTypes)
        await writer.put('RecordType', 'DeveloperName', type.developerName, {
          Name: type.label,
          SobjectType: object.name,
          IsActive: type.active,
          Description: type.description ?? null,
          NamespacePrefix: object.packaged ? (given.namespace ?? null) : null,
        });
    await writePermissionSets(given, writer, connection);
    await writeProfileSets(given, writer, connection);
    return { orgId: organization };
  });

const writePermissionSets = async (given: Bootstrap, writer: SetupWriter, connection: Connection): Promise<void> => {
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([given.permissionSets, given.customPermissions, given.namespace]))
    .digest('hex');
  const [known] = await connection.query<{ value: unknown }>(
    `SELECT value FROM org.setting WHERE key = 'permission sets'`,
  );
  if (known?.value === fingerprint) return;
  const permissionIds = await writeCustomPermissions(given, writer);
  for (const set of given.permissionSets) {
    const parent = await writer.put('PermissionSet', 'Name', set.name, {
      Label: set.label,
      Description: set.description?.slice(0, 255) ?? null,
      NamespacePrefix: set.packaged ? (given.namespace ?? null) : null,
      IsCustom: true,
      PermissionsApiEnabled: set.apiEnabled,
      PermissionsViewAllData: set.viewAllData,
      PermissionsModifyAllData: set.modifyAllData,
      PermissionsManageUsers: set.manageUsers,
      PermissionsViewSetup: set.viewSetup,
      PermissionsCreateAuditFields: set.createAuditFields,
    });
    for (const name of ['ObjectPermissions', 'FieldPermissions', 'SetupEntityAccess'])
      await connection.query(`DELETE FROM ${tableOf(writer.object(name))} WHERE "ParentId" = $1`, [parent]);
    await writer.insert(
      'SetupEntityAccess',
      set.customPermissions.map((name) => {
        const id = permissionIds.get(name);
        if (id === undefined)
          throw new Error(`The permission set ${set.name} gives the custom permission ${name}, which the org lacks.`);
        return { ParentId: parent, SetupEntityId: id, SetupEntityType: 'CustomPermission' };
      }),
    );
    await writer.insert(
      'ObjectPermissions',
      set.objects.map((grant) => ({
        ParentId: parent,
        SobjectType: grant.object,
        PermissionsCreate: grant.create,
        PermissionsRead: grant.read,
        PermissionsEdit: grant.edit,
        PermissionsDelete: grant.delete,
        PermissionsViewAllRecords: grant.viewAll,
        PermissionsModifyAllRecords: grant.modifyAll,
      })),
    );
    await writer.insert(
      'FieldPermissions',
      set.fields.map((grant) => ({
        ParentId: parent,
        SobjectType: grant.object,
        Field: `${grant.object}.${grant.field}`,
        PermissionsRead: true,
        PermissionsEdit: grant.edit,
      })),
    );
  }
  await connection.query(
    `INSERT INTO org.setting VALUES ('permission sets', $1::jsonb) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [JSON.stringify(fingerprint)],
  );
};

/** Ids of the org's custom permissions by developer name, written where they are missing or have changed. */
const writeCustomPermissions = async (given: Bootstrap, writer: SetupWriter): Promise<ReadonlyMap<string, string>> => {
  const ids = new Map<string, string>();
  for (const { name, label, description, licensed, packaged } of given.customPermissions)
    ids.set(
      name,
      await writer.put('CustomPermission', 'DeveloperName', name, {
        MasterLabel: label,
        Description: description?.slice(0, 255) ?? null,
        Language: 'en_US',
        NamespacePrefix: packaged ? (given.namespace ?? null) : null,
        IsProtected: false,
        IsLicensed: licensed,
      }),
    );
  return ids;
};

/**
 * Each profile owns a permission set, which is assigned to everybody who has the profile: field security of a profile is
 * told, and changed, by that set's rows (object reference, PermissionSet: IsOwnedByProfile). Written once for a schema,
 * so that what an administrator changes stays.
 */
const writeProfileSets = async (given: Bootstrap, writer: SetupWriter, connection: Connection): Promise<void> => {
  const fields = (profile: ProfilePower) => profileFields(profile, given.schema);
  const fingerprint = createHash('sha256')
    .update(JSON.stringify(PROFILES.map((profile) => [profile, fields(profile)])))
    .digest('hex');
  const [known] = await connection.query<{ value: unknown }>(
    `SELECT value FROM org.setting WHERE key = 'profile sets'`,
  );
  if (known?.value !== fingerprint) {
    for (const profile of PROFILES) {
      const profileId = await writer.idOf('Profile', 'Name', profile.name);
      const parent = await writer.put('PermissionSet', 'Name', `X${profileId}`, {
        Label: profile.name,
        IsOwnedByProfile: true,
        ProfileId: profileId,
        IsCustom: false,
        PermissionsApiEnabled: profile.apiEnabled,
        PermissionsViewAllData: profile.viewAllData,
        PermissionsModifyAllData: profile.modifyAllData,
        PermissionsManageUsers: profile.manageUsers,
        PermissionsViewSetup: profile.viewSetup,
      });
      for (const name of ['ObjectPermissions', 'FieldPermissions'])
        await connection.query(`DELETE FROM ${tableOf(writer.object(name))} WHERE "ParentId" = $1`, [parent]);
      await writer.insert('ObjectPermissions', profileObjects(profile, given.schema, parent));
      await writer.insert(
        'FieldPermissions',
        fields(profile).map(([object, field]) => ({
          ParentId: parent,
          SobjectType: object,
          Field: `${object}.${field}`,
          PermissionsRead: true,
          PermissionsEdit: true,
        })),
      );
    }
    await connection.query(
      `INSERT INTO org.setting VALUES ('profile sets', $1::jsonb) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      [JSON.stringify(fingerprint)],
    );
  }
  const lacking = await connection.query<{ user: string; set: string }>(
    `SELECT u."Id" AS user, s."Id" AS set FROM ${tableOf(writer.object('User'))} u
     JOIN ${tableOf(writer.object('PermissionSet'))} s ON s."ProfileId" = u."ProfileId" AND s."IsOwnedByProfile"
     WHERE NOT EXISTS (SELECT 1 FROM ${tableOf(writer.object('PermissionSetAssignment'))} a
       WHERE a."AssigneeId" = u."Id" AND a."PermissionSetId" = s."Id") ORDER BY u."Id"`,
  );
  await writer.insert(
    'PermissionSetAssignment',
    lacking.map(({ user, set }) => ({ AssigneeId: user, PermissionSetId: set })),
  );
};

const profileObjects = (profile: ProfilePower, schema: OrgSchema, parent: string) =>
  schema.objects
    .filter((object) => !object.setup && object.sharedObject === undefined)
    .flatMap((object) => {
      const given = profile.standardObjects ? STANDARD_USER_OBJECTS[object.name] : undefined;
      const all = profile.modifyAllData;
      if (PERMISSIONS_OF[object.name] !== undefined || (!all && given === undefined)) return [];
      const write = all || given === 'all';
      return [
        {
          ParentId: parent,
          SobjectType: object.name,
          PermissionsRead: true,
          PermissionsCreate: write,
          PermissionsEdit: write,
          PermissionsDelete: write,
          PermissionsViewAllRecords: all,
          PermissionsModifyAllRecords: all,
        },
      ];
    });

/** Fields that a profile opens by itself: all of them to an administrator, the standard ones of sales objects to sellers. */
const profileFields = (profile: ProfilePower, schema: OrgSchema): readonly (readonly [string, string])[] =>
  schema.objects
    .filter((object) => !object.setup && (profile.modifyAllData || (profile.standardObjects && !object.custom)))
    .flatMap((object) => {
      const parts = new Set(object.fields.flatMap((field) => Object.values(field.compound ?? {})));
      return object.fields
        .filter((field) => field.permissionable && !parts.has(field.name) && (profile.modifyAllData || !field.custom))
        .map((field) => [object.name, field.name] as const);
    });
