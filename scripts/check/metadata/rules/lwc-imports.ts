import { fieldAt, objectExists } from '../objects.ts';
import { SALESFORCE_MODULES } from '../platform-modules.ts';
import type { Bundle, BundleSource, Project } from '../project.ts';
import { problemIn, type Problem, type Rule } from '../rule.ts';

const IMPORT = /(?:from\s+|import\s+|import\()\s*['"]([^'"]+)['"]/g;
const TAG = /<(c|lightning)-([a-z0-9_-]+)/g;

/** `record-edit-form` → `recordEditForm`; a component's folder is named in camel case. */
const camelCase = (tag: string): string => tag.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

export const lwcImports: Rule = {
  id: 'lwc-imports',
  about:
    'What a component imports or places exists: fields, objects, permissions, other components, base components, platform modules.',
  *check(project) {
    for (const bundle of project.bundles.values()) {
      for (const script of bundle.scripts) {
        for (const match of withoutComments(script.text).matchAll(IMPORT))
          yield* imported(project, bundle, script, match[1] ?? '', match.index);
      }
      for (const template of bundle.templates) {
        for (const match of template.text.matchAll(TAG)) {
          const [, namespace, tag = ''] = match;
          const name = camelCase(tag);
          const exists = namespace === 'c' ? project.bundles.has(name) : project.platform.lightningModules.has(name);
          if (!exists)
            yield problemIn(
              template,
              match.index,
              `places <${namespace}-${tag}>, which does not exist`,
              namespace === 'c'
                ? 'correct the name or add the component'
                : 'correct the name, or add the base component to platform-modules.ts',
            );
        }
      }
    }
  },
};

/** Comments blanked out with their length kept, so that positions stay true. */
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, ' '));

function* imported(
  project: Project,
  bundle: Bundle,
  script: BundleSource,
  name: string,
  offset: number,
): Generator<Problem> {
  const missing = (what: string, fix: string): Problem => problemIn(script, offset, what, fix);
  if (name.startsWith('.')) {
    const wanted = resolve(script.path, name);
    if (
      ![...bundle.scripts, ...bundle.templates].some(
        (source) => source.path === wanted || source.path === `${wanted}.ts`,
      )
    )
      yield missing(
        `imports ${name}, which is not in the bundle`,
        'correct the path; a bundle cannot reach outside its folder',
      );
  } else if (name.startsWith('c/')) {
    if (!project.bundles.has(name.slice(2)))
      yield missing(`imports ${name}, which does not exist`, 'correct the name or add the component');
  } else if (name.startsWith('lightning/')) {
    if (!project.platform.lightningModules.has(name.slice(10)))
      yield missing(
        `imports ${name}, which the platform does not have`,
        'correct the name, or add it to platform-modules.ts',
      );
  } else if (name.startsWith('@salesforce/')) {
    yield* platformModule(project, name, missing);
  } else if (name !== 'lwc') {
    yield missing(
      `imports ${name}, which an org cannot resolve`,
      'only lwc, lightning/*, c/*, @salesforce/* and files of the bundle can be imported',
    );
  }
}

function* platformModule(
  project: Project,
  name: string,
  missing: (what: string, fix: string) => Problem,
): Generator<Problem> {
  const [, kind = '', rest = ''] = /^@salesforce\/(\w+)\/(.+)$/.exec(name) ?? [];
  if (kind === 'label') return; // The rule `labels` looks at every use of a label.
  if (kind === 'schema') {
    const [object = '', ...path] = rest.split('.');
    const exists =
      path.length === 0 ? objectExists(project, object) : fieldAt(project, object, path.join('.')) !== undefined;
    if (!exists)
      yield missing(
        `imports ${rest}, which is neither ours nor a known standard object or field`,
        'correct the name, or add the standard field to standard-objects.ts',
      );
  } else if (kind === 'customPermission') {
    if (!project.find('CustomPermission', rest))
      yield missing(
        `imports the custom permission ${rest}, which does not exist`,
        'correct the name or add the permission',
      );
  } else if (kind === 'resourceUrl') {
    if (!project.find('StaticResource', rest))
      yield missing(
        `imports the static resource ${rest}, which does not exist`,
        'correct the name or add the resource',
      );
  } else if (SALESFORCE_MODULES[kind]?.test(rest) !== true) {
    yield missing(
      `imports ${name}, which is not used in this package`,
      kind === 'apex' ? 'the package holds no Apex' : 'correct the name, or add the module to platform-modules.ts',
    );
  }
}

const resolve = (from: string, relative: string): string => {
  const parts = from.split('/').slice(0, -1);
  for (const step of relative.split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '.') parts.push(step);
  }
  return parts.join('/');
};
