import { z } from 'zod';
import { PERMISSIONS, type PersonRights } from '../../ports/crm/person-rights.ts';
import type { Namespace } from './namespace.ts';
import type { OrgReader } from './org-reader.ts';
import { idLiteral, literals } from './soql.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

interface Manager {
  readonly ManagerId?: string | null | undefined;
  readonly Manager?: Manager | null | undefined;
}
const manager: z.ZodType<Manager> = z.lazy(() => z.object({ ManagerId: text, Manager: manager.nullish() }));

const personRow = z.object({
  Id: z.string(),
  Name: text,
  IsActive: z.boolean(),
  UserRoleId: text,
  ManagerId: text,
  Manager: manager.nullish(),
});
const permissionRow = z.object({ Id: z.string(), DeveloperName: z.string(), NamespacePrefix: text });
const accessRow = z.object({ SetupEntityId: z.string() });
const roleRow = z.object({ Id: z.string(), ParentRoleId: text });
const idRow = z.object({ Id: z.string() });

/** Steps of a relationship that one query may follow (SOQL, "Understanding Relationship Query Limitations"). */
const mostSteps = 5;

const managerPaths = Array.from({ length: mostSteps + 1 }, (_one, step) => `${'Manager.'.repeat(step)}ManagerId`);

/**
 * Reads who somebody is: rights from every permission set they have, profile and groups included, and the people above
 * them. Needs View Setup and Configuration. A permission of that name which is not the package's own does not count.
 */
export const readPersonRights = async (
  org: OrgReader,
  namespace: Namespace,
  userId: string,
): Promise<PersonRights | null> => {
  const id = idLiteral(userId);
  const { person, access, permissions } = await org.together({
    person: `SELECT Id, Name, IsActive, UserRoleId, ${managerPaths.join(', ')} FROM User WHERE Id = ${id}`,
    access:
      `SELECT SetupEntityId FROM SetupEntityAccess WHERE SetupEntityType = 'CustomPermission' ` +
      `AND ParentId IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = ${id})`,
    permissions:
      `SELECT Id, DeveloperName, NamespacePrefix FROM CustomPermission ` +
      `WHERE DeveloperName IN (${literals(Object.values(PERMISSIONS))})`,
  });
  const [row] = person.map((one) => personRow.parse(one));
  if (!row) return null;
  const given = new Set(access.map((one) => accessRow.parse(one).SetupEntityId));
  const own = permissions
    .map((one) => permissionRow.parse(one))
    .filter(({ NamespacePrefix: prefix }) => (prefix ?? '') === namespace.prefix);
  const above = new Set([...managersOf(row), ...(await roleHoldersAbove(org, row.UserRoleId))]);
  above.delete(row.Id);
  return {
    id: row.Id,
    name: row.Name ?? row.Id,
    active: row.IsActive,
    permissions: own.filter(({ Id }) => given.has(Id)).map(({ DeveloperName }) => DeveloperName),
    above: [...above],
  };
};

const managersOf = (person: Manager): readonly string[] => {
  const found: string[] = [];
  for (let one: Manager | null | undefined = person; one; one = one.Manager)
    if (one.ManagerId) found.push(one.ManagerId);
  return found;
};

const roleHoldersAbove = async (org: OrgReader, roleId: string | null): Promise<readonly string[]> => {
  if (roleId === null) return [];
  const roles = new Map(
    (await org.rows('SELECT Id, ParentRoleId FROM UserRole')).map((one) => {
      const { Id, ParentRoleId } = roleRow.parse(one);
      return [Id, ParentRoleId];
    }),
  );
  const above = new Set<string>();
  for (let role = roles.get(roleId) ?? null; role !== null && !above.has(role); role = roles.get(role) ?? null)
    above.add(role);
  if (above.size === 0) return [];
  const holders = await org.rows(
    `SELECT Id FROM User WHERE IsActive = TRUE AND UserRoleId IN (${[...above].map(idLiteral).join(', ')})`,
  );
  return holders.map((one) => idRow.parse(one).Id);
};
