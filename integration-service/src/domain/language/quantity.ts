import { type Word, stemOf, wordsOf } from './words.ts';

/**
 * What a number measures. `share` is a part of a hundred however it is written (12.5 %, one in eight); `times` is a
 * multiple (twice, 10 ×, ten-fold); `count` is of the noun that follows it.
 */
export type Measure =
  | 'money'
  | 'share'
  | 'points'
  | 'times'
  | 'time'
  | 'months'
  | 'temperature'
  | 'length'
  | 'count'
  | 'clock'
  | 'date'
  | 'year';

/** A number in a text with what it measures. */
export interface Quantity {
  readonly start: number;
  readonly end: number;
  /** More than one where the writing is open: "1.150" may be 1.15 or 1150. Times in seconds or months, shares in percent. */
  readonly values: readonly number[];
  readonly measure: Measure;
  /** Stems of what is counted, nearest first; empty where nothing follows. */
  readonly nouns: readonly string[];
  /** Currency, or day-month-year with `null` for what is not said. */
  readonly detail: string;
  /** Written in words, so that a reader may take it for a manner of speaking. */
  readonly inWords: boolean;
}

const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const numberWords: ReadonlyMap<string, number> = new Map([
  ...small.map((word, value) => [word, value] as const),
  ...tens.map((word, at) => [word, (at + 2) * 10] as const),
  ['dozen', 12] as const,
]);
const scales: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['thousand', 1_000],
  ['k', 1_000],
  ['million', 1_000_000],
  ['millions', 1_000_000],
  ['mn', 1_000_000],
  ['m', 1_000_000],
  ['mio', 1_000_000],
  ['billion', 1_000_000_000],
  ['bn', 1_000_000_000],
  ['dozen', 12],
  ['dozens', 12],
]);
const oneWord = `(?:${[...numberWords.keys()].join('|')})`;
const wordNumber = `(?:an?\\s(?=(?:hundred|thousand|million|billion|dozen)\\b))?(?:(?:${oneWord}|hundreds?|thousands?|millions?|billions?|dozens?)(?:(?:[\\s-]|\\sand\\s)(?=(?:${oneWord}|hundred|thousand|million|billion|dozen|point)\\b)|\\b))+(?:point\\s${oneWord})?`;
const digitNumber = String.raw`\d{1,3}(?:[ ,.']\d{3})+(?:[.,]\d+)?(?![\d])|\d+(?:[.,]\d+)?`;
const monthNames = 'january february march april may june july august september october november december'.split(' ');
const month = `(?:${monthNames.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')}|sept)\\.?`;
const currencies: ReadonlyMap<string, string> = new Map([
  ['$', 'USD'],
  ['us$', 'USD'],
  ['usd', 'USD'],
  ['dollar', 'USD'],
  ['dollars', 'USD'],
  ['€', 'EUR'],
  ['eur', 'EUR'],
  ['euro', 'EUR'],
  ['euros', 'EUR'],
  ['£', 'GBP'],
  ['gbp', 'GBP'],
  ['pound', 'GBP'],
  ['pounds', 'GBP'],
]);
/** Seconds or months of one. */
const durations: ReadonlyMap<string, readonly [Measure, number]> = new Map([
  ['millisecond', ['time', 0.001]],
  ['ms', ['time', 0.001]],
  ['second', ['time', 1]],
  ['sec', ['time', 1]],
  ['minute', ['time', 60]],
  ['min', ['time', 60]],
  ['hour', ['time', 3_600]],
  ['hr', ['time', 3_600]],
  ['day', ['time', 86_400]],
  ['week', ['time', 604_800]],
  ['month', ['months', 1]],
  ['quarter', ['months', 3]],
  ['year', ['months', 12]],
  ['decade', ['months', 120]],
] as const);

