import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkpoint } from '../../ports/decision-ledger/decision-ledger.ts';
import { readCheckpoints } from './checkpoints.ts';

/** Writes a checkpoint into a folder, whole or not at all; its name sorts by org and entry. Gives the path. */
export const writeCheckpoint = async (folder: string, checkpoint: Checkpoint): Promise<string> => {
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${checkpoint.org}-${String(checkpoint.sequence).padStart(12, '0')}.json`);
  await writeFile(`${file}.part`, `${JSON.stringify(checkpoint, null, 2)}\n`);
  await rename(`${file}.part`, file);
  return file;
};

/** The checkpoints in a file, or in all files of a folder. @throws in words, with the file's name, when one was changed. */
export const checkpointsFrom = async (path: string): Promise<readonly Checkpoint[]> => {
  const folder = await stat(path).then(
    (found) => found.isDirectory(),
    () => {
      throw new Error(`${path} cannot be read.`);
    },
  );
  const files = folder
    ? (await readdir(path)).filter((name) => name.endsWith('.json')).map((name) => join(path, name))
    : [path];
  const read = [];
  for (const file of files.sort()) {
    try {
      read.push(...readCheckpoints(await readFile(file, 'utf8')));
    } catch (error) {
      throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
    }
  }
  return read;
};
