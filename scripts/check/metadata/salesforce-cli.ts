import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { fullNameOf, type MetadataFile, type Project } from './project.ts';
import { packageDirectories } from './read-files.ts';
import type { Problem } from './rule.ts';
import { children, parseXml, textOf, textsOf } from './xml.ts';

const run = promisify(execFile);

/** The CLI looks for newer versions and reports its use unless told otherwise. */
const QUIET = {
  SF_DISABLE_TELEMETRY: 'true',
  SF_AUTOUPDATE_DISABLE: 'true',
  SF_SKIP_NEW_VERSION_CHECK: 'true',
  SF_DISABLE_AUTOUPDATE: 'true',
};

/**
 * Lets Salesforce's own CLI convert the source and write a manifest, each without an org. What it accepts is
 * remembered by content, so an unchanged project costs a hash.
 */
export const checkWithCli = async (
  root: string,
  sources: ReadonlyMap<string, string>,
  project: Project,
): Promise<Problem[]> => {
  const cli = join(root, 'node_modules', '@salesforce', 'cli');
  const accepted = join(
    root,
    '.cache',
    'metadata',
    hashOf(root, sources, readFileSync(join(cli, 'package.json'), 'utf8')),
  );
  if (existsSync(accepted)) return [];

  const sf = async (...args: string[]): Promise<void> => {
    await run(process.execPath, [join(cli, 'bin', 'run.js'), ...args], {
      cwd: root,
      env: { ...process.env, ...QUIET },
    });
  };
  const output = mkdtempSync(join(tmpdir(), 'tandem-metadata-'));
  try {
    const manifest = join(output, 'package.xml');
    const directories = packageDirectories(root).flatMap((directory) => ['--source-dir', directory]);
    await Promise.all([
      sf('project', 'convert', 'source', '--output-dir', join(output, 'converted'), ...directories),
      sf('project', 'generate', 'manifest', '--output-dir', output, ...directories),
    ]);
    const problems = missingIn(project, readFileSync(manifest, 'utf8'));
    if (problems.length === 0) remember(accepted);
    return problems;
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string };
    return [
      {
        file: 'sfdx-project.json',
        line: undefined,
        what: `the Salesforce CLI refuses the source: ${(stderr || stdout || String(error)).trim()}`,
        fix: 'correct the file it names; `npx sf project convert source` shows the same',
      },
    ];
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
};

/** Only the last accepted state is kept. */
const remember = (accepted: string): void => {
  const folder = dirname(accepted);
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder)) rmSync(join(folder, old));
  writeFileSync(accepted, '');
};

const hashOf = (root: string, sources: ReadonlyMap<string, string>, cliPackage: string): string => {
  const hash = createHash('sha256').update(cliPackage);
  for (const file of ['sfdx-project.json', '.forceignore']) hash.update(readFileSync(join(root, file)));
  for (const [path, source] of sources) hash.update(`\0${path}\0${source}`);
  return hash.digest('hex');
};

/** How a manifest names a component; a folder stands beside what lies in it, with a stroke at its end. */
const memberOf = (file: MetadataFile): string => {
  const type = file.type?.type ?? '';
  return type.endsWith('Folder') ? `${type.replace(/Folder$/, '')}:${file.name}/` : `${type}:${fullNameOf(file)}`;
};

/** A component that the manifest leaves out would not be deployed. */
const missingIn = (project: Project, manifest: string): Problem[] => {
  const listed = new Set(
    children(parseXml(manifest), 'types').flatMap((type) =>
      textsOf(type, 'members').map((member) => `${textOf(type, 'name')}:${member}`),
    ),
  );
  return project.files
    .filter((file) => file.type && file.type.type !== 'CustomLabels' && !file.path.includes('/objects/'))
    .filter((file) => !listed.has(memberOf(file)))
    .map((file) => ({
      file: file.path,
      line: undefined,
      what: 'the generated manifest leaves this file out',
      fix: 'look at its folder, its suffix and .forceignore',
    }));
};
