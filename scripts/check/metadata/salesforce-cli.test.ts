import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { goodProject, path, PLATFORM } from './fixture.ts';
import { readProject } from './project.ts';
import { checkWithCli } from './salesforce-cli.ts';

const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const made: string[] = [];
after(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Writes the project to disk, as the CLI reads files. */
const onDisk = (sources: Map<string, string>): string => {
  const root = mkdtempSync(join(tmpdir(), 'tandem-metadata-test-'));
  made.push(root);
  symlinkSync(MODULES, join(root, 'node_modules'));
  writeFileSync(join(root, '.forceignore'), '**/lwc/**/*.ts\n');
  writeFileSync(
    join(root, 'sfdx-project.json'),
    JSON.stringify({
      packageDirectories: [{ path: 'force-app', default: true }, { path: 'unpackaged' }],
      sourceApiVersion: '66.0',
    }),
  );
  for (const [file, content] of sources) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
  }
  return root;
};

test('what the CLI accepts is remembered by content', async () => {
  const sources = goodProject();
  const root = onDisk(sources);
  assert.deepEqual(await checkWithCli(root, sources, readProject(sources, PLATFORM)), []);
  const [first, ...others] = readdirSync(join(root, '.cache', 'metadata'));
  assert.ok(first && others.length === 0);
  assert.deepEqual(await checkWithCli(root, sources, readProject(sources, PLATFORM)), []);
  assert.deepEqual(readdirSync(join(root, '.cache', 'metadata')), [first]);
});

test('what the CLI refuses is told and not remembered', async () => {
  const sources = goodProject();
  const tab = path('Game__c.tab-meta.xml');
  sources.set(tab.replace('.tab-meta', '.tabs-meta'), sources.get(tab) ?? '');
  sources.delete(tab);
  const root = onDisk(sources);
  const [problem] = await checkWithCli(root, sources, readProject(sources, PLATFORM));
  assert.match(problem?.what ?? '', /Salesforce CLI refuses the source/);
  assert.throws(() => readdirSync(join(root, '.cache', 'metadata')), { code: 'ENOENT' });
});
