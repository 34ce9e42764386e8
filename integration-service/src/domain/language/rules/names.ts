import { isOneSlipAway, type Word } from '../words.ts';

/** Words of company names that say what a company is, not which one. */
const generic = new Set(
  `the and of et und de du la le les a an co company inc ltd llc plc gmbh ag sa nv bv corp corporation group holding holdings partners fils sons brothers
  bank insurance foods food logistics estates properties property parcel home outdoor pharmacies pharmacy pharma toys energy air airlines airways university college school games media paper cement breweries brewery port hotel
  hospital hopital klinikum clinic trust nhs health healthcare retail shipping freight car parks park valley consulting systems services international global national industries industrial steel water council city sports sport books furniture
  maison casa haus house solutions technologies technology software digital labs labs' security analytics st saint san santa mount new north south east west great royal first united general`.split(
    /\s+/,
  ),
);

/** Words that are common in English and names of companies: they count as a name only with a capital inside a sentence. */
const streetWords = /^(?:street|road|avenue|lane|square|place|drive|way|quay|strasse|straat|rue)$/;

/** A name as it may be found in a text: its words in full, or what is left without the words that say what it is. */
export interface NameForm {
  readonly name: string;
  readonly words: readonly string[];
  readonly short: boolean;
}

const lettersOnly = (word: string): string => word.toLowerCase().replace(/['.]/g, '');

export const formsOf = (name: string, plain: string): readonly NameForm[] => {
  const words = plain
    .replace(/&/g, ' and ')
    .split(/[\s,/-]+/)
    .map(lettersOnly)
    .filter((word) => word !== '');
  const full: NameForm = { name, words, short: false };
  const core = words.filter((word) => !generic.has(word));
  const forms = [full];
  // "Blue Heron Logistics" is "Blue Heron" to those who know it; a name of generic words alone has no shorter form.
  if (core.length > 0 && core.length < words.length) {
    const first = words.findIndex((word) => core[0] === word);
    const contiguous = words.slice(first, first + core.length);
    if (contiguous.join(' ') === core.join(' ')) forms.push({ name, words: core, short: true });
  }
  // Of a full name of two or more distinctive words the first is enough only where it is rare; that is left to a reader.
  const valley = words.findIndex((word) => generic.has(word) && word === 'valley');
  if (valley > 0 && valley < words.length - 1) forms.push({ name, words: words.slice(0, valley + 1), short: true });
  return forms;
};

const matchesAt = (form: NameForm, words: readonly Word[], at: number): number => {
  let position = at;
  for (const expected of form.words) {
    let word = words[position];
    // "Sunder & Pike" and "Sunder and Pike" are one name: the sign is no word of the text.
    if (expected === 'and' && word !== undefined && lettersOnly(word.lower) !== 'and') continue;
    word = words[position];
    if (word === undefined) return 0;
    const found = lettersOnly(word.lower).replace(/s$/, '');
    const wanted = expected.replace(/s$/, '');
    if (found !== wanted && !(wanted.length >= 7 && isOneSlipAway(found, wanted))) return 0;
    position += 1;
  }
  return position - at;
};

/** Where a name stands in the words of a sentence. */
export const findName = (
  form: NameForm,
  words: readonly Word[],
  startsSentence: (word: Word) => boolean,
): readonly { readonly start: number; readonly end: number }[] => {
  const found: { start: number; end: number }[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const length = matchesAt(form, words, at);
    const first = words[at];
    const last = words[at + length - 1];
    if (length === 0 || first === undefined || last === undefined) continue;
    const capital = /^[A-Z]/.test(first.as);
    const single = length === 1;
    // One word may be a common one: "a lantern", "Friday's mercy mission". In capitals inside a sentence it is a name.
    if (single && (!capital || (startsSentence(first) && isCommonUse(words, at)))) continue;
    if (streetWords.test(words[at + length]?.lower ?? '')) continue;
    found.push({ start: first.start, end: last.end });
  }
  return found;
};

/** At the start of a sentence a capital says nothing; a following common noun makes the word an attribute. */
const isCommonUse = (words: readonly Word[], at: number): boolean => words[at + 1] === undefined && words.length > 1;
