/** A word or number of the folded text with its place. */
export interface Word {
  /** As it stands, in plain letters. */
  readonly as: string;
  readonly lower: string;
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

const pattern = /[a-z0-9]+(?:['.&/_-][a-z0-9]+)*[%+]?/gi;
const endings: readonly (readonly [RegExp, string])[] = [
  [/'s?$/, ''],
  [/ies$/, 'y'],
  [/(ss|us|is)$/, '$1'],
  [/(x|ch|sh|ss)es$/, '$1'],
  [/([^s])s$/, '$1'],
];
const suffixes: readonly (readonly [RegExp, number])[] = [
  [/ing$/, 6],
  [/ed$/, 5],
  [/ation$/, 8],
  [/ion$/, 7],
  [/ment$/, 8],
  [/ly$/, 6],
  [/al$/, 7],
  [/ic$/, 7],
  [/(er|or)$/, 6],
];

const memory = new Map<string, string>();

/**
 * A word without its endings, so that "collects", "collecting" and "collection" are one. It need not be a word; it has to
 * be the same for words that belong together. Own code: 30 lines, against a library whose every release may move an old
 * decision.
 */
export const stemOf = (word: string): string => {
  const known = memory.get(word);
  if (known !== undefined) return known;
  let stem = word;
  for (const [ending, replacement] of endings) {
    if (!ending.test(stem)) continue;
    const shorter = stem.replace(ending, replacement);
    if (shorter.length < 3 && !ending.source.startsWith("'")) break;
    stem = shorter;
    if (!ending.source.startsWith("'")) break;
  }
  for (const [suffix, atLeast] of suffixes) {
    if (stem.length < atLeast || !suffix.test(stem)) continue;
    stem = stem.replace(suffix, '').replace(/([bdfgmnprt])\1$/, '$1');
  }
  if (stem.length > 3) stem = stem.replace(/e$/, '').replace(/([^aeiou])y$/, '$1i');
  if (memory.size < 20_000) memory.set(word, stem);
  return stem;
};

/** The words of a folded text between two offsets. */
export const wordsOf = (plain: string, start = 0, end = plain.length): readonly Word[] =>
  [...plain.slice(start, end).matchAll(pattern)].map((match) => {
    const lower = match[0].toLowerCase();
    return {
      as: match[0],
      lower,
      stem: stemOf(lower),
      start: start + match.index,
      end: start + match.index + match[0].length,
    };
  });

/** Stems of a text, for a lexicon or an approved statement. */
export const stemsOf = (text: string): readonly string[] => wordsOf(text).map(({ stem }) => stem);

/** A lexicon of stems from words divided by spaces. */
export const lexicon = (...lists: readonly string[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => list.trim().split(/\s+/)).map((word) => stemOf(word.toLowerCase())));

/** A lexicon of words as they are written, for words whose endings matter ("leading" is praise, "lead" is not). */
export const surface = (...lists: readonly string[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => list.trim().split(/\s+/)));

/** At most one letter put in, left out, changed or swapped with its neighbour. */
export const isOneSlipAway = (left: string, right: string): boolean => {
  if (left === right) return true;
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (long.length - short.length > 1) return false;
  let first = 0;
  while (first < short.length && short[first] === long[first]) first += 1;
  if (short.length < long.length) return short.slice(first) === long.slice(first + 1);
  if (short.slice(first + 1) === long.slice(first + 1)) return true;
  return (
    short[first] === long[first + 1] &&
    short[first + 1] === long[first] &&
    short.slice(first + 2) === long.slice(first + 2)
  );
};
