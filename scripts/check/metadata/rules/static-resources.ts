import type { ParsedFile, Project } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { child, textOf } from '../xml.ts';

/** Of one static resource (Salesforce, "Static Resources": 5 MB each, 250 MB in an org). */
const LARGEST_BYTES = 5 * 1024 * 1024;
/** How the source format names the content by its type; any other type is written as `.resource`. */
const ENDINGS: Readonly<Record<string, string>> = {
  'application/javascript': 'js',
  'application/json': 'json',
  'application/zip': 'zip',
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'text/css': 'css',
  'text/javascript': 'js',
};
const CACHES = new Set(['Public', 'Private']);

export const staticResources: Rule = {
  id: 'static-resources',
  about: 'A static resource has its content beside it, named by its type and no larger than an org takes.',
  *check(project) {
    for (const file of project.ofType('StaticResource')) yield* resource(project, file);
    for (const { path } of project.resources) {
      const name = path.replace(/\.[^./]+$/, '');
      if (!project.ofType('StaticResource').some((file) => file.path === `${name}.resource-meta.xml`)) {
        yield { file: path, line: undefined, what: 'has no meta file', fix: `add ${name}.resource-meta.xml` };
      }
    }
  },
};

function* resource(project: Project, file: ParsedFile): Generator<Problem> {
  const type = textOf(file.root, 'contentType') ?? '';
  const content = file.path.replace(/resource-meta\.xml$/, ENDINGS[type] ?? 'resource');
  const found = project.resources.find(({ path }) => path === content);
  if (!found) {
    yield problemAt(
      file,
      child(file.root, 'contentType'),
      `is of type ${type}, but there is no ${content}`,
      'add the content, or correct <contentType>',
    );
  } else if (found.bytes > LARGEST_BYTES) {
    yield problemAt(file, undefined, `has ${found.bytes} bytes of content`, `an org takes ${LARGEST_BYTES}`);
  }
  const cache = textOf(file.root, 'cacheControl') ?? '';
  if (!CACHES.has(cache)) {
    yield problemAt(
      file,
      undefined,
      `says nothing about caching ("${cache}")`,
      'write <cacheControl>Public or Private',
    );
  }
}
