import type { LanguageRule, Mark } from '../finding.ts';
import { dealWords, functionWords } from '../lexicon/neutral.ts';

/** Shorter lines (greetings, thanks) may be in any language. */
const judgedFromWords = 7;
/** English has at least this share of words that the lexicons or the approved material know; measured on the development half. */
const knownShare = 0.25;

/** What the rules cannot read goes to a person: disguised letters, other alphabets, other languages. */
export const unreadable: LanguageRule = {
  id: 'unreadable',
  version: 1,
  find: ({ strange, sentences }, { knownWords }) => [
    ...strange.map(({ start, end }): Mark => ({
      start,
      end,
      severity: 'ask',
      why: 'This word has letters of another alphabet, or letters that only look like Latin ones.',
      whatToDo: 'Write it again with a plain keyboard, or let a person judge the text.',
    })),
    ...sentences
      .filter(
        ({ words }) =>
          words.length >= judgedFromWords &&
          words.filter(
            ({ stem, lower }) =>
              functionWords.has(stem) || dealWords.has(stem) || knownWords.has(lower) || /^\d/.test(lower),
          ).length <
            words.length * knownShare,
      )
      .map(({ start, end }): Mark => ({
        start,
        end,
        severity: 'ask',
        why: 'This does not read as English, which is the only language the rules know.',
        whatToDo: 'Let a person who reads the language judge it.',
      })),
  ],
};
