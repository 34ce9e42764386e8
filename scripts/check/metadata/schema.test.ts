import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadSchema, readSchema } from './schema.ts';

const elementsOf = (schema: ReturnType<typeof readSchema>, name: string) => {
  const type = schema.get(name);
  assert.ok(type && 'elements' in type, `${name} is a type with elements`);
  return type.elements;
};

describe('the schema of the Metadata API', () => {
  test('reads required, optional and repeated elements, and what a type inherits', () => {
    const schema = readSchema(
      [
        'export type Base = {',
        '    fullName?: string;',
        '};',
        "export type Colour = 'red' | 'blue';",
        'export type Car = Base & {',
        '    colour: Colour;',
        '    wheels: Wheel[];',
        '};',
      ].join('\n'),
    );
    const car = elementsOf(schema, 'Car');
    assert.deepEqual(car.get('colour'), { type: 'Colour', required: true, many: false });
    assert.deepEqual(car.get('wheels'), { type: 'Wheel', required: false, many: true });
    assert.deepEqual(car.get('fullName'), { type: 'string', required: false, many: false });
    assert.deepEqual(schema.get('Colour'), { values: new Set(['red', 'blue']) });
  });

  test('stops at a line it does not know, instead of forgetting a type', () => {
    assert.throws(() => readSchema('export interface Car {\n}'), /export interface Car/);
  });

  test('knows the newer types that the installed declarations hold', () => {
    const schema = loadSchema();
    assert.ok(elementsOf(schema, 'FlexiPageRegion').has('itemInstances'));
    assert.ok(elementsOf(schema, 'PlatformEventChannelMember').has('filterExpression'));
    assert.ok(elementsOf(schema, 'ExternalClientApplication').has('distributionState'));
  });
});
