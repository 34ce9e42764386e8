import type { Bundle, BundleSource, Project } from '../project.ts';
import { problemIn, type Problem, type Rule } from '../rule.ts';

const OWN_TAG = /<c-([a-z0-9-]+)((?:\s+[^\s=>/]+(?:=(?:"[^"]*"|\{[^}]*\}))?)*)\s*\/?>/g;
const ATTRIBUTE = /([^\s=>/]+)(?:=(?:"[^"]*"|\{[^}]*\}))?/g;
/** Attributes that every element takes: HTML's global ones, events, directives. */
const EVERYWHERE =
  /^(?:on.+|lwc:.+|for:.+|iterator:.+|if:.+|aria-.+|data-.+|class|dir|hidden|id|key|lang|part|role|slot|style|tabindex|title)$/;
const EXPRESSION = /\{([A-Za-z_$][\w$]*)((?:\.[\w$]+)*)\}/g;
const LOOP_VARIABLE = /(?:for:item|for:index)="(\w+)"|iterator:(\w+)=|lwc:slot-data="(\w+)"/g;

const camelCase = (attribute: string): string =>
  attribute.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const has = (sources: BundleSource[], pattern: RegExp): boolean => sources.some((source) => pattern.test(source.text));

export const lwcTemplates: Rule = {
  id: 'lwc-templates',
  about:
    'Nothing else compares a template with its class: attributes of our components are their @api, and expressions name something the class has.',
  *check(project) {
    for (const bundle of project.bundles.values()) {
      for (const template of bundle.templates) {
        yield* attributes(project, template);
        yield* expressions(project, bundle, template);
      }
    }
  },
};

function* attributes(project: Project, template: BundleSource): Generator<Problem> {
  for (const tag of template.text.matchAll(OWN_TAG)) {
    const [, name = '', list = ''] = tag;
    const used = project.bundles.get(camelCase(name));
    if (!used) continue; // The rule `lwc-imports` says that it does not exist.
    for (const [, attribute = ''] of list.matchAll(ATTRIBUTE)) {
      const property = camelCase(attribute);
      if (
        !EVERYWHERE.test(attribute) &&
        !has(used.scripts, new RegExp(`@api\\s+(?:get\\s+|set\\s+|readonly\\s+)?${property}\\b`))
      ) {
        yield problemIn(
          template,
          tag.index,
          `gives <c-${name}> the attribute ${attribute}, but its class has no @api ${property}`,
          'correct the attribute, or add the property to the class',
        );
      }
    }
  }
}

function* expressions(project: Project, bundle: Bundle, template: BundleSource): Generator<Problem> {
  const loops = new Set(
    [...template.text.matchAll(LOOP_VARIABLE)].flatMap((match) => match.slice(1).filter((name) => name !== undefined)),
  );
  for (const match of template.text.matchAll(EXPRESSION)) {
    const [, root = '', rest = ''] = match;
    if (loops.has(root)) continue;
    if (!has(bundle.scripts, new RegExp(`(?<![\\w$.])${root.replaceAll('$', '\\$')}\\b`))) {
      yield problemIn(
        template,
        match.index,
        `shows {${root}${rest}}, but the class has no ${root}`,
        'correct the expression, or add it to the class',
      );
    } else if (root === 'labels' && rest !== '') {
      const module = labelModule(project, bundle);
      if (module && !has(module.scripts, new RegExp(`\\b${rest.slice(1)}\\b`))) {
        yield problemIn(
          template,
          match.index,
          `shows {${root}${rest}}, but c/${module.name} has no such label`,
          'correct the name, or add the label to the module',
        );
      }
    }
  }
}

/** The component from which a class takes its `labels`. */
const labelModule = (project: Project, bundle: Bundle): Bundle | undefined => {
  const from = bundle.scripts
    .map((script) => /import \{[^}]*\blabels\b(?! as )[^}]*\} from 'c\/(\w+)'/.exec(script.text)?.[1])
    .find((name) => name !== undefined);
  return project.bundles.get(from ?? '');
};
