import { describe, expect, test } from '@jest/globals';
import { count, fill } from 'c/textFormat';

describe('label texts', () => {
  test('values go where their number stands', () => {
    expect(fill('{1} of {0}, {1} again', 3, 'two')).toBe('two of 3, two again');
  });

  test('a missing value stays visible', () => {
    expect(fill('Refer to {0}')).toBe('Refer to {0}');
  });

  test('one and many have their own sentence', () => {
    expect(count(1, '{0} answer', '{0} answers')).toBe('1 answer');
    expect(count(2, '{0} answer', '{0} answers')).toBe('2 answers');
    expect(count(2, '{0}: one', '{0}: {1}', 'AWS', 2)).toBe('AWS: 2');
  });
});
