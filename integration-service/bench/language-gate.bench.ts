import type { LanguageVerdict } from '../src/domain/language/check-language.ts';
import type { Finding } from '../src/domain/language/finding.ts';
import { labelledGate, materialOf, textsOf, type LabelledText } from '../test/language/labelled-set.ts';
import { measure } from '../test/language/measure.ts';
import type { Bench } from './figure.ts';

/**
 * How many violating texts the language gate finds and how many of the texts it stops are violating, on the held-out half
 * of the labelled set (written by ourselves; docs/language). The baseline is what a list of forbidden words finds: the
 * gate's own names of features, competitors and customers, looked for as they are written.
 */
export const languageGateFigures: Bench = {
  names: ['language-gate-recall', 'language-gate-precision'],
  async run(print) {
    const texts = textsOf('held-out');
    const { recall, precision, violating, clean } = measure(texts, labelledGate());
    const named = measure(texts, wordList());
    const size = `share of texts; ${violating} violating and ${clean} clean, held out, written by ourselves`;
    const baseline = 'forbidden names looked for as written, and open brackets, on the same texts';
    print({ name: 'language-gate-recall', value: recall, unit: size, baseline, baselineValue: named.recall });
    print({ name: 'language-gate-precision', value: precision, unit: size, baseline, baselineValue: named.precision });
  },
};

const mark = (rule: Finding['rule'], text: string, start: number, length: number): Finding => ({
  rule,
  version: 1,
  severity: 'block',
  start,
  end: start + length,
  words: text.slice(start, start + length),
  why: 'It is on the list.',
  whatToDo: 'Take it out.',
});

/** The simplest gate anybody would build: a list of names. */
const wordList =
  () =>
  ({ material: company, text }: LabelledText): LanguageVerdict => {
    const { material } = materialOf(company);
    const names = [
      ...material.otherCustomers,
      ...material.competitors.flatMap(({ name, alsoKnownAs }) => [name, ...alsoKnownAs]),
      ...material.products.flatMap(({ features }) =>
        features.filter(({ status }) => status !== 'available').map(({ name }) => name),
      ),
    ];
    const lower = text.toLowerCase();
    const findings = [
      ...names.flatMap((name) => {
        const start = lower.indexOf(name.toLowerCase());
        return start < 0 ? [] : [mark('other-customer', text, start, name.length)];
      }),
      ...[...text.matchAll(/\{[^}]*\}|\[[^\]]*\]|TBD/g)].map((match) =>
        mark('open-placeholder', text, match.index, match[0].length),
      ),
    ];
    return { gateVersion: 1, answer: findings.length === 0 ? 'send' : 'block', findings, rules: [] };
  };
