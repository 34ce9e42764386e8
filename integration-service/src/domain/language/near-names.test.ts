import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { languageGate } from './check-language.ts';
import type { ApprovedMaterial } from './material.ts';
import { nearNames } from './near-names.ts';

const material = (otherCustomers: readonly string[]): ApprovedMaterial => ({
  key: 'm',
  company: 'Northwind',
  alsoKnownAs: [],
  valuePropositions: [],
  positioning: [],
  products: [],
  competitors: [],
  otherCustomers: [...otherCustomers],
  templates: [],
});
const deal = {
  key: 'd',
  partner: { name: 'AWS', alsoKnownAs: [] },
  customer: { name: 'Harbor Logistics', alsoKnownAs: [] },
  facts: [],
  people: [],
};
const told = (names: readonly string[], text: string): readonly string[] =>
  languageGate(
    material(names),
    deal,
  )(text)
    .findings.filter(({ rule }) => rule === 'other-customer')
    .map(({ why }) => why)
    .sort();

const words = [
  'Blue',
  'Heron',
  'Logistics',
  'Meridian',
  'Bank',
  'Sunder',
  '&',
  'Pike',
  'Wren',
  'Valley',
  'Trust',
  "O'Dell",
  'Gmbh',
];
const name = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map((some) => some.join(' '));
/** A letter put in, left out or swapped somewhere. */
const slipped = fc.tuple(name, fc.nat(40), fc.constantFrom('', 'x')).map(([text, at, letter]) => {
  const place = at % (text.length + 1);
  return `${text.slice(0, place)}${letter}${text.slice(place + (letter === '' ? 1 : 0))}`;
});
const text = fc
  .array(fc.oneof(name, slipped, fc.constantFrom('We met', 'and then', "'s team.", '12')), {
    minLength: 1,
    maxLength: 5,
  })
  .map((some) => some.join(' '));

describe('names near a text', () => {
  test('are all that the gate would find among all names', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 8 }), text, (names, said) => {
        expect(told(nearNames(names)(said), said)).toEqual(told(names, said));
      }),
      { numRuns: 150 },
    );
  });

  test('are few of thousands', () => {
    const many = Array.from(
      { length: 3_000 },
      (_, index) => `${index.toString(26).replace(/\d/g, 'q')}ora Foods ${index}`,
    );
    const near = nearNames([...many, 'Meridian Bank']);
    expect(near('They bank with Meridain and plan from overnight reports.')).toEqual(['Meridian Bank']);
  });
});
