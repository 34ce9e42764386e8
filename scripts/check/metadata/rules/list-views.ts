import { fieldOfColumn, type Field } from '../objects.ts';
import type { ParsedFile, Project } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { child, children, textOf, type XmlElement } from '../xml.ts';

const MOST_COLUMNS = 15;
const NOT_FILTERED = new Set(['LongTextArea', 'Html']);
const ORDERED = new Set(['Number', 'Currency', 'Percent', 'Date', 'DateTime', 'Time', 'AutoNumber', 'Text']);
const ORDERING = new Set(['lessThan', 'greaterThan', 'lessOrEqual', 'greaterOrEqual']);

export const listViews: Rule = {
  id: 'list-views',
  about:
    'Columns and filters of a list view name fields that exist, filters compare with values the field can have, and the filter logic uses each filter.',
  *check(project) {
    for (const file of project.ofType('ListView')) {
      const columns = children(file.root, 'columns');
      const shown = new Set(columns.map((column) => column.text));
      if (columns.length > MOST_COLUMNS)
        yield problemAt(file, columns[MOST_COLUMNS], `${columns.length} columns`, `use at most ${MOST_COLUMNS}`);
      if (shown.size !== columns.length) yield problemAt(file, columns[0], 'a column stands twice', 'remove one');
      for (const column of columns) {
        if (!fieldOfColumn(project, file.object ?? '', column.text)) {
          yield problemAt(
            file,
            column,
            `shows the column ${column.text}, which ${file.object} does not have`,
            'use the field name, or the list name of a standard field such as NAME or OPPORTUNITY.AMOUNT',
          );
        }
      }
      for (const filter of children(file.root, 'filters')) yield* checkFilter(project, file, filter);
      yield* logic(file);
    }
  },
};

function* checkFilter(project: Project, file: ParsedFile, filter: XmlElement): Generator<Problem> {
  const name = textOf(filter, 'field') ?? '';
  const operation = textOf(filter, 'operation') ?? '';
  const field = fieldOfColumn(project, file.object ?? '', name);
  if (!field) {
    yield problemAt(file, filter, `filters by ${name}, which ${file.object} does not have`, 'correct <field>');
    return;
  }
  if (NOT_FILTERED.has(field.type)) {
    yield problemAt(
      file,
      filter,
      `filters by ${name}, a ${field.type}`,
      'long text cannot be filtered; choose another field',
    );
  }
  if (ORDERING.has(operation) && field.type !== 'standard' && !ORDERED.has(field.type)) {
    yield problemAt(file, filter, `${operation} on ${name}, a ${field.type}`, 'use equals or notEqual');
  }
  yield* values(file, filter, field, textOf(filter, 'value') ?? '');
}

function* values(file: ParsedFile, filter: XmlElement, field: Field, value: string): Generator<Problem> {
  if (field.type === 'Checkbox' && value !== '0' && value !== '1') {
    yield problemAt(file, filter, `compares the checkbox ${field.name} with "${value}"`, 'use 1 or 0');
  }
  for (const one of field.values && value !== '' ? value.split(',') : []) {
    if (field.values?.has(one.trim()) === false) {
      yield problemAt(
        file,
        filter,
        `compares ${field.name} with "${one}", which is no value of it`,
        `use: ${[...field.values].join(', ')}`,
      );
    }
  }
}

function* logic(file: ParsedFile): Generator<Problem> {
  const text = child(file.root, 'booleanFilter');
  if (!text) return;
  const count = children(file.root, 'filters').length;
  const used = new Set((text.text.match(/\d+/g) ?? []).map(Number));
  for (let number = 1; number <= count; number += 1) {
    if (!used.delete(number))
      yield problemAt(file, text, `the filter logic leaves out filter ${number}`, 'use every filter');
  }
  for (const number of used)
    yield problemAt(file, text, `the filter logic names filter ${number}, but there are ${count}`, 'correct the logic');
  if ((text.text.match(/\(/g) ?? []).length !== (text.text.match(/\)/g) ?? []).length) {
    yield problemAt(file, text, 'the brackets of the filter logic do not match', 'correct the logic');
  }
}
