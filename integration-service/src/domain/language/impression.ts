import { coverageOf } from './coverage.ts';
import {
  benefitPhrases,
  bringingFrames,
  generalities,
  performanceWords,
  praiseWords,
  roleWords,
  speedPhrases,
} from './lexicon/claims.ts';
import { impressionWeights } from './lexicon/impression-weights.ts';
import { functionWords } from './lexicon/neutral.ts';
import { promiseForms } from './lexicon/promises.ts';
import { disparagingWords, hints, rivalPhrases } from './lexicon/rivals.ts';
import { meaningOf, type Known } from './known.ts';
import type { Clause, Reading, Sentence } from './reading.ts';
import { isDenial, isNarrative, isQuestion, isQuotedSpeech, isRefusal } from './stance.ts';

const bucket = (count: number, limits: readonly number[]): string =>
  String(limits.filter((limit) => count >= limit).length);

/** What a thought looks like, as names of traits: its words, two words in a row, and what the lexicons see in it. */
export const traitsOf = (
  clause: Clause,
  sentence: Sentence,
  { quantities }: Reading,
  known: Known,
): readonly string[] => {
  const { untraced, shared } = coverageOf(clause, known);
  const open = new Set(untraced.map(({ start }) => start));
  const tokens = clause.words.map((word) => {
    if (/^\d/.test(word.lower)) return '*number';
    const name = known.standIns.get(word.lower);
    if (name !== undefined && (name !== '*ours' || /^[A-Z]/.test(word.as))) return name;
    return functionWords.has(word.stem) ? word.lower : meaningOf(word.lower);
  });
  const { text } = clause;
  const traits = new Set<string>();
  const add = (trait: string, held: boolean): void => {
    if (held) traits.add(trait);
  };
  for (const token of tokens) traits.add(token);
  for (let at = 0; at + 1 < tokens.length; at += 1) traits.add(`${tokens[at]} ${tokens[at + 1]}`);
  add(`^${tokens[0] ?? ''}`, tokens.length > 0);
  const numbers = quantities.filter(({ start }) => start >= clause.start && start < clause.end);
  for (const { measure, values } of numbers) {
    traits.add(`#${measure}`);
    add(
      `#${measure} unknown`,
      !known.quantities.some(
        (other) => other.measure === measure && other.values.some((value) => values.includes(value)),
      ),
    );
  }
  traits.add(`#untraced ${bucket(untraced.length, [1, 2, 3, 5])}`);
  traits.add(`#shared ${bucket(shared, [2, 3, 5])}`);
  traits.add(`#length ${bucket(clause.words.length, [4, 8, 14, 22])}`);
  traits.add(`#open ${bucket(Math.round((10 * open.size) / Math.max(1, clause.words.length)), [1, 2, 3, 5])}`);
  add('#question', isQuestion(sentence));
  add('#denial', isDenial(sentence));
  add('#refusal', isRefusal(sentence));
  add('#narrative', isNarrative(clause));
  add('#quoted', isQuotedSpeech(sentence));
  add('#first person', /\b(?:i|i'm|i'd|i've|my|me)\b/i.test(text));
  add('#we', /\b(?:we|our|us)\b/i.test(text));
  add('#you', /\b(?:you|your)\b/i.test(text));
  add('#future', /\b(?:will|'ll|shall|going to)\b/i.test(text));
  add('#could', /\b(?:can|could|would|may|might|should)\b/i.test(text));
  add(
    '#benefit',
    benefitPhrases.some((pattern) => pattern.test(text)),
  );
  add(
    '#speed',
    speedPhrases.some((pattern) => pattern.test(text)),
  );
  add(
    '#frame',
    bringingFrames.some((pattern) => pattern.test(text)),
  );
  add('#general', generalities.test(text));
  add(
    '#performance',
    untraced.some(({ lower }) => performanceWords.has(lower)),
  );
  add(
    '#praise',
    untraced.some(({ lower }) => praiseWords.has(lower)),
  );
  add(
    '#promise',
    promiseForms.some(({ pattern }) => pattern.test(text)),
  );
  add(
    '#rival',
    rivalPhrases.some((pattern) => pattern.test(text)),
  );
  add(
    '#hint',
    hints.some((pattern) => pattern.test(text)),
  );
  add(
    '#disparages',
    clause.words.some(({ stem }) => disparagingWords.has(stem)),
  );
  add(
    '#role',
    clause.words.slice(0, 3).some(({ stem }) => roleWords.has(stem)),
  );
  add(
    '#comparative',
    /\b(?:\w{2,}er|more|less|fewer) (?:than|and)\b|\b(?:better|safer|sooner|easier|cheaper|happier|fresher|quicker|faster|lighter|calmer|cleaner|lower|higher|longer|shorter|smaller|bigger|older|younger|earlier)\b/i.test(
      text,
    ),
  );
  add(
    '#third person',
    tokens.slice(1, 4).some((_, at) => /^[a-z]+[^s]s$/.test(clause.words[at + 1]?.lower ?? '')),
  );
  add('#answers', /^(?:if|when|once|after|before|until)\b/i.test(text));
  return [...traits];
};

/** Sum of the weights of what is seen; whole numbers only, so that every machine comes to the same. */
export const impressionOf = (traits: readonly string[]): number =>
  traits.reduce((sum, trait) => sum + (impressionWeights.get(trait) ?? 0), impressionWeights.get('') ?? 0);
