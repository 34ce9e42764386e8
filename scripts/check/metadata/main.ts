/**
 * Refuses here what an org would refuse at deploy, and what this package does not want. Run it with
 * `npm run check:metadata` after a change in force-app or unpackaged; it is part of `npm test`.
 *
 * `--no-cli` leaves out Salesforce's own command line (two seconds when something changed).
 */
import { fileURLToPath } from 'node:url';
import { checkProject } from './check.ts';
import { readProject } from './project.ts';
import { readPlatform, readSources } from './read-files.ts';
import { RULES } from './rules/index.ts';
import { checkWithCli } from './salesforce-cli.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const sources = readSources(root);
const project = readProject(sources, readPlatform(root));
const found = checkProject(project, RULES);
if (!process.argv.includes('--no-cli')) {
  for (const problem of await checkWithCli(root, sources, project)) found.push({ rule: 'salesforce-cli', ...problem });
}

for (const { file, line, rule, what, fix } of found) {
  console.error(`${file}${line === undefined ? '' : `:${line}`}  ${what}\n    ${fix}  [${rule}]`);
}
console.log(
  `metadata: ${project.files.length} files and ${project.bundles.size} components, ${RULES.length} rules, ${found.length === 0 ? 'no problems' : `${found.length} problems`}`,
);
process.exitCode = found.length === 0 ? 0 : 1;
