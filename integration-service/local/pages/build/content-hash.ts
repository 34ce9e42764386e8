import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Every file below a folder, sorted, without tests and generated scripts that have a TypeScript source beside them. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes(`${path.sep}__tests__${path.sep}`))
    .sort();

/** A short name for exactly these words and file contents: the same input gives the same name. */
export const contentHash = (words: readonly string[], files: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const word of words) hash.update(word).update('\0');
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
};
