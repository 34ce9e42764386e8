import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import avro from 'avsc';
import { ChangeEventSchemas } from './change-event-schema.ts';
import { loadChannels } from './channels.ts';
import { ScriptedEngine } from './scripted-engine.ts';

const SOURCE = join(import.meta.dirname, '../../../../force-app/main');
const { schema } = new ScriptedEngine([SOURCE]);
let folder: string;

const write = (path: string, root: string, body: string): void => {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `<?xml version="1.0"?><${root} xmlns="http://soap.sforce.com/2006/04/metadata">${body}</${root}>`,
  );
};
const member = (body: string, channel = 'My__chn'): void =>
  write(
    'platformEventChannelMembers/My.platformEventChannelMember-meta.xml',
    'PlatformEventChannelMember',
    `<eventChannel>${channel}</eventChannel>${body}`,
  );

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'channels-'));
  write(
    'platformEventChannels/My__chn.platformEventChannel-meta.xml',
    'PlatformEventChannel',
    '<channelType>data</channelType><label>Mine</label>',
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('channels from source', () => {
  test('our own channel has its five members, two of them filtered', () => {
    const channel = loadChannels([SOURCE], schema).find(({ topic }) => topic === '/data/TandemChannel__chn');
    expect(
      channel?.members.map(({ object, filter, enrichedFields }) => [object, filter?.text, enrichedFields]),
    ).toEqual([
      ['FunctionMode__c', undefined, []],
      ['GuardrailPolicy__c', undefined, []],
      [
        'Opportunity',
        "TandemTracked__c = true AND (NOT ChangeEventHeader.changeOrigin LIKE '%client=TandemScores')",
        ['TandemTracked__c'],
      ],
      ['PartnerGrant__c', undefined, []],
      ['Request__c', "State__c = 'new'", []],
    ]);
  });

  test('a member of the standard channel has a topic of its own besides', () => {
    member('<selectedEntity>AccountChangeEvent</selectedEntity>', 'ChangeEvents');
    const topics = loadChannels([folder], schema).filter(({ members }) => members.length > 0);
    expect(topics.map(({ topic }) => topic)).toEqual(['/data/ChangeEvents', '/data/AccountChangeEvent']);
  });

  test.each([
    ['<selectedEntity>Nope__ChangeEvent</selectedEntity>', 'there is no object behind Nope__ChangeEvent'],
    ['<selectedEntity>Order__e</selectedEntity>', 'not a change event'],
    ['', 'selectedEntity is missing'],
    [
      '<selectedEntity>AccountChangeEvent</selectedEntity><enrichedFields><name>Nope</name></enrichedFields>',
      'no field Nope',
    ],
    [
      '<selectedEntity>AccountChangeEvent</selectedEntity><filterExpression>Nope = 1</filterExpression>',
      'no field Nope',
    ],
    [
      "<selectedEntity>AccountChangeEvent</selectedEntity><filterExpression>ChangeEventHeader.changedFields = 'x'</filterExpression>",
      'cannot be used',
    ],
  ])('%s stops the start: %s', (body, problem) => {
    member(body);
    expect(() => loadChannels([folder], schema)).toThrow(problem);
  });

  test('a member needs its channel', () => {
    member('<selectedEntity>AccountChangeEvent</selectedEntity>', 'Other__chn');
    expect(() => loadChannels([folder], schema)).toThrow('there is no channel Other__chn');
  });
});

describe('schemas', () => {
  const fieldsOf = (name: string): Map<string, unknown> => {
    const object = schema.object(name);
    if (!object) throw new Error(`there is no ${name}`);
    const { json } = new ChangeEventSchemas().of(object);
    const { fields } = JSON.parse(json) as { fields: { name: string; type: unknown }[] };
    return new Map(fields.map((field) => [field.name, field.type]));
  };
  const parts = (type: unknown): string[] =>
    ((type as { fields?: { name: string }[] }[]).find((entry) => entry.fields)?.fields ?? []).map(({ name }) => name);

  test('names and addresses are compound, the header comes first, bookkeeping stays out', () => {
    const contact = fieldsOf('Contact');
    expect([...contact.keys()][0]).toBe('ChangeEventHeader');
    expect(parts(contact.get('Name'))).toEqual(['Salutation', 'FirstName', 'LastName']);
    expect(parts(contact.get('MailingAddress'))).toEqual(
      expect.arrayContaining(['Street', 'City', 'PostalCode', 'Country']),
    );
    for (const absent of ['Id', 'FirstName', 'MailingCity', 'SystemModstamp', 'IsDeleted'])
      expect(contact.has(absent)).toBe(false);
    expect(fieldsOf('Account').get('Name')).toEqual([
      'null',
      'string',
      expect.objectContaining({ name: 'Switchable_PersonName' }),
    ]);
    expect(fieldsOf('Opportunity').get('CloseDate')).toEqual(['null', 'long']);
  });

  test('every object has a schema that Avro takes, with an id of its own', () => {
    const schemas = new ChangeEventSchemas();
    const made = schema.objects.map((object) => schemas.of(object));
    expect(new Set(made.map(({ id }) => id)).size).toBe(schema.objects.length);
    for (const { json, id } of made) {
      expect(id).toMatch(/^[\w-]{22}$/);
      expect(() => avro.Type.forSchema(JSON.parse(json) as avro.Schema, { wrapUnions: false })).not.toThrow();
    }
  });
});
