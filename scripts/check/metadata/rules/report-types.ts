import { fieldOf, objectExists, type Field } from '../objects.ts';
import type { ParsedFile, Project } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { child, children, textOf } from '../xml.ts';

const LONGEST_LABEL = 50;

/** The field behind a report's column `Object__c$Field__c`, where its report type offers it. */
export const reportField = (project: Project, type: ParsedFile, column: string): Field | undefined => {
  const [object = '', name = ''] = column.split('$');
  const offered = children(type.root, 'sections').some((section) =>
    children(section, 'columns').some((one) => textOf(one, 'table') === object && textOf(one, 'field') === name),
  );
  return offered ? fieldOf(project, object, name) : undefined;
};

export const reportTypes: Rule = {
  id: 'report-types',
  about:
    'A report type stands on an object that exists and offers fields of it, each once, so that reports can be built.',
  *check(project) {
    for (const file of project.ofType('ReportType')) {
      const base = textOf(file.root, 'baseObject') ?? '';
      if (!objectExists(project, base)) {
        yield problemAt(file, child(file.root, 'baseObject'), `stands on ${base}, which does not exist`, 'correct it');
        continue;
      }
      if ((textOf(file.root, 'label') ?? '').length > LONGEST_LABEL)
        yield problemAt(file, child(file.root, 'label'), 'the label is too long', `use at most ${LONGEST_LABEL}`);
      yield* columns(project, file, base);
    }
  },
};

function* columns(project: Project, file: ParsedFile, base: string): Generator<Problem> {
  const seen = new Set<string>();
  for (const section of children(file.root, 'sections')) {
    for (const column of children(section, 'columns')) {
      const table = textOf(column, 'table') ?? '';
      const field = textOf(column, 'field') ?? '';
      if (table !== base) {
        yield problemAt(
          file,
          column,
          `takes ${field} from ${table}, which is not ${base}`,
          'use the base object; a joined object needs <join> and a rule here',
        );
      } else if (!fieldOf(project, base, field)) {
        yield problemAt(file, column, `offers ${base}.${field}, which does not exist`, 'correct <field>');
      }
      if (seen.has(`${table}$${field}`)) yield problemAt(file, column, `offers ${field} twice`, 'remove one');
      seen.add(`${table}$${field}`);
    }
  }
}
