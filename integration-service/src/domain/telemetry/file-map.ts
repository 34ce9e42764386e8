import { z } from 'zod';

const names = ['id', 'at', 'kind', 'partner', 'account', 'value', 'corrects'] as const;
const name = z.enum(names);

/**
 * How the columns of a file become an event: which column each part comes from (the column of the same name unless given),
 * what is the same for all rows, and which of the file's words mean which of ours.
 */
export const fileMap = z.strictObject({
  columns: z.partialRecord(name, z.string()).default({}),
  constants: z.partialRecord(name, z.union([z.string(), z.number()])).default({}),
  values: z.partialRecord(name, z.record(z.string(), z.string())).default({}),
});
export type FileMap = z.infer<typeof fileMap>;

/** A cell in the form that JSON would have given it: numbers of text and of 64 bits, instants; undefined where it is blank. */
const plain = (part: (typeof names)[number], cell: unknown): unknown => {
  if (cell === undefined || cell === null || cell === '') return undefined;
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? String(cell) : cell.toISOString();
  if (part !== 'value')
    return typeof cell === 'string' ? cell : typeof cell === 'number' || typeof cell === 'bigint' ? String(cell) : cell;
  if (typeof cell === 'bigint') return Number(cell);
  // What is no number stays as it is, and is refused as what it says.
  return typeof cell === 'string' && cell.trim() !== '' && Number.isFinite(Number(cell)) ? Number(cell) : cell;
};

/** A row as an event that is still to be judged. */
export const eventOfRow = (row: Readonly<Record<string, unknown>>, { columns, constants, values }: FileMap): unknown =>
  Object.fromEntries(
    names.flatMap((part) => {
      const cell = plain(part, constants[part] ?? row[columns[part] ?? part]);
      const said = typeof cell === 'string' ? (values[part]?.[cell] ?? cell) : cell;
      return said === undefined ? [] : [[part, said] as const];
    }),
  );
