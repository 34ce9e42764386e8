import type { Connection } from 'jsforce';
import type { TableMapping } from './import-mapping.ts';

type ImportedObject = TableMapping['object'];

/** What tells one record from another of its object when no id is known, the field that the org is searched by first. */
const identities: Readonly<Record<ImportedObject, readonly [string, ...string[]]>> = {
  Account: ['Name'],
  Contact: ['LastName', 'FirstName', 'Email', 'AccountId'],
  Opportunity: ['Name', 'AccountId'],
};

/** A query goes in the address of a call, which an org takes up to 16,384 bytes of. */
const longestList = 8_000;

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Lists of literals, each short enough for one query. */
const inParts = (texts: Iterable<string>): string[] => {
  const parts: string[] = [];
  for (const literal of [...new Set(texts)].map(quoted)) {
    const last = parts.at(-1);
    if (last !== undefined && encodeURIComponent(`${last},${literal}`).length <= longestList)
      parts[parts.length - 1] = `${last},${literal}`;
    else parts.push(literal);
  }
  return parts;
};

const select = async (
  connection: Connection,
  object: string,
  fields: readonly string[],
  searched: string,
  values: Iterable<string>,
): Promise<Record<string, unknown>[]> => {
  const found: Record<string, unknown>[] = [];
  for (const part of inParts(values)) {
    const answer = await connection.query(`SELECT ${fields.join(', ')} FROM ${object} WHERE ${searched} IN (${part})`, {
      autoFetch: true,
      maxFetch: 100_000,
    });
    found.push(...answer.records);
  }
  return found;
};

/** Which of the ids the org still has; somebody may have deleted what an earlier import left. */
export const stillThere = async (
  connection: Connection,
  object: ImportedObject,
  ids: readonly string[],
): Promise<Set<string>> =>
  new Set((await select(connection, object, ['Id'], 'Id', ids)).map((record) => String(record.Id)));

export interface RowToFind {
  readonly key: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface FoundRows {
  /** Row key → id of the one record that it can be. */
  readonly ids: ReadonlyMap<string, string>;
  /** Row key → why it cannot be told which record the row is. */
  readonly ambiguous: ReadonlyMap<string, string>;
}

const ambiguity = (object: ImportedObject, row: RowToFind, inOrg: number, inFile: number): string => {
  const [name] = identities[object];
  const alike = `${inOrg} ${object} record${inOrg === 1 ? '' : 's'} with ${name} "${row.fields[name] ?? ''}"${object === 'Account' ? '' : ' and the same account'}`;
  return `the org already has ${alike}${inFile > 1 ? ` and the file ${inFile}` : ''}; which is meant cannot be told. Give them different names, or take the row out`;
};

/**
 * Records that are the rows, by what identifies their object: for rows of which no earlier import is remembered. Records
 * in `taken` belong to other rows. More than one candidate on either side is said, never chosen from.
 */
export const findAgain = async (
  connection: Connection,
  object: ImportedObject,
  rows: readonly RowToFind[],
  taken: ReadonlySet<string>,
): Promise<FoundRows> => {
  const identity = identities[object];
  const [searched] = identity;
  // As the org compares text: without regard to case.
  const identityOf = (fields: Readonly<Record<string, unknown>>): string =>
    JSON.stringify(identity.map((field) => String(fields[field] ?? '').toLowerCase()));
  const records = await select(
    connection,
    object,
    ['Id', ...identity],
    searched,
    rows.flatMap((row) => row.fields[searched] ?? []),
  );
  const inOrg = Map.groupBy(
    records.filter((record) => !taken.has(String(record.Id))),
    identityOf,
  );
  const inFile = Map.groupBy(rows, (row) => identityOf(row.fields));
  const ids = new Map<string, string>();
  const ambiguous = new Map<string, string>();
  for (const [same, alike] of inFile) {
    const [record, ...others] = inOrg.get(same) ?? [];
    if (record === undefined) continue;
    for (const row of alike)
      if (others.length === 0 && alike.length === 1) ids.set(row.key, String(record.Id));
      else ambiguous.set(row.key, ambiguity(object, row, others.length + 1, alike.length));
  }
  return { ids, ambiguous };
};
