import { objectExists, fieldAt } from '../objects.ts';
import { PAGE_COMPONENTS, PAGE_TEMPLATES } from '../page-components.ts';
import type { ParsedFile, Project } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { child, children, textOf, walk } from '../xml.ts';
import { checkComponent, type PageContext } from './flexipage-components.ts';

export const flexipages: Rule = {
  id: 'flexipages',
  about:
    'A Lightning page fills regions its template has, from facets, components, properties, fields and lists that exist.',
  *check(project) {
    for (const file of project.ofType('FlexiPage')) {
      yield* page(project, file);
      const context = contextOf(project, file);
      yield* facets(context);
      yield* identifiers(file);
      for (const element of walk(file.root)) {
        if (element.name === 'componentInstance') yield* checkComponent(context, element);
        if (element.name === 'fieldInstance') {
          const item = textOf(element, 'fieldItem') ?? '';
          const path = /^Record\.(.+)$/.exec(item)?.[1] ?? '';
          if (!fieldAt(project, context.object, path)) {
            yield problemAt(
              file,
              element,
              `shows the field ${item}, which ${context.object} does not have`,
              'write Record.<field>',
            );
          }
        }
      }
    }
  },
};

const contextOf = (project: Project, file: ParsedFile): PageContext => {
  const regions = children(file.root, 'flexiPageRegions');
  return {
    project,
    file,
    pageType: textOf(file.root, 'type') ?? '',
    object: textOf(file.root, 'sobjectType') ?? '',
    facets: new Set(
      regions.filter((region) => textOf(region, 'type') === 'Facet').map((region) => textOf(region, 'name') ?? ''),
    ),
    usedFacets: new Set(),
  };
};

function* page(project: Project, file: ParsedFile): Generator<Problem> {
  const type = textOf(file.root, 'type');
  const object = child(file.root, 'sobjectType');
  if (type === 'RecordPage' && !object)
    yield problemAt(file, file.root, 'a record page without an object', 'add <sobjectType>');
  if (object && !objectExists(project, object.text))
    yield problemAt(file, object, `is a page of ${object.text}, which does not exist`, 'correct <sobjectType>');
  const template = child(file.root, 'template');
  const known = PAGE_TEMPLATES[textOf(template, 'name') ?? ''];
  if (!known) {
    yield problemAt(
      file,
      template,
      `uses the template ${textOf(template, 'name')}`,
      `use ${Object.keys(PAGE_TEMPLATES).join(' or ')}, or add it to page-components.ts`,
    );
    return;
  }
  if (known.type !== type)
    yield problemAt(
      file,
      template,
      `is a ${type} with a template for a ${known.type}`,
      'choose a template of the page type',
    );
  const regions = children(file.root, 'flexiPageRegions').filter((region) => textOf(region, 'type') === 'Region');
  for (const region of regions) {
    const name = textOf(region, 'name') ?? '';
    if (!known.regions.includes(name))
      yield problemAt(file, region, `fills the region ${name}`, `the template has: ${known.regions.join(', ')}`);
  }
}

/** Facets are regions that a component shows; each is defined once, used, and filled. */
function* facets(context: PageContext): Generator<Problem> {
  const { file } = context;
  const names = new Set<string>();
  for (const region of children(file.root, 'flexiPageRegions')) {
    const name = textOf(region, 'name') ?? '';
    if (names.has(name)) yield problemAt(file, region, `the region ${name} is defined twice`, 'rename one');
    names.add(name);
  }
  for (const property of walk(file.root)) {
    if (property.name !== 'componentInstance') continue;
    const facetProperties = PAGE_COMPONENTS[textOf(property, 'componentName') ?? '']?.facets ?? [];
    for (const entry of children(property, 'componentInstanceProperties')) {
      if (facetProperties.includes(textOf(entry, 'name') ?? '')) context.usedFacets.add(textOf(entry, 'value') ?? '');
    }
  }
  for (const region of children(file.root, 'flexiPageRegions')) {
    const name = textOf(region, 'name') ?? '';
    if (context.facets.has(name) && !context.usedFacets.has(name)) {
      yield problemAt(
        file,
        region,
        `no component shows the facet ${name}`,
        'name it in a tab, column or section, or remove it',
      );
    }
  }
}

function* identifiers(file: ParsedFile): Generator<Problem> {
  const seen = new Set<string>();
  for (const element of walk(file.root)) {
    if (element.name !== 'componentInstance' && element.name !== 'fieldInstance') continue;
    const identifier = textOf(element, 'identifier');
    if (identifier === undefined) yield problemAt(file, element, 'has no identifier', 'add <identifier>');
    else if (seen.has(identifier))
      yield problemAt(file, element, `the identifier ${identifier} stands twice`, 'identifiers are unique on a page');
    seen.add(identifier ?? '');
  }
}
