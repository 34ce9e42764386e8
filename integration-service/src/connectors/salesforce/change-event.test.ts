import { describe, expect, test } from '@jest/globals';
import avro from 'avsc';
import { toChangeEvent } from './change-event.ts';
import { Namespace } from './namespace.ts';

const header = {
  entityName: 'Request__c',
  recordIds: ['a06000000000001AAA'],
  changeType: 'CREATE',
  changeOrigin: 'com/salesforce/api/soap/66.0;client=Tandem',
  transactionKey: '0001',
  commitUser: '005000000000001AAA',
  changedFields: ['0x2A'],
};

/** As the Avro library gives it: an instance of a class made from the schema, not a plain object. */
const decoded = (fields: Readonly<Record<string, string | null>>): unknown => {
  const text = ['null', 'string'] as unknown as avro.Schema;
  const type = avro.Type.forSchema({
    type: 'record',
    name: 'Event',
    fields: [
      {
        name: 'ChangeEventHeader',
        type: {
          type: 'record',
          name: 'Header',
          fields: [
            ...['entityName', 'changeType', 'changeOrigin', 'transactionKey', 'commitUser'].map((name) => ({
              name,
              type: 'string' as const,
            })),
            ...['recordIds', 'changedFields'].map((name) => ({
              name,
              type: { type: 'array' as const, items: 'string' as const },
            })),
          ],
        },
      },
      ...Object.keys(fields).map((name) => ({ name, type: text })),
    ],
  } as avro.Schema);
  return type.fromBuffer(type.toBuffer({ ChangeEventHeader: header, ...fields }));
};

describe('a change event', () => {
  test('has the fields that it carries and nothing of the library that read it', () => {
    const event = toChangeEvent(decoded({ Kind__c: 'refer', Input__c: null }), new Namespace(''));
    expect(Object.keys(event.fields)).toEqual(['Kind__c']);
    expect(event).toMatchObject({
      object: 'Request__c',
      changeType: 'CREATE',
      gap: false,
      fields: { Kind__c: 'refer' },
    });
  });

  test('loses the namespace of object and fields', () => {
    const payload = {
      ChangeEventHeader: { ...header, entityName: 'acme__Request__c' },
      acme__Kind__c: 'refer',
      Their__c: 1,
    };
    const event = toChangeEvent(payload, new Namespace('acme'));
    expect(event).toMatchObject({ object: 'Request__c', fields: { Kind__c: 'refer', Their__c: 1 } });
  });

  test.each(['GAP_UPDATE', 'GAP_OVERFLOW'])('of type %s says that something changed and not what', (changeType) => {
    const event = toChangeEvent({ ChangeEventHeader: { ...header, changeType } }, new Namespace(''));
    expect(event).toMatchObject({ gap: true, fields: {} });
  });

  test.each([[null], [7], [{}], [{ ChangeEventHeader: { entityName: 'Request__c' } }]])(
    'of another shape is refused: %j',
    (payload) => {
      expect(() => toChangeEvent(payload, new Namespace(''))).toThrow();
    },
  );
});
