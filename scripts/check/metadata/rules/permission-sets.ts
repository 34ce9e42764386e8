import { fieldOf, objectExists } from '../objects.ts';
import type { ParsedFile, Project } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { STANDARD_TABS } from '../standard-objects.ts';
import { child, children, isTrue, textOf, type XmlElement } from '../xml.ts';

/** A right an org grants only together with others. */
const NEEDS: [right: string, needs: string[]][] = [
  ['allowCreate', ['allowRead']],
  ['allowEdit', ['allowRead']],
  ['allowDelete', ['allowRead', 'allowEdit']],
  ['viewAllRecords', ['allowRead']],
  ['modifyAllRecords', ['allowRead', 'allowEdit', 'allowDelete', 'viewAllRecords']],
];
const READ_ONLY_TYPES = new Set(['AutoNumber', 'Summary']);

export const permissionSets: Rule = {
  id: 'permission-sets',
  about:
    'A permission set grants only what exists and can be granted, each thing once, and rights come with the rights they need.',
  *check(project) {
    for (const file of project.ofType('PermissionSet')) {
      yield* onceEach(file);
      for (const permission of children(file.root, 'objectPermissions'))
        yield* objectPermission(project, file, permission);
      for (const permission of children(file.root, 'fieldPermissions'))
        yield* fieldPermission(project, file, permission);
      yield* references(project, file);
    }
  },
};

const KEYS: Record<string, string> = {
  objectPermissions: 'object',
  fieldPermissions: 'field',
  tabSettings: 'tab',
  applicationVisibilities: 'application',
  flowAccesses: 'flow',
  customPermissions: 'name',
  userPermissions: 'name',
};

function* onceEach(file: ParsedFile): Generator<Problem> {
  for (const [list, key] of Object.entries(KEYS)) {
    const seen = new Set<string>();
    for (const entry of children(file.root, list)) {
      const name = textOf(entry, key) ?? '';
      if (seen.has(name)) yield problemAt(file, entry, `grants ${name} twice`, 'keep one entry');
      seen.add(name);
    }
  }
}

function* objectPermission(project: Project, file: ParsedFile, permission: XmlElement): Generator<Problem> {
  const object = textOf(permission, 'object') ?? '';
  if (!objectExists(project, object)) {
    yield problemAt(file, permission, `grants rights on ${object}, which does not exist`, 'correct <object>');
  }
  for (const [right, needs] of NEEDS) {
    const missing = needs.filter((need) => !isTrue(permission, need));
    if (isTrue(permission, right) && missing.length > 0) {
      yield problemAt(
        file,
        permission,
        `${right} on ${object} without ${missing.join(', ')}`,
        `grant ${missing.join(', ')} too`,
      );
    }
  }
}

function* fieldPermission(project: Project, file: ParsedFile, permission: XmlElement): Generator<Problem> {
  const path = textOf(permission, 'field') ?? '';
  const [object = '', name = ''] = path.split('.');
  const field = fieldOf(project, object, name);
  const editable = isTrue(permission, 'editable');
  if (!field) {
    yield problemAt(file, permission, `grants the field ${path}, which does not exist`, 'correct <field>');
    return;
  }
  if (field.alwaysVisible) {
    yield problemAt(
      file,
      permission,
      `names ${path}, which is required or a system field and so always granted`,
      'remove the entry; an org says "You cannot deploy to a required field"',
    );
  }
  if (editable && !isTrue(permission, 'readable')) {
    yield problemAt(file, permission, `makes ${path} editable but not readable`, 'set <readable>true</readable>');
  }
  if (editable && (READ_ONLY_TYPES.has(field.type) || child(field.file?.root, 'formula'))) {
    yield problemAt(
      file,
      permission,
      `makes ${path} editable, which nobody can edit`,
      'set <editable>false</editable>',
    );
  }
  // A packaged set keeps its field rights on standard objects, while the rights on the object come from another set.
  const rights = children(file.root, 'objectPermissions').find((entry) => textOf(entry, 'object') === object);
  if (!rights && object.endsWith('__c')) {
    yield problemAt(
      file,
      permission,
      `grants ${path} without any right on ${object}`,
      'add <objectPermissions> for the object',
    );
  }
  if (editable && rights && !isTrue(rights, 'allowEdit') && !isTrue(rights, 'allowCreate')) {
    yield problemAt(
      file,
      permission,
      `makes ${path} editable, but ${object} can be neither created nor edited`,
      'set <editable>false</editable>',
    );
  }
}

function* references(project: Project, file: ParsedFile): Generator<Problem> {
  const lists: [list: string, key: string, exists: (name: string) => boolean][] = [
    ['tabSettings', 'tab', (tab) => STANDARD_TABS.has(tab) || project.find('CustomTab', tab) !== undefined],
    ['applicationVisibilities', 'application', (app) => project.find('CustomApplication', app) !== undefined],
    ['flowAccesses', 'flow', (flow) => project.find('Flow', flow) !== undefined],
    ['customPermissions', 'name', (name) => project.find('CustomPermission', name) !== undefined],
  ];
  for (const [list, key, exists] of lists) {
    for (const entry of children(file.root, list)) {
      const name = textOf(entry, key) ?? '';
      if (!exists(name)) yield problemAt(file, entry, `names ${name}, which does not exist`, `correct <${key}>`);
    }
  }
}
