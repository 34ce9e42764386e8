import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { modulesRoot, packageFolder } from './locations.ts';

interface BaseComponentsManifest {
  lwc: { expose: string[] };
}

/** They need modules that the package does not ship. */
const notBuildable = new Set(['lightning/barcodeScanner', 'lightning/primitiveFigure', 'lightning/navigation']);

/** True where `browser/lwc` holds a module of that name, which then wins over the base components' own. */
export const isOverridden = (specifier: string): boolean => {
  const name = specifier.split('/')[1] ?? '';
  return existsSync(path.join(modulesRoot, specifier, `${name}.ts`));
};

/** Every module of the vendor bundle: the framework, and the base components that a component may import. */
export const vendorModules = (): string[] => {
  const manifestFile = path.join(packageFolder('lightning-base-components'), 'package.json');
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as BaseComponentsManifest;
  const components = manifest.lwc.expose.filter((id) => !notBuildable.has(id) && !id.endsWith('Rtl'));
  return ['lwc', '@lwc/synthetic-shadow', ...components];
};

/** The address under which the pages' server serves a vendor module. */
export const vendorAddress = (specifier: string): string => `/vendor/${specifier}.js`;
