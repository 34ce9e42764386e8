import { describe, expect, test } from '@jest/globals';
import {
  DELIVERED,
  materialInForce,
  materialKey,
  partsOfKey,
  readBody,
  type MaterialRecord,
} from './material-record.ts';

const record = (key: string, more: Partial<MaterialRecord> = {}): MaterialRecord => ({
  key,
  kind: partsOfKey(key)?.kind ?? '',
  title: key,
  body: JSON.stringify({ text: `Text of ${key}.` }),
  status: 'approved',
  version: partsOfKey(key)?.version ?? 0,
  partner: null,
  approver: 'Lea Legal',
  ...more,
});
const about = { company: 'Northwind', otherCustomers: ['Blue Heron'], partner: 'aws' };
const textsOf = (...records: MaterialRecord[]): readonly string[] =>
  materialInForce(records, about).material.valuePropositions.map(({ text }) => text);

describe('the material in force', () => {
  test.each<[string, MaterialRecord[], string[]]>([
    ['what is approved', [record('value-proposition:a:v1')], ['Text of value-proposition:a:v1.']],
    ['not what is proposed', [record('value-proposition:a:v1', { status: 'proposed' })], []],
    ['not what was withdrawn', [record('value-proposition:a:v1', { status: 'withdrawn' })], []],
    [
      'the newest version, whatever the order',
      [record('value-proposition:a:v10'), record('value-proposition:a:v9')],
      ['Text of value-proposition:a:v10.'],
    ],
    [
      'the approved version while a newer one is proposed',
      [record('value-proposition:a:v1'), record('value-proposition:a:v2', { status: 'proposed' })],
      ['Text of value-proposition:a:v1.'],
    ],
    [
      'what is for this partner before what is for all',
      [record('value-proposition:a:v1', { partner: 'aws' }), record('value-proposition:a:v2')],
      ['Text of value-proposition:a:v1.'],
    ],
    ['not what is for another partner', [record('value-proposition:a:v1', { partner: 'google' })], []],
  ])('is %s', (_says, records, texts) => {
    expect(textsOf(...records)).toEqual(texts);
  });

  test('carries key, version and approver of the record, and says what came with Tandem', () => {
    const { material } = materialInForce(
      [record('value-proposition:fast-setup:v2'), record('positioning:who:v1', { approver: null })],
      about,
    );
    expect(material).toMatchObject({
      company: 'Northwind',
      otherCustomers: ['Blue Heron'],
      valuePropositions: [{ key: 'fast-setup', version: 2, approver: 'Lea Legal' }],
      positioning: [{ key: 'who', version: 1, approver: DELIVERED }],
    });
  });

  test.each<[string, MaterialRecord, RegExp]>([
    ['is not JSON', record('positioning:a:v1', { body: 'hello' }), /not JSON/],
    ['has not the form of its kind', record('template:a:v1'), /variables/],
    ['claims more than its kind may', record('positioning:a:v1', { body: '{"text":"x","approver":"me"}' }), /approver/],
    ['has a key of another kind', record('positioning:a:v1', { kind: 'template' }), /key/],
    ['has a key of another version', record('positioning:a:v1', { version: 3 }), /key/],
    ['has no key of ours', record('a note'), /key/],
  ])('what %s counts for nothing, and is named', (_says, wrong, why) => {
    const { material, unusable } = materialInForce([wrong], about);
    expect([material.positioning, material.templates]).toEqual([[], []]);
    expect(unusable).toEqual([{ key: wrong.key, why: expect.stringMatching(why) }]);
  });

  test('keys are made and read alike', () => {
    expect(partsOfKey(materialKey('competitor-guideline', 'acme-2', 12))).toEqual({
      kind: 'competitor-guideline',
      name: 'acme-2',
      version: 12,
    });
    for (const wrong of ['rumour:a:v1', 'positioning:A B:v1', 'positioning:a:v0', 'positioning:a'])
      expect(partsOfKey(wrong)).toBeNull();
    expect(readBody('template', '{"text":"Hello {name}","variables":["name"]}')).toMatchObject({ ok: true });
  });
});
