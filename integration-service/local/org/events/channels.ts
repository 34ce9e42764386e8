import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
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

/** Gives a custom name its namespace; standard names stay as they are. */
export type Qualify = (name: string) => string;

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

/** In source a channel is named with `__chn`, its file too; only a namespace is missing. */
const topicOf = (channel: string, qualify: Qualify): string =>
  channel === STANDARD_CHANNEL ? `/data/${STANDARD_CHANNEL}` : `/data/${qualify(channel)}`;

/** Header fields are not the object's and never get a namespace. */
const qualifiedFilter = (text: string, qualify: Qualify): Filter => {
  const plain = parseFilter(text);
  const renamed = plain.fields
    .filter((field) => !field.startsWith('ChangeEventHeader.') && qualify(field) !== field)
    .reduce((result, field) => result.replaceAll(new RegExp(`\\b${field}\\b`, 'g'), qualify(field)), text);
  return renamed === text ? plain : parseFilter(renamed);
};

/**
 * Reads `*.platformEventChannel-meta.xml` and `*.platformEventChannelMember-meta.xml` below the folders. A member of
 * the standard channel is offered under `/data/ChangeEvents` and under its own topic, as in an org. Throws with the file
 * when one cannot be read or a member names a channel that is not there.
 */
export const loadChannels = (folders: readonly string[], qualify: Qualify): Channel[] => {
  const labels = new Map<string, string>([[`/data/${STANDARD_CHANNEL}`, 'Standard channel']]);
  for (const path of filesEnding(folders, '.platformEventChannel-meta.xml')) {
    const name = basename(path, '.platformEventChannel-meta.xml');
    labels.set(topicOf(name, qualify), readXml(path, channelXml).PlatformEventChannel.label);
  }

  const members = new Map<string, ChannelMember[]>();
  for (const source of filesEnding(folders, '.platformEventChannelMember-meta.xml')) {
    const read = readXml(source, memberXml).PlatformEventChannelMember;
    const topic = topicOf(read.eventChannel, qualify);
    if (!labels.has(topic)) throw new Error(`${source}: there is no channel ${read.eventChannel}`);
    const member: ChannelMember = {
      object: qualify(objectOfChangeEvent(read.selectedEntity)),
      enrichedFields: read.enrichedFields.map(({ name }) => qualify(name)),
      ...(read.filterExpression ? { filter: qualifiedFilter(read.filterExpression, qualify) } : {}),
      source,
    };
    const own = topic === `/data/${STANDARD_CHANNEL}` ? [`/data/${changeEventOf(member.object)}`] : [];
    for (const target of [topic, ...own]) {
      if (own.includes(target)) labels.set(target, changeEventOf(member.object));
      members.set(target, [...(members.get(target) ?? []), member]);
    }
  }
  return [...labels].map(([topic, label]) => ({ topic, label, members: members.get(topic) ?? [] }));
};
