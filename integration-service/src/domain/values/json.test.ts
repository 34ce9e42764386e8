import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, type Json } from './json.ts';

describe('canonical JSON', () => {
  test('sorts keys by code unit at every depth, without spaces, and leaves out members without a value', () => {
    const value = { b: [1, { d: null, c: 'é' }], a: true, Z: '', ä: 0, gone: undefined } as unknown as Json;
    expect(canonicalJson(value)).toBe('{"Z":"","a":true,"b":[1,{"c":"é","d":null}],"ä":0}');
    expect([canonicalJson([]), canonicalJson({}), canonicalJson([['']])]).toEqual(['[]', '{}', '[[""]]']);
  });

  test('keeps to that order for keys that look like indices, and takes any other key as it comes', () => {
    expect(canonicalJson({ b: { 9: 1, 10: 2 }, a: 0 })).toBe('{"a":0,"b":{"10":2,"9":1}}');
    const awkward = JSON.parse('{"z":1,"__proto__":{"b":1,"a":2}}') as Json;
    expect(canonicalJson(awkward)).toBe('{"__proto__":{"a":2,"b":1},"z":1}');
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, undefined, Symbol('s'), [undefined], { a: [undefined] }])(
    'refuses %p, which has no form in JSON',
    (value) => {
      expect(() => canonicalJson(value as unknown as Json)).toThrow('canonical JSON has no form for');
    },
  );

  test('means the same value, and gives the same text however the members were put in', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as Json);
        const again = JSON.parse(text) as Json;
        // JSON has no negative zero, which is the same number.
        expect(again).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(again)).toBe(text);
      }),
    );
  });
});
