// `npm run check:requirements`: docs/requirements.md names only paths and tests that are there. Part of `npm run check`.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The numbers that the one-click referral and its governance answer for. */
export const answeredFor: readonly string[] = [
  ...['M001', 'M002', 'M003', 'M006', 'M007', 'M008', 'M015', 'M018', 'M080', 'M081', 'M082', 'M083', 'M091'],
  ...['M170', 'M174', 'M175', 'M176', 'M177', 'M178', 'M179'],
  ...['M190', 'M191', 'M192', 'M193', 'M194', 'M195', 'M196', 'M197', 'M203', 'M205', 'M206', 'M212', 'M220', 'M221'],
  ...['M016', 'M019', 'M045', 'M046', 'M047', 'M048', 'M049', 'M155', 'M156', 'M157', 'M158', 'M159', 'M208'],
  ...['M063'],
  ...['M241'],
  ...['M086', 'M092', 'M256'],
  ...['M017', 'M064', 'M065', 'M084', 'M085', 'M088', 'M089', 'M093'],
  ...['M100', 'M101', 'M102', 'M103', 'M104', 'M105', 'M106', 'M107', 'M108', 'M109'],
  ...['M172', 'M173'],
  ...['M053', 'M070', 'M071'],
  ...['M035', 'M138', 'M163', 'M164'],
  ...['M040', 'M041'],
  // What both sides see of what they do together.
  ...['M011', 'M052'],
  'M258',
];

/** What the check looks things up in. */
export interface Project {
  exists(path: string): boolean;
  read(path: string): string;
  /** The checklist the numbers come from, where it is at hand. */
  readonly checklist: string | undefined;
}

const isTitleIn = (source: string, title: string): boolean =>
  ["'", '"', '`'].some((quote) => source.includes(`${quote}${title.replaceAll(quote, `\\${quote}`)}${quote}`));

const problemsOfLine = (line: string, { exists, read }: Project): readonly string[] => {
  const [, kind = '', rest = ''] = /^- (\w+): (.+)$/.exec(line) ?? [];
  const missing = (path: string): string[] => (exists(path) ? [] : [`there is no ${path}`]);
  switch (kind) {
    case 'Built':
      return [...rest.matchAll(/`([^`]+)`/g)].flatMap(([, path = '']) => missing(path));
    case 'Shown': {
      const [, path = '', title = ''] = /^`([^`]+)` › (.+)$/.exec(rest) ?? [];
      if (!path) return [`"${line}" is not of the form: - Shown: \`file\` › title`];
      if (!exists(path)) return missing(path);
      return isTitleIn(read(path), title) ? [] : [`${path} has no test "${title}"`];
    }
    case 'Partial':
      return [];
    default:
      return [`"${line}" says neither Built, Shown nor Partial`];
  }
};

/** What is wrong with the text, each with its number; nothing when all that it names is there. */
export const requirementProblems = (text: string, project: Project): readonly string[] => {
  const sections = text.split(/^## /m).slice(1);
  const numbers = sections.map((section) => section.slice(0, 4));
  const absent = answeredFor.filter((number) => !numbers.includes(number)).map((number) => `${number} is not told of`);
  return [
    ...absent,
    ...sections.flatMap((section, index) => {
      const number = numbers[index] ?? '';
      const lines = section.split('\n').filter((line) => line.startsWith('- '));
      const said = [
        ...(answeredFor.includes(number) ? [] : ['is none of the numbers']),
        ...(numbers.indexOf(number) === index ? [] : ['is told of twice']),
        ...(project.checklist === undefined || new RegExp(`^- ${number} `, 'm').test(project.checklist)
          ? []
          : ['is not in the checklist']),
        ...(lines.some((line) => line.startsWith('- Shown: ') || line.startsWith('- Partial: '))
          ? []
          : ['is shown by nothing, and does not say so']),
        ...lines.flatMap((line) => problemsOfLine(line, project)),
      ];
      return said.map((what) => `${number}: ${what}`);
    }),
  ];
};

if (import.meta.main) {
  const root = join(import.meta.dirname, '..', '..');
  const checklist = join(root, '..', 'shared', 'REQUIREMENTS.md');
  const atHand = existsSync(checklist);
  if (!atHand) console.log('skipped: the numbers are not compared with the checklist, which is not at hand');
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const problems = requirementProblems(read('docs/requirements.md'), {
    exists: (path) => existsSync(join(root, path)),
    read,
    checklist: atHand ? readFileSync(checklist, 'utf8') : undefined,
  });
  for (const problem of problems) console.log(`docs/requirements.md: ${problem}`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
