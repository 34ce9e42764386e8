import { objectExists, ownFields } from '../objects.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import type { ParsedFile } from '../project.ts';
import { child, isTrue, textOf } from '../xml.ts';

const LONGEST_NAME = 40;
const NAME = /^[A-Za-z](?!.*__)[A-Za-z0-9_]*(?<!_)$/;

export const relationships: Rule = {
  id: 'relationships',
  about:
    'Lookups and master-details point at an object that exists, under a name its parent uses once, and say what happens on delete.',
  *check(project) {
    const taken = new Map<string, string>();
    for (const file of project.ofType('CustomField')) {
      const target = textOf(file.root, 'referenceTo');
      if (target === undefined) continue;
      if (!objectExists(project, target)) {
        yield problemAt(
          file,
          child(file.root, 'referenceTo'),
          `points at ${target}, which does not exist`,
          'correct <referenceTo>',
        );
      }
      yield* relationshipName(file, target, taken);
      yield* deletion(file);
    }
    for (const object of project.ofType('CustomObject')) {
      const masters = ownFields(project, object.name).filter((field) => field.type === 'MasterDetail');
      const [, second] = masters;
      if (second?.file) {
        yield problemAt(
          second.file,
          undefined,
          `${object.name} has ${masters.length} master-detail relationships`,
          'use a lookup for all but one: sharing then has one parent',
        );
      }
    }
  },
};

function* relationshipName(file: ParsedFile, target: string, taken: Map<string, string>): Generator<Problem> {
  const name = textOf(file.root, 'relationshipName') ?? '';
  const element = child(file.root, 'relationshipName');
  if (name === '') return;
  if (name.length > LONGEST_NAME || !NAME.test(name)) {
    yield problemAt(
      file,
      element,
      `the relationship name ${name} is no developer name of at most ${LONGEST_NAME} characters`,
      'use letters, digits and single underscores',
    );
  }
  const key = `${target}.${name}`.toLowerCase();
  const other = taken.get(key);
  if (other) {
    yield problemAt(
      file,
      element,
      `${target} already has a child relationship ${name} (${other})`,
      'choose another name',
    );
  }
  taken.set(key, file.path);
}

function* deletion(file: ParsedFile): Generator<Problem> {
  const constraint = child(file.root, 'deleteConstraint');
  const type = textOf(file.root, 'type');
  if (type === 'MasterDetail') {
    if (constraint)
      yield problemAt(file, constraint, 'a master-detail deletes its children anyway', 'remove <deleteConstraint>');
    return;
  }
  const required = isTrue(file.root, 'required');
  if (required && constraint?.text !== 'Restrict') {
    yield problemAt(
      file,
      constraint ?? file.root,
      'a required lookup cannot be emptied when its record is deleted',
      'use <deleteConstraint>Restrict</deleteConstraint>',
    );
  }
  if (constraint?.text === 'Cascade') {
    yield problemAt(
      file,
      constraint,
      'deleting along a lookup has to be switched on by Salesforce Support',
      'use SetNull or Restrict',
    );
  }
  if (!required && !constraint) {
    yield problemAt(
      file,
      file.root,
      'the lookup does not say what happens when its record is deleted',
      'add <deleteConstraint>SetNull</deleteConstraint>',
    );
  }
}
