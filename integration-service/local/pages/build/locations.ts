import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The project's root folder. */
export const projectRoot = path.resolve(import.meta.dirname, '../../../..');

/** Where built bundles are kept between runs; git ignores it. */
export const cacheRoot = path.join(projectRoot, '.cache', 'pages');

/** The source of everything that runs in the browser and is ours but not the package's: the shell and the platform modules. */
export const browserRoot = path.resolve(import.meta.dirname, '../browser');

/** Stand-ins for platform modules and the shell's own components, as `<namespace>/<name>/<name>.ts`. */
export const modulesRoot = path.join(browserRoot, 'lwc');

/** The folder of a package that the root `package.json` installs. Not resolved by name: some packages hide their manifest. */
export const packageFolder = (name: string): string => path.join(projectRoot, 'node_modules', name);

/** The exact version of an installed package. */
export const packageVersion = (name: string): string => {
  const manifest = readFileSync(path.join(packageFolder(name), 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
};
