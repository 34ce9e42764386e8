import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { idSuffix, makeId, toBase62, toId18 } from './ids.ts';

describe('record ids', () => {
  test.each([
    // Ids printed in Salesforce's own documentation.
    ['001D000000IRFma', '001D000000IRFmaIAH'],
    ['00Dx0000000BV7z', '00Dx0000000BV7zEAG'],
    ['005D0000001KyEI', '005D0000001KyEIIA0'],
  ])('%s is %s in 18 characters', (id15, id18) => {
    expect(toId18(id15)).toBe(id18);
    expect(toId18(id18)).toBe(id18);
  });

  test('an id whose case was lost gets it back from its suffix', () => {
    expect(toId18('001d000000irfmaiah')).toBe('001D000000IRFmaIAH');
  });

  test.each([
    '',
    'abc',
    '001D000000IRFma!',
    '001D000000IRFmaIA',
    '001D000000IRFmaIAH0',
    '001D000000IRFma999',
    '0010000000000009IA',
  ])('%s is no id', (text) => {
    expect(toId18(text)).toBeUndefined();
  });

  test('every made id is valid, distinct by counter, and survives the loss of case', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (one, other) => {
        const id = makeId('a00', 'Xy7', one);
        expect(id).toHaveLength(18);
        expect(toId18(id.toLowerCase())).toBe(id);
        expect(idSuffix(id.slice(0, 15))).toBe(id.slice(15));
        expect(makeId('a00', 'Xy7', other) === id).toBe(one === other);
      }),
    );
  });

  test('base 62 counts through digits, capitals and small letters', () => {
    expect([0, 9, 10, 35, 36, 61, 62].map((value) => toBase62(value, 2))).toEqual([
      '00',
      '09',
      '0A',
      '0Z',
      '0a',
      '0z',
      '10',
    ]);
  });
});
