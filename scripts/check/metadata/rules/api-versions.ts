import { problemAt, type Rule } from '../rule.ts';
import { child, textOf } from '../xml.ts';

const VERSIONED = new Set(['Flow', 'LightningComponentBundle']);

export const apiVersions: Rule = {
  id: 'api-versions',
  about:
    'Flows and components run at the API version of the project, so that nothing behaves by the rules of another release.',
  *check(project) {
    for (const file of project.files) {
      if (!file.type || !VERSIONED.has(file.type.type) || !file.root) continue;
      const version = textOf(file.root, 'apiVersion');
      if (version !== project.platform.apiVersion) {
        yield problemAt(
          file,
          child(file.root, 'apiVersion') ?? file.root,
          `runs at API version ${version ?? '(none)'}`,
          `set <apiVersion>${project.platform.apiVersion}</apiVersion>, as in sfdx-project.json`,
        );
      }
    }
  },
};
