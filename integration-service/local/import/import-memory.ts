import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { TableMapping } from './import-mapping.ts';

const loadedRow = z.strictObject({
  org: z.string().min(1),
  folder: z.string().min(1),
  file: z.string().min(1),
  object: z.string().min(1),
  /** Column that names the row: under another mapping the same words may name other rows. */
  keyColumn: z.string().min(1),
  key: z.string().min(1),
  id: z.string().min(15),
});

const remembered = z.strictObject({ version: z.literal(1), rows: z.array(loadedRow) });

/**
 * Which row of which file became which record, kept in a file between runs. Names do not tell: two deals "Renewal" of
 * two accounts are two deals. What is remembered counts for one org and one folder of files.
 */
export class ImportMemory {
  readonly #file: string;
  readonly #org: string;
  readonly #folder: string;
  readonly #ids = new Map<string, z.infer<typeof loadedRow>>();

  /** `file` need not be there yet; throws when it is there and cannot be read, for then rows would be loaded twice. */
  constructor(file: string, org: string, folder: string) {
    this.#file = file;
    this.#org = org;
    this.#folder = folder;
    if (!existsSync(file)) return;
    let rows: z.infer<typeof loadedRow>[];
    try {
      ({ rows } = remembered.parse(JSON.parse(readFileSync(file, 'utf8'))));
    } catch (error) {
      throw new Error(
        `${file}, which says what earlier imports loaded, cannot be read: ${error instanceof Error ? error.message : String(error)}. Put it right, or delete it: rows are then found again by their names.`,
      );
    }
    for (const row of rows) this.#ids.set(place(row), row);
  }

  /** Id of the record that an earlier run made of the row, if one did. */
  idOf(table: TableMapping, key: string): string | undefined {
    return this.#ids.get(place(this.#row(table, key, '')))?.id;
  }

  keep(table: TableMapping, key: string, id: string): void {
    const row = this.#row(table, key, id);
    this.#ids.set(place(row), row);
  }

  /** Whole or not at all: a run that is cut off leaves what the run before it knew. */
  save(): void {
    const rows = [...this.#ids.values()];
    writeFileSync(`${this.#file}.part`, `${JSON.stringify({ version: 1, rows }, null, 1)}\n`);
    renameSync(`${this.#file}.part`, this.#file);
  }

  #row(table: TableMapping, key: string, id: string): z.infer<typeof loadedRow> {
    return {
      org: this.#org,
      folder: this.#folder,
      file: table.file,
      object: table.object,
      keyColumn: table.key,
      key,
      id,
    };
  }
}

const place = ({ org, folder, file, object, keyColumn, key }: z.infer<typeof loadedRow>): string =>
  JSON.stringify([org, folder, file, object, keyColumn, key]);
