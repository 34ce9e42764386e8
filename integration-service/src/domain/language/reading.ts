import { fold, isLookalike, type Folded } from './folding.ts';
import { quantitiesOf, type Quantity } from './quantity.ts';
import { clausesOf, sentencesOf, type Stretch } from './sentences.ts';
import { wordsOf, type Word } from './words.ts';

/** A thought of a sentence, with its words. */
export interface Clause extends Stretch {
  readonly text: string;
  readonly words: readonly Word[];
}

export interface Sentence extends Stretch {
  readonly text: string;
  readonly words: readonly Word[];
  readonly clauses: readonly Clause[];
  /** What stands before it in the text, for sentences that answer or go on. */
  readonly before: string;
}

/** A text, read once for all rules. Offsets everywhere are those of `plain`; `placed` leads back to the given text. */
export interface Reading {
  readonly given: string;
  readonly plain: string;
  readonly sentences: readonly Sentence[];
  readonly quantities: readonly Quantity[];
  /** Words in which letters of several alphabets stand side by side, or no letter is Latin. */
  readonly strange: readonly Stretch[];
  /** True where the words were filled in from a record: what a number there counts is said by the template. */
  isFilledIn(stretch: Stretch): boolean;
  placed(stretch: Stretch): Stretch;
}

const strangeWords = ({ plain, origin }: Folded, given: string): readonly Stretch[] =>
  [...plain.matchAll(/[\p{L}\p{N}'-]+/gu)].flatMap((match) => {
    const start = match.index;
    const end = start + match[0].length;
    const original = [...given.slice(origin[start] ?? 0, origin[end] ?? given.length)];
    const disguised = original.some(isLookalike);
    const foreign = /[^\x20-\x7e]/.test(match[0]);
    return disguised || foreign ? [{ start, end }] : [];
  });

/** Reads a text; `filledIn` are the places, in the given text, of values that a template took from records. */
export const read = (given: string, filledIn: readonly Stretch[] = []): Reading => {
  const folded = fold(given);
  const { plain, origin } = folded;
  const stretchOf = ({ start, end }: Stretch): Clause => ({
    start,
    end,
    text: plain.slice(start, end),
    words: wordsOf(plain, start, end),
  });
  const stretches = sentencesOf(plain);
  const placed = ({ start, end }: Stretch): Stretch => ({
    start: origin[start] ?? given.length,
    end: endOf(given, origin, end),
  });
  return {
    given,
    plain,
    sentences: stretches.map((stretch, at) => {
      const previous = stretches[at - 1];
      return {
        ...stretchOf(stretch),
        clauses: clausesOf(plain, stretch).map(stretchOf),
        before: previous ? plain.slice(previous.start, previous.end) : '',
      };
    }),
    quantities: quantitiesOf(plain),
    strange: strangeWords(folded, given),
    isFilledIn: (stretch) => {
      const { start, end } = placed(stretch);
      return filledIn.some((part) => part.start <= start && end <= part.end);
    },
    placed,
  };
};

/** The end of the last character, not the start of the next one: what is invisible between them belongs to neither. */
const endOf = (given: string, origin: readonly number[], end: number): number => {
  const last = origin[end - 1];
  if (last === undefined) return given.length;
  return last + String.fromCodePoint(given.codePointAt(last) ?? 0x20).length;
};
