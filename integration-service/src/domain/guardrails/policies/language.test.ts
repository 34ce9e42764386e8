import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { SituationFacts } from '../situation.ts';
import { goodProposal, judgeOne, RANK, type Row } from '../../../../test/support/guardrail-case.ts';

type Finding = SituationFacts['language']['findings'][number];
const block: Finding = { rule: 'beta-feature', version: 1, why: 'This feature is not released.', severity: 'block' };
const ask: Finding = { rule: 'number-source', version: 1, why: 'No source for 40 %.', severity: 'ask' };
const of = (texts: number, ...findings: Finding[]): Row[1] => ({
  facts: { language: { gateVersion: 1, texts, findings } },
});
/** A value whose text the gate is not sure about: of this source, and shown with this fingerprint (null: not shown). */
const unsure = (
  sourceKind: 'record' | 'person' | 'template',
  shown: string | null,
  severity: 'ask' | 'block' = 'ask',
): Row[1] => ({
  ...of(1, { ...ask, severity, target: 'Title' }),
  proposal: {
    disclosed: [{ target: 'Title', label: 'Title', sourceKind, personal: false, fingerprint: 'now' }],
    consent: {
      ...goodProposal.consent,
      fields: shown === null ? [] : ['Title'],
      fingerprints: shown === null || shown === '' ? {} : { Title: shown },
    },
  },
});
const silent = { effects: [], disclosed: [] };

const rows: readonly Row[] = [
  ['clean', of(1), 'allow'],
  ['something to ask about', of(1, ask), 'needs-approval', /^No source for 40 %\.$/],
  ['something to ask about in a record’s text that the asker saw and said yes to', unsure('record', 'now'), 'allow'],
  ['the same from a list, which shows no values', unsure('record', ''), 'allow'],
  ['the same changed since', unsure('record', 'then'), 'needs-approval', /No source/],
  ['the same that was not shown', unsure('record', null), 'needs-approval', /No source/],
  ['something to ask about in what the asker answered', unsure('person', null), 'allow'],
  ['something to ask about in a composed text, seen or not', unsure('template', 'now'), 'needs-approval', /No source/],
  ['something to block in a text that the asker said yes to', unsure('record', 'now', 'block'), 'deny', /No source/],
  ['something to block in what the asker answered', unsure('person', null, 'block'), 'deny', /No source/],
  ['something to block', of(1, ask, block), 'deny', /^This feature is not released\.$/],
  ['a finding of a severity nobody knows', of(1, { ...ask, severity: 'hint' as never }), 'deny', /No source/],
  ['a message that was not read', of(0), 'deny', /has not read/],
  [
    'a composed text that was not read',
    {
      ...of(0),
      proposal: {
        effects: [],
        disclosed: goodProposal.disclosed.map((value) => ({ ...value, sourceKind: 'template' as const })),
      },
    },
    'deny',
    /has not read/,
  ],
  ['nothing to read', { ...of(0), proposal: silent }, 'allow'],
  ['an older gate', { ...of(1), settings: { gateFrom: 2 } }, 'deny', /version 1 of the language gate; 2 is needed/],
  ['no gate', { facts: { language: { gateVersion: Number.NaN, texts: 1, findings: [] } } }, 'deny', /is needed/],
];

describe('language', () => {
  test.each<Row>(rows)('%s', (_says, differences, answer, reason = /^$/) => {
    expect(judgeOne('language', differences)).toMatchObject({ answer, reason: expect.stringMatching(reason) });
  });

  test('one more finding never goes further, and one to block always stops', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(ask, block), { maxLength: 4 }),
        fc.constantFrom(ask, block),
        (some, more) => {
          const rankOf = (all: Finding[]): number => RANK[judgeOne('language', of(1, ...all)).answer];
          expect(rankOf([...some, more])).toBeLessThanOrEqual(rankOf(some));
          expect(rankOf([...some, block])).toBe(RANK.deny);
        },
      ),
    );
  });
});
