import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answeredFor, type Project, requirementProblems } from './requirements.ts';

const files: Readonly<Record<string, string>> = {
  'src/one.ts': '',
  'src/one.test.ts': "test('it\\'s done', () => {}); test(`with ${one.name}`, () => {});",
};
const project: Project = {
  exists: (path) => path in files,
  read: (path) => files[path] ?? '',
  checklist: answeredFor.map((number) => `- ${number} words`).join('\n'),
};
const sound = answeredFor.map(
  (number) => `## ${number} a name\n\n- Built: \`src/one.ts\`\n- Shown: \`src/one.test.ts\` › it's done\n`,
);
const problems = (change: (text: string) => string, more: Partial<Project> = {}): readonly string[] =>
  requirementProblems(change(sound.join('\n')), { ...project, ...more });

test('what names only what is there is sound, with and without the checklist', () => {
  assert.deepEqual(
    problems((text) => text),
    [],
  );
  assert.deepEqual(
    problems((text) => text, { checklist: undefined }),
    [],
  );
  assert.deepEqual(
    problems((text) => text.replace("it's done", 'with ${one.name}')),
    [],
  );
});

const planted: readonly (readonly [string, (text: string) => string, string])[] = [
  ['a path that is gone', (text) => text.replace('`src/one.ts`', '`src/two.ts`'), 'M001: there is no src/two.ts'],
  [
    'a test file that is gone',
    (text) => text.replace('one.test.ts', 'two.test.ts'),
    'M001: there is no src/two.test.ts',
  ],
  ['a renamed test', (text) => text.replace("it's done", 'is done'), 'M001: src/one.test.ts has no test "is done"'],
  ['a part of a title', (text) => text.replace("it's done", 'done'), 'M001: src/one.test.ts has no test "done"'],
  ['a number left out', (text) => text.replace(sound[0] ?? '', ''), 'M001 is not told of'],
  ['a number told twice', (text) => `${text}\n${sound[0] ?? ''}`, 'M001: is told of twice'],
  ['a number of somebody else', (text) => `${text}\n## M999 x\n\n- Partial: x`, 'M999: is none of the numbers'],
  [
    'nothing that shows it',
    (text) => text.replace("- Shown: `src/one.test.ts` › it's done\n", ''),
    'M001: is shown by nothing, and does not say so',
  ],
  [
    'a line of another kind',
    (text) => `${text}- Perhaps: x`,
    'M258: "- Perhaps: x" says neither Built, Shown nor Partial',
  ],
];
for (const [what, change, told] of planted)
  test(`${what} is told of`, () => assert.ok(problems(change).includes(told), problems(change).join('\n')));

test('a number that the checklist does not know is told of', () => {
  assert.deepEqual(
    problems((text) => text, { checklist: (project.checklist ?? '').replace('- M258 ', '- M259 ') }),
    ['M258: is not in the checklist'],
  );
});
