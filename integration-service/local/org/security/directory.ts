import type { FieldAccess, ObjectAccess, Row } from '../engine/engine.ts';
import { OrgError } from '../engine/errors.ts';
import { rowFromJson, tableOf, type Connection } from '../engine/store.ts';
import type { FieldSchema, ObjectSchema, OrgSchema } from '../schema/types.ts';
import {
  ACTIVITY_OBJECTS,
  OPEN_OBJECTS,
  PERMISSIONS_OF,
  PROFILES,
  SETUP_OBJECTS,
  STANDARD_USER_OBJECTS,
  type ProfilePower,
} from './profiles.ts';

interface ObjectGrant {
  create: boolean;
  read: boolean;
  edit: boolean;
  delete: boolean;
  viewAll: boolean;
  modifyAll: boolean;
}

const NO_GRANT: ObjectGrant = {
  create: false,
  read: false,
  edit: false,
  delete: false,
  viewAll: false,
  modifyAll: false,
};

const NO_FIELD_ACCESS: FieldAccess = { readable: false, createable: false, updateable: false };

/** Everything that decides what one user may do. Made once per change of users or permissions. */
export interface UserAccess {
  readonly userId: string;
  readonly user: Row;
  readonly profile: ProfilePower;
  readonly profileName: string;
  readonly roleName: string | null;
  readonly viewAllData: boolean;
  readonly modifyAllData: boolean;
  readonly manageUsers: boolean;
  readonly viewSetup: boolean;
  readonly apiEnabled: boolean;
  readonly customPermissions: ReadonlySet<string>;
  /** This user and everybody below in the role hierarchy: whose records are this user's too. */
  readonly userAndSubordinates: readonly string[];
  /** Those users and the groups and queues they are members of: to whom records may have been shared. */
  readonly principals: readonly string[];
  object(object: ObjectSchema): ObjectAccess;
}

/** Objects whose rows the directory is made of; a commit that touches one makes it stale. */
export const DIRECTORY_OBJECTS: ReadonlySet<string> = new Set([
  'User',
  'UserRole',
  'Profile',
  'PermissionSet',
  'PermissionSetAssignment',
  'ObjectPermissions',
  'FieldPermissions',
  'CustomPermission',
  'SetupEntityAccess',
  'Group',
  'GroupMember',
]);

const readAll = async (connection: Connection, schema: OrgSchema, name: string): Promise<readonly Row[]> => {
  const object = schema.object(name);
  if (object === undefined) throw new Error(`The schema has no ${name}.`);
  const rows = await connection.query<{ row: Record<string, unknown> }>(
    `SELECT to_jsonb(t) AS row FROM ${tableOf(object)} t WHERE NOT t."IsDeleted" ORDER BY t."Id"`,
  );
  return rows.map(({ row }) => rowFromJson(object, row));
};

/** Users with their roles, groups and permission sets, held in memory between changes. */
export class Directory {
  readonly #schema: OrgSchema;
  readonly #rows = new Map<string, readonly Row[]>();
  readonly #access = new Map<string, UserAccess>();

  private constructor(schema: OrgSchema) {
    this.#schema = schema;
  }

  /**
   * Reads what the directory is made of. `before` gives an earlier one whose rows of an object still hold: most of it is
   * field permissions, which hardly ever change.
   */
  static async load(
    connection: Connection,
    schema: OrgSchema,
    before: (object: string) => Directory | undefined = () => undefined,
  ): Promise<Directory> {
    const directory = new Directory(schema);
    for (const name of DIRECTORY_OBJECTS) {
      const known = before(name);
      directory.#rows.set(name, known ? known.#of(name) : await readAll(connection, schema, name));
    }
    return directory;
  }

  /** A user by 18-character id or user name. */
  user(idOrUsername: string): Row | undefined {
    const wanted = idOrUsername.toLowerCase();
    return this.#of('User').find((user) => user.Id === idOrUsername || String(user.Username).toLowerCase() === wanted);
  }

  accessOf(userId: string): UserAccess {
    const known = this.#access.get(userId);
    if (known !== undefined) return known;
    const user = this.user(userId);
    if (user === undefined) throw new OrgError('NOT_FOUND', `No user has the id ${userId}.`);
    const access = this.#build(user);
    this.#access.set(userId, access);
    return access;
  }

