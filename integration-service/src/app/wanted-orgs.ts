import {
  type Connection,
  type ConnectionSettings,
  type OrgKind,
  PostgresConnections,
} from '../infrastructure/database/connections.ts';
import { openOrgDatabase } from '../infrastructure/database/org-database.ts';
import { masterKeyFrom } from '../infrastructure/ledger/subject-keys.ts';
import type { Config } from './config.ts';

/** An org to work for, and what is known of it before it answers. */
export interface WantedOrg {
  readonly settings: ConnectionSettings;
  readonly privateKey: string;
  /** Who must answer; null for an org that was never connected. */
  readonly expected: string | null;
  /** Given by the environment, whose AWS credentials are its own; any other org needs a role. */
  readonly ofEnvironment: boolean;
}

/** One login is one org as far as settings go; its id is known once it has answered. */
export const loginOf = ({ loginUrl, username }: ConnectionSettings): string => `${loginUrl} ${username}`;

/** Reads the orgs that are connected, on or off. */
export const readConnections = async (config: Config): Promise<readonly Connection[]> => {
  const operator = openOrgDatabase('*', { url: config.databaseUrl, maxConnections: 1 });
  try {
    return await new PostgresConnections(operator, masterKeyFrom(config.masterKey)).all();
  } finally {
    await operator.close();
  }
};

/** The org of the environment unless it was switched off, and those of the `connections` table that are on. */
export const wantedOrgs = (own: Config['org'], known: readonly Connection[]): readonly WantedOrg[] => {
  const wanted: WantedOrg[] = [];
  if (own) {
    const before = known.filter(({ settings }) => loginOf(settings) === loginOf(own.settings));
    const on = before.find(({ status }) => status === 'on');
    if (before.length === 0 || on) wanted.push({ ...own, expected: on?.org ?? null, ofEnvironment: true });
  }
  for (const { org, status, settings, secrets } of known)
    if (status === 'on' && secrets && !(own && loginOf(settings) === loginOf(own.settings)))
      wanted.push({ settings, privateKey: secrets.privateKey, expected: org, ofEnvironment: false });
  return wanted;
};

/** Keeps that an org of the environment was connected, so that it can be stopped without Salesforce; not its key. */
export const rememberOrg = async (
  config: Config,
  org: string,
  kind: OrgKind,
  { settings, expected, ofEnvironment }: WantedOrg,
): Promise<void> => {
  if (!ofEnvironment || expected !== null) return;
  const database = openOrgDatabase(org, { url: config.databaseUrl, maxConnections: 1 });
  try {
    const connections = new PostgresConnections(database, masterKeyFrom(config.masterKey));
    await connections.put({ org, kind, status: 'on', settings, secrets: null });
  } finally {
    await database.close();
  }
};
