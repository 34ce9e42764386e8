import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup, type Plugin } from 'rollup';
import { contentHash, filesBelow } from './content-hash.ts';
import { readLabels } from './labels.ts';
import { browserRoot, cacheRoot, projectRoot } from './locations.ts';
import { findComponents, packageModules } from './package-modules.ts';
import { componentCompiler, fixedValues, typesErased, warnAboutOursOnly } from './plugins.ts';
import { salesforceModules } from './salesforce-modules.ts';
import { findStaticResources } from './static-resources.ts';
import { isOverridden, vendorAddress, vendorModules } from './vendor-modules.ts';

/** What one build of the pages is made from. */
export interface AppBuildOptions {
  /** Folders that hold the package's source (`force-app`, …), absolute. */
  sourceFolders: string[];
  /** The org's namespace of the package, or empty. */
  namespace: string;
  /** The vendor bundle that this build refers to. */
  vendorFolder: string;
}

const isExposed = (componentFile: string): boolean => {
  const metadata = `${componentFile.replace(/\.(?:ts|js)$/, '')}.js-meta.xml`;
  return existsSync(metadata) && /<isExposed>\s*true\s*<\/isExposed>/.test(readFileSync(metadata, 'utf8'));
};

/** The components a page may name, each fetched when the first page needs it; only exposed ones, as in an org. */
const componentRegistry = (components: ReadonlyMap<string, string>): Plugin => ({
  name: 'component-registry',
  resolveId: (id) => (id === 'virtual:package-components' ? '\0package-components' : null),
  load: (id) => {
    if (id !== '\0package-components') return null;
    const exposed = [...components].filter(([, file]) => isExposed(file)).map(([name]) => name);
    const entries = exposed.map((name) => `${JSON.stringify(name)}: () => import('c/${name}')`);
    return `export const packageComponents = { ${entries.join(', ')} };`;
  },
});

/** The files whose content decides whether a build is still good: sources of components and labels, the shell, and this recipe. */
const inputFiles = (options: AppBuildOptions): string[] => {
  const packaged = options.sourceFolders
    .flatMap(filesBelow)
    .filter((file) => /[\\/]lwc[\\/]|\.labels-meta\.xml$/.test(file));
  const isSource = (file: string): boolean => /\.(?:ts|html|css|xml)$/.test(file) && !file.endsWith('.test.ts');
  return [...packaged, ...filesBelow(browserRoot), ...filesBelow(import.meta.dirname)].filter(isSource);
};

/**
 * Builds the package's components, the platform modules and the shell against the vendor bundle (about a second), and
 * returns the folder. Unchanged sources give the folder of the last build.
 */
export const buildApp = async (options: AppBuildOptions): Promise<string> => {
  const resources = findStaticResources(options.sourceFolders);
  const stamps = [...resources].map(([name, { stamp }]) => `${name} ${stamp}`);
  const words = [options.namespace, path.basename(options.vendorFolder), ...stamps];
  const folder = path.join(cacheRoot, `app-${contentHash(words, inputFiles(options))}`);
  if (existsSync(folder)) return folder;
  const components = findComponents(options.sourceFolders);
  const external = new Set(vendorModules().filter((id) => !isOverridden(id)));
  const entry = path.join(browserRoot, 'main.ts');
  const bundle = await rollup({
    input: { main: entry },
    external: (id) => external.has(id),
    plugins: [
      componentRegistry(components),
      packageModules(components),
      salesforceModules({ namespace: options.namespace, labels: readLabels(options.sourceFolders), resources }),
      fixedValues(),
      typesErased(),
      componentCompiler(projectRoot, [entry, path.join(browserRoot, 'data', '**')]),
      nodeResolve({ browser: true }),
    ],
    onLog: warnAboutOursOnly,
  });
  const staging = `${folder}.${process.pid}`;
  await bundle.write({
    dir: staging,
    format: 'es',
    paths: (id) => vendorAddress(id),
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  });
  await bundle.close();
  await mkdir(cacheRoot, { recursive: true });
  await rename(staging, folder).catch(async (error: NodeJS.ErrnoException) => {
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
  return folder;
};