  #of(object: string): readonly Row[] {
    return this.#rows.get(object) ?? [];
  }

  #build(user: Row): UserAccess {
    const userId = String(user.Id);
    const profileName = String(this.#of('Profile').find((row) => row.Id === user.ProfileId)?.Name ?? '');
    const profile = PROFILES.find((each) => each.name === profileName);
    if (profile === undefined) throw new Error(`The profile ${profileName} of ${String(user.Username)} is not known.`);
    const assigned = new Set(
      this.#of('PermissionSetAssignment')
        .filter((row) => row.AssigneeId === userId)
        .map((row) => row.PermissionSetId),
    );
    const sets = this.#of('PermissionSet').filter((row) => assigned.has(row.Id ?? null));
    const holds = (flag: string): boolean => sets.some((row) => row[flag] === true);
    const modifyAllData = profile.modifyAllData || holds('PermissionsModifyAllData');
    const viewAllData = modifyAllData || profile.viewAllData || holds('PermissionsViewAllData');
    const users = [userId, ...this.#subordinatesOf(user)];
    const groups = this.#of('GroupMember')
      .filter((row) => users.includes(String(row.UserOrGroupId)))
      .map((row) => String(row.GroupId));
    const objects = this.#objectGrants(assigned);
    const fields = this.#fieldGrants(assigned);
    const cache = new Map<string, ObjectAccess>();
    const facts = {
      profile,
      viewAllData,
      modifyAllData,
      manageUsers: profile.manageUsers || holds('PermissionsManageUsers'),
      viewSetup: profile.viewSetup || holds('PermissionsViewSetup'),
      // No profile of a new org has it, and it needs Modify All Data besides (Salesforce Help, article 000386065).
      createAuditFields: modifyAllData && holds('PermissionsCreateAuditFields'),
    };
    return {
      userId,
      user,
      profileName,
      roleName: (this.#of('UserRole').find((row) => row.Id === user.UserRoleId)?.Name ?? null) as string | null,
      ...facts,
      apiEnabled: profile.apiEnabled || holds('PermissionsApiEnabled'),
      customPermissions: this.#customPermissionsOf(assigned),
      userAndSubordinates: users,
      principals: [...new Set([...users, ...groups])],
      object: (object) => {
        let access = cache.get(object.name);
        if (access === undefined) {
          access = objectAccess(object, this.#schema, facts, objects, fields);
          cache.set(object.name, access);
        }
        return access;
      },
    };
  }

  /** Developer names of the custom permissions that these sets give. */
  #customPermissionsOf(assigned: ReadonlySet<unknown>): ReadonlySet<string> {
    const given = new Set(
      this.#of('SetupEntityAccess')
        .filter((row) => assigned.has(row.ParentId))
        .map((row) => row.SetupEntityId),
    );
    return new Set(
      this.#of('CustomPermission')
        .filter((row) => given.has(row.Id ?? null))
        .map((row) => String(row.DeveloperName)),
    );
  }

  #subordinatesOf(user: Row): string[] {
    const below = new Set<string>();
    const roles = [user.UserRoleId];
    for (let role = roles.pop(); role !== undefined; role = roles.pop())
      if (role !== null)
        for (const child of this.#of('UserRole').filter((row) => row.ParentRoleId === role))
          if (!below.has(String(child.Id))) {
            below.add(String(child.Id));
            roles.push(child.Id ?? null);
          }
    return this.#of('User')
      .filter((row) => below.has(String(row.UserRoleId)))
      .map((row) => String(row.Id));
  }

  #objectGrants(assigned: ReadonlySet<unknown>): Map<string, ObjectGrant> {
    const grants = new Map<string, ObjectGrant>();
    for (const row of this.#of('ObjectPermissions').filter((each) => assigned.has(each.ParentId))) {
      const grant = grants.get(String(row.SobjectType)) ?? { ...NO_GRANT };
      grant.create ||= row.PermissionsCreate === true;
      grant.read ||= row.PermissionsRead === true;
      grant.edit ||= row.PermissionsEdit === true;
      grant.delete ||= row.PermissionsDelete === true;
      grant.viewAll ||= row.PermissionsViewAllRecords === true;
      grant.modifyAll ||= row.PermissionsModifyAllRecords === true;
      grants.set(String(row.SobjectType), grant);
    }
    return grants;
  }

  /** Field grants by `Object.Field`: readable, and whether editable too. */
  #fieldGrants(assigned: ReadonlySet<unknown>): Map<string, { edit: boolean }> {
    const grants = new Map<string, { edit: boolean }>();
    for (const row of this.#of('FieldPermissions').filter((each) => assigned.has(each.ParentId))) {
      if (row.PermissionsRead !== true) continue;
      const grant = grants.get(String(row.Field)) ?? { edit: false };
      grant.edit ||= row.PermissionsEdit === true;
      grants.set(String(row.Field), grant);
    }
    return grants;
  }
}

