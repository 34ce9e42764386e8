import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { contentHash } from './content-hash.ts';
import { cacheRoot, packageVersion, projectRoot } from './locations.ts';
import {
  componentCompiler,
  entriesByName,
  fixedValues,
  readerFacts,
  warnAboutOursOnly,
  withoutRightToLeftIcons,
} from './plugins.ts';
import { vendorModules } from './vendor-modules.ts';

/** The vendor bundle's folder: one per set of versions, so that a changed lock file builds a new one. */
export const vendorFolder = (): string => {
  const versions = ['lwc', '@lwc/rollup-plugin', 'lightning-base-components', 'rollup'].map(
    (name) => `${name}@${packageVersion(name)}`,
  );
  const recipe = ['plugins.ts', 'vendor-build.ts', 'vendor-modules.ts'].map((name) =>
    path.join(import.meta.dirname, name),
  );
  return path.join(cacheRoot, `vendor-${contentHash(versions, recipe)}`);
};

/**
 * Builds the framework and the base components once (about half a minute on two cores) and returns their folder.
 * It is written beside its place and moved there whole, so that a build that was cut short leaves nothing half made.
 */
export const buildVendor = async (): Promise<string> => {
  const folder = vendorFolder();
  if (existsSync(folder)) return folder;
  const staging = `${folder}.${process.pid}`;
  const bundle = await rollup({
    input: Object.fromEntries(vendorModules().map((id) => [id, id])),
    plugins: [
      entriesByName(path.join(projectRoot, 'package.json')),
      readerFacts(),
      fixedValues(),
      withoutRightToLeftIcons(),
      componentCompiler(projectRoot),
      nodeResolve({ browser: true }),
    ],
    onLog: warnAboutOursOnly,
  });
  await bundle.write({
    dir: staging,
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name]-[hash].js',
  });
  await bundle.close();
  await writeFile(
    path.join(staging, 'README.txt'),
    'Built from node_modules; safe to delete, made again when missing.\n',
  );
  await mkdir(cacheRoot, { recursive: true });
  await rename(staging, folder).catch(async (error: NodeJS.ErrnoException) => {
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
  return folder;
};
