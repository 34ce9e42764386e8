import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'rollup';
import { packageFolder } from './locations.ts';
import { namespaced } from './namespace.ts';
import { isBaseComponent } from './package-modules.ts';
import { readerLocale } from './plugins.ts';
import { resourceAddress, type StaticResource } from './static-resources.ts';

/** What the `@salesforce/*` modules of one build are made from. */
export interface PackageFacts {
  /** The org's namespace of the package; empty where it is not installed as a managed package. */
  namespace: string;
  /** Custom labels by name. */
  labels: ReadonlyMap<string, string>;
  /** Static resources by name. */
  resources: ReadonlyMap<string, StaticResource>;
}

const constant = (value: unknown): string => `export default ${JSON.stringify(value)};`;

/** `@salesforce/schema/Opportunity.Account.Name` → `{ objectApiName, fieldApiName }`, as the platform hands them out. */
const schema = (reference: string, namespace: string): string => {
  const [object = '', ...fieldPath] = reference.split('.');
  const objectApiName = namespaced(object, namespace);
  if (fieldPath.length === 0) return constant({ objectApiName });
  return constant({ fieldApiName: namespaced(fieldPath.join('.'), namespace), objectApiName });
};

/** Names are data of the reader's locale; the page's server sends them with the session. */
const readerFact = (expression: string): string => `export default globalThis.pageContext.${expression};`;

/** What differs from reader to reader comes with the session; formats come from the base components' own English set. */
const localeModule = (reference: string): string | undefined => {
  if (readerLocale.has(reference)) return readerFact(`i18n[${JSON.stringify(reference)}]`);
  const file = path.join(
    packageFolder('lightning-base-components'),
    'scopedImports',
    `@salesforce-i18n-${reference}.js`,
  );
  return existsSync(file) ? `export { default } from ${JSON.stringify(file)};` : undefined;
};

const moduleText = (id: string, facts: PackageFacts): string | undefined => {
  const [, kind = '', ...rest] = id.split('/');
  const reference = rest.join('/');
  switch (kind) {
    case 'schema':
      return schema(reference, facts.namespace);
    case 'label': {
      const name = reference.replace(/^c\./, '');
      const text = facts.labels.get(name);
      if (text === undefined) {
        throw new Error(
          `Label ${name} is imported but not defined in any CustomLabels file. Define it or remove the import.`,
        );
      }
      return constant(text);
    }
    case 'resourceUrl': {
      const resource = facts.resources.get(reference);
      if (resource === undefined) {
        throw new Error(`Static resource ${reference} is imported but is in no staticresources folder.`);
      }
      return constant(resourceAddress(reference, resource, facts.namespace));
    }
    case 'client':
      return reference === 'formFactor' ? readerFact('formFactor') : undefined;
    case 'user':
      if (reference === 'Id') return readerFact('user.id');
      return reference === 'isGuest' ? constant(false) : undefined;
    case 'customPermission':
      // True or undefined, as the platform says it; who has what comes with the session.
      return readerFact(`customPermissions.includes(${JSON.stringify(reference)}) || undefined`);
    case 'i18n':
      return localeModule(reference);
    default:
      return undefined;
  }
};

/** Supplies `@salesforce/*` to the package's components; what an org would offer and these pages do not is refused by name. */
export const salesforceModules = (facts: PackageFacts): Plugin => ({
  name: 'salesforce-modules',
  resolveId: (id, importer) => (id.startsWith('@salesforce/') && !isBaseComponent(importer) ? `\0${id}` : null),
  load: (id) => {
    if (!id.startsWith('\0@salesforce/')) return null;
    const text = moduleText(id.slice(1), facts);
    if (text === undefined) throw new Error(`${id.slice(1)} is not offered by the local record pages.`);
    return text;
  },
});
