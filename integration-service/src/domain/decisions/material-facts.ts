import { sayMoney } from '../guardrails/limits.ts';
import type { JudgeFacts } from '../guardrails/guardrail.ts';
import { canonicalJson, type Json } from '../values/json.ts';
import type { Proposal } from './proposal.ts';

/** Something that an approval is about: when it changes, the yes was for something else. */
export interface MaterialFact {
  readonly label: string;
  /** In words; null where it is about a person, and then `print` alone tells whether it changed. */
  readonly value: string | null;
  readonly print: string;
}

export interface ChangedFact {
  readonly label: string;
  readonly was: string;
  readonly is: string;
}

const doing = 'What would be done';
const longest = 200;
const cut = (text: string): string => (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`);

/**
 * What a yes is given for: every value that would leave, everything that would be done, and what the rules weigh of the
 * deal. Not among it: ages, counters of the day, scores, which move by themselves while somebody thinks.
 */
export const materialFacts = (
  proposal: Pick<Proposal, 'disclosed' | 'effects' | 'partner'>,
  { amount, claims, language }: Pick<JudgeFacts, 'amount' | 'claims' | 'language'>,
  hash: (text: string) => string,
): readonly MaterialFact[] => {
  const fact = (label: string, value: string | null, whole: Json): MaterialFact => ({
    label,
    value: value === null ? null : cut(value),
    print: hash(canonicalJson([label, whole])),
  });
  const { disclosed, effects, partner } = proposal;
  const done = effects.map(({ step, port, operation, body }) => ({ step, port, operation, body }));
  return [
    ...disclosed.map(({ label, value, personal }) =>
      fact(label, personal ? null : [value].flat().join('; '), value as Json),
    ),
    fact(doing, effects.map(({ operation }) => operation).join(', '), [partner, done as unknown as Json]),
    ...(amount ? [fact('Amount', sayMoney(amount.minor, amount.currency), amount)] : []),
    ...(claims ?? []).map((claim) => fact('Another claim', claim.label, claim)),
    ...(language?.findings ?? []).map((finding) => fact('Language', finding.why, finding)),
  ];
};

const nothing = '(nothing)';
const personal = '(about a person; see the deal)';

/** What has changed between what was to be approved and what stands there now, in words; empty: the same. */
export const changedFacts = (before: readonly MaterialFact[], now: readonly MaterialFact[]): readonly ChangedFact[] => {
  const prints = (facts: readonly MaterialFact[]): ReadonlySet<string> => new Set(facts.map(({ print }) => print));
  const [had, has] = [prints(before), prints(now)];
  const gone = before.filter(({ print }) => !has.has(print));
  const come = now.filter(({ print }) => !had.has(print));
  const say = (fact: MaterialFact | undefined): string => (fact === undefined ? nothing : (fact.value ?? personal));
  const labels = [...new Set([...gone, ...come].map(({ label }) => label))];
  const changed = labels.flatMap((label) => {
    const [was, is] = [gone.filter((one) => one.label === label), come.filter((one) => one.label === label)];
    return Array.from({ length: Math.max(was.length, is.length) }, (_none, index) => ({
      label,
      was: say(was[index]),
      is: say(is[index]),
    }));
  });
  // Bytes follow the values that are in them: said only where nothing else says what changed.
  const others = changed.filter(({ label }) => label !== doing);
  return others.length > 0 ? others : changed;
};
