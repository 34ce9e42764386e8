import { fieldOf, ownFields } from '../objects.ts';
import type { Project } from '../project.ts';
import { problemAt, type Rule } from '../rule.ts';
import { children, textOf } from '../xml.ts';

const isStandard = (object: string): boolean => !object.endsWith('__c');

const hangsOnStandardObject = (project: Project, object: string): boolean =>
  ownFields(project, object).some((field) => field.type === 'MasterDetail' && isStandard(field.referenceTo ?? ''));

export const packagedLosses: Rule = {
  id: 'packaged-losses',
  about:
    'A managed package drops rights on standard objects and fields, user permissions, and rights on details of standard objects from its permission sets; they belong in the unpackaged sets.',
  *check(project) {
    for (const file of project.ofType('PermissionSet').filter((set) => set.packaged)) {
      for (const entry of children(file.root, 'objectPermissions')) {
        const object = textOf(entry, 'object') ?? '';
        if (isStandard(object) || hangsOnStandardObject(project, object)) {
          yield problemAt(
            file,
            entry,
            `the package would drop the rights on ${object}`,
            'move them to a set in unpackaged/',
          );
        }
      }
      for (const entry of children(file.root, 'fieldPermissions')) {
        const [object = '', name = ''] = (textOf(entry, 'field') ?? '').split('.');
        if (fieldOf(project, object, name)?.type === 'standard') {
          yield problemAt(
            file,
            entry,
            `the package would drop the right on the standard field ${object}.${name}`,
            'move it to a set in unpackaged/',
          );
        }
      }
      for (const entry of children(file.root, 'userPermissions')) {
        yield problemAt(
          file,
          entry,
          `the package would drop the user permission ${textOf(entry, 'name')}`,
          'move it to a set in unpackaged/',
        );
      }
    }
  },
};
