import { fold } from './folding.ts';
import { formsOf } from './rules/names.ts';
import { wordsOf } from './words.ts';

/** From this length on one slip of the pen is forgiven (`rules/names.ts`); it leaves the beginning or the end as it is. */
const forgivenFrom = 7;
const intact = 3;

const bare = (word: string): string => word.toLowerCase().replace(/['.]/g, '').replace(/s$/, '');

const marksOf = (word: string): readonly string[] =>
  word.length < forgivenFrom - 1 ? [word] : [word, `${word.slice(0, intact)}…`, `…${word.slice(-intact)}`];

/**
 * Finds, of many names, the few that may stand in a text, so that a company with thousands of customers is judged as fast
 * as one with ten. Never leaves out a name that the rules would find: a property test compares.
 */
export const nearNames = (names: readonly string[]): ((text: string) => readonly string[]) => {
  const byMark = new Map<string, Set<string>>();
  for (const name of names)
    for (const { words } of formsOf(name, fold(name).plain)) {
      // "&" is no word of a text, so a name may begin with the word after it.
      for (const mark of marksOf(bare(words.find((word) => word !== 'and') ?? ''))) {
        const some = byMark.get(mark) ?? new Set();
        byMark.set(mark, some.add(name));
      }
    }
  return (text) => {
    const found = new Set<string>();
    for (const { lower } of wordsOf(fold(text).plain))
      for (const mark of marksOf(bare(lower))) for (const name of byMark.get(mark) ?? []) found.add(name);
    // In the order given: of two findings at one place the gate tells the first.
    return names.filter((name) => found.has(name));
  };
};
