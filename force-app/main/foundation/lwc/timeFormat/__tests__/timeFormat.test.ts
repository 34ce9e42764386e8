import { describe, expect, test } from '@jest/globals';
import { absoluteText, durationText, momentOf, relativeText } from 'c/timeFormat';

const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);

describe('times as people say them', () => {
  test.each([
    [0, 'now'],
    [-12_000, '12 sec. ago'],
    [-59_999, '59 sec. ago'],
    [-60_000, '1 min. ago'],
    [-26 * 3_600_000, 'yesterday'],
    [90_000, 'in 1 min.'],
    [-40 * 24 * 3_600_000, 'last mo.'],
  ])('%d ms from now is "%s"', (distance, text) => {
    expect(relativeText(NOW + distance, NOW)).toBe(text);
  });

  test('the exact time stands in the time zone of the user', () => {
    expect(absoluteText(NOW).replace(/\s/g, ' ')).toBe('Nov 21, 2026, 4:00:00 AM');
  });

  test.each([
    [0, '1 sec'],
    [6_400, '6 sec'],
    [240_000, '4 min'],
  ])('%d ms last "%s"', (length, text) => {
    expect(durationText(length)).toBe(text);
  });

  test('only a date that can be read is a moment', () => {
    expect(momentOf('2026-11-21T12:00:00.000Z')).toBe(NOW);
    expect(momentOf('soon')).toBeUndefined();
    expect(momentOf(null)).toBeUndefined();
  });
});
