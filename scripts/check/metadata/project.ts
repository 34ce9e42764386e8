import { type MetadataType, metadataTypeOf } from './metadata-types.ts';
import { parseXml, type XmlElement, XmlError } from './xml.ts';

/** One `-meta.xml` file. */
export interface MetadataFile {
  /** Path from the project root, with forward slashes. */
  path: string;
  /** Whether it is part of the package (`force-app`) or deployed by hand beside it (`unpackaged`). */
  packaged: boolean;
  suffix: string;
  type: MetadataType | undefined;
  /** The file's name without suffix. */
  name: string;
  /** The object whose folder it lies in. */
  object: string | undefined;
  root: XmlElement | undefined;
  fault: { message: string; line: number } | undefined;
}

/** One text file of a component bundle. */
export interface BundleSource {
  path: string;
  text: string;
}

/** A Lightning web component. */
export interface Bundle {
  name: string;
  folder: string;
  meta: MetadataFile | undefined;
  scripts: BundleSource[];
  templates: BundleSource[];
}

/** What a static resource hands out: the file beside its meta file. */
export interface ResourceContent {
  path: string;
  bytes: number;
}

/** What the check cannot know from the project's own files. */
export interface Platform {
  /** `sourceApiVersion` of sfdx-project.json. */
  apiVersion: string;
  /** Modules and components of the `lightning` namespace, in camel case. */
  lightningModules: ReadonlySet<string>;
}

/** The whole metadata of the project, read once and shared by all rules. */
export interface Project {
  platform: Platform;
  files: MetadataFile[];
  bundles: Map<string, Bundle>;
  /** Contents of static resources. */
  resources: ResourceContent[];
  /** Well-formed files of one type. */
  ofType(type: string): ParsedFile[];
  /** The well-formed file of that type and name; for children of objects the name is `Object.Name`. */
  find(type: string, name: string): ParsedFile | undefined;
}

export type ParsedFile = MetadataFile & { root: XmlElement };

const META = /^(.*\/)?([^/]+)\.([A-Za-z]+)-meta\.xml$/;
const BUNDLE_FILE = /^(.*\/lwc\/([^/]+))\/(?!__tests__\/)(?:.*\/)?[^/]+\.(ts|html)$/;
const RESOURCE = /\/staticresources\/[^/]+(?<!-meta\.xml)$/;
const OBJECT_FOLDER = /\/objects\/([^/]+)\//;

const readFile = (path: string, source: string): MetadataFile | undefined => {
  const parts = META.exec(path);
  if (!parts) return undefined;
  const [, , name = '', suffix = ''] = parts;
  const file: MetadataFile = {
    path,
    packaged: path.startsWith('force-app/'),
    suffix,
    type: metadataTypeOf(suffix),
    name,
    object: OBJECT_FOLDER.exec(path)?.[1],
    root: undefined,
    fault: undefined,
  };
  try {
    file.root = parseXml(source);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    file.fault = { message: error.message, line: error.line };
  }
  return file;
};

const readBundles = (sources: ReadonlyMap<string, string>, files: MetadataFile[]): Map<string, Bundle> => {
  const bundles = new Map<string, Bundle>();
  const bundleIn = (folder: string, name: string): Bundle => {
    const bundle = bundles.get(name) ?? { name, folder, meta: undefined, scripts: [], templates: [] };
    bundles.set(name, bundle);
    return bundle;
  };
  for (const [path, text] of sources) {
    const parts = BUNDLE_FILE.exec(path);
    if (!parts) continue;
    const [, folder = '', name = '', kind] = parts;
    bundleIn(folder, name)[kind === 'html' ? 'templates' : 'scripts'].push({ path, text });
  }
  for (const file of files) {
    if (file.suffix !== 'js') continue;
    const folder = file.path.slice(0, file.path.lastIndexOf('/'));
    bundleIn(folder, folder.slice(folder.lastIndexOf('/') + 1)).meta = file;
  }
  return bundles;
};

/** Full name of a file's component, as the Metadata API would write it. */
export const fullNameOf = (file: MetadataFile): string => {
  if (file.type?.inFolder === true) return `${file.path.split('/').at(-2) ?? ''}/${file.name}`;
  return file.type?.ofObject === true && file.object !== undefined ? `${file.object}.${file.name}` : file.name;
};

/** Reads a project from its files (path from the project root → content). */
export const readProject = (sources: ReadonlyMap<string, string>, platform: Platform): Project => {
  const files: MetadataFile[] = [];
  for (const [path, source] of sources) {
    const file = readFile(path, source);
    if (file) files.push(file);
  }
  const isParsed = (file: MetadataFile): file is ParsedFile => file.root !== undefined;
  const byType = Map.groupBy(files.filter(isParsed), (file) => file.type?.type ?? '');
  const byName = new Map<string, ParsedFile>();
  for (const file of files) {
    if (file.type && isParsed(file)) byName.set(`${file.type.type}:${fullNameOf(file)}`, file);
  }
  return {
    platform,
    files,
    bundles: readBundles(sources, files),
    resources: [...sources]
      .filter(([path]) => RESOURCE.test(path))
      .map(([path, text]) => ({ path, bytes: Buffer.byteLength(text) })),
    ofType: (type) => byType.get(type) ?? [],
    find: (type, name) => byName.get(`${type}:${name}`),
  };
};
