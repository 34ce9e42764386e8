import { objectExists } from '../objects.ts';
import type { ParsedFile, Project } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { STANDARD_TABS } from '../standard-objects.ts';
import { child, children, textOf } from '../xml.ts';

export const applications: Rule = {
  id: 'applications',
  about: 'Apps show tabs that exist, tabs show objects that exist, and records open on pages made for them.',
  *check(project) {
    for (const file of project.ofType('CustomApplication')) {
      for (const tab of children(file.root, 'tabs')) {
        if (!STANDARD_TABS.has(tab.text) && !project.find('CustomTab', tab.text))
          yield problemAt(
            file,
            tab,
            `shows the tab ${tab.text}, which does not exist`,
            'correct <tabs>, or add the tab',
          );
      }
      yield* overrides(project, file, undefined);
    }
    for (const file of project.ofType('CustomObject')) yield* overrides(project, file, file.name);
    for (const file of project.ofType('CustomTab')) {
      if (textOf(file.root, 'customObject') === 'true' && !objectExists(project, file.name)) {
        yield problemAt(
          file,
          undefined,
          `is the tab of ${file.name}, which does not exist`,
          'name the file after the object',
        );
      }
      const page = child(file.root, 'flexiPage');
      if (page && !project.find('FlexiPage', page.text))
        yield problemAt(file, page, `shows the page ${page.text}, which does not exist`, 'correct <flexiPage>');
    }
  },
};

function* overrides(project: Project, file: ParsedFile, object: string | undefined): Generator<Problem> {
  for (const override of children(file.root, 'actionOverrides')) {
    if (textOf(override, 'type') !== 'Flexipage') continue;
    const target = object ?? textOf(override, 'pageOrSobjectType') ?? '';
    const page = project.find('FlexiPage', textOf(override, 'content') ?? '');
    if (!page) {
      yield problemAt(
        file,
        override,
        `opens the page ${textOf(override, 'content')}, which does not exist`,
        'correct <content>',
      );
      continue;
    }
    if (!target.startsWith('standard-') && textOf(page.root, 'sobjectType') !== target) {
      yield problemAt(
        file,
        override,
        `opens ${target} on ${page.name}, a page of ${textOf(page.root, 'sobjectType') ?? 'no object'}`,
        'choose a page of that object',
      );
    }
    if (target === 'standard-home' && textOf(page.root, 'type') !== 'HomePage') {
      yield problemAt(
        file,
        override,
        `opens the home tab on ${page.name}, which is no home page`,
        'choose a page of type HomePage',
      );
    }
    if (!target.startsWith('standard-') && !target.endsWith('__c')) {
      yield problemAt(
        file,
        override,
        `activates a page of the standard object ${target}`,
        'a package cannot; the admin guide tells the admin how',
      );
    }
  }
}
