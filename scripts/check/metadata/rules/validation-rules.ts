import { checkFormula, namesIn } from '../formula.ts';
import { fieldAt } from '../objects.ts';
import type { ParsedFile, Project } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { child, textOf } from '../xml.ts';

const LONGEST_MESSAGE = 255;
export const validationRules: Rule = {
  id: 'validation-rules',
  about:
    'A validation rule has a formula whose brackets close and whose fields, values and functions exist, and a message that fits.',
  *check(project) {
    for (const file of project.ofType('ValidationRule')) {
      yield* formula(project, file);
      const message = child(file.root, 'errorMessage');
      if (message && message.text.length > LONGEST_MESSAGE)
        yield problemAt(
          file,
          message,
          `the message is ${message.text.length} characters long`,
          `use at most ${LONGEST_MESSAGE}`,
        );
      const shownAt = child(file.root, 'errorDisplayField');
      if (shownAt && !fieldAt(project, file.object ?? '', shownAt.text))
        yield problemAt(
          file,
          shownAt,
          `shows its message at ${shownAt.text}, which does not exist`,
          'correct <errorDisplayField>',
        );
    }
  },
};

function* formula(project: Project, file: ParsedFile): Generator<Problem> {
  const element = child(file.root, 'errorConditionFormula');
  const text = textOf(file.root, 'errorConditionFormula') ?? '';
  for (const [, name = '', value = ''] of text.matchAll(/ISPICKVAL\(\s*(\w+)\s*,\s*"([^"]*)"/g)) {
    const field = fieldAt(project, file.object ?? '', name);
    if (field?.values?.has(value) === false)
      yield problemAt(
        file,
        element,
        `compares ${name} with "${value}", which is no value of it`,
        `use: ${[...field.values].join(', ')}`,
      );
  }
  for (const fault of checkFormula(text)) yield problemAt(file, element, fault.what, fault.fix);
  for (const name of namesIn(text)) {
    if (!name.startsWith('$') && !fieldAt(project, file.object ?? '', name)) {
      yield problemAt(file, element, `reads ${name}, which ${file.object} does not have`, 'correct the formula');
    }
  }
  for (const [, name = ''] of text.matchAll(/\$Permission\.(\w+)/g)) {
    if (!project.find('CustomPermission', name))
      yield problemAt(file, element, `asks for the permission ${name}, which does not exist`, 'correct the formula');
  }
}
