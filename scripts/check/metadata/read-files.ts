import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { PLATFORM_LIGHTNING } from './platform-modules.ts';
import type { Platform } from './project.ts';

const CHECKED = /-meta\.xml$|\/lwc\/.*\.(ts|html)$|\/staticresources\/[^/]+$/;
const TESTS = /\/__tests__\//;

/** Package directories of sfdx-project.json, in order. */
export const packageDirectories = (root: string): string[] => {
  const project: unknown = JSON.parse(readFileSync(join(root, 'sfdx-project.json'), 'utf8'));
  const { packageDirectories: directories } = project as { packageDirectories: { path: string }[] };
  return directories.map((directory) => directory.path);
};

/** All files the check looks at: path from the root, with forward slashes → content. */
export const readSources = (root: string): Map<string, string> => {
  const sources = new Map<string, string>();
  for (const directory of packageDirectories(root)) {
    for (const entry of readdirSync(join(root, directory), { recursive: true, encoding: 'utf8' })) {
      const path = `${directory}/${entry.split(sep).join('/')}`;
      if (CHECKED.test(path) && !TESTS.test(path)) sources.set(path, readFileSync(join(root, path), 'utf8'));
    }
  }
  return new Map([...sources].toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

/** The platform as installed here: the project's API version and the base components of the npm package. */
export const readPlatform = (root: string): Platform => {
  const { sourceApiVersion } = JSON.parse(readFileSync(join(root, 'sfdx-project.json'), 'utf8')) as {
    sourceApiVersion: string;
  };
  const components = dirname(
    createRequire(join(root, 'package.json')).resolve('lightning-base-components/package.json'),
  );
  return {
    apiVersion: sourceApiVersion,
    lightningModules: new Set([...readdirSync(join(components, 'src', 'lightning')), ...PLATFORM_LIGHTNING]),
  };
};
