import type { LanguageVerdict } from '../../src/domain/language/check-language.ts';
import { violationKinds, type ViolationKind } from '../../src/domain/language/finding.ts';
import type { LabelledText } from './labelled-set.ts';

/** Of one kind of violation: how many are labelled, on how many a finding lies, and how many findings are of that kind. */
export interface KindMeasure {
  readonly kind: ViolationKind;
  readonly labelled: number;
  readonly found: number;
  readonly foundAsKind: number;
}

/** What docs/language/labelled-set.md says is measured; texts unless said otherwise. */
export interface Measure {
  readonly texts: number;
  readonly violating: number;
  readonly clean: number;
  /** Violating texts with a finding on the words of a labelled violation. */
  readonly found: number;
  /** Clean texts that were stopped. */
  readonly falselyStopped: number;
  readonly recall: number;
  readonly precision: number;
  readonly falseBlockRate: number;
  /** Share of all findings that lie on a labelled violation. */
  readonly findingsOnViolations: number;
  readonly kinds: readonly KindMeasure[];
  readonly missed: readonly string[];
  readonly wronglyStopped: readonly string[];
}

interface Judged {
  readonly labelled: LabelledText;
  readonly verdict: LanguageVerdict;
  /** For each violation, the kinds of the findings on its words. */
  readonly hits: readonly { readonly kind: ViolationKind; readonly findings: readonly ViolationKind[] }[];
  readonly findingsOn: number;
}

const judgeOne = (labelled: LabelledText, verdict: LanguageVerdict): Judged => {
  const spans = labelled.violations.map(({ kind, words }) => {
    const start = labelled.text.indexOf(words);
    return { kind, start, end: start + words.length };
  });
  const on = (span: { readonly start: number; readonly end: number }) =>
    verdict.findings.filter(({ start, end }) => start < span.end && end > span.start);
  return {
    labelled,
    verdict,
    hits: spans.map((span) => ({ kind: span.kind, findings: on(span).map(({ rule }) => rule) })),
    findingsOn: verdict.findings.filter(({ start, end }) => spans.some((span) => start < span.end && end > span.start))
      .length,
  };
};

export const measure = (texts: readonly LabelledText[], gate: (text: LabelledText) => LanguageVerdict): Measure => {
  const judged = texts.map((text) => judgeOne(text, gate(text)));
  const violating = judged.filter(({ labelled }) => labelled.violations.length > 0);
  const clean = judged.filter(({ labelled }) => labelled.violations.length === 0);
  const found = violating.filter(({ hits }) => hits.some(({ findings }) => findings.length > 0));
  const stopped = judged.filter(({ verdict }) => verdict.answer !== 'send');
  const falselyStopped = clean.filter(({ verdict }) => verdict.answer !== 'send');
  const findings = judged.reduce((sum, { verdict }) => sum + verdict.findings.length, 0);
  const hits = judged.flatMap((one) => one.hits);
  return {
    texts: judged.length,
    violating: violating.length,
    clean: clean.length,
    found: found.length,
    falselyStopped: falselyStopped.length,
    recall: found.length / violating.length,
    precision: (stopped.length - falselyStopped.length) / stopped.length,
    falseBlockRate: falselyStopped.length / clean.length,
    findingsOnViolations: judged.reduce((sum, { findingsOn }) => sum + findingsOn, 0) / findings,
    kinds: violationKinds
      .map((kind) => {
        const ofKind = hits.filter((hit) => hit.kind === kind);
        return {
          kind,
          labelled: ofKind.length,
          found: ofKind.filter((hit) => hit.findings.length > 0).length,
          foundAsKind: ofKind.filter((hit) => hit.findings.includes(kind)).length,
        };
      })
      .filter(({ labelled }) => labelled > 0),
    missed: violating.filter((one) => !found.includes(one)).map(({ labelled }) => labelled.id),
    wronglyStopped: falselyStopped.map(({ labelled }) => labelled.id),
  };
};
