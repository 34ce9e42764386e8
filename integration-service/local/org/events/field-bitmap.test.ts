import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fromBitmaps, toBitmaps } from './field-bitmap.ts';

const order = {
  fields: ['ChangeEventHeader', 'Name', 'Amount', 'BillingAddress', 'Stage', 'LastModifiedDate'],
  compounds: new Map([['BillingAddress', ['Street', 'City', 'Country']]]),
};

describe('field bitmaps', () => {
  test.each([
    [['Name'], ['0x2']],
    [['Amount', 'Stage'], ['0x14']],
    [['Name', 'Amount', 'BillingAddress', 'LastModifiedDate'], ['0x2E']],
    [
      ['Stage', 'BillingAddress.City'],
      ['0x10', '3-0x2'],
    ],
    [['BillingAddress.Street', 'BillingAddress.Country'], ['3-0x5']],
    [[], []],
    [['Unknown', 'BillingAddress.Unknown'], []],
  ])('%j is written as %j', (names, bitmaps) => {
    expect(toBitmaps(names, order)).toEqual(bitmaps);
  });

  test('hex is upper case and holds more fields than a number has bits', () => {
    const wide = { fields: Array.from({ length: 300 }, (_, index) => `F${index}`), compounds: new Map() };
    expect(toBitmaps(['F299', 'F3', 'F1'], wide)).toEqual([`0x8${'0'.repeat(73)}A`]);
  });

  test('what is written reads back in schema order', () => {
    fc.assert(
      fc.property(
        fc.subarray(['Name', 'Amount', 'Stage', 'BillingAddress.Street', 'BillingAddress.City']),
        (names) => fromBitmaps(toBitmaps(names, order), order).join() === names.join(),
      ),
      { examples: [[['Name', 'BillingAddress.City']]] },
    );
  });

  test('something else is refused by name', () => {
    expect(() => fromBitmaps(['Name'], order)).toThrow('"Name" is not a field bitmap');
  });
});
