/**
 * Record ids as the platform forms them: a three-character key prefix, an instance part and a base-62 counter make 15
 * case-sensitive characters; three more carry the case of the first fifteen, so that 18 characters survive systems that
 * do not tell `a` from `A`.
 */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SUFFIX_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const COUNTER_LENGTH = 9;

/** Writes a counter in base 62, padded with zeros to `length`. */
export const toBase62 = (value: number, length: number): string => {
  let rest = value;
  let digits = '';
  do {
    digits = ALPHABET.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  } while (rest > 0);
  return digits.padStart(length, '0');
};

/** The three case-carrying characters of a 15-character id: one per group of five, a bit per upper-case letter. */
export const idSuffix = (id15: string): string =>
  [0, 5, 10]
    .map((start) => {
      let bits = 0;
      for (let offset = 0; offset < 5; offset += 1) {
        const character = id15.charAt(start + offset);
        if (character >= 'A' && character <= 'Z') bits |= 1 << offset;
      }
      return SUFFIX_ALPHABET.charAt(bits);
    })
    .join('');

/** An 18-character id from its key prefix and counter; `instance` is the org's own three characters. */
export const makeId = (keyPrefix: string, instance: string, counter: number): string => {
  const id15 = keyPrefix + instance + toBase62(counter, COUNTER_LENGTH);
  return id15 + idSuffix(id15);
};

/**
 * The 18-character form of an id, or undefined for text that is no id: wrong length or characters, or a suffix that
 * does not fit (compared without case, because systems that fold case fold the suffix too).
 */
export const toId18 = (text: string): string | undefined => {
  if (!/^[0-9A-Za-z]+$/.test(text)) return undefined;
  if (text.length === 15) return text + idSuffix(text);
  if (text.length !== 18) return undefined;
  const suffix = text.slice(15).toUpperCase();
  if (![...suffix].every((character) => SUFFIX_ALPHABET.includes(character))) return undefined;
  const id15 = restoreCase(text.slice(0, 15), suffix);
  return idSuffix(id15) === suffix ? id15 + suffix : undefined;
};

/** Rebuilds the case of an id from its suffix, as the platform does for ids that lost it. */
const restoreCase = (id15: string, suffix: string): string =>
  [...id15]
    .map((character, index) => {
      const bits = SUFFIX_ALPHABET.indexOf(suffix.charAt(Math.floor(index / 5)));
      return bits & (1 << (index % 5)) ? character.toUpperCase() : character.toLowerCase();
    })
    .join('');
