import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
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

const channelXml = z.object({
  PlatformEventChannel: z.object({ channelType: z.literal('data'), label: z.string().min(1) }),
});

const memberXml = z.object({
  PlatformEventChannelMember: z.object({
    eventChannel: z.string().min(1),
    selectedEntity: z
      .string()
      .regex(/ChangeEvent$/, 'must name a change event: only change data capture is offered here'),
    filterExpression: z.string().optional(),
    enrichedFields: z.array(z.object({ name: z.string().min(1) })).default([]),
  }),
});

const STANDARD_CHANNEL = 'ChangeEvents';
const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'enrichedFields' });

const readXml = <T>(path: string, shape: z.ZodType<T>): T => {
  const parsed = shape.safeParse(parser.parse(readFileSync(path, 'utf8')));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`${path}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'cannot be read'}`);
};

const filesEnding = (folders: readonly string[], ending: string): string[] =>
  folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith(ending) && !path.includes('node_modules'))
      .map((path) => join(folder, path))
      .sort(),
  );

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

const readMember = (source: string, schema: OrgSchema): { topic: string; channel: string; member: ChannelMember } => {
  const read = readXml(source, memberXml).PlatformEventChannelMember;
  const object = schema.object(objectOfChangeEvent(read.selectedEntity), schema.namespace);
  if (!object) throw new Error(`${source}: there is no object behind ${read.selectedEntity}`);
  const filter = read.filterExpression && memberFilter(read.filterExpression, object, schema, source);
  return {
    topic: topicOf(read.eventChannel, schema.namespace),
    channel: read.eventChannel,
    member: {
      object: object.name,
      enrichedFields: read.enrichedFields.map(({ name }) => fieldName(object, name, schema, source)),
      ...(filter ? { filter } : {}),
      source,
    },
  };
};

/**
 * Reads `*.platformEventChannel-meta.xml` and `*.platformEventChannelMember-meta.xml` below the folders. A member of
 * the standard channel is offered under `/data/ChangeEvents` and under its own topic, as in an org. Throws with the file
 * when one cannot be read, or names a channel, object or field that is not there.
 */
export const loadChannels = (folders: readonly string[], schema: OrgSchema): Channel[] => {
  const standard = topicOf(STANDARD_CHANNEL, undefined);
  const labels = new Map([[standard, 'Standard channel']]);
  for (const path of filesEnding(folders, '.platformEventChannel-meta.xml')) {
    const name = basename(path, '.platformEventChannel-meta.xml');
    labels.set(topicOf(name, schema.namespace), readXml(path, channelXml).PlatformEventChannel.label);
  }

  const members = new Map<string, ChannelMember[]>();
  for (const source of filesEnding(folders, '.platformEventChannelMember-meta.xml')) {
    const { topic, channel, member } = readMember(source, schema);
    if (!labels.has(topic)) throw new Error(`${source}: there is no channel ${channel}`);
    const own = `/data/${changeEventOf(member.object)}`;
    if (topic === standard) labels.set(own, changeEventOf(member.object));
    for (const target of topic === standard ? [topic, own] : [topic])
      members.set(target, [...(members.get(target) ?? []), member]);
  }
  return [...labels].map(([topic, label]) => ({ topic, label, members: members.get(topic) ?? [] }));
};
