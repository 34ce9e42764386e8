import { sql } from 'kysely';
import type { OrgDatabase } from './org-database.ts';

interface LoginRow {
  readonly login: string;
  readonly superuser: boolean;
  readonly makes_roles: boolean;
  readonly owns_ledger: boolean;
  readonly temporary: boolean;
}

/**
 * What the service's login may do that would let it write its own past, as clauses for a person ("is a superuser"); empty
 * when the login may only become `tandem_service`. The ledger's append-only rule binds everybody but its owner.
 */
export const excessRights = async (database: OrgDatabase): Promise<{ login: string; excess: readonly string[] }> => {
  const [row] = await database.run(sql<LoginRow>`
    select session_user as login, rolsuper as superuser, rolcreaterole as makes_roles,
      exists (
        select from pg_class where relnamespace = 'public'::regnamespace and relname in ('ledger_heads', 'ledger_entries', 'ledger_values', 'ledger_contents')
          and pg_has_role(session_user, relowner, 'MEMBER')
      ) as owns_ledger,
      has_database_privilege(session_user, current_database(), 'TEMPORARY') as temporary
    from pg_roles where rolname = session_user`);
  if (!row) throw new Error('PostgreSQL does not say who is signed in');
  const excess = [
    row.superuser && 'is a superuser',
    !row.superuser && row.makes_roles && 'may make roles',
    !row.superuser && row.owns_ledger && 'is a member of the role that owns the ledger',
    !row.superuser && row.temporary && 'may make temporary tables',
  ];
  return { login: row.login, excess: excess.filter((clause) => clause !== false) };
};
