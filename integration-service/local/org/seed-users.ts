import type { EngineOperations } from './engine/engine.ts';
import { API_ONLY, STANDARD_USER, SYSTEM_ADMINISTRATOR } from './security/profiles.ts';

/** A user to make, with role and permission sets by name. */
export interface SeedUser {
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly profile: string;
  readonly role?: string;
  /** User name of the person's manager, who stands earlier in the list or is there already. */
  readonly manager?: string;
  readonly permissionSets: readonly string[];
}

/** A role and the role above it. */
export interface SeedRole {
  readonly name: string;
  readonly above?: string;
}

export const SAMPLE_ROLES: readonly SeedRole[] = [
  { name: 'Sales Lead' },
  { name: 'Sales East', above: 'Sales Lead' },
  { name: 'Sales West', above: 'Sales Lead' },
];

export const INTEGRATION_USERNAME = 'integration@tandem.example.com';

const MANAGER_USERNAME = 'max.manager@tandem.example.com';

/** The org's own System Administrator, who loads sample data; nobody on the record pages. */
const SETUP_USERNAME = 'sam.setup@tandem.example.com';

/** The people of the sample company. */
export const SAMPLE_USERS: readonly SeedUser[] = [
  {
    username: MANAGER_USERNAME,
    firstName: 'Max',
    lastName: 'Manager',
    email: 'max.manager@example.com',
    profile: STANDARD_USER,
    role: 'Sales Lead',
    permissionSets: ['TandemPartnerManager', 'TandemStandardObjectsSeller'],
  },
  {
    username: 'sally.seller@tandem.example.com',
    firstName: 'Sally',
    lastName: 'Seller',
    email: 'sally.seller@example.com',
    profile: STANDARD_USER,
    role: 'Sales East',
    manager: MANAGER_USERNAME,
    permissionSets: ['TandemSeller', 'TandemStandardObjectsSeller'],
  },
  {
    username: 'omar.other@tandem.example.com',
    firstName: 'Omar',
    lastName: 'Other',
    email: 'omar.other@example.com',
    profile: STANDARD_USER,
    role: 'Sales West',
    manager: MANAGER_USERNAME,
    permissionSets: ['TandemSeller', 'TandemStandardObjectsSeller'],
  },
  {
    username: 'ada.admin@tandem.example.com',
    firstName: 'Ada',
    lastName: 'Admin',
    email: 'ada.admin@example.com',
    // No System Administrator: what she may do is what the permission set Tandem Admin gives.
    profile: STANDARD_USER,
    permissionSets: ['TandemAdmin', 'TandemStandardObjectsSeller'],
  },
  {
    username: 'fiona.finance@tandem.example.com',
    firstName: 'Fiona',
    lastName: 'Finance',
    email: 'fiona.finance@example.com',
    profile: STANDARD_USER,
    permissionSets: ['TandemFinance'],
  },
  {
    username: 'lena.legal@tandem.example.com',
    firstName: 'Lena',
    lastName: 'Legal',
    email: 'lena.legal@example.com',
    profile: STANDARD_USER,
    permissionSets: ['TandemLegal'],
  },
  {
    username: SETUP_USERNAME,
    firstName: 'Sam',
    lastName: 'Setup',
    email: 'sam.setup@example.com',
    profile: SYSTEM_ADMINISTRATOR,
    permissionSets: ['TandemAdmin'],
  },
  {
    username: INTEGRATION_USERNAME,
    firstName: 'Tandem',
    lastName: 'Integration',
    email: 'integration@example.com',
    profile: API_ONLY,
    permissionSets: ['TandemIntegration', 'TandemStandardObjectsIntegration'],
  },
];

/**
 * Makes roles, users and their permission set assignments where they are missing; what is there stays as it is. A
 * permission set that the org does not have is left out and named in the answer.
 */
export const seedUsers = async (
  operations: EngineOperations,
  users: readonly SeedUser[],
  roles: readonly SeedRole[] = SAMPLE_ROLES,
): Promise<{ missingPermissionSets: string[] }> => {
  const roleIds = await idsByName(operations, 'UserRole', 'Name');
  for (const role of roles)
    if (!roleIds.has(role.name))
      roleIds.set(
        role.name,
        await make(operations, 'UserRole', {
          Name: role.name,
          DeveloperName: role.name.replaceAll(' ', '_'),
          ParentRoleId: role.above === undefined ? null : roleIds.get(role.above),
        }),
      );
  const profileIds = await idsByName(operations, 'Profile', 'Name');
  const setIds = await idsByName(operations, 'PermissionSet', 'Name');
  const userIds = await idsByName(operations, 'User', 'Username');
  const assigned = new Set(
    (await operations.query('SELECT AssigneeId, PermissionSetId FROM PermissionSetAssignment')).records.map(
      (row) => `${String(row.AssigneeId)} ${String(row.PermissionSetId)}`,
    ),
  );
  const missing = new Set<string>();
  for (const user of users) {
    const id =
      userIds.get(user.username) ??
      (await make(operations, 'User', {
        Username: user.username,
        FirstName: user.firstName,
        LastName: user.lastName,
        Email: user.email,
        Alias: user.username.slice(0, 8),
        ProfileId: profileIds.get(user.profile),
        UserRoleId: user.role === undefined ? null : roleIds.get(user.role),
        ManagerId: user.manager === undefined ? null : userIds.get(user.manager),
      }));
    userIds.set(user.username, id);
    for (const name of user.permissionSets) {
      const set = setIds.get(name);
      if (set === undefined) missing.add(name);
      else if (!assigned.has(`${id} ${set}`))
        await make(operations, 'PermissionSetAssignment', { AssigneeId: id, PermissionSetId: set });
    }
  }
  return { missingPermissionSets: [...missing] };
};

const idsByName = async (operations: EngineOperations, object: string, key: string): Promise<Map<string, string>> => {
  const { records } = await operations.query(`SELECT Id, ${key} FROM ${object}`);
  return new Map(records.map((row) => [String(row[key]), String(row.Id)]));
};

const make = async (
  operations: EngineOperations,
  object: string,
  row: Readonly<Record<string, unknown>>,
): Promise<string> => {
  const [result] = await operations.insert(object, [row]);
  const [error] = result?.errors ?? [];
  if (error !== undefined || result?.id === undefined || result.id === null)
    throw new Error(`${object} ${JSON.stringify(row)} cannot be made: ${error?.statusCode} ${error?.message}`);
  return result.id;
};
