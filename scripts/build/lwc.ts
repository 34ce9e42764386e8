/**
 * Writes the `.js` that Salesforce runs beside each component's `.ts`: the types are blanked out, so lines and columns stay.
 * Run before a deploy or a package build (`npm run build:lwc`); the `.js` files are not committed.
 */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import tsBlankSpace from 'ts-blank-space';

const SOURCE = fileURLToPath(new URL('../../force-app/', import.meta.url));
const COMPONENT = /(^|[\\/])lwc[\\/](?!.*__tests__)[^\\/]+[\\/][^\\/]+(?<!\.d)\.ts$/;

/** Erases the types of one component; throws where TypeScript is used that cannot be erased (enums, parameter properties). */
export function erase(source: string, path: string): string {
  return tsBlankSpace(source, (node) => {
    const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
    throw new Error(`${path}:${line + 1}: this TypeScript cannot be erased; write it as plain JavaScript with types.`);
  });
}

/** Builds every component below a source folder and tells how many it wrote. */
export async function buildComponents(folder: string): Promise<number> {
  const paths = (await readdir(folder, { recursive: true })).filter((path) => COMPONENT.test(path));
  await Promise.all(
    paths.map(async (path) => {
      const file = join(folder, path);
      await writeFile(file.replace(/\.ts$/, '.js'), erase(await readFile(file, 'utf8'), path));
    }),
  );
  return paths.length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`${await buildComponents(SOURCE)} components built.`);
}
