import { fullNameOf, type MetadataFile } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { textOf } from '../xml.ts';

/** Characters before any suffix such as __c; longer names are refused. */
const LONGEST_NAME = 40;
const DEVELOPER_NAME = /^[A-Za-z](?!.*__)[A-Za-z0-9_]*(?<!_)$/;
const LONGEST_LABEL = 40;

/** API names an org refuses for objects and fields, without suffix and in lower case (Salesforce Help, "reserved words"). */
const RESERVED = new Set([
  'array',
  'boolean',
  'date',
  'datetime',
  'decimal',
  'double',
  'group',
  'id',
  'integer',
  'list',
  'long',
  'map',
  'object',
  'order',
  'select',
  'set',
  'sobject',
  'string',
  'time',
  'where',
]);

/** Types whose names may hold other characters, because the platform builds them. */
const FREE = new Set(['Layout', 'CustomLabels', 'LightningComponentBundle', 'QuickAction', 'CustomTab']);

export const names: Rule = {
  id: 'names',
  about:
    'Developer names are letters, digits and single underscores, at most 40 long, no reserved word, and used once.',
  *check(project) {
    const seen = new Map<string, MetadataFile>();
    for (const file of project.files) {
      if (!file.type || file.type.type === 'CustomLabels') continue;
      const key = `${file.type.type}:${fullNameOf(file)}`.toLowerCase();
      const first = seen.get(key);
      if (first)
        yield problemAt(
          file,
          undefined,
          `has the same name as ${first.path}`,
          'rename one of the two; names are the same whatever their case',
        );
      seen.set(key, file);
      if (!FREE.has(file.type.type)) yield* developerName(file);
      yield* label(file);
    }
  },
};

function* developerName(file: MetadataFile): Generator<Problem> {
  const bare = file.name.replace(/__(c|chn|mdt|e)$/, '');
  if (!DEVELOPER_NAME.test(bare)) {
    yield problemAt(
      file,
      undefined,
      `the name ${file.name} is no developer name`,
      'begin with a letter, use letters, digits and single underscores, do not end with one',
    );
  }
  if (bare.length > LONGEST_NAME && file.type?.type !== 'PlatformEventChannelMember') {
    yield problemAt(
      file,
      undefined,
      `the name ${file.name} is ${bare.length} characters long`,
      `use at most ${LONGEST_NAME}`,
    );
  }
  const custom = file.name.endsWith('__c');
  if (custom && RESERVED.has(bare.toLowerCase())) {
    yield problemAt(file, undefined, `${bare} is a reserved word`, 'choose another name');
  }
  if ((file.type?.type === 'CustomField' || file.type?.type === 'CustomObject') && !custom) {
    yield problemAt(file, undefined, `the name ${file.name} lacks the ending __c`, 'add __c');
  }
}

function* label(file: MetadataFile): Generator<Problem> {
  if (file.type?.type !== 'CustomField' && file.type?.type !== 'CustomObject') return;
  const text = textOf(file.root, 'label');
  if (text === undefined || text === '') {
    yield problemAt(file, file.root, 'has no label', 'add <label>');
  } else if (text.length > LONGEST_LABEL) {
    yield problemAt(
      file,
      file.root,
      `the label "${text}" is ${text.length} characters long`,
      `use at most ${LONGEST_LABEL}`,
    );
  }
}
