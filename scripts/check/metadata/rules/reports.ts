import type { Field } from '../objects.ts';
import type { ParsedFile, Project } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { child, children, textOf, type XmlElement } from '../xml.ts';
import { reportField } from './report-types.ts';

const LONGEST_NAME = 40;
const NOT_GROUPED = new Set(['LongTextArea', 'Html', 'MultiselectPicklist']);
const NUMBERS = new Set(['Number', 'Currency', 'Percent', 'standard']);
const DATES = new Set(['Date', 'DateTime', 'standard']);
/** Groupings that each format must have, and must not have. */
const FORMATS: Record<string, { down: boolean; across: boolean }> = {
  Tabular: { down: false, across: false },
  Summary: { down: true, across: false },
  Matrix: { down: true, across: true },
};

/** Names of the columns by which a report groups. */
export const groupingsOf = (report: ParsedFile): string[] =>
  ['groupingsDown', 'groupingsAcross'].flatMap((list) =>
    children(report.root, list).map((grouping) => textOf(grouping, 'field') ?? ''),
  );

/** The report type that a report is built on, where it is one of ours. */
export const reportTypeOf = (project: Project, report: ParsedFile): ParsedFile | undefined =>
  project.find('ReportType', (textOf(report.root, 'reportType') ?? '').replace(/__c$/, ''));

export const reports: Rule = {
  id: 'reports',
  about:
    'A report lies in a folder that exists and shows, groups, sums and filters by fields that its report type offers and that can be.',
  *check(project) {
    for (const file of project.ofType('Report')) {
      const folder = file.path.split('/').at(-2) ?? '';
      if (!project.find('ReportFolder', folder))
        yield problemAt(
          file,
          undefined,
          `lies in the folder ${folder}, which has no file`,
          `add ${folder}.reportFolder`,
        );
      const name = child(file.root, 'name');
      if ((name?.text.length ?? 0) > LONGEST_NAME)
        yield problemAt(file, name, 'the name is too long', `use at most ${LONGEST_NAME} characters`);
      const type = reportTypeOf(project, file);
      if (!type) {
        yield problemAt(
          file,
          child(file.root, 'reportType'),
          `is built on ${textOf(file.root, 'reportType')}, of which nothing is known here`,
          'use a report type of this package, by its name with __c',
        );
        continue;
      }
      yield* shown(project, file, type);
      yield* grouped(project, file, type);
      yield* filtered(project, file, type);
    }
  },
};

const missing = (file: ParsedFile, element: XmlElement, what: string, column: string): Problem =>
  problemAt(
    file,
    element,
    `${what} ${column}, which its report type does not offer`,
    'correct it, or offer the field there',
  );

function* shown(project: Project, file: ParsedFile, type: ParsedFile): Generator<Problem> {
  const groupings = new Set(groupingsOf(file));
  const columns = children(file.root, 'columns');
  for (const column of columns) {
    const name = textOf(column, 'field') ?? '';
    const field = reportField(project, type, name);
    if (!field) yield missing(file, column, 'shows', name);
    if (groupings.has(name)) yield problemAt(file, column, `shows ${name}, by which it groups`, 'leave the column out');
    const aggregate = textOf(column, 'aggregateTypes');
    if (field && aggregate !== undefined && aggregate !== 'Unique' && !NUMBERS.has(field.type))
      yield problemAt(file, column, `${aggregate} of ${name}, a ${field.type}`, 'only numbers can be summed');
  }
  const sort = child(file.root, 'sortColumn');
  if (sort && !columns.some((column) => textOf(column, 'field') === sort.text))
    yield problemAt(file, sort, `sorts by ${sort.text}, which it does not show`, 'show the column, or sort by another');
}

function* grouped(project: Project, file: ParsedFile, type: ParsedFile): Generator<Problem> {
  const format = child(file.root, 'format');
  const wanted = FORMATS[format?.text ?? ''];
  const has = { down: children(file.root, 'groupingsDown'), across: children(file.root, 'groupingsAcross') };
  if (wanted && (wanted.down !== has.down.length > 0 || wanted.across !== has.across.length > 0))
    yield problemAt(file, format, `a ${format?.text} report with these groupings`, 'make format and groupings fit');
  for (const grouping of [...has.down, ...has.across]) {
    const name = textOf(grouping, 'field') ?? '';
    const field = reportField(project, type, name);
    if (!field) yield missing(file, grouping, 'groups by', name);
    else if (NOT_GROUPED.has(field.type))
      yield problemAt(file, grouping, `groups by ${name}, a ${field.type}`, 'choose a field of one line');
    else if (child(grouping, 'dateGranularity') && !DATES.has(field.type))
      yield problemAt(file, grouping, `groups ${name} by time, a ${field.type}`, 'remove <dateGranularity>');
  }
  const chart = child(file.root, 'chart');
  for (const name of ['groupingColumn', 'secondaryGroupingColumn']) {
    const column = child(chart, name);
    if (column && !groupingsOf(file).includes(column.text))
      yield problemAt(file, column, `draws ${column.text}, by which it does not group`, 'draw one of its groupings');
  }
}

function* filtered(project: Project, file: ParsedFile, type: ParsedFile): Generator<Problem> {
  for (const item of children(child(file.root, 'filter'), 'criteriaItems')) {
    const name = textOf(item, 'column') ?? '';
    const field = reportField(project, type, name);
    if (!field) yield missing(file, item, 'filters by', name);
    else yield* compared(file, item, field, textOf(item, 'value') ?? '');
  }
  const date = child(child(file.root, 'timeFrameFilter'), 'dateColumn');
  if (date) {
    const field = reportField(project, type, date.text);
    if (!field) yield missing(file, date, 'takes its time from', date.text);
    else if (!DATES.has(field.type))
      yield problemAt(file, date, `takes its time from ${date.text}, a ${field.type}`, 'choose a date');
  }
}

function* compared(file: ParsedFile, item: XmlElement, field: Field, value: string): Generator<Problem> {
  if (NOT_GROUPED.has(field.type))
    yield problemAt(file, item, `filters by ${field.name}, a ${field.type}`, 'choose a field of one line');
  if (field.type === 'Checkbox' && value !== '0' && value !== '1')
    yield problemAt(file, item, `compares the checkbox ${field.name} with "${value}"`, 'use 1 or 0');
  for (const one of field.values && value !== '' ? value.split(',') : []) {
    if (field.values?.has(one.trim()) === false)
      yield problemAt(file, item, `compares ${field.name} with "${one}", which is no value of it`, 'correct <value>');
  }
}
