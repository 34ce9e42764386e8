import type { LanguageRule, Mark } from '../finding.ts';
import { privateMatters, titles } from '../lexicon/personal.ts';
import type { Known } from '../known.ts';
import { meaningOf } from '../known.ts';
import { dealWords, functionWords } from '../lexicon/neutral.ts';
import type { Reading } from '../reading.ts';
import { stemOf, type Word } from '../words.ts';

const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
/** Digits in groups as people write telephone numbers: with a country code, a leading zero or an area code in brackets. */
const phone =
  /(?<![\w.,-])(?:\+\d{1,3}[\s.-]?)?(?:\(\d{1,5}\)[\s.-]?|\d{2,5}[\s./-])(?:\d{2,4}[\s.-]?){1,4}\d{2,4}(?![\w%]|[.,]\d)/g;
const bankAccount = /\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,4})?\b/g;
const cardNumber = /(?<![\d+])\d(?:[ -]?\d){12,18}(?!\d)/g;
const identity = /\b\d{3}-\d{2}-\d{4}\b|\b[A-CEGHJ-PR-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b/g;

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** The check digit of card numbers (ISO/IEC 7812). */
const isCard = (text: string): boolean => {
  const digits = [...digitsOf(text)].reverse().map(Number);
  const sum = digits.reduce(
    (total, digit, at) => total + (at % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2),
    0,
  );
  return digits.length >= 13 && sum % 10 === 0;
};

const isPhone = (text: string): boolean => {
  const digits = digitsOf(text);
  const looks = /^[+(0]/.test(text) || (text.match(/[\s.-]/g) ?? []).length >= 2;
  return (
    looks &&
    digits.length >= 7 &&
    digits.length <= 15 &&
    !/^\d{1,3}(?:[ .]\d{3})+$/.test(text.trim()) &&
    !/^(?:19|20)\d\d-\d\d-\d\d/.test(text)
  );
};

const details = ({ plain }: Reading, { clearedContacts }: Known): readonly Mark[] => {
  const isCleared = (text: string): boolean =>
    clearedContacts.some(
      (contact) =>
        contact === text.toLowerCase() || (digitsOf(contact).length >= 7 && digitsOf(contact) === digitsOf(text)),
    );
  const found = [
    ...[...plain.matchAll(email)].filter((match) => !isCleared(match[0])),
    ...[...plain.matchAll(phone)].filter((match) => isPhone(match[0]) && !isCleared(match[0])),
    ...plain.matchAll(bankAccount),
    ...[...plain.matchAll(cardNumber)].filter((match) => isCard(match[0])),
    ...plain.matchAll(identity),
  ];
  return found.map((match) => ({
    start: match.index,
    end: match.index + match[0].trimEnd().length,
    severity: 'block',
    why: `“${match[0].trim()}” looks like contact or identity data of a person, and is not cleared for this deal.`,
    whatToDo: 'Take it out, or have the person cleared for this partner first.',
  }));
};

const matters = ({ sentences }: Reading): readonly Mark[] =>
  sentences.flatMap((sentence) =>
    privateMatters.flatMap((pattern) => {
      const match = pattern.exec(sentence.text);
      if (!match) return [];
      const clause =
        sentence.clauses.find(
          ({ start, end }) => sentence.start + match.index >= start && sentence.start + match.index < end,
        ) ?? sentence;
      return [
        {
          start: clause.start,
          end: clause.end,
          severity: 'block' as const,
          why: `“${match[0]}” is about somebody's health, family or private life.`,
          whatToDo: 'Leave it out. If the schedule depends on it, say only when the person is away.',
        },
      ];
    }),
  );

const isCapital = ({ as }: Word): boolean => /^[A-Z][a-z]+(?:['-][A-Z]?[a-z]+)*$/.test(as);
const joined = (reading: Reading, left: Word, right: Word): boolean =>
  reading.plain.slice(left.end, right.start) === ' ' || /^\.? $/.test(reading.plain.slice(left.end, right.start));

/** Two capitalised words side by side that nobody knows are taken for a person's name. */
const strangers = (reading: Reading, { knownWords, material }: Known): readonly Mark[] => {
  const others = new Set(
    [
      ...material.otherCustomers,
      ...material.competitors.flatMap(({ name, alsoKnownAs }) => [name, ...alsoKnownAs]),
    ].flatMap((name) => name.toLowerCase().split(/\s+/)),
  );
  const isUnknown = (word: Word, startsSentence: boolean): boolean =>
    isCapital(word) &&
    !knownWords.has(word.lower) &&
    !others.has(word.lower) &&
    !functionWords.has(word.stem) &&
    (!startsSentence || !dealWords.has(word.stem)) &&
    !dealWords.has(stemOf(word.lower)) &&
    meaningOf(word.lower) !== '';
  return reading.sentences.flatMap(({ words }) =>
    words.flatMap((word, at): readonly Mark[] => {
      const next = words[at + 1];
      if (next === undefined || !joined(reading, word, next) || !isUnknown(next, false)) return [];
      const titled = titles.test(word.as);
      if (!titled && !isUnknown(word, at === 0)) return [];
      return [
        {
          start: word.start,
          end: next.end,
          severity: 'ask',
          why: `“${reading.plain.slice(word.start, next.end)}” reads as the name of a person or company that is not cleared for this deal.`,
          whatToDo: 'Take the name out, or have it added to the people who may be named to this partner.',
        },
      ];
    }),
  );
};

/** Contact and identity data, private matters, and people whom nobody cleared for this partner. */
export const personalData: LanguageRule = {
  id: 'personal-data',
  version: 1,
  find: (reading, known) => [...details(reading, known), ...matters(reading), ...strangers(reading, known)],
};
