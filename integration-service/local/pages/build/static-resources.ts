import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { contentHash, filesBelow } from './content-hash.ts';

/** A file that the package hands out to its components. */
export interface StaticResource {
  /** Absolute path of the content. */
  file: string;
  contentType: string;
  /** Changes with the content, as the platform's time stamp does, so that a browser may keep what it has. */
  stamp: string;
}

const resourceFile = z.object({ StaticResource: z.object({ contentType: z.string() }) });

/** The static resources of the source folders by name. One without its content is refused, as a deploy would. */
export const findStaticResources = (sourceFolders: readonly string[]): Map<string, StaticResource> => {
  const parser = new XMLParser();
  const files = sourceFolders.flatMap(filesBelow);
  const resources = new Map<string, StaticResource>();
  for (const meta of files.filter((file) => file.endsWith('.resource-meta.xml'))) {
    const name = path.basename(meta, '.resource-meta.xml');
    const file = files.find(
      (one) => path.dirname(one) === path.dirname(meta) && path.parse(one).name === name && one !== meta,
    );
    if (file === undefined || !existsSync(file)) throw new Error(`${meta} has no content beside it.`);
    const { contentType } = resourceFile.parse(parser.parse(readFileSync(meta, 'utf8'))).StaticResource;
    resources.set(name, { file, contentType, stamp: contentHash([], [file]) });
  }
  return resources;
};

/** Where the pages' server hands a resource out: `/resource/<stamp>/<name>`, the name with the org's namespace as there. */
export const resourceAddress = (name: string, { stamp }: StaticResource, namespace: string): string =>
  `/resource/${stamp}/${namespace === '' ? name : `${namespace}__${name}`}`;
