import { problemAt, type Rule } from '../rule.ts';
import { child, textOf } from '../xml.ts';

/** Characters an org accepts in a description; flexipages and flows take fewer. */
const LONGEST: Record<string, number> = {
  FlexiPage: 255,
  PermissionSet: 255,
  CustomApplication: 255,
  Dashboard: 255,
  Report: 255,
  QuickAction: 255,
};
const LONGEST_OTHER = 1000;
const LONGEST_HELP = 510;

export const descriptions: Rule = {
  id: 'descriptions',
  about:
    'Whoever meets a component in Setup can read there what it is for; fields also have help for the person who fills them.',
  *check(project) {
    for (const file of project.files) {
      if (!file.type?.described || !file.root) continue;
      const description = textOf(file.root, 'description') ?? '';
      const longest = LONGEST[file.type.type] ?? LONGEST_OTHER;
      if (description === '') {
        yield problemAt(
          file,
          file.root,
          `this ${file.type.type} has no description`,
          'say in a sentence what it is for',
        );
      } else if (description.length > longest) {
        yield problemAt(
          file,
          child(file.root, 'description'),
          `the description is ${description.length} characters long`,
          `use at most ${longest}`,
        );
      }
      if (file.type.type !== 'CustomField') continue;
      const help = textOf(file.root, 'inlineHelpText') ?? '';
      if (help === '')
        yield problemAt(
          file,
          file.root,
          'the field has no help text',
          'add <inlineHelpText>: what should a person enter or read here?',
        );
      if (help.length > LONGEST_HELP)
        yield problemAt(
          file,
          file.root,
          `the help text is ${help.length} characters long`,
          `use at most ${LONGEST_HELP}`,
        );
    }
  },
};