interface Facts {
  readonly profile: ProfilePower;
  readonly viewAllData: boolean;
  readonly modifyAllData: boolean;
  readonly manageUsers: boolean;
  readonly viewSetup: boolean;
  readonly createAuditFields: boolean;
}

/** What may be set on creation with the permission for it, never on change. */
export const AUDIT_FIELDS: ReadonlySet<string> = new Set([
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
]);

const takesAuditFields = ({ name, custom, sharedObject, historyOf }: ObjectSchema): boolean =>
  (custom && sharedObject === undefined && historyOf === undefined) ||
  ['Account', 'Contact', 'Event', 'Lead', 'Opportunity', 'Task'].includes(name);

const objectAccess = (
  object: ObjectSchema,
  schema: OrgSchema,
  facts: Facts,
  objects: ReadonlyMap<string, ObjectGrant>,
  fields: ReadonlyMap<string, { edit: boolean }>,
): ObjectAccess => {
  const grant = grantOn(object, schema, facts, objects);
  const compoundOf = new Map(
    object.fields.flatMap((field) => Object.values(field.compound ?? {}).map((part) => [part, field.name] as const)),
  );
  const fieldAccess = (field: FieldSchema): FieldAccess => {
    if (!grant.read) return NO_FIELD_ACCESS;
    const held =
      fields.get(`${object.name}.${field.name}`) ?? fields.get(`${object.name}.${compoundOf.get(field.name)}`);
    // What a profile opens stands in the permission set that it owns, as rows like any other set's.
    const open = !field.permissionable || object.setup;
    const editable = open || held?.edit === true;
    const audit = facts.createAuditFields && AUDIT_FIELDS.has(field.name) && takesAuditFields(object);
    return {
      readable: open || held !== undefined,
      createable: editable && (field.createable || audit) && grant.create,
      updateable: editable && field.updateable && grant.edit,
    };
  };
  const byName = new Map(object.fields.map((field) => [field.name, fieldAccess(field)]));
  return {
    readable: grant.read,
    createable: grant.create && object.createable,
    updateable: grant.edit && object.updateable,
    deletable: grant.delete && object.deletable,
    viewAll: grant.viewAll,
    modifyAll: grant.modifyAll,
    field: (name) => byName.get(name) ?? NO_FIELD_ACCESS,
  };
};

const ALL: ObjectGrant = { create: true, read: true, edit: true, delete: true, viewAll: true, modifyAll: true };

const grantOn = (
  object: ObjectSchema,
  schema: OrgSchema,
  facts: Facts,
  objects: ReadonlyMap<string, ObjectGrant>,
): ObjectGrant => {
  if (OPEN_OBJECTS.has(object.name))
    return facts.manageUsers ? { ...ALL, viewAll: facts.viewAllData } : { ...NO_GRANT, read: true };
  if (SETUP_OBJECTS.has(object.name)) {
    if (facts.manageUsers) return { ...ALL, viewAll: facts.viewAllData };
    return { ...NO_GRANT, read: facts.viewSetup, viewAll: facts.viewSetup };
  }
  if (facts.modifyAllData) return ALL;
  const permissionsOf = object.sharedObject ?? PERMISSIONS_OF[object.name];
  const governing = permissionsOf === undefined ? object : (schema.object(permissionsOf) ?? object);
  const grant = { ...(objects.get(governing.name) ?? NO_GRANT) };
  const standard = facts.profile.standardObjects ? STANDARD_USER_OBJECTS[governing.name] : undefined;
  if (standard !== undefined) {
    grant.read = true;
    if (standard === 'all') grant.create = grant.edit = grant.delete = true;
  }
  if (ACTIVITY_OBJECTS.has(object.name)) grant.read = grant.create = grant.edit = grant.delete = true;
  if (facts.viewAllData) grant.read = grant.viewAll = true;
  if (object.sharedObject !== undefined) return { ...grant, create: grant.read, edit: grant.read, delete: grant.read };
  // A contact role or line is part of its opportunity: whoever may edit the opportunity may add and remove them.
  if (permissionsOf === 'Opportunity') return { ...grant, create: grant.edit, delete: grant.edit };
  return grant;
};
