import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { signatureHolds } from './post-network-notice.ts';

const secret = 'a secret for tests';
const now = 1_800_000_000;
const body = Buffer.from('{"id":"1"}');
const signed = (at: number, text = body, key = secret): string =>
  `t=${at},v1=${createHmac('sha256', key).update(`${at}.`).update(text).digest('hex')}`;

describe('the signature of a notice', () => {
  test.each([
    ['one of now', signed(now), true],
    ['five minutes old', signed(now - 300), true],
    ['older than five minutes', signed(now - 301), false],
    ['from the future', signed(now + 301), false],
    ['of another body', signed(now, Buffer.from('{}')), false],
    ['by another secret', signed(now, body, 'another'), false],
    ['of another form', 'v1=abc', false],
    ['none', undefined, false],
  ])('%s', (_what, header, expected) => {
    expect(signatureHolds(header, body, secret, now)).toBe(expected);
  });
});
