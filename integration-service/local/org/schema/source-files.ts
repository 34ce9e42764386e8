import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

/** A folder of metadata in source format. What a packaged folder declares belongs to the package and its namespace. */
export interface SourceFolder {
  readonly path: string;
  readonly packaged: boolean;
}

/** A metadata file: its parsed root element, and where it came from for messages. */
export interface SourceFile {
  readonly path: string;
  /** File name without the type's ending: `State__c` for `State__c.field-meta.xml`. */
  readonly name: string;
  /** `field`, `object`, `permissionset` … */
  readonly kind: string;
  readonly packaged: boolean;
  readonly root: Xml;
}

/** Parsed XML: every element is a list, so that one and many look alike. Use the helpers to read it. */
export interface Xml {
  readonly [element: string]: readonly (Xml | string)[] | undefined;
}

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  isArray: (_name, path) => String(path).includes('.'),
});

/**
 * Settles what kind of folder each is. A plain path is packaged when it is, or lies in, the default package directory
 * of the nearest `sfdx-project.json`; other directories there (unpackaged metadata) and folders without a project are not.
 */
export const sourceFolders = (folders: readonly (string | SourceFolder)[]): SourceFolder[] =>
  folders.map((folder) => {
    const path = resolve(typeof folder === 'string' ? folder : folder.path);
    if (!existsSync(path) || !statSync(path).isDirectory())
      throw new Error(`The source folder ${path} does not exist: give a folder of metadata in source format.`);
    return { path, packaged: typeof folder === 'string' ? isInDefaultPackage(path) : folder.packaged };
  });

const isInDefaultPackage = (path: string): boolean => {
  for (let folder = path; ; folder = dirname(folder)) {
    const file = join(folder, 'sfdx-project.json');
    if (existsSync(file)) {
      const project = JSON.parse(readFileSync(file, 'utf8')) as {
        packageDirectories?: { path: string; default?: boolean }[];
      };
      const packaged = project.packageDirectories?.find((directory) => directory.default === true);
      return packaged !== undefined && !relative(join(folder, packaged.path), path).startsWith('..');
    }
    if (dirname(folder) === folder) return false;
  }
};

/** All `*.<kind>-meta.xml` files below the folders, sorted by path so that an org is built the same way every time. */
export const readSourceFiles = (folders: readonly SourceFolder[], kinds: readonly string[]): SourceFile[] =>
  folders.flatMap(({ path, packaged }) =>
    walk(path).flatMap((file) => {
      const match = /^(.+)\.([A-Za-z]+)-meta\.xml$/.exec(basename(file));
      if (!match || !kinds.includes(match[2] ?? '')) return [];
      return [{ path: file, name: match[1] ?? '', kind: match[2] ?? '', packaged, root: parseFile(file) }];
    }),
  );

const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name === 'node_modules' || entry.name.startsWith('.')) return [];
      const path = join(folder, entry.name);
      return entry.isDirectory() ? walk(path) : [path];
    });

const parseFile = (path: string): Xml => {
  try {
    const document = parser.parse(readFileSync(path, 'utf8'), true) as Record<string, Xml | string>;
    const root = Object.entries(document).find(([name]) => !name.startsWith('?'))?.[1];
    return typeof root === 'object' ? root : {};
  } catch (error) {
    throw new Error(`${path} is not well-formed XML: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
};

/** Text of the first element of that name, undefined when it is absent or empty. */
export const textOf = (xml: Xml, element: string): string | undefined => {
  const value = xml[element]?.[0];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

export const textsOf = (xml: Xml, element: string): string[] =>
  (xml[element] ?? []).filter((value): value is string => typeof value === 'string' && value !== '');

export const isTrue = (xml: Xml, element: string): boolean => textOf(xml, element) === 'true';

export const numberOf = (xml: Xml, element: string): number | undefined => {
  const text = textOf(xml, element);
  return text === undefined ? undefined : Number(text);
};

export const childrenOf = (xml: Xml, element: string): Xml[] =>
  (xml[element] ?? []).filter((value): value is Xml => typeof value === 'object');
