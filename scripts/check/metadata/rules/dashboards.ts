import type { ParsedFile, Project } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { child, children, textOf, type XmlElement } from '../xml.ts';
import { groupingsOf, reportTypeOf } from './reports.ts';
import { reportField } from './report-types.ts';

const MOST_COMPONENTS = 20;
const COUNT = 'RowCount';

export const dashboards: Rule = {
  id: 'dashboards',
  about:
    'A dashboard shows each reader what that reader may see, and its parts draw what their reports have, none over another.',
  *check(project) {
    for (const file of project.ofType('Dashboard')) {
      const folder = file.path.split('/').at(-2) ?? '';
      if (!project.find('DashboardFolder', folder))
        yield problemAt(
          file,
          undefined,
          `lies in the folder ${folder}, which has no file`,
          `add ${folder}.dashboardFolder`,
        );
      if (textOf(file.root, 'dashboardType') !== 'LoggedInUser')
        yield problemAt(
          file,
          child(file.root, 'dashboardType'),
          'shows everybody what one person may see',
          'use <dashboardType>LoggedInUser</dashboardType>',
        );
      const components = children(child(file.root, 'dashboardGridLayout'), 'dashboardGridComponents');
      if (components.length > MOST_COMPONENTS)
        yield problemAt(
          file,
          components[MOST_COMPONENTS],
          `${components.length} parts`,
          `use at most ${MOST_COMPONENTS}`,
        );
      yield* placed(file, components);
      for (const { inner } of components.map((component) => ({ inner: child(component, 'dashboardComponent') })))
        if (inner) yield* drawn(project, file, inner);
    }
  },
};

function* placed(file: ParsedFile, components: readonly XmlElement[]): Generator<Problem> {
  const columns = Number(textOf(child(file.root, 'dashboardGridLayout'), 'numberOfColumns'));
  const taken = new Set<string>();
  for (const component of components) {
    const at = (name: string): number => Number(textOf(component, name));
    if (at('columnIndex') + at('colSpan') > columns)
      yield problemAt(file, component, `reaches beyond the ${columns} columns`, 'correct <columnIndex> or <colSpan>');
    const cells = Array.from({ length: at('colSpan') * at('rowSpan') }, (_, index) =>
      [at('rowIndex') + Math.floor(index / at('colSpan')), at('columnIndex') + (index % at('colSpan'))].join(),
    );
    if (cells.some((cell) => taken.has(cell)))
      yield problemAt(file, component, 'lies over another part', 'correct <rowIndex> or <columnIndex>');
    for (const cell of cells) taken.add(cell);
  }
}

function* drawn(project: Project, file: ParsedFile, component: XmlElement): Generator<Problem> {
  const name = textOf(component, 'report') ?? '';
  const report = project.find('Report', name);
  const type = report && reportTypeOf(project, report);
  if (!report || !type) {
    yield problemAt(file, component, `shows the report ${name}, which does not exist`, 'correct <report>');
    return;
  }
  const groupings = groupingsOf(report);
  for (const grouping of children(component, 'groupingColumn')) {
    if (!groupings.includes(grouping.text))
      yield problemAt(file, grouping, `draws ${grouping.text}, by which ${name} does not group`, 'draw its grouping');
  }
  const shown = new Set(children(report.root, 'columns').map((column) => textOf(column, 'field')));
  const columns = [
    ...children(component, 'chartSummary').map((summary) => child(summary, 'column')),
    ...children(child(component, 'flexComponentProperties'), 'flexTableColumn').map((column) =>
      child(column, 'reportColumn'),
    ),
  ];
  for (const column of columns) {
    if (!column || column.text === COUNT || groupings.includes(column.text)) continue;
    if (!shown.has(column.text) || !reportField(project, type, column.text))
      yield problemAt(
        file,
        column,
        `shows ${column.text}, which ${name} does not show`,
        'add the column to the report',
      );
  }
}
