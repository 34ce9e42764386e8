import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { instantMs } from './instant.ts';

describe('an instant', () => {
  test.each([
    ['1970-01-01T00:00:00Z', 0],
    ['1970-01-01T00:00:00.001Z', 1],
    ['2026-11-21T12:00:00.000+0000', Date.UTC(2026, 10, 21, 12)],
    ['2026-11-21T12:00:00+02:00', Date.UTC(2026, 10, 21, 10)],
    ['2026-11-21T12:00:00.5-05:30', Date.UTC(2026, 10, 21, 17, 30, 0, 500)],
    ['2026-11-21T12:00:00.123456789Z', Date.UTC(2026, 10, 21, 12, 0, 0, 123)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
  ])('%s is read', (text, ms) => {
    expect(instantMs(text)).toBe(ms);
  });

  test.each([
    '',
    'lately',
    '2026-11-21',
    '2026-11-21T12:00:00',
    '2026-11-21T12:00Z',
    '2026-11-21 12:00:00Z',
    '2026-11-21T12:00:00.Z',
    '2026-11-21T12:00:00Zulu',
    '2026-11-21T12:00:00+2',
    '2026-11-21T12:00:00+25:00',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T12:60:00Z',
    '2026-11-21T12:00:60Z',
    'Foo 1',
  ])('"%s" is none', (text) => {
    expect(instantMs(text)).toBeNaN();
  });

  test('is what the calendar says, over four hundred years and every offset', () => {
    const instant = fc.date({
      min: new Date('1800-01-01T00:00:00Z'),
      max: new Date('2200-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, (date) => {
        expect(instantMs(date.toISOString())).toBe(date.getTime());
      }),
    );
  });
});
