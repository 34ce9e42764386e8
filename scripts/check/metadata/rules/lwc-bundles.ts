import { objectExists } from '../objects.ts';
import type { Bundle, ParsedFile, Project } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { child, children, textOf, textsOf, walk } from '../xml.ts';

const NAME = /^[a-z](?!.*__)[A-Za-z0-9_]*(?<!_)$/;
/** Targets of Salesforce's component reference that make sense for this product. */
const TARGETS = new Set([
  'lightning__AppPage',
  'lightning__FlowScreen',
  'lightning__HomePage',
  'lightning__RecordAction',
  'lightning__RecordPage',
  'lightning__Tab',
  'lightning__UtilityBar',
  'lightningCommunity__Page',
]);
const PROPERTY_TYPES = new Set(['Boolean', 'Color', 'Integer', 'String']);

export const lwcBundles: Rule = {
  id: 'lwc-bundles',
  about:
    'A component has its script and its meta file, says where it may stand, and declares properties its class has.',
  *check(project) {
    for (const bundle of project.bundles.values()) {
      if (!NAME.test(bundle.name))
        yield {
          file: bundle.folder,
          line: undefined,
          what: `the component is named ${bundle.name}`,
          fix: 'begin with a small letter, use letters, digits and single underscores',
        };
      const main = bundle.scripts.find((script) => script.path === `${bundle.folder}/${bundle.name}.ts`);
      if (!main && !bundle.templates.some((template) => template.path === `${bundle.folder}/${bundle.name}.html`)) {
        yield {
          file: bundle.folder,
          line: undefined,
          what: 'the bundle has neither a script nor a template of its name',
          fix: `add ${bundle.name}.ts`,
        };
      }
      if (!bundle.meta) {
        yield {
          file: bundle.folder,
          line: undefined,
          what: 'the bundle has no meta file',
          fix: `add ${bundle.name}.js-meta.xml`,
        };
      } else if (bundle.meta.root) {
        yield* meta(project, bundle, { ...bundle.meta, root: bundle.meta.root }, main?.text ?? '');
      }
    }
  },
};

function* meta(project: Project, bundle: Bundle, file: ParsedFile, script: string): Generator<Problem> {
  const exposed = textOf(file.root, 'isExposed') === 'true';
  const targets = children(child(file.root, 'targets'), 'target');
  for (const target of targets) {
    if (!TARGETS.has(target.text))
      yield problemAt(
        file,
        target,
        `offers ${target.text}, which is no target`,
        `use one of: ${[...TARGETS].join(', ')}`,
      );
  }
  if (exposed !== targets.length > 0) {
    yield problemAt(
      file,
      file.root,
      exposed ? 'is exposed but offers no target' : 'offers targets but is not exposed',
      'expose exactly the components that stand on pages',
    );
  }
  if (exposed && (textOf(file.root, 'masterLabel') ?? '') === '')
    yield problemAt(file, file.root, 'has no label for the App Builder', 'add <masterLabel>');
  const offered = new Set(textsOf(child(file.root, 'targets'), 'target'));
  for (const config of children(child(file.root, 'targetConfigs'), 'targetConfig')) {
    for (const target of (config.attributes['targets'] ?? '').split(',')) {
      if (!offered.has(target))
        yield problemAt(
          file,
          config,
          `configures ${target}, which it does not offer`,
          'add the target or remove the configuration',
        );
    }
    for (const property of children(config, 'property')) {
      const name = property.attributes['name'] ?? '';
      if (!PROPERTY_TYPES.has(property.attributes['type'] ?? ''))
        yield problemAt(
          file,
          property,
          `the property ${name} is of type ${property.attributes['type']}`,
          `use ${[...PROPERTY_TYPES].join(', ')}`,
        );
      if (!new RegExp(`@api[^;{]*?\\b${name}\\b`).test(script))
        yield problemAt(
          file,
          property,
          `declares the property ${name}, but the class of ${bundle.name} has no @api ${name}`,
          'add it to the class or remove it here',
        );
    }
    for (const object of [...walk(config)].filter((element) => element.name === 'object')) {
      if (!objectExists(project, object.text))
        yield problemAt(file, object, `is made for ${object.text}, which does not exist`, 'correct <object>');
    }
  }
}
