import { childrenOf, readSourceFiles, sourceFolders, textOf } from '../schema/source-files.ts';
import type { SourceFile, SourceFolder } from '../schema/source-files.ts';
import type { ObjectSchema, OrgSchema } from '../schema/types.ts';
import { parseFilter, type Filter } from './filter-expression.ts';

/** One object's changes on a channel: which of them, and which fields ride along unchanged. */
export interface ChannelMember {
  /** API name of the object, e.g. `Opportunity` or `ns__Request__c`. */
  readonly object: string;
  readonly enrichedFields: readonly string[];
  readonly filter?: Filter;
  /** The file it was read from, for messages. */
  readonly source: string;
}

/** A channel that a client can subscribe to. */
export interface Channel {
  /** Topic a client names, e.g. `/data/TandemChannel__chn`. */
  readonly topic: string;
  readonly label: string;
  readonly members: readonly ChannelMember[];
}

const STANDARD_CHANNEL = 'ChangeEvents';

const required = ({ path, root }: SourceFile, element: string): string => {
  const text = textOf(root, element);
  if (text === undefined) throw new Error(`${path}: ${element} is missing`);
  return text;
};

/** `Request__ChangeEvent` → `Request__c`; `OpportunityChangeEvent` → `Opportunity`. */
export const objectOfChangeEvent = (entity: string): string =>
  entity.endsWith('__ChangeEvent') ? entity.replace(/__ChangeEvent$/, '__c') : entity.replace(/ChangeEvent$/, '');

/** `Request__c` → `Request__ChangeEvent`; `Opportunity` → `OpportunityChangeEvent`. */
export const changeEventOf = (object: string): string =>
  object.endsWith('__c') ? object.replace(/__c$/, '__ChangeEvent') : `${object}ChangeEvent`;

const SCALAR_HEADER_FIELDS = new Set([
  'entityName',
  'changeType',
  'changeOrigin',
  'transactionKey',
  'sequenceNumber',
  'commitTimestamp',
  'commitNumber',
  'commitUser',
]);

/** In source a channel has no namespace; in an org with one it has. */
const topicOf = (channel: string, namespace: string | undefined): string =>
  channel === STANDARD_CHANNEL || !namespace ? `/data/${channel}` : `/data/${namespace}__${channel}`;

const fieldName = (object: ObjectSchema, name: string, schema: OrgSchema, source: string): string => {
  const field = object.field(name, schema.namespace);
  if (field) return field.name;
  throw new Error(`${source}: ${object.name} has no field ${name}`);
};

/** Header fields are not the object's and never get a namespace; the arrays among them cannot be filtered by. */
const memberFilter = (text: string, object: ObjectSchema, schema: OrgSchema, source: string): Filter => {
  const renamed = parseFilter(text).fields.reduce((result, name) => {
    const header = /^ChangeEventHeader\.(\w+)$/.exec(name)?.[1];
    if (header !== undefined) {
      if (!SCALAR_HEADER_FIELDS.has(header)) throw new Error(`${source}: ${name} cannot be used in a filter`);
      return result;
    }
    return result.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), fieldName(object, name, schema, source));
  }, text);
  return parseFilter(renamed);
};

const readMember = (file: SourceFile, schema: OrgSchema): { topic: string; channel: string; member: ChannelMember } => {
  const [channel, entity] = [required(file, 'eventChannel'), required(file, 'selectedEntity')];
  const source = file.path;
  if (!entity.endsWith('ChangeEvent'))
    throw new Error(`${source}: ${entity} is not a change event, and only those are offered here`);
  const object = schema.object(objectOfChangeEvent(entity), schema.namespace);
  if (!object) throw new Error(`${source}: there is no object behind ${entity}`);
  const expression = textOf(file.root, 'filterExpression');
  const enriched = childrenOf(file.root, 'enrichedFields').map((field) => textOf(field, 'name') ?? '');
  return {
    topic: topicOf(channel, schema.namespace),
    channel,
    member: {
      object: object.name,
      enrichedFields: enriched.map((name) => fieldName(object, name, schema, source)),
      ...(expression === undefined ? {} : { filter: memberFilter(expression, object, schema, source) }),
      source,
    },
  };
};

/**
 * Reads `*.platformEventChannel-meta.xml` and `*.platformEventChannelMember-meta.xml` below the folders. A member of
 * the standard channel is offered under `/data/ChangeEvents` and under its own topic, as in an org. Throws with the file
 * when one cannot be read, or names a channel, object or field that is not there.
 */
export const loadChannels = (folders: readonly (string | SourceFolder)[], schema: OrgSchema): Channel[] => {
  const files = readSourceFiles(sourceFolders(folders), ['platformEventChannel', 'platformEventChannelMember']);
  const standard = topicOf(STANDARD_CHANNEL, undefined);
  const labels = new Map([[standard, 'Standard channel']]);
  for (const file of files.filter(({ kind }) => kind === 'platformEventChannel')) {
    if (required(file, 'channelType') !== 'data')
      throw new Error(`${file.path}: only channels of type data are offered here`);
    labels.set(topicOf(file.name, schema.namespace), required(file, 'label'));
  }

  const members = new Map<string, ChannelMember[]>();
  for (const file of files.filter(({ kind }) => kind === 'platformEventChannelMember')) {
    const { topic, channel, member } = readMember(file, schema);
    if (!labels.has(topic)) throw new Error(`${file.path}: there is no channel ${channel}`);
    const own = `/data/${changeEventOf(member.object)}`;
    if (topic === standard) labels.set(own, changeEventOf(member.object));
    for (const target of topic === standard ? [topic, own] : [topic])
      members.set(target, [...(members.get(target) ?? []), member]);
  }
  return [...labels].map(([topic, label]) => ({ topic, label, members: members.get(topic) ?? [] }));
};
