import { describe, expect, test } from '@jest/globals';
import type { PartnerGrant } from '../guardrails/guardrail.ts';
import type { EventKind } from './event-kinds.ts';
import { insightsOf, type WeekOfAccount } from './insights.ts';
import { partnerView, within } from './partner-view.ts';

const weeks = Array.from({ length: 8 }, (_, index) => `2026-09-${String(index + 1).padStart(2, '0')}`);
const rows = (values: readonly number[], account = '', kind: EventKind = 'product.sessions'): WeekOfAccount[] =>
  values.flatMap((value, index) =>
    value === 0 ? [] : [{ partner: 'acme', account, kind, period: weeks[index] ?? '', count: 1, value }],
  );
const say = (...of: WeekOfAccount[][]) =>
  insightsOf('acme', of.flat(), weeks, 'company').map(({ account, kind, says }) => [account, kind, says]);

describe('insights', () => {
  test.each<[string, number[], [string, string][]]>([
    [
      'a fall',
      [100, 104, 98, 102, 51, 49, 50, 50],
      [['fell', 'Sign-ins to the product: down 50 %, from 101 a week to 50.']],
    ],
    ['growth', [10, 12, 11, 9, 40, 41, 38, 43], [['grew', 'Sign-ins to the product: up 286 %, from 11 a week to 41.']]],
    [
      'silence',
      [3, 2, 0, 4, 0, 0, 0, 0],
      [['silent', 'Sign-ins to the product: none in four weeks, after 2.3 a week.']],
    ],
    [
      'a beginning',
      [0, 0, 0, 0, 1, 2, 3, 4],
      [['began', 'Sign-ins to the product: 2.5 a week, after none in the four weeks before.']],
    ],
    ['what stays', [100, 104, 98, 102, 101, 99, 100, 103], []],
    ['a change below a quarter', [100, 100, 100, 100, 80, 80, 80, 80], []],
    ['the noise of small numbers', [3, 1, 2, 4, 2, 1, 1, 2], []],
    ['one busy week before', [0, 0, 0, 400, 80, 90, 100, 95], []],
  ])('%s', (_what, values, expected) => {
    expect(say(rows(values)).map(([, kind, says]) => [kind, says])).toEqual(expected);
  });

  test('accounts are told apart and together; what one loses and another gains is no fall of the partner', () => {
    const lost = rows([90, 95, 100, 92, 10, 12, 9, 11], 'A');
    const won = rows([10, 12, 9, 11, 90, 95, 100, 92], 'B');
    expect(say(lost, won).map(([account, kind]) => [account, kind])).toEqual([
      ['A', 'fell'],
      ['B', 'grew'],
    ]);
  });

  test('another partner and other weeks count for nothing', () => {
    const other = rows([9, 9, 9, 9, 90, 90, 90, 90]).map((row) => ({ ...row, partner: 'zenith' }));
    const before = rows([50, 50, 50, 50, 5, 5, 5, 5]).map((row) => ({ ...row, period: '2025-01-06' }));
    expect(say(other, before)).toEqual([]);
  });
});

describe('the view of a partner', () => {
  const grant: PartnerGrant = {
    key: 'g',
    status: 'active',
    actions: ['read-insights'],
    fields: ['Telemetry.Usage'],
    evidenceKind: 'countersigned',
    evidence: 'signed',
    evidenceCheckedAt: null,
    effectiveFrom: null,
    expiresAt: null,
    revokedBy: null,
  };
  const now = Date.parse('2026-11-22T00:00:00Z');

  test.each<[string, Partial<PartnerGrant>]>([
    ['no such action', { actions: ['refer'] }],
    ['no field of telemetry', { fields: ['Customer.Account.CompanyName'] }],
    ['revoked', { status: 'revoked' }],
    ['not begun', { effectiveFrom: '2027-01-01T00:00:00Z' }],
    ['over', { expiresAt: '2026-01-01T00:00:00Z' }],
    ['without evidence', { evidence: ' ' }],
  ])('nothing: %s', (_why, fields) => {
    expect(partnerView([{ ...grant, ...fields }], now)).toBeNull();
  });

  test('is what the grants that hold name, and no more', () => {
    expect(partnerView([], now)).toBeNull();
    const view = partnerView([grant, { ...grant, fields: ['Telemetry.Account'] }], now);
    if (!view) throw new Error('a grant holds');
    expect(within(view, 'usage', '')).toBe(true);
    expect(within(view, 'usage', 'A')).toBe(true);
    expect(within(view, 'interaction', '')).toBe(false);
    const narrow = partnerView([grant], now);
    expect(narrow && within(narrow, 'usage', 'A')).toBe(false);
  });
});
