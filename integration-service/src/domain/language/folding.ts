/**
 * Characters that look like others. A text is judged by what a reader sees, so a Cyrillic "а" counts as an "a"; where one
 * word mixes alphabets, that is a finding of its own. From the confusables of Unicode TR 39, letters of Latin look only.
 */
const lookalikes: ReadonlyMap<string, string> = new Map(
  [
    ['аАαΑ', 'aAaA'],
    ['ВΒ', 'BB'],
    ['сСϲ', 'cCc'],
    ['ԁ', 'd'],
    ['еЕεΕ', 'eEeE'],
    ['НΗһ', 'HHh'],
    ['іІιΙ', 'iIiI'],
    ['јЈ', 'jJ'],
    ['кКκΚ', 'kKkK'],
    ['ӏ', 'l'],
    ['мМΜ', 'mMM'],
    ['пΝ', 'nN'],
    ['оОοΟ', 'oOoO'],
    ['рРρΡ', 'pPpP'],
    ['ѕЅ', 'sS'],
    ['тТτΤ', 'tTtT'],
    ['υ', 'u'],
    ['ѵν', 'vv'],
    ['ԝ', 'w'],
    ['хХχΧ', 'xXxX'],
    ['уУΥ', 'yYY'],
    ['Ζ', 'Z'],
  ].flatMap(([from = '', to = '']) => [...from].map((letter, at) => [letter, [...to][at] ?? letter] as const)),
);

/** Letters and signs without a decomposition in Unicode that have a plain form all the same. */
const plainForms: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ø: 'o',
    Ø: 'O',
    æ: 'ae',
    Æ: 'Ae',
    œ: 'oe',
    Œ: 'Oe',
    ß: 'ss',
    ł: 'l',
    Ł: 'L',
    đ: 'd',
    Đ: 'D',
    ı: 'i',
    þ: 'th',
    ð: 'd',
    '‘': "'",
    '’': "'",
    '‚': "'",
    '‛': "'",
    '′': "'",
    ʼ: "'",
    '`': "'",
    '´': "'",
    '“': '"',
    '”': '"',
    '„': '"',
    '″': '"',
    '«': '«',
    '»': '»',
    '‐': '-',
    '‑': '-',
    '‒': '-',
    '–': '-',
    '—': '-',
    '―': '-',
    '−': '-',
    '×': 'x',
    '⁄': '/',
    '∕': '/',
    '٪': '%',
    '•': '-',
    '·': '-',
    '٫': '.',
    '٬': ',',
  }),
);

/** Characters without a shape: soft hyphen, zero-width and direction marks, variation selectors, tags. */
const isInvisible = (code: number): boolean =>
  code === 0xad ||
  code === 0x34f ||
  code === 0x61c ||
  code === 0x180e ||
  (code >= 0x200b && code <= 0x200f) ||
  (code >= 0x202a && code <= 0x202e) ||
  (code >= 0x2060 && code <= 0x206f) ||
  (code >= 0xfe00 && code <= 0xfe0f) ||
  code === 0xfeff ||
  (code >= 0xe0000 && code <= 0xe01ef);

const isMark = (code: number): boolean => code >= 0x300 && code <= 0x36f;

/** Decimal digits of other scripts, by the code of their zero: Arabic, Persian, Devanagari, Bengali, Thai. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];

const foldOne = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  const zero = zeros.find((first) => code >= first && code <= first + 9);
  if (zero !== undefined) return String(code - zero);
  const plain = lookalikes.get(character) ?? plainForms.get(character);
  if (plain !== undefined) return plain;
  // Decompositions of assigned characters are fixed for ever by Unicode's stability policy, so replay cannot drift.
  return [...character.normalize('NFKD')]
    .filter((part) => !isMark(part.codePointAt(0) ?? 0))
    .map((part) => lookalikes.get(part) ?? plainForms.get(part) ?? part)
    .join('');
};

const isVulgarFraction = (code: number): boolean =>
  (code >= 0xbc && code <= 0xbe) || (code >= 0x2150 && code <= 0x215e) || code === 0x2189;

/** A text as a reader sees it, in plain letters, and the place in the given text that each of its characters comes from. */
export interface Folded {
  readonly plain: string;
  /** Offset in the given text of each UTF-16 unit of `plain`, and one more for its end. */
  readonly origin: readonly number[];
}

/** Letters and signs that fold to themselves: most texts have no others. The grave accent is an apostrophe. */
const plainAlready = /^[\n\x20-\x5f\x61-\x7e]*$/;

export const fold = (text: string): Folded => {
  if (plainAlready.test(text)) return { plain: text, origin: Array.from({ length: text.length + 1 }, (_, at) => at) };
  return foldEach(text);
};

/** The text in plain letters alone. */
export const plainOf = (text: string): string => (plainAlready.test(text) ? text : foldEach(text).plain);

const foldEach = (text: string): Folded => {
  let plain = '';
  const origin: number[] = [];
  let at = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (!isInvisible(code) && !isMark(code)) {
      let folded = foldOne(character);
      // "2½" is two and a half, not twenty-one halves.
      if (isVulgarFraction(code) && /\d$/.test(plain)) folded = ` ${folded}`;
      if (/^\s+$/.test(folded) && folded !== '\n') folded = ' ';
      plain += folded;
      for (let unit = 0; unit < folded.length; unit += 1) origin.push(at);
    }
    at += character.length;
  }
  origin.push(text.length);
  return { plain, origin };
};

/** True for a letter that only looks Latin. */
export const isLookalike = (character: string): boolean => lookalikes.has(character);
