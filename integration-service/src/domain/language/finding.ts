import type { Known } from './known.ts';
import type { Reading } from './reading.ts';

/** What a text may do wrong; the borders of each are in docs/language/labelled-set.md. */
export const violationKinds = [
  'feature-status',
  'performance-claim',
  'unsourced-number',
  'unapproved-claim',
  'competitor',
  'other-customer',
  'promise',
  'open-placeholder',
  'personal-data',
  'confidential',
  'unreadable',
] as const;

export type ViolationKind = (typeof violationKinds)[number];

/** `block`: must be changed before it can leave. `ask`: a person has to look, because a rule cannot be sure. */
export type Severity = 'block' | 'ask';

/** One thing a rule found, in words for the person who wrote the text. */
export interface Finding {
  readonly rule: ViolationKind;
  readonly version: number;
  readonly severity: Severity;
  /** UTF-16 offsets into the text as it was given; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** The words as they stand in the text. */
  readonly words: string;
  readonly why: string;
  readonly whatToDo: string;
}

/** A finding before it is placed in the given text; offsets are those of the folded reading. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly severity: Severity;
  readonly why: string;
  readonly whatToDo: string;
}

/** A rule over a text: pure, small, and versioned, because an old decision is replayed with the rule it was made by. */
export interface LanguageRule {
  readonly id: ViolationKind;
  readonly version: number;
  find(reading: Reading, known: Known): readonly Mark[];
}
