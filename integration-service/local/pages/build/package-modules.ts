import path from 'node:path';
import type { Plugin } from 'rollup';
import { filesBelow } from './content-hash.ts';
import { modulesRoot, packageFolder } from './locations.ts';
import { isOverridden } from './vendor-modules.ts';

/** Where each component bundle of the source folders lives, by its name. A name that occurs twice is refused, as a deploy would. */
export const findComponents = (sourceFolders: readonly string[]): Map<string, string> => {
  const found = new Map<string, string>();
  for (const folder of sourceFolders) {
    for (const file of filesBelow(folder)) {
      const match = /[\\/]lwc[\\/](\w+)[\\/](\w+)\.(?:ts|js)$/.exec(file);
      const [, bundle, name] = match ?? [];
      if (bundle === undefined || bundle !== name) continue;
      const known = found.get(bundle);
      if (known !== undefined && path.dirname(known) !== path.dirname(file)) {
        throw new Error(`Component ${bundle} exists twice: ${known} and ${file}. One of them must have another name.`);
      }
      if (known === undefined || file.endsWith('.ts')) found.set(bundle, file);
    }
  }
  return found;
};

/**
 * Resolves what a component may import from its package and from the platform: `c/*` from the source folders, and the
 * platform modules and shell components of `browser/lwc`. The specifier in the id gives the compiler the tag's name.
 */
export const packageModules = (components: ReadonlyMap<string, string>): Plugin => ({
  name: 'package-modules',
  resolveId: (id, importer) => {
    const [namespace, name, ...rest] = id.split('/');
    if (namespace === undefined || name === undefined || rest.length > 0 || /^[.@\0]/.test(id)) return null;
    if (namespace === 'c') {
      const file = components.get(name);
      if (file === undefined) {
        throw new Error(`${importer ?? 'A page'} imports ${id}, but no source folder holds a component of that name.`);
      }
      return `${file}?specifier=${id}`;
    }
    return isOverridden(id) ? `${path.join(modulesRoot, id, `${name}.ts`)}?specifier=${id}` : null;
  },
});

/** The folder whose modules base components are compiled from; imports made there are answered by the package itself. */
export const isBaseComponent = (importer: string | undefined): boolean =>
  importer?.startsWith(packageFolder('lightning-base-components')) ?? false;
