import { sql } from 'kysely';
import { z } from 'zod';
import { openBytes, sealBytes } from '../ledger/subject-keys.ts';
import type { OrgDatabase } from './org-database.ts';

const settings = z.object({
  loginUrl: z.url(),
  clientId: z.string().min(1),
  username: z.string().min(1),
  pubsubEndpoint: z.string().min(1),
  pubsubCertificateAuthority: z.string().optional(),
  network: z.object({
    catalog: z.enum(['Sandbox', 'AWS']),
    region: z.string(),
    endpoint: z.url().optional(),
    roleArn: z.string().optional(),
    externalId: z.string().optional(),
  }),
});
const secrets = z.object({ privateKey: z.string().min(1) });

export type ConnectionSettings = z.infer<typeof settings>;
export type OrgKind = 'production' | 'sandbox' | 'scratch' | 'developer' | 'local';

/** An org that Tandem works for. */
export interface Connection {
  readonly org: string;
  readonly kind: OrgKind;
  readonly status: 'on' | 'off';
  readonly settings: ConnectionSettings;
  /** Null: the org is given by the environment, and so is its key. */
  readonly secrets: z.infer<typeof secrets> | null;
}

interface ConnectionRow {
  readonly org: string;
  readonly kind: OrgKind;
  readonly status: 'on' | 'off';
  readonly settings: unknown;
  readonly secrets: Buffer | null;
}

/** The orgs there are. Secrets are sealed with the master key, bound to the org's id. */
export class PostgresConnections {
  readonly #database: OrgDatabase;
  readonly #master: Buffer;

  /** `database` must be opened in the operator's scope (`*`) to list, or as the org to write. */
  constructor(database: OrgDatabase, master: Buffer) {
    this.#database = database;
    this.#master = master;
  }

  async all(): Promise<readonly Connection[]> {
    const rows = await this.#database.run(sql<ConnectionRow>`select * from connections order by created_at`);
    return rows.map((row) => ({
      org: row.org,
      kind: row.kind,
      status: row.status,
      settings: settings.parse(row.settings),
      secrets: row.secrets
        ? secrets.parse(JSON.parse(openBytes(this.#master, row.org, row.secrets).toString('utf8')))
        : null,
    }));
  }

  /** Ids of all orgs, on or off; needs no key. */
  async ids(): Promise<readonly string[]> {
    const rows = await this.#database.run(sql<{ org: string }>`select org from connections order by created_at`);
    return rows.map(({ org }) => org);
  }

  /**
   * Adds an org or changes its settings; a key that is kept stays when none is given. A production org only may talk to the
   * network's production catalog.
   */
  async put(connection: Connection): Promise<void> {
    const { org, kind, status } = connection;
    if (kind !== 'production' && connection.settings.network.catalog === 'AWS')
      throw new Error(`${org} is a ${kind} org: it may use the catalog Sandbox only, never AWS.`);
    const sealed = connection.secrets
      ? sealBytes(this.#master, org, Buffer.from(JSON.stringify(secrets.parse(connection.secrets))))
      : null;
    await this.#database.run(sql`
      insert into connections (org, kind, status, settings, secrets)
      values (${org}, ${kind}, ${status}, ${JSON.stringify(settings.parse(connection.settings))}::jsonb, ${sealed})
      on conflict (org) do update set kind = excluded.kind, status = excluded.status, settings = excluded.settings,
        secrets = coalesce(excluded.secrets, connections.secrets)`);
  }

  /** Switches the org of this database on or off. False when it is not connected. */
  async turn(status: Connection['status']): Promise<boolean> {
    const rows = await this.#database.run(
      sql`update connections set status = ${status} where org = ${this.#database.org} returning org`,
    );
    return rows.length > 0;
  }
}
