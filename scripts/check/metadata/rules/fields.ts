import type { ParsedFile, Project } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { child, isTrue, textOf } from '../xml.ts';

/** Elements an org requires for a field type, beyond what the WSDL says. */
const REQUIRED: Record<string, string[]> = {
  Checkbox: ['defaultValue'],
  Currency: ['precision', 'scale'],
  Html: ['length', 'visibleLines'],
  LongTextArea: ['length', 'visibleLines'],
  Lookup: ['referenceTo', 'relationshipName'],
  MasterDetail: ['referenceTo', 'relationshipName', 'relationshipOrder'],
  MultiselectPicklist: ['valueSet', 'visibleLines'],
  Number: ['precision', 'scale'],
  Percent: ['precision', 'scale'],
  Picklist: ['valueSet'],
  Text: ['length'],
};

/** Types an org lets be made required on the field itself. */
const MAY_BE_REQUIRED = new Set([
  'Currency',
  'Date',
  'DateTime',
  'Email',
  'Lookup',
  'Number',
  'Percent',
  'Phone',
  'Picklist',
  'Text',
  'TextArea',
  'Time',
  'Url',
  'Location',
]);
const MAY_BE_EXTERNAL_ID = new Set(['AutoNumber', 'Email', 'Number', 'Text']);
const MAY_BE_UNIQUE = new Set(['AutoNumber', 'Email', 'Number', 'Text']);
const MAY_HAVE_LENGTH = new Set(['Text', 'LongTextArea', 'Html', 'EncryptedText']);
const NOT_TRACKED = new Set(['AutoNumber', 'Summary']);
const LENGTHS: Record<string, [least: number, most: number]> = {
  Text: [1, 255],
  LongTextArea: [256, 131_072],
  Html: [256, 131_072],
};
/** All digits of a number, before and after the point. */
const MOST_DIGITS = 18;
/** All long text of one object together. */
const MOST_LONG_TEXT = 1_638_400;

export const fields: Rule = {
  id: 'fields',
  about:
    'A field has what its type needs and nothing its type forbids: lengths, digits, required, unique, external id, defaults.',
  *check(project) {
    for (const file of project.ofType('CustomField')) {
      const type = textOf(file.root, 'type') ?? '';
      for (const name of REQUIRED[type] ?? []) {
        if (!child(file.root, name))
          yield problemAt(file, file.root, `a ${type} field without <${name}>`, `add <${name}>`);
      }
      yield* switches(file, type);
      yield* sizes(file, type);
      yield* history(project, file, type);
    }
    for (const [object, members] of Map.groupBy(project.ofType('CustomField'), (file) => file.object ?? '')) {
      const long = members.filter((file) => ['LongTextArea', 'Html'].includes(textOf(file.root, 'type') ?? ''));
      const total = long.reduce((sum, file) => sum + Number(textOf(file.root, 'length') ?? 0), 0);
      const [first] = long;
      if (first && total > MOST_LONG_TEXT)
        yield problemAt(
          first,
          undefined,
          `the long text fields of ${object} hold ${total} characters together`,
          `keep their lengths under ${MOST_LONG_TEXT}`,
        );
    }
  },
};

function* switches(file: ParsedFile, type: string): Generator<Problem> {
  const on = (name: string): boolean => isTrue(file.root, name);
  if (on('required') && !MAY_BE_REQUIRED.has(type)) {
    yield problemAt(
      file,
      child(file.root, 'required'),
      `a ${type} field cannot be required`,
      'remove <required>; use a validation rule instead',
    );
  }
  if (on('externalId') && !MAY_BE_EXTERNAL_ID.has(type)) {
    yield problemAt(
      file,
      child(file.root, 'externalId'),
      `a ${type} field cannot be an external id`,
      'use Text, Number, Email or AutoNumber',
    );
  }
  if (on('unique') && !MAY_BE_UNIQUE.has(type)) {
    yield problemAt(file, child(file.root, 'unique'), `a ${type} field cannot be unique`, 'use Text, Number or Email');
  }
  if (on('unique') && type === 'Text' && !child(file.root, 'caseSensitive')) {
    yield problemAt(
      file,
      child(file.root, 'unique'),
      'a unique text does not say whether case counts',
      'add <caseSensitive>',
    );
  }
  if (on('unique') && child(file.root, 'defaultValue')) {
    yield problemAt(
      file,
      child(file.root, 'defaultValue'),
      'a unique field with a default value can be saved only once',
      'remove one of the two',
    );
  }
  if (on('externalId') && !on('unique')) {
    yield problemAt(
      file,
      child(file.root, 'externalId'),
      'an external id that is not unique: an upsert could meet two records',
      'add <unique>true</unique>',
    );
  }
  if (type === 'AutoNumber' && !/\{0+\}/.test(textOf(file.root, 'displayFormat') ?? '')) {
    yield problemAt(file, file.root, 'an auto-number without a format', 'add <displayFormat> such as A-{0000}');
  }
}

function* history(project: Project, file: ParsedFile, type: string): Generator<Problem> {
  const object = project.find('CustomObject', file.object ?? '');
  if (!isTrue(file.root, 'trackHistory') || !object) return;
  const element = child(file.root, 'trackHistory');
  if (!isTrue(object.root, 'enableHistory')) {
    yield problemAt(
      file,
      element,
      `tracks its history, but ${object.name} does not`,
      'set <enableHistory>true</enableHistory> on the object, or remove <trackHistory>',
    );
  }
  if (NOT_TRACKED.has(type))
    yield problemAt(file, element, `the history of a ${type} field cannot be tracked`, 'remove <trackHistory>');
}

function* sizes(file: ParsedFile, type: string): Generator<Problem> {
  const number = (name: string): number => Number(textOf(file.root, name) ?? Number.NaN);
  const length = child(file.root, 'length');
  if (length && !MAY_HAVE_LENGTH.has(type)) {
    yield problemAt(file, length, `a ${type} field has no length`, 'remove <length>');
  }
  const limits = LENGTHS[type];
  if (length && limits && !(number('length') >= limits[0] && number('length') <= limits[1])) {
    yield problemAt(file, length, `a ${type} field of length ${length.text}`, `use ${limits[0]} to ${limits[1]}`);
  }
  if (child(file.root, 'precision')) {
    const precision = number('precision');
    const scale = number('scale');
    if (precision > MOST_DIGITS || precision < 1 || scale > precision || scale < 0) {
      yield problemAt(
        file,
        child(file.root, 'precision'),
        `precision ${precision} with scale ${scale}`,
        `precision counts all digits: 1 to ${MOST_DIGITS}, and at least the scale`,
      );
    }
  }
  const lines = child(file.root, 'visibleLines');
  if (lines && !(number('visibleLines') >= 2 && number('visibleLines') <= 50)) {
    yield problemAt(file, lines, `${lines.text} visible lines`, 'use 2 to 50');
  }
}
