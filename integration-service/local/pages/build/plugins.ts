import { readFileSync } from 'node:fs';
import lwcModule from '@lwc/rollup-plugin';
import replaceModule from '@rollup/plugin-replace';
import type { LogHandlerWithDefault, Plugin } from 'rollup';
import tsBlankSpace from 'ts-blank-space';

// Their types describe CommonJS, where the plugin hides behind `default`; what Node imports is the plugin itself.
const lwc = lwcModule as unknown as typeof lwcModule.default;
const replace = replaceModule as unknown as typeof replaceModule.default;

/** Base components print about twenty warnings about themselves; ours are kept, and an unresolved import is an error. */
export const warnAboutOursOnly: LogHandlerWithDefault = (level, log, handler) => {
  if (log.code === 'UNRESOLVED_IMPORT') {
    throw new Error(`${log.id ?? 'a module'} imports "${log.exporter}", which the record pages do not offer.`);
  }
  const place = `${log.id ?? ''} ${log.loc?.file ?? ''} ${log.message}`;
  if (/lightning-base-components|@lwc\/|CIRCULAR/.test(`${place} ${log.code ?? ''}`)) return;
  handler(level, log);
};

/** Development build of the framework: it reports mistakes that a production build swallows. */
export const fixedValues = (): Plugin =>
  replace({
    preventAssignment: true,
    values: { 'process.env.NODE_ENV': '"development"', 'import.meta.env.SSR': 'false' },
  });

/** Right-to-left icon sets double the icons' size and are never shown here. */
export const withoutRightToLeftIcons = (): Plugin => ({
  name: 'without-right-to-left-icons',
  resolveId: (id) => (/^lightning\/iconSvgTemplates\w*Rtl$/.test(id) ? '\0right-to-left-icons' : null),
  load: (id) => (id === '\0right-to-left-icons' ? 'export default {};' : null),
});

/** Erases types and keeps line numbers, so that the framework's compiler sees plain JavaScript. */
export const typesErased = (): Plugin => ({
  name: 'types-erased',
  load: (id) => {
    const file = id.split('?')[0] ?? id;
    return file.endsWith('.ts') ? tsBlankSpace(readFileSync(file, 'utf8')) : null;
  },
});

/** The parts of a reader's locale that the page's server sends with the session (`@salesforce/i18n/<name>`). */
export const readerLocale: ReadonlySet<string> = new Set(['locale', 'lang', 'dir', 'currency', 'timeZone']);

/** Facts about the reader that base components import as constants; the real ones come with the page. */
export const readerFacts = (): Plugin => ({
  name: 'reader-facts',
  resolveId: (id) => {
    const name = id.replace(/^@salesforce\/(?:i18n|client)\//, '');
    return id === '@salesforce/client/formFactor' || (name !== id && readerLocale.has(name)) ? `\0${id}` : null;
  },
  load: (id) => {
    const [, name] = /^\0@salesforce\/i18n\/(\w+)$/.exec(id) ?? [];
    if (name !== undefined) return `export default globalThis.pageContext.i18n[${JSON.stringify(name)}];`;
    return id === '\0@salesforce/client/formFactor' ? 'export default globalThis.pageContext.formFactor;' : null;
  },
});

/** The framework's compiler with the switches that the base components need (dynamic cells, form internals). */
export const componentCompiler = (rootDir: string, exclude: string[] = []): Plugin =>
  lwc({
    rootDir,
    exclude,
    modules: [{ npm: 'lightning-base-components' }],
    enableDynamicComponents: true,
    enableSyntheticElementInternals: true,
  }) as Plugin;

/** The compiler resolves component names only for an importer; an entry point gets one. */
export const entriesByName = (importer: string): Plugin => ({
  name: 'entries-by-name',
  resolveId(id, from) {
    return from === undefined ? this.resolve(id, importer, { skipSelf: true }) : null;
  },
});
