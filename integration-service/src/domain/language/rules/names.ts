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

const placeWords = /^(?:valley|hills?|ridge|bay|lake|river|falls|harbou?r)$/;

/** Before one of these a name is an address: "12 Copperfield Street". */
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
  // A word for a place belongs to the name before it: "Wren Valley NHS Trust" is "Wren Valley".
  const placed = words.findIndex((word) => placeWords.test(word));
  if (placed > 0 && placed < words.length - 1) forms.push({ name, words: words.slice(0, placed + 1), short: true });
  return forms;
};

const matchesAt = (form: NameForm, words: readonly Word[], at: number): number => {
  let position = at;
  for (const expected of form.words) {
    const word = words[position];
    // "Sunder & Pike" and "Sunder and Pike" are one name: the sign is no word of the text.
    if (expected === 'and' && word !== undefined && lettersOnly(word.lower) !== 'and') continue;
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
): readonly { readonly start: number; readonly end: number }[] => {
  const found: { start: number; end: number }[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const length = matchesAt(form, words, at);
    const first = words[at];
    const last = words[at + length - 1];
    if (length === 0 || first === undefined || last === undefined) continue;
    // One word may be a common one: "a lantern", "Friday's mercy mission". With a capital it is taken for the name.
    if (length === 1 && !/^[A-Z]/.test(first.as)) continue;
    if (streetWords.test(words[at + length]?.lower ?? '')) continue;
    found.push({ start: first.start, end: last.end });
  }
  return found;
};
