import { describe, expect, test } from '@jest/globals';
import { createLogger } from './logger.ts';
import { withoutQuotes } from './without-quotes.ts';

describe('a message without what it quotes', () => {
  test.each([
    ['Value "pat@example.com" is not accepted.', 'Value “…” is not accepted.'],
    ["AWS says: Value 'Pat O’Neil' at 'customer' is not valid", 'AWS says: Value “…” at “…” is not valid'],
    ['invalid email address: pat.li+x@sub.example.co.uk, twice', 'invalid email address: …, twice'],
    ['The partner’s rule isn’t met; it’s “too long”.', 'The partner’s rule isn’t met; it’s “…”.'],
    ["The org's host did not answer (ECONNREFUSED).", "The org's host did not answer (ECONNREFUSED)."],
  ])('%s', (said, left) => {
    expect(withoutQuotes(said)).toBe(left);
  });

  test('is what a log line holds, wherever the words stand', () => {
    const lines: string[] = [];
    const log = createLogger('info', { write: (line) => void lines.push(line) });
    const said = 'Value "pat@example.com" is not accepted.';
    log.info({ note: said, problem: said, why: said, error: new Error(said) }, 'work');
    expect(lines.join('')).not.toContain('pat@example.com');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ note: 'Value “…” is not accepted.', error: { type: 'Error' } });
  });
});
