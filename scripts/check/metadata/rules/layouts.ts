import { fieldOf, fieldOfColumn, objectExists, ownFields } from '../objects.ts';
import type { ParsedFile, Project } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { children, isTrue, textOf, textsOf, walk, type XmlElement } from '../xml.ts';

const MOST_RELATED_COLUMNS = 10;
const COLUMNS: Record<string, number> = {
  OneColumn: 1,
  TwoColumnsTopToBottom: 2,
  TwoColumnsLeftToRight: 2,
  CustomLinks: 3,
};

export const layouts: Rule = {
  id: 'layouts',
  about:
    'A page layout names fields and related lists that exist, each once, holds every required field, and never overwrites a layout of the customer.',
  *check(project) {
    for (const file of project.ofType('Layout')) {
      const [object = ''] = file.name.split('-');
      if (!file.name.includes('-') || !objectExists(project, object)) {
        yield problemAt(
          file,
          undefined,
          `is named ${file.name}, but layouts are named <object>-<layout> after an object that exists`,
          'rename the file',
        );
        continue;
      }
      if (!object.endsWith('__c')) {
        yield problemAt(
          file,
          undefined,
          `is a layout of the standard object ${object} and would overwrite the customer's`,
          'show our fields on a Lightning page instead',
        );
      }
      yield* sections(file);
      yield* items(project, file, object);
      for (const list of children(file.root, 'relatedLists')) yield* relatedList(project, file, object, list);
    }
  },
};

function* sections(file: ParsedFile): Generator<Problem> {
  for (const section of children(file.root, 'layoutSections')) {
    const style = textOf(section, 'style') ?? '';
    const columns = children(section, 'layoutColumns').length;
    if (COLUMNS[style] !== undefined && COLUMNS[style] !== columns) {
      yield problemAt(
        file,
        section,
        `a section of style ${style} with ${columns} columns`,
        `use ${COLUMNS[style]} columns`,
      );
    }
  }
}

function* items(project: Project, file: ParsedFile, object: string): Generator<Problem> {
  const placed = new Set<string>();
  const layoutItems = [...walk(file.root)].filter((element) => element.name === 'layoutItems');
  for (const item of layoutItems) {
    const name = textOf(item, 'field');
    if (name === undefined) continue;
    const field = fieldOf(project, object, name);
    const behavior = textOf(item, 'behavior');
    if (!field) yield problemAt(file, item, `shows ${object}.${name}, which does not exist`, 'correct <field>');
    if (placed.has(name)) yield problemAt(file, item, `shows ${name} twice`, 'keep one');
    placed.add(name);
    const required = isTrue(field?.file?.root, 'required') || field?.type === 'MasterDetail';
    if (required && behavior !== 'Required') {
      yield problemAt(
        file,
        item,
        `${name} is required, but its behavior is ${behavior}`,
        'use <behavior>Required</behavior>',
      );
    }
  }
  for (const field of ownFields(project, object)) {
    if (field.alwaysVisible && !placed.has(field.name)) {
      yield problemAt(file, file.root, `lacks ${field.name}, without which no record can be made`, 'add the field');
    }
  }
  if (!placed.has('Name')) yield problemAt(file, file.root, 'lacks the name field', 'add Name');
}

function* relatedList(project: Project, file: ParsedFile, object: string, list: XmlElement): Generator<Problem> {
  const [child = '', lookup = ''] = (textOf(list, 'relatedList') ?? '').split('.');
  if (fieldOf(project, child, lookup)?.referenceTo !== object) {
    yield problemAt(
      file,
      list,
      `the related list ${child}.${lookup} is no relationship to ${object}`,
      'name it <child object>.<lookup field>',
    );
    return;
  }
  const columns = textsOf(list, 'fields');
  if (columns.length > MOST_RELATED_COLUMNS) {
    yield problemAt(
      file,
      list,
      `the related list has ${columns.length} columns`,
      `use at most ${MOST_RELATED_COLUMNS}`,
    );
  }
  for (const column of columns) {
    if (!fieldOfColumn(project, child, column))
      yield problemAt(
        file,
        list,
        `the related list shows ${child}.${column}, which does not exist`,
        'correct <fields>',
      );
  }
}
