import type { LanguageRule, Mark } from '../finding.ts';
import { type Known, meaningsOf, type SourcedQuantity } from '../known.ts';
import { synonymOf } from '../lexicon/synonyms.ts';
import type { Quantity } from '../quantity.ts';
import type { Reading, Sentence } from '../reading.ts';

/** What people count when they speak about their own conversation; nobody keeps a record of it. */
const conversational = new Set(
  meaningsOf(`question point thing answer slide page line word sentence minute call meeting session slot option topic item action step request draft mail note time way reason side idea example favour moment copy
  attachment sheet paragraph part bullet round drink beer coffee place seat chair morning afternoon party list`),
);
/** A number after one of these is the name of something: "slide 12", "version 7", "Gate 4", "ISO 27001", "Level 1". */
const naming =
  /(?:\b(?:slide|page|section|version|v|gate|room|step|chapter|table|figure|fig|appendix|annex|no|nr|number|phase|level|type|part|floor|release|line|paragraph|article|clause|q|track|item|row|option)\.?\s?|#)$/i;
const acronym = /(?:\b[A-Z]{2,6}(?:\s[A-Z]{2,6})?[\s-]|[A-Z]{2,}[\d-]*-)$/;

const near = (left: number, right: number): boolean => Math.abs(left - right) <= Math.abs(right) * 1e-9 + 1e-9;

const sameDate = (said: string, known: string): boolean =>
  said.split('|').some((reading) => {
    const [day, month, year] = reading.split('-');
    const [knownDay, knownMonth, knownYear] = known.split('-');
    return (
      month === knownMonth &&
      (day === '' || knownDay === '' || day === knownDay) &&
      (year === '' || knownYear === '' || year === knownYear)
    );
  });

const peopleWords = new Set(
  meaningsOf('employee staff people user handler crew colleague consultant person head seat team crew'),
);

/** Whether what is counted may be what the source counts: one of the nouns is known there, or either says nothing. */
const sameNoun = (said: Quantity, known: SourcedQuantity): boolean => {
  const [noun] = said.nouns;
  if (noun === undefined || known.measure !== 'count') return true;
  const nouns = said.nouns.map((one) => synonymOf(one));
  if (nouns.some((one) => known.about.has(one))) return true;
  // "9 DCs" are 9 distribution centres.
  if (known.nouns.length > 1 && said.nouns[0]?.replace(/s$/, '') === known.nouns.map((one) => one[0]).join(''))
    return true;
  return nouns.some((one) => peopleWords.has(one)) && [...known.about].some((one) => peopleWords.has(one));
};

const traces = (said: Quantity, known: SourcedQuantity): boolean => {
  if (said.measure === 'date') return known.measure === 'date' && sameDate(said.detail, known.detail);
  if (said.measure === 'year')
    return known.measure === 'date'
      ? known.detail.endsWith(`-${said.values[0] ?? ''}`)
      : known.measure === 'year' && known.values[0] === said.values[0];
  const equal = said.values.some((value) => known.values.some((other) => near(value, other)));
  if (!equal) return false;
  if (said.measure === known.measure)
    return said.measure !== 'money' || said.detail === known.detail ? sameNoun(said, known) : false;
  // "450k" for money, "340" for accounts: without a unit a number may be of any kind that has no unit of time or share.
  const bare = said.measure === 'count' && said.nouns.every((noun) => !known.nouns.includes(noun));
  return bare && (known.measure === 'money' || known.measure === 'temperature')
    ? true
    : said.measure === 'count' && said.nouns.length === 0;
};

const isAboutTheConversation = (said: Quantity, sentence: Sentence): boolean => {
  if (said.measure === 'clock') return true;
  const nouns = said.nouns.map((noun) => synonymOf(noun));
  if (said.measure === 'time')
    return (
      /\b(?:call|meet\w*|session|talk|slot|chat|conversation|join|hour of|of the hour|spare|catch up|before|first half hour)\b/i.test(
        sentence.text,
      ) && !/\b(?:save|saves|saved|faster|within|takes?|support|respon\w+|on site)\b/i.test(sentence.text)
    );
  if (said.measure === 'share')
    return /\bhalf an hour\b|\b(?:first|second|other|last) half\b|\bhalf of the hour\b/i.test(sentence.text);
  if (said.measure !== 'count') return false;
  return nouns.length > 0 ? nouns.slice(0, 2).some((noun) => conversational.has(noun)) : false;
};

const isName = ({ plain }: Reading, { start, end, measure }: Quantity): boolean => {
  if (measure !== 'count' && measure !== 'year') return false;
  const before = plain.slice(Math.max(0, start - 16), start);
  return (
    acronym.test(before) ||
    naming.test(before) ||
    /^\s(?:[A-Z][a-z]+\s){1,2}(?:Street|Road|Avenue|Lane|Square|Place|Drive|Way|Quay|Strasse|Straat)\b/.test(
      plain.slice(end),
    ) ||
    /[A-Za-z]$/.test(before) ||
    /[A-Za-z\d]-$/.test(before)
  );
};

/** "one", "two of you", "one of those": small words that count nothing. */
const isManner = ({ plain }: Reading, { start, end, values, measure, nouns }: Quantity): boolean => {
  const text = plain.slice(start, end).toLowerCase();
  if (measure === 'count' && (text === 'one' || /^(?:st|nd|rd|th)\b/i.test(plain.slice(end)))) return true;
  if (
    measure === 'count' &&
    /^(?:two|three)$/.test(text) &&
    (nouns.length === 0 || /^\s(?:of|with|and)\b/i.test(plain.slice(end)))
  )
    return true;
  if (
    measure === 'count' &&
    /\b(?:all|these|those|both|other|the)\s$/i.test(plain.slice(Math.max(0, start - 40), start)) &&
    /^[a-z]/.test(text) &&
    nouns.length < 2
  )
    return true;
  // "asked twice" counts no product; "twice as fast" and "twice the price" do.
  if (
    measure === 'times' &&
    /^(?:twice|thrice|(?:two|three|four) times)$/.test(text) &&
    !/^\s(?:as|the|a|an|per|more|faster|what|that)\b/i.test(plain.slice(end))
  )
    return true;
  // "before eight", "between twelve and two": a time of day.
  if (
    measure === 'count' &&
    nouns.length === 0 &&
    /^[a-z]+$/.test(text) &&
    /\b(?:at|before|after|until|till|between twelve and|past|around)\s$/i.test(
      plain.slice(Math.max(0, start - 40), start),
    )
  )
    return true;
  if (measure === 'time' && text === 'one') return true;
  if (measure === 'months' && text === 'one') return true;
  return (
    measure === 'times' &&
    values[0] === 2 &&
    /^(?:doubles|doubling)$/.test(text) &&
    /^\s(?:as|up)\b/.test(plain.slice(end))
  );
};

const isList = ({ plain }: Reading, { start, end }: Quantity): boolean =>
  (start === 0 || /\n\s*$/.test(plain.slice(Math.max(0, start - 40), start))) && /^[.)]\s/.test(plain.slice(end));

