import { fieldAt, objectExists, type Field } from '../objects.ts';
import type { ParsedFile, Project } from '../project.ts';
import { problemAt, type Problem, type Rule } from '../rule.ts';
import { child, children, textOf } from '../xml.ts';

/** Entities an org lets be selected for change data capture without an add-on. */
const MOST_MEMBERS = 5;
/** Scalar fields of the change event's header that a filter may use. */
const HEADER = new Set(['changeType', 'changeOrigin', 'commitUser', 'entityName']);
const NOT_FILTERED = new Set(['LongTextArea', 'Html', 'EncryptedText']);

export const channels: Rule = {
  id: 'channels',
  about:
    'Members of the event channel follow objects that exist, filter by fields the event holds, and stay within the five an org gives.',
  *check(project) {
    for (const channel of project.ofType('PlatformEventChannel')) {
      if (!channel.name.endsWith('__chn'))
        yield problemAt(channel, undefined, `the channel is named ${channel.name}`, 'channels end with __chn');
      const members = project
        .ofType('PlatformEventChannelMember')
        .filter((member) => textOf(member.root, 'eventChannel') === channel.name);
      if (members.length === 0)
        yield problemAt(channel, undefined, 'the channel has no members', 'add platformEventChannelMembers');
      if (members.length > MOST_MEMBERS)
        yield problemAt(channel, undefined, `the channel has ${members.length} members`, `keep to ${MOST_MEMBERS}`);
    }
    for (const member of project.ofType('PlatformEventChannelMember')) yield* checkMember(project, member);
  },
};

function* checkMember(project: Project, file: ParsedFile): Generator<Problem> {
  const channel = textOf(file.root, 'eventChannel') ?? '';
  const entity = textOf(file.root, 'selectedEntity') ?? '';
  if (!project.find('PlatformEventChannel', channel)) {
    yield problemAt(
      file,
      child(file.root, 'eventChannel'),
      `belongs to the channel ${channel}, which does not exist`,
      'correct <eventChannel>',
    );
  }
  const expected = `${channel}_${entity}`.replaceAll('__', '_');
  if (file.name !== expected) {
    yield problemAt(
      file,
      undefined,
      'the name does not follow channel and event',
      `rename it to ${expected}: an org writes single underscores`,
    );
  }
  const object = entity.replace(/__ChangeEvent$/, '__c').replace(/ChangeEvent$/, '');
  if (!entity.endsWith('ChangeEvent') || !objectExists(project, object)) {
    yield problemAt(
      file,
      child(file.root, 'selectedEntity'),
      `follows ${entity}, which is no change event of an object here`,
      'write <object>ChangeEvent, for our objects <name>__ChangeEvent',
    );
    return;
  }
  yield* filter(project, file, object);
  for (const enriched of children(file.root, 'enrichedFields')) {
    const name = textOf(enriched, 'name') ?? '';
    if (!fieldAt(project, object, name))
      yield problemAt(file, enriched, `enriches with ${object}.${name}, which does not exist`, 'correct <name>');
  }
}

function* filter(project: Project, file: ParsedFile, object: string): Generator<Problem> {
  const element = child(file.root, 'filterExpression');
  if (!element) return;
  for (const [, name = '', , value = ''] of element.text.matchAll(
    /([\w.]+)\s*(=|!=|<>|<=|>=|<|>|LIKE|IN)\s*('[^']*'|\w+|\([^)]*\))/g,
  )) {
    const header = /^ChangeEventHeader\.(\w+)$/.exec(name)?.[1];
    const field = header === undefined ? fieldAt(project, object, name) : undefined;
    if (header !== undefined ? !HEADER.has(header) : !field) {
      yield problemAt(
        file,
        element,
        `filters by ${name}, which the event of ${object} does not hold or cannot be filtered by`,
        'use a field of the record or a scalar header field such as ChangeEventHeader.changeType',
      );
    }
    if (field && NOT_FILTERED.has(field.type))
      yield problemAt(file, element, `filters by ${name}, a ${field.type}`, 'choose a field of one line');
    if (field) yield* comparedValue(file, element, field, value);
  }
}

function* comparedValue(
  file: ParsedFile,
  element: Parameters<typeof problemAt>[1],
  field: Field,
  value: string,
): Generator<Problem> {
  const text = /^'(.*)'$/.exec(value)?.[1];
  if (text !== undefined && field.values?.has(text) === false) {
    yield problemAt(
      file,
      element,
      `compares ${field.name} with '${text}', which is no value of it`,
      `use: ${[...field.values].join(', ')}`,
    );
  }
  if (field.type === 'Checkbox' && value !== 'true' && value !== 'false') {
    yield problemAt(file, element, `compares the checkbox ${field.name} with ${value}`, 'use true or false');
  }
}