const patterns = {
  isoDate: /\b(\d{4})-(\d{2})-(\d{2})(?:T[\d:.]+Z?)?/gi,
  slashDate: /\b(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})\b/g,
  dayMonth: new RegExp(
    String.raw`\b(?:the\s)?(\d{1,2})(?:st|nd|rd|th)?(?:\sof)?\s(${month})(?:,?\s(\d{4}))?(?![a-z])`,
    'gi',
  ),
  monthDay: new RegExp(String.raw`\b(${month})\s(\d{1,2})(?:st|nd|rd|th)?(?:,?\s(\d{4}))?(?![\d:a-z])`, 'gi'),
  monthYear: new RegExp(String.raw`\b(${month})\s(\d{4})\b`, 'gi'),
  clock:
    /\b(\d{1,2})[:.](\d{2})(?=\s?(?:am|pm|a\.m\.|p\.m\.|utc|gmt|cet|cest|bst|pst|pdt|cdt|cst|est|edt|h|o'clock)\b|\b(?!\d|[.,]\d|\s?[%a-z]))|\b\d{1,2}\s?(?:am|pm|o'clock)\b/gi,
  outOf: new RegExp(
    String.raw`(?<![\d.,])\b(${wordNumber}|\d+)(?:\s[a-z]+)?\s(?:in|out\sof|of)\s(?:every\s)?(${wordNumber}|\d+)\b`,
    'gi',
  ),
  fraction: new RegExp(
    String.raw`\b(?:(an?|one|two|three|four)\s|by\s(?:an?\s)?)(half|halves|third|quarter|fifth|tenth)s?\b(?!\s(?:party|parties|of\s(?:19|20)\d\d))|\b(\d{1,2})/(\d{1,2})\b(?!/)|\bhalf\b`,
    'gi',
  ),
  multiple: new RegExp(
    String.raw`\b(\d+(?:[.,]\d+)?)(?:\s?x\b|-?fold|\stimes\b)|\b(${wordNumber})(?:-?\s?fold\b|\stimes\b)|\b(twice|twofold|threefold|tenfold|thrice|order\sof\smagnitude|orders\sof\smagnitude)\b|\b(doubl|tripl|quadrupl|halv)(?:e|es|ed|ing)\b`,
    'gi',
  ),
  number: new RegExp(
    String.raw`(us\$|[$€£]|\b(?:usd|eur|gbp)\s?)?(?<![\d.,])((?<![a-z\d])-?(?:${digitNumber})|\b${wordNumber})(\s?(?:%|percent\b|per\scent\b)(?:age\spoints)?|\s(?:percentage\s)?points\b)?(?:(\s?(?:k|m|mn|mio|bn)\b)|(\s(?:hundred|thousand|millions?|billions?|dozens?)\b))?(\s?[€£$](?!\s?\d)|\s(?:usd|eur|gbp|dollars?|euros?|pounds?)\b)?`,
    'gi',
  ),
} as const;

