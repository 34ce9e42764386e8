import { performanceWords, praiseWords, roleWords } from './lexicon/claims.ts';
import { dealWords, functionWords } from './lexicon/neutral.ts';
import { meaningOf, type Known, type Statement } from './known.ts';
import type { Clause } from './reading.ts';
import type { Word } from './words.ts';

/** What of a thought can be traced to approved statements, and what cannot. */
export interface Coverage {
  /** Words that say something and stand in no approved statement that the thought resembles. */
  readonly untraced: readonly Word[];
  /** Words that the thought shares with those statements. */
  readonly shared: number;
  readonly statements: readonly Statement[];
}

/** A thought may join a few statements; more than this and it is put together rather than traced. */
const statementsJoined = 3;

const isLoaded = ({ lower }: Word): boolean => performanceWords.has(lower) || praiseWords.has(lower);

const saysSomething = (word: Word, { dealStems }: Known): boolean => {
  if (/^\d/.test(word.lower)) return false;
  if (isLoaded(word)) return true;
  return (
    !functionWords.has(word.stem) &&
    !dealWords.has(word.stem) &&
    !roleWords.has(word.stem) &&
    !dealStems.has(meaningOf(word.lower))
  );
};

export const coverageOf = ({ words }: Clause, known: Known): Coverage => {
  const meanings = words.map((word) => ({ word, meaning: meaningOf(word.lower) }));
  const ranked = known.statements
    .map((statement) => ({
      statement,
      overlap: meanings.filter(({ word, meaning }) => statement.stems.has(meaning) && !functionWords.has(word.stem))
        .length,
    }))
    .filter(({ overlap }) => overlap >= 2)
    .sort((left, right) => right.overlap - left.overlap)
    .slice(0, statementsJoined);
  const traced = new Set(ranked.flatMap(({ statement }) => [...statement.stems]));
  const untraced = meanings
    .filter(
      ({ word, meaning }) =>
        saysSomething(word, known) &&
        !traced.has(meaning) &&
        !traced.has(word.stem) &&
        !known.featureMeanings.has(meaning) &&
        !known.ourWords.has(word.lower),
    )
    .map(({ word }) => word);
  return { untraced, shared: ranked[0]?.overlap ?? 0, statements: ranked.map(({ statement }) => statement) };
};