const sentenceAt = ({ sentences }: Reading, at: number): Sentence | undefined =>
  sentences.find(({ start, end }) => start <= at && at < end);

const sourcesOf = (said: Quantity, { quantities }: Known): readonly SourcedQuantity[] =>
  quantities.filter((known) => traces(said, known));

/** Every number is one that a fact or an approved statement has, with the same meaning. */
export const unsourcedNumber: LanguageRule = {
  id: 'unsourced-number',
  version: 1,
  find: (reading, known) =>
    reading.quantities.flatMap((said): readonly Mark[] => {
      const sentence = sentenceAt(reading, said.start);
      if (sentence === undefined || isManner(reading, said) || isName(reading, said) || isList(reading, said))
        return [];
      if (
        isAboutTheConversation(said, sentence) ||
        isPartOfContact(reading, said, known) ||
        sourcesOf(reading.isFilledIn(said) ? { ...said, nouns: [] } : said, known).length > 0
      )
        return [];
      const words = reading.plain.slice(said.start, said.end);
      return [
        {
          start: said.start,
          end: said.end,
          severity: 'block',
          why: `“${words}” is in no fact of the deal and in no approved statement.`,
          whatToDo: 'Take the number from a record, name the report it comes from, or leave it out.',
        },
      ];
    }),
};

/** Digits of a cleared phone number, an e-mail address, a link or a reference are no number of anything. */
const isPartOfContact = ({ plain }: Reading, { start, end }: Quantity, { clearedContacts, deal }: Known): boolean => {
  const around = plain.slice(Math.max(0, start - 24), end + 24).toLowerCase();
  const digits = plain.slice(start, end).trim();
  const references = deal.facts
    .map(({ value }) => value.toLowerCase())
    .filter((value) => /^[a-z]{1,5}[-\d/]+\d$/.test(value));
  return (
    [...clearedContacts, ...references].some(
      (contact) => contact.includes(digits) && around.includes(contact.slice(0, 10)),
    ) || /\b(?:https?:|www\.)\S*$/.test(plain.slice(Math.max(0, start - 60), start))
  );
};
