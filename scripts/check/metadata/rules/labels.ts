import type { ParsedFile, Project } from '../project.ts';
import { problemAt, problemIn, type Problem, type Rule } from '../rule.ts';
import { children, textOf, walk, type XmlElement } from '../xml.ts';

const LONGEST_VALUE = 1000;
const LONGEST_DESCRIPTION = 80;
const LONGEST_CATEGORIES = 255;

export const labels: Rule = {
  id: 'labels',
  about:
    'Every label that a component, flow, page or formula uses is defined once and fits, and every label that is defined is used.',
  *check(project) {
    const defined = new Map<string, { file: ParsedFile; element: XmlElement }>();
    for (const file of project.ofType('CustomLabels')) {
      for (const element of children(file.root, 'labels')) {
        const name = textOf(element, 'fullName') ?? '';
        if (defined.has(name)) yield problemAt(file, element, `the label ${name} is defined twice`, 'remove one');
        defined.set(name, { file, element });
        yield* fits(file, element, name);
      }
    }
    const used = new Set<string>();
    for (const { name, problem } of uses(project)) {
      used.add(name);
      if (!defined.has(name)) yield problem;
    }
    for (const [name, { file, element }] of defined) {
      if (!used.has(name)) yield problemAt(file, element, `nothing uses the label ${name}`, 'use it or remove it');
    }
  },
};

function* fits(file: ParsedFile, element: XmlElement, name: string): Generator<Problem> {
  const limits: [part: string, longest: number][] = [
    ['value', LONGEST_VALUE],
    ['shortDescription', LONGEST_DESCRIPTION],
    ['categories', LONGEST_CATEGORIES],
  ];
  for (const [part, longest] of limits) {
    const length = textOf(element, part)?.length ?? 0;
    if (length > longest)
      yield problemAt(file, element, `the ${part} of ${name} is ${length} characters long`, `use at most ${longest}`);
  }
  if ((textOf(element, 'value') ?? '') === '')
    yield problemAt(file, element, `the label ${name} is empty`, 'add <value>');
}

function* uses(project: Project): Generator<{ name: string; problem: Problem }> {
  const what = (name: string): string => `uses the label ${name}, which is not defined`;
  const fix = 'add it to CustomLabels.labels-meta.xml or correct the name';
  for (const bundle of project.bundles.values()) {
    for (const source of [...bundle.scripts, ...bundle.templates]) {
      for (const match of source.text.matchAll(/@salesforce\/label\/c\.(\w+)/g)) {
        yield { name: match[1] ?? '', problem: problemIn(source, match.index, what(match[1] ?? ''), fix) };
      }
    }
  }
  for (const type of ['Flow', 'FlexiPage', 'ValidationRule', 'CustomField', 'WebLink']) {
    for (const file of project.ofType(type)) {
      for (const element of walk(file.root)) {
        for (const [, name = ''] of element.text.matchAll(/\$Label\.(\w+)/g))
          yield { name, problem: problemAt(file, element, what(name), fix) };
      }
    }
  }
}
