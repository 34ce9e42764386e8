import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** How one field of the org is filled from a row of a file. */
const fieldSource = z.strictObject({
  /** Column of the file; left out when the field is made by `template`. */
  column: z.string().min(1).optional(),
  /** Text with `{column}` places; blank columns vanish. */
  template: z.string().min(1).optional(),
  /** The file's word → the org's word. A word that is not listed is passed on as it is. */
  values: z.record(z.string(), z.string()).optional(),
  /** For numbers kept in another unit, such as millions. */
  multiply: z.number().positive().optional(),
  /** How dates are written in the file; they become YYYY-MM-DD. */
  date: z.enum(['YYYY-MM-DD', 'M/D/YYYY', 'D.M.YYYY']).optional(),
  /** The value is the key of a row in this other file; the field becomes that record's id. */
  lookup: z.string().min(1).optional(),
});

const table = z.strictObject({
  file: z.string().min(1),
  object: z.enum(['Account', 'Contact', 'Opportunity']),
  /** Column whose value names the row, in lookups, in the answer sheet and in the file of rejected rows. */
  key: z.string().min(1),
  fields: z.record(z.string(), fieldSource),
});

export const importMapping = z.strictObject({ description: z.string().optional(), tables: z.array(table).min(1) });

export type ImportMapping = z.infer<typeof importMapping>;
export type TableMapping = z.infer<typeof table>;
export type FieldSource = z.infer<typeof fieldSource>;

/** Order in which objects are loaded: parents first. */
const loadOrder = ['Account', 'Contact', 'Opportunity'] as const;

const shippedFolder = join(import.meta.dirname, 'mappings');

/** Names of the mappings that come with the project. */
export const shippedMappings = (): string[] =>
  readdirSync(shippedFolder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -5));

const read = (file: string): ImportMapping => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`The mapping ${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const checked = importMapping.safeParse(parsed);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw new Error(
      `The mapping ${file} is wrong at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'unknown'}`,
    );
  }
  return {
    ...checked.data,
    tables: [...checked.data.tables].sort(
      (left, right) => loadOrder.indexOf(left.object) - loadOrder.indexOf(right.object),
    ),
  };
};

/** Files named after objects, whose columns are Salesforce field names, need no mapping. */
const byFieldNames = (folder: string, headers: (file: string) => string[]): ImportMapping | undefined => {
  const tables = loadOrder
    .filter((object) => existsSync(join(folder, `${object}.csv`)))
    .map((object): TableMapping => {
      const file = `${object}.csv`;
      const columns = headers(file);
      const key = columns.find((column) => /^(Id|ExternalId|Name)$/i.test(column)) ?? columns[0] ?? 'Name';
      const parent = columns.includes('AccountId') && existsSync(join(folder, 'Account.csv'));
      const fields = columns
        .filter((column) => column !== 'Id')
        .map((column): [string, FieldSource] => [
          column,
          parent && column === 'AccountId' ? { column, lookup: 'Account.csv' } : { column },
        ]);
      return { file, object, key, fields: Object.fromEntries(fields) };
    });
  return tables.length > 0 ? { tables } : undefined;
};

/**
 * The mapping for a folder of CSV files: the one named (a file, or one that comes with the project), else the folder's
 * own `mapping.json`, else by Salesforce field names in `Account.csv`, `Contact.csv`, `Opportunity.csv`.
 */
export const findMapping = (
  folder: string,
  named: string | undefined,
  headers: (file: string) => string[],
): ImportMapping => {
  if (named) {
    const file = [named, join(folder, named), join(shippedFolder, `${named}.json`)].find(
      (place) => place.endsWith('.json') && existsSync(place),
    );
    if (file) return read(file);
    throw new Error(`There is no mapping "${named}": give a JSON file, or one of ${shippedMappings().join(', ')}.`);
  }
  const own = join(folder, 'mapping.json');
  if (existsSync(own)) return read(own);
  const plain = byFieldNames(folder, headers);
  if (plain) return plain;
  throw new Error(
    `${folder} has neither Account.csv nor Opportunity.csv with Salesforce field names nor a mapping.json: add "--mapping NAME" (${shippedMappings().join(', ')}, or a file of your own).`,
  );
};
