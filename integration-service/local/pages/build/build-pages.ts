import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);

const folders = z.object({ vendorFolder: z.string(), appFolder: z.string() });

/** Absolute folders whose files the pages' server hands out. */
export type BuiltPages = z.infer<typeof folders>;

/**
 * Builds the pages where their sources changed. A fault in a component (a template, an unknown label, an import that the
 * platform does not have) rejects with the compiler's message.
 */
export const buildPages = async (options: { sourceFolders: string[]; namespace: string }): Promise<BuiltPages> => {
  const script = path.join(import.meta.dirname, 'main.ts');
  try {
    const { stdout } = await run(process.execPath, [script, JSON.stringify(options)], { maxBuffer: 16 * 1024 * 1024 });
    return folders.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  } catch (error) {
    const detail = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Error(`The record pages could not be built.\n${detail}`, { cause: error });
  }
};
