import type { Finding, LanguageRule, ViolationKind } from './finding.ts';
import { prepare, type Known } from './known.ts';
import type { ApprovedMaterial, DealContext } from './material.ts';
import { read } from './reading.ts';
import type { Stretch } from './sentences.ts';
import { performanceClaim, unapprovedClaim } from './rules/claims.ts';
import { competitor } from './rules/competitor.ts';
import { confidential } from './rules/confidential.ts';
import { featureStatus } from './rules/feature-status.ts';
import { openPlaceholder } from './rules/open-placeholder.ts';
import { otherCustomer } from './rules/other-customer.ts';
import { personalData } from './rules/personal-data.ts';
import { promise } from './rules/promise.ts';
import { unreadable } from './rules/unreadable.ts';
import { unsourcedNumber } from './rules/unsourced-number.ts';

/** All rules of the gate; the order is that in which findings at one place are told. */
export const languageRules: readonly LanguageRule[] = [
  otherCustomer,
  competitor,
  confidential,
  personalData,
  featureStatus,
  promise,
  performanceClaim,
  unsourcedNumber,
  unapprovedClaim,
  openPlaceholder,
  unreadable,
];

/** Raised whenever an answer of the gate may change; an old decision is replayed with the version it names. */
export const languageGateVersion = 1;

/** What the gate says of a text. `send` only when nothing was found; a `block` among the findings beats every `ask`. */
export interface LanguageVerdict {
  readonly gateVersion: number;
  readonly answer: 'send' | 'ask' | 'block';
  readonly findings: readonly Finding[];
  /** The rules that read the text, with their versions, for the ledger. */
  readonly rules: readonly { readonly id: string; readonly version: number }[];
}

/**
 * Judges a text. `filledIn` are the places of values that `composeText` took from records: a number there still has to be
 * that of a fact, but what it counts is said by the approved template. `only` names the rules that matter for a text which
 * is no sentence; all of them where it is not given.
 */
export type LanguageGate = (
  text: string,
  filledIn?: readonly Stretch[],
  only?: ReadonlySet<ViolationKind>,
) => LanguageVerdict;

/** A gate for texts about one deal; prepare once, judge many. */
export const languageGate = (material: ApprovedMaterial, deal: DealContext): LanguageGate => {
  const known = prepare(material, deal);
  return (text, filledIn = [], only) =>
    judge(text, filledIn, known, only === undefined ? languageRules : languageRules.filter(({ id }) => only.has(id)));
};

/** Longer than any message; the time to judge one grows with its length, and nobody reads it either. */
const longestJudged = 20_000;

const tooLong = (text: string): LanguageVerdict => ({
  gateVersion: languageGateVersion,
  answer: 'ask',
  findings: [
    {
      rule: 'unreadable',
      version: unreadable.version,
      severity: 'ask',
      start: 0,
      end: text.length,
      words: text,
      why: `The text has ${text.length} characters; texts of more than ${longestJudged} are not judged.`,
      whatToDo: 'Shorten it, or send it in parts that each pass.',
    },
  ],
  rules: languageRules.map(({ id, version }) => ({ id, version })),
});

const judge = (
  text: string,
  filledIn: readonly Stretch[],
  known: Known,
  rules: readonly LanguageRule[],
): LanguageVerdict => {
  if (text.length > longestJudged) return tooLong(text);
  const reading = read(text, filledIn);
  const findings = rules
    .flatMap((rule) =>
      rule.find(reading, known).map(({ start, end, ...mark }): Finding => {
        const place = reading.placed({ start, end });
        return { rule: rule.id, version: rule.version, ...place, words: text.slice(place.start, place.end), ...mark };
      }),
    )
    .sort((left, right) => left.start - right.start);
  const told = new Set<string>();
  const distinct = findings.filter(({ rule, start, end }) => {
    const place = `${rule} ${start} ${end}`;
    if (told.has(place)) return false;
    told.add(place);
    return true;
  });
  const answer =
    distinct.length === 0 ? 'send' : distinct.some(({ severity }) => severity === 'block') ? 'block' : 'ask';
  return {
    gateVersion: languageGateVersion,
    answer,
    findings: distinct,
    rules: rules.map(({ id, version }) => ({ id, version })),
  };
};
