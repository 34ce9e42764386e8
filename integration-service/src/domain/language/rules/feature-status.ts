import type { LanguageRule, Mark, Severity } from '../finding.ts';
import { functionWords } from '../lexicon/neutral.ts';
import { meaningOf, type KnownFeature } from '../known.ts';
import type { Clause } from '../reading.ts';
import { isDenial, isRefusal } from '../stance.ts';
import { stemOf, type Word } from '../words.ts';

const say = {
  beta: 'is in beta',
  planned: 'is planned',
  retired: 'has been retired',
  available: 'is available',
} as const;

const meaningWords = (text: string): readonly string[] =>
  text
    .split(/[\s/-]+/)
    .map((word) => meaningOf(word.replace(/[^a-z0-9]/g, '')))
    .filter((word) => word !== '' && !functionWords.has(word));

const split = (
  words: readonly Word[],
): readonly { readonly meaning: string; readonly start: number; readonly end: number }[] =>
  words.flatMap(({ lower, start, end }) =>
    lower.split(/[-/]/).map((part) => ({ meaning: meaningOf(part), start, end })),
  );

interface Place {
  readonly start: number;
  readonly end: number;
  readonly severity: Severity;
}

/** The name as it is, whatever its endings, hyphens and capitals. */
const named = (name: string, { words }: Clause): Place | null => {
  const wanted = meaningWords(name);
  const parts = split(words);
  // One word is looked for as it is: "speak" is not yet "speech".
  if (wanted.length === 1) {
    const word = words.find(({ stem }) => stem === stemOf(name));
    return word ? { start: word.start, end: word.end, severity: 'ask' } : null;
  }
  for (let at = 0; at + wanted.length <= parts.length; at += 1) {
    if (!wanted.every((meaning, offset) => parts[at + offset]?.meaning === meaning)) continue;
    const [first, last] = [parts[at], parts[at + wanted.length - 1]];
    if (first && last) return { start: first.start, end: last.end, severity: 'block' };
  }
  return null;
};

/** The words of a name in any order, or all but one of a longer name: the feature told in other words. */
const described = (name: string, clause: Clause): Place | null => {
  const wanted = [...new Set(meaningWords(name))];
  if (wanted.length < 2) return null;
  const parts = split(clause.words);
  const hits = wanted
    .map((meaning) => parts.find((part) => part.meaning === meaning))
    .filter((part) => part !== undefined);
  if (hits.length < (wanted.length >= 3 ? wanted.length - 1 : 2)) return null;
  return {
    start: Math.min(...hits.map(({ start }) => start)),
    end: Math.max(...hits.map(({ end }) => end)),
    severity: 'ask',
  };
};

const overlapsAvailable = (feature: KnownFeature, features: readonly KnownFeature[], clause: Clause): boolean =>
  features.some(
    ({ status, names }) =>
      status === 'available' &&
      names.some(
        (name) =>
          named(name, clause) !== null && meaningWords(name).some((word) => meaningWords(feature.name).includes(word)),
      ),
  );

/** A feature that is not available may not be offered, by its name or in other words. */
export const featureStatus: LanguageRule = {
  id: 'feature-status',
  version: 1,
  find: ({ sentences }, { features }) =>
    sentences.flatMap((sentence) =>
      isDenial(sentence) || isRefusal(sentence)
        ? []
        : sentence.clauses.flatMap((clause) =>
            features
              .filter(({ status }) => status !== 'available')
              .flatMap((feature): readonly Mark[] => {
                const direct = feature.names.map((name) => named(name, clause)).find((place) => place !== null);
                const place =
                  direct ??
                  (overlapsAvailable(feature, features, clause)
                    ? null
                    : feature.names.map((name) => described(name, clause)).find((found) => found !== null));
                if (!place) return [];
                return [
                  {
                    ...place,
                    why: `${place.severity === 'block' ? 'This is' : 'This reads like'} “${feature.name}” of ${feature.product}, which ${say[feature.status]}.`,
                    whatToDo: 'Leave it out until the product specification says that it is available.',
                  },
                ];
              }),
          ),
    ),
};
