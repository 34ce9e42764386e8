import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { dealOf, labelledGate, textsOf } from './labelled-set.ts';
import { measure } from './measure.ts';

const development = textsOf('development');
const heldOut = textsOf('held-out');
const practice = textsOf('practice');

/** The rule that splits the set, fixed before it was written: the first byte of the SHA-256 of the id. */
const halfOf = (id: string): string =>
  (createHash('sha256').update(id).digest()[0] ?? 0) % 2 === 0 ? 'development' : 'held-out';

describe('the labelled set', () => {
  test('has at least 400 texts, half of them clean, in two halves by the rule', () => {
    const all = [...development, ...heldOut];
    expect(all.length).toBeGreaterThanOrEqual(400);
    const clean = all.filter(({ violations }) => violations.length === 0).length;
    expect(clean / all.length).toBeGreaterThan(0.45);
    expect(clean / all.length).toBeLessThan(0.55);
    expect(development.filter(({ id }) => halfOf(id) !== 'development')).toEqual([]);
    expect(heldOut.filter(({ id }) => halfOf(id) !== 'held-out')).toEqual([]);
  });

  test('has each text once, in one place only, practice included', () => {
    const all = [...development, ...heldOut, ...practice];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
  });

  test('names the words of each violation so that they stand in the text once, and a deal that exists', () => {
    for (const { id, text, violations, material, deal } of [...development, ...heldOut, ...practice]) {
      expect({ id, known: dealOf(material, deal).deal.key }).toEqual({ id, known: deal });
      for (const { words } of violations)
        expect({ id, words, times: text.split(words).length - 1 }).toEqual({ id, words, times: 1 });
    }
  });
});

describe('the measure', () => {
  const [violating, clean] = [
    development.find(({ violations }) => violations.length === 1),
    development.find(({ violations }) => violations.length === 0),
  ];
  if (!violating || !clean) throw new Error('the development half has both');
  const finding = (start: number, end: number) => ({
    rule: 'promise' as const,
    version: 1,
    severity: 'ask' as const,
    start,
    end,
    words: '',
    why: '',
    whatToDo: '',
  });

  test('counts a finding beside the labelled words as a miss, and a stopped clean text as a false stop', () => {
    const start = violating.text.indexOf(violating.violations[0]?.words ?? '');
    const beside = measure([violating, clean], ({ id }) => ({
      gateVersion: 1,
      answer: 'ask',
      findings: id === clean.id ? [finding(0, 1)] : [finding(start - 1, start)],
      rules: [],
    }));
    expect(beside).toMatchObject({ recall: 0, precision: 0.5, falseBlockRate: 1, findingsOnViolations: 0 });
    const on = measure([violating, clean], ({ id }) =>
      id === clean.id
        ? { gateVersion: 1, answer: 'send', findings: [], rules: [] }
        : { gateVersion: 1, answer: 'ask', findings: [finding(start, start + 1)], rules: [] },
    );
    expect(on).toMatchObject({ recall: 1, precision: 1, falseBlockRate: 0, findingsOnViolations: 1 });
  });
});

describe('the gate on the labelled set', () => {
  test.each(['development', 'held-out'] as const)(
    'finds 95 of 100 violating texts of the %s half, and 90 of 100 texts it stops are violating',
    (half) => {
      const { recall, precision } = measure(textsOf(half), labelledGate());
      expect(recall).toBeGreaterThanOrEqual(0.95);
      expect(precision).toBeGreaterThanOrEqual(0.9);
    },
  );
});

describe('version 1 of the gate', () => {
  test('still gives the answers it gave; a changed answer needs a new version', () => {
    const gate = labelledGate();
    const answers = createHash('sha256');
    for (const labelled of [...development, ...practice]) {
      const { findings, gateVersion } = gate(labelled);
      expect(gateVersion).toBe(1);
      const told = findings.map(({ rule, version, severity, start, end }) => [rule, version, severity, start, end]);
      answers.update(JSON.stringify([labelled.id, told]));
    }
    expect(answers.digest('hex')).toBe('9280024297124f6eef68be835051f848593773334f764c543ff9dc4d1d4483cf');
  });
});
