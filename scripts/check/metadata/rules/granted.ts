import type { ParsedFile, Project } from '../project.ts';
import { problemAt, type Rule } from '../rule.ts';
import { children, isTrue, textOf } from '../xml.ts';

const granted = (sets: ParsedFile[], list: string, key: string): Set<string> =>
  new Set(sets.flatMap((set) => children(set.root, list).map((entry) => textOf(entry, key) ?? '')));

/** Fields that can be granted at all: not required ones, not master-detail. */
const grantableFields = (project: Project): ParsedFile[] =>
  project
    .ofType('CustomField')
    .filter((file) => !isTrue(file.root, 'required') && textOf(file.root, 'type') !== 'MasterDetail');

export const grantedSomewhere: Rule = {
  id: 'granted',
  about:
    'Every field, object, tab, app, flow and custom permission of the package is granted by a packaged permission set; otherwise nobody could use it.',
  *check(project) {
    const sets = project.ofType('PermissionSet').filter((set) => set.packaged);
    const lists: [files: ParsedFile[], list: string, key: string, nameOf: (file: ParsedFile) => string][] = [
      [grantableFields(project), 'fieldPermissions', 'field', (file) => `${file.object}.${file.name}`],
      [
        project.ofType('CustomObject').filter((file) => file.name.endsWith('__c')),
        'objectPermissions',
        'object',
        (file) => file.name,
      ],
      [project.ofType('CustomTab'), 'tabSettings', 'tab', (file) => file.name],
      [project.ofType('CustomApplication'), 'applicationVisibilities', 'application', (file) => file.name],
      [project.ofType('Flow'), 'flowAccesses', 'flow', (file) => file.name],
      [project.ofType('CustomPermission'), 'customPermissions', 'name', (file) => file.name],
    ];
    for (const [files, list, key, nameOf] of lists) {
      const names = granted(sets, list, key);
      for (const file of files) {
        if (file.packaged && !names.has(nameOf(file))) {
          yield problemAt(
            file,
            undefined,
            `no packaged permission set grants ${nameOf(file)}`,
            `add it to <${list}> of the sets that need it`,
          );
        }
      }
    }
  },
};
