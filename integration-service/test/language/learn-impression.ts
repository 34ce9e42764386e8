// Run by hand after the texts for practice, a lexicon or a trait changed:
//   node integration-service/test/language/learn-impression.ts > /tmp/weights.txt
// It learns the weights of `impression.ts` by logistic regression from the development and practice texts, and prints them
// as they stand in `src/domain/language/lexicon/impression-weights.ts`. The held-out half is never read here. New weights
// are a new version of the claim rules, and need newly written texts to be measured on.
import { traitsOf } from '../../src/domain/language/impression.ts';
import { prepare, type Known } from '../../src/domain/language/known.ts';
import { read } from '../../src/domain/language/reading.ts';
import { dealOf, textsOf } from './labelled-set.ts';

/** Chosen by five-fold cross-validation over texts; pull towards zero, rounds, step, and how often a trait must be seen. */
const settings = { pull: 0.001, rounds: 400, step: 0.03, seenAtLeast: 2, pairSeenAtLeast: 3 } as const;
/** What a sentence is taken for when a violation of these kinds lies on it; other kinds have rules that need no impression. */
const claimLike: ReadonlySet<string> = new Set([
  'performance-claim',
  'unapproved-claim',
  'promise',
  'competitor',
  'feature-status',
]);

interface Example {
  readonly traits: readonly string[];
  readonly claim: 0 | 1;
}

const prepared = new Map<string, Known>();
const knownOf = (company: string, key: string): Known => {
  const name = `${company}:${key}`;
  const known = prepared.get(name) ?? prepare(...(Object.values(dealOf(company, key)) as Parameters<typeof prepare>));
  prepared.set(name, known);
  return known;
};

const examples: readonly Example[] = [...textsOf('development'), ...textsOf('practice')].flatMap((labelled) => {
  const known = knownOf(labelled.material, labelled.deal);
  const reading = read(labelled.text);
  return reading.sentences.flatMap((sentence): readonly Example[] => {
    const place = reading.placed(sentence);
    const on = labelled.violations.filter(({ words }) => {
      const start = labelled.text.indexOf(words);
      return start < place.end && start + words.length > place.start;
    });
    if (on.some(({ kind }) => !claimLike.has(kind))) return [];
    return [{ traits: traitsOf(sentence, sentence, reading, known), claim: on.length > 0 ? 1 : 0 }];
  });
});

const seen = new Map<string, number>();
for (const { traits } of examples) for (const trait of traits) seen.set(trait, (seen.get(trait) ?? 0) + 1);
const isPair = (trait: string): boolean => trait.includes(' ') && !trait.startsWith('#');
const names = [...seen]
  .filter(([trait, times]) => times >= (isPair(trait) ? settings.pairSeenAtLeast : settings.seenAtLeast))
  .map(([trait]) => trait);
const place = new Map(names.map((trait, at) => [trait, at] as const));
const rows = examples.map(({ traits }) => traits.map((trait) => place.get(trait)).filter((at) => at !== undefined));
const bias = names.length;
const weights = new Float64Array(bias + 1);
const mean = new Float64Array(bias + 1);
const spread = new Float64Array(bias + 1);
const at = (values: Float64Array, index: number): number => values[index] ?? 0;

// Full batch, Adam: the same examples in the same order give the same weights on the same machine.
for (let round = 1; round <= settings.rounds; round += 1) {
  const slope = new Float64Array(bias + 1);
  rows.forEach((row, index) => {
    const sum = row.reduce((total, trait) => total + at(weights, trait), at(weights, bias));
    const error = (1 / (1 + Math.exp(-sum)) - (examples[index]?.claim ?? 0)) / rows.length;
    for (const trait of [...row, bias]) slope[trait] = at(slope, trait) + error;
  });
  for (let index = 0; index <= bias; index += 1) {
    const pulled = at(slope, index) + (index < bias ? settings.pull * at(weights, index) : 0);
    mean[index] = 0.9 * at(mean, index) + 0.1 * pulled;
    spread[index] = 0.99 * at(spread, index) + 0.01 * pulled * pulled;
    const step = at(mean, index) / (1 - 0.9 ** round) / (Math.sqrt(at(spread, index) / (1 - 0.99 ** round)) + 1e-8);
    weights[index] = at(weights, index) - settings.step * step;
  }
}

/** Hundredths; what weighs less than five of them is noise. */
const learned = [
  ...names.map((trait, index) => [trait, Math.round(at(weights, index) * 100)] as const),
  ['', Math.round(at(weights, bias) * 100)] as const,
]
  .filter(([trait, weight]) => Math.abs(weight) >= 5 && !/[;`\\$]/.test(trait))
  .sort(([left], [right]) => (left < right ? -1 : 1))
  .map(([trait, weight]) => `${trait}=${weight}`);
let line = '';
for (const entry of learned) {
  if (line !== '' && line.length + entry.length + 3 > 118) {
    process.stdout.write(`${line}\n`);
    line = '';
  }
  line += `${line === '' ? '' : ';'}${entry}`;
}
process.stdout.write(`${line}\n`);
