import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import { filesBelow } from '../build/content-hash.ts';

/** An element of a metadata file: children by name. Every element is a list here, so that one and many read alike. */
export interface XmlElement {
  [name: string]: (XmlElement | string)[];
}

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: true,
  isArray: () => true,
});

/** One metadata file: its root element, its name without suffixes, and the folder names on its way. */
export interface MetadataFile {
  path: string;
  name: string;
  root: XmlElement;
}

/** Children elements of that name. */
export const elements = (parent: XmlElement, name: string): XmlElement[] =>
  (parent[name] ?? []).filter((child): child is XmlElement => typeof child === 'object');

/** The text of every child of that name. */
export const texts = (parent: XmlElement, name: string): string[] =>
  (parent[name] ?? []).filter((child): child is string => typeof child === 'string');

/** The text of the first child of that name. */
export const text = (parent: XmlElement, name: string): string | undefined => texts(parent, name)[0];

/** Reads every metadata file of a kind (`flexipage`, `listView`, …) below the source folders. */
export const readMetadata = (sourceFolders: readonly string[], kind: string): MetadataFile[] => {
  const suffix = `.${kind}-meta.xml`;
  return sourceFolders
    .flatMap(filesBelow)
    .filter((file) => file.endsWith(suffix))
    .map((file) => {
      const parsed = parser.parse(readFileSync(file, 'utf8')) as Record<string, (XmlElement | string)[]>;
      const root = Object.values(parsed)[0]?.[0];
      const name = (file.split(/[\\/]/).at(-1) ?? '').slice(0, -suffix.length);
      return { path: file, name, root: typeof root === 'object' ? root : {} };
    });
};