/** What a digit text may mean: thousands divided by space, comma, dot or apostrophe; decimals by dot or comma. */
const readDigits = (text: string): readonly number[] => {
  const bare = text.replace(/[\s']/g, '');
  const plain = Number(bare.replace(/,/g, ''));
  const turned = Number(bare.replace(/\./g, '').replace(',', '.'));
  if (/^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(bare))
    return bare.includes('.') || /,.*,/.test(bare) ? [plain] : [plain, turned];
  if (/^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(bare)) return [turned, plain].filter((value) => !Number.isNaN(value));
  return [Number(bare.replace(',', '.'))];
};

/** "two hundred and twelve", "twenty-eight", "a dozen", "two point four". */
export const readWords = (text: string): number => {
  const [whole = '', decimal] = text
    .toLowerCase()
    .trim()
    .split(/\spoint\s/);
  let sum = 0;
  let current = 0;
  for (const word of whole.split(/[\s-]+/)) {
    const value = numberWords.get(word);
    const scale = scales.get(word) ?? scales.get(word.replace(/s$/, ''));
    if (value !== undefined && word !== 'dozen') current += value;
    else if (scale !== undefined) {
      current = (current === 0 ? 1 : current) * scale;
      if (scale >= 1_000) {
        sum += current;
        current = 0;
      }
    }
  }
  return sum + current + (decimal === undefined ? 0 : (numberWords.get(decimal.trim()) ?? 0) / 10);
};

const readAny = (text: string): readonly number[] => (/\d/.test(text) ? readDigits(text) : [readWords(text)]);
const parts: ReadonlyMap<string, number> = new Map([
  ['hal', 50],
  ['thi', 100 / 3],
  ['qua', 25],
  ['fif', 20],
  ['ten', 10],
]);
const multiples: ReadonlyMap<string, number> = new Map([
  ['tw', 2],
  ['do', 2],
  ['th', 3],
  ['tr', 3],
  ['qu', 4],
  ['te', 10],
  ['or', 10],
  ['ha', 0.5],
]);
const monthOf = (text: string): number =>
  monthNames.findIndex((name) => name.startsWith(text.slice(0, 3).toLowerCase())) + 1;
const dated = (day: string | undefined, ofMonth: number, year: string | undefined): string =>
  `${day === undefined ? '' : Number(day)}-${ofMonth}-${year === undefined ? '' : year.length === 2 ? `20${year}` : year}`;

/** Words after a number that are not what it counts. */
const passing = new Set(
  'more fewer less of the our your their its new other different open joint additional over about than and to extra good small large whole full business'.split(
    ' ',
  ),
);

const nounsAfter = (plain: string, end: number): readonly Word[] => {
  const stretch = /^[^.,;:!?\n()]{0,80}/.exec(plain.slice(end, end + 81))?.[0] ?? '';
  const words: Word[] = [];
  for (const word of wordsOf(plain, end, end + stretch.length)) {
    if (words.length === 0 && passing.has(word.lower)) continue;
    if (
      words.length === 3 ||
      /^(?:and|or|but|in|on|at|for|with|from|by|is|are|was|were|be|has|have|had|do|does|did|can|could|may|might|must|would|should|will|to|that|which|who|a|an|per|times|before|after|if|when)$/.test(
        word.lower,
      )
    )
      break;
    words.push(word);
  }
  return words;
};

/** Every number of a folded text, in order; none lies inside another. */
export const quantitiesOf = (plain: string): readonly Quantity[] => {
  const found: Quantity[] = [];
  const taken = new Uint8Array(plain.length);
  const free = (start: number, end: number): boolean => !taken.subarray(start, end).includes(1);
  const add = (
    start: number,
    text: string,
    measure: Measure,
    values: readonly number[],
    more: Partial<Quantity> = {},
  ): void => {
    const from = start + (text.length - text.trimStart().length);
    const end = start + text.trimEnd().length;
    if (!free(from, end) || values.some((value) => Number.isNaN(value))) return;
    taken.fill(1, from, end);
    found.push({ start: from, end, measure, values, nouns: [], detail: '', inWords: !/\d/.test(text), ...more });
  };
  for (const match of plain.matchAll(patterns.isoDate))
    add(match.index, match[0], 'date', [0], { detail: dated(match[3], Number(match[2]), match[1]) });
  for (const match of plain.matchAll(patterns.slashDate)) {
    // 9/30/2026 can be read one way only; 5/6/2026 can be either, and either may trace.
    const [, first = '', second = '', year = ''] = match;
    const readings = [
      [first, second],
      [second, first],
    ].filter(([, ofMonth]) => Number(ofMonth) >= 1 && Number(ofMonth) <= 12);
    if (readings.length > 0)
      add(match.index, match[0], 'date', [0], {
        detail: readings.map(([day, ofMonth]) => dated(day, Number(ofMonth), year)).join('|'),
      });
  }
  for (const match of plain.matchAll(patterns.dayMonth))
    add(match.index, match[0], 'date', [0], { detail: dated(match[1], monthOf(match[2] ?? ''), match[3]) });
  for (const match of plain.matchAll(patterns.monthDay))
    add(match.index, match[0], 'date', [0], { detail: dated(match[2], monthOf(match[1] ?? ''), match[3]) });
  for (const match of plain.matchAll(patterns.monthYear))
    add(match.index, match[0], 'date', [0], { detail: dated(undefined, monthOf(match[1] ?? ''), match[2]) });
  for (const match of plain.matchAll(patterns.clock)) {
    const [hours = '0', minutes = '0'] = match[0].replace(/[^\d:.]/g, '').split(/[:.]/);
    add(match.index, match[0], 'clock', [Number(hours) * 60 + Number(minutes || '0')]);
  }
  for (const match of plain.matchAll(patterns.outOf)) {
    const [left] = readAny(match[1] ?? '');
    const [right] = readAny(match[2] ?? '');
    if (left !== undefined && right !== undefined && left < right && right <= 1_000)
      add(match.index, match[0], 'share', [(left / right) * 100]);
  }
  for (const match of plain.matchAll(patterns.multiple)) {
    const [text, digits, words, idiom, verb] = match;
    const values = digits
      ? readDigits(digits)
      : words
        ? [readWords(words)]
        : [multiples.get((idiom ?? verb ?? '').slice(0, 2).toLowerCase()) ?? 0];
    add(match.index, text, 'times', values);
  }
  for (const match of plain.matchAll(patterns.fraction)) {
    const [text, count, part, over, under] = match;
    if (over !== undefined) add(match.index, text, 'share', [(Number(over) / Number(under)) * 100]);
    else {
      const each = parts.get((part ?? 'half').slice(0, 3).toLowerCase()) ?? 0;
      add(match.index, text, 'share', [each * Math.max(1, readWords(count ?? 'one'))]);
    }
  }
  for (const match of plain.matchAll(patterns.number)) addNumber(plain, match, add);
  return found.sort((left, right) => left.start - right.start);
};

type Add = (start: number, text: string, measure: Measure, values: readonly number[], more?: Partial<Quantity>) => void;

const addNumber = (plain: string, match: RegExpExecArray, add: Add): void => {
  const [text, before, digits = '', percent, suffix, scaleWord, after] = match;
  const scale = scales.get((suffix ?? scaleWord ?? '').trim().toLowerCase()) ?? 1;
  const values = readAny(digits).map((value) => value * scale);
  if (percent !== undefined) {
    add(match.index, text, percent.includes('points') ? 'points' : 'share', values);
    return;
  }
  const currency = currencies.get((before ?? after ?? '').trim().toLowerCase());
  if (currency !== undefined) {
    add(match.index, text, 'money', values, { detail: currency });
    return;
  }
  const end = match.index + text.length;
  const degrees = /^\s?°\s?[cf]\b/i.exec(plain.slice(end));
  if (degrees) {
    add(match.index, text, 'temperature', values);
    return;
  }
  const joined = /^-?(business\s|working\s|calendar\s)?([a-z]+)/i.exec(plain.slice(end).replace(/^\s/, ''));
  const duration = joined
    ? (durations.get(joined[2]?.toLowerCase() ?? '') ?? durations.get(joined[2]?.toLowerCase().replace(/s$/, '') ?? ''))
    : undefined;
  if (duration) {
    add(
      match.index,
      text,
      duration[0],
      values.map((value) => value * duration[1]),
      { nouns: [stemOf(joined?.[2]?.toLowerCase() ?? '')] },
    );
    return;
  }
  if (/^(?:19|20)\d\d$/.test(digits) && suffix === undefined && scaleWord === undefined) {
    add(match.index, text, 'year', values);
    return;
  }
  const following = nounsAfter(plain, end).map(({ stem }) => stem);
  // "a staff of six": what is counted stands before.
  const preceding = /\b([a-z]+) of $/i.exec(plain.slice(Math.max(0, match.index - 40), match.index));
  add(match.index, text, 'count', values, {
    nouns: following.length === 0 && preceding?.[1] ? [stemOf(preceding[1].toLowerCase())] : following,
  });
};
