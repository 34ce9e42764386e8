import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dealOf, labelledGate, textsOf } from '../../../test/language/labelled-set.ts';
import { languageGate, languageRules } from './check-language.ts';

const { material, deal } = dealOf('tidemark', 'hartwell');
const gate = languageGate(material, deal);
const rulesOf = (text: string): readonly string[] => [...new Set(gate(text).findings.map(({ rule }) => rule))].sort();

/** Where each rule begins and ends: the left text is stopped by it, the right one by nothing. */
const borders: Readonly<Record<string, readonly (readonly [stopped: string, passes: string])[]>> = {
  'other-customer': [
    ['Ostervik Bank sends its regards.', 'The bank sends its regards.'],
    ['We met the people of Ostervik.', 'We met the people of Hartwell.'],
    ['ask delacroix and fils about it', 'ask the sons about it'],
    ['We spoke with Ostervick Bank.', 'We spoke with the other bank.'],
    ['The meeting at Lantern went well.', 'The lantern in the meeting room is broken.'],
    ['BLUE HERON LOGISTICS asked.', 'The heron in the yard is blue.'],
  ],
  competitor: [
    ['They also invited Vellumetric.', 'They also invited somebody else.'],
    ['They also invited vellum.', 'They also invited AuditNest.'],
    ['AuditNest is too slow for them.', 'AuditNest and Tidemark both collect evidence.'],
    ['The current vendor is a disaster.', 'The current vendor is on the shortlist.'],
  ],
  'feature-status': [
    ['They would like vendor risk scoring.', 'We do not have vendor risk scoring.'],
    ['They would like Vendor-Risk Scoring.', 'They would like the audit log export.'],
    ['They can use the screenshot recorder.', 'They can use the auditor workspace.'],
    ['FedRAMP mappings are included.', 'ISO 27001 is included.'],
  ],
  'unsourced-number': [
    ['The deal is USD 185,000.', 'The deal is USD 184,000.'],
    ['The deal is EUR 184,000.', 'The deal is $184K.'],
    ['They employ 651 people.', 'They employ six hundred and fifty people.'],
    ['The deal closes on 29 June 2026.', 'The deal closes on June 30, 2026.'],
    ['The audit is in October 2026.', 'The audit is in September 2026.'],
    ['Twelve offices asked.', 'Two questions remain.'],
    ['It took 11 business days.', 'Setting up the first framework takes 10 business days on average.'],
  ],
  'performance-claim': [
    ['Tidemark halves the work of an audit.', 'Data is encrypted at rest with AES-256.'],
    ['Tidemark is the fastest way through an audit.', 'Was the meeting the fastest so far?'],
    ['Tidemark pays for itself within weeks.', 'Customers prepared for an audit in 40 % fewer hours.'],
  ],
  'unapproved-claim': [
    ['Tidemark negotiates with the auditor.', 'Tidemark collects audit evidence.'],
    ['Tidemark is loved by auditors.', 'Maren would like to meet the auditors.'],
    ['Our platform replaces the auditor.', 'Tidemark works alongside the tools a company already has.'],
  ],
  promise: [
    ['We guarantee the outcome.', 'We cannot promise the outcome.'],
    ['They get a discount if they sign.', 'Do they expect a discount?'],
    ['FedRAMP is on the roadmap.', 'We have no date for it.'],
    ['Support will be there 24/7.', 'I will send the plan tomorrow.'],
  ],
  'open-placeholder': [
    ['Dear {{firstName}}, thank you.', 'Dear Maren, thank you.'],
    ['Amount: TBD.', 'Amount: USD 184,000.'],
    ['See [link].', 'See the list [1].'],
    ['The date is dd.mm.yyyy.', 'The date is open?'],
    ['Hello ____,', 'Hello Maren,'],
    ['Name: XXXX', 'Name: Maren Oakley'],
    ['Sum: #REF!', 'Sum: USD 184,000'],
  ],
  'personal-data': [
    ['Write to maren@hartwell.example.', 'Write to sally.seller@tidemark.example.'],
    ['Call +1 614 555 0187.', 'Call me, please.'],
    ['She is on sick leave.', 'She is away this week.'],
    ['Please ask Gregor Samuelson.', 'Please ask Maren Oakley.'],
    ['Card 4111 1111 1111 1111.', 'The form has a card.'],
    ['The account is DE89 3704 0044 0532 0130 00.', 'The account is open.'],
  ],
  confidential: [
    ['Our margin on this is thin.', 'The margin of the page is thin.'],
    ['This is confidential.', 'This is public.'],
    ['The password is Winter!2026x.', 'The portal has a new page.'],
    ['Between us, the board is nervous.', 'The time between us and you is short.'],
  ],
  unreadable: [
    ['Тidemark collects audit evidence.', 'Tidemark collects audit evidence.'],
    ['Unsere Lösung verdoppelt jederzeit zuverlässig Ihren gesamten Umsatz.', 'Vielen Dank!'],
  ],
};

describe('the language gate', () => {
  test('has a border for every rule', () => {
    expect(Object.keys(borders).sort()).toEqual(languageRules.map(({ id }) => id).sort());
  });

  describe.each(Object.entries(borders))('%s', (rule, rows) => {
    test.each(rows)('stops “%s” and not “%s”', (stopped, passes) => {
      expect(rulesOf(stopped)).toContain(rule);
      expect(rulesOf(passes)).not.toContain(rule);
    });
  });

  test('says where, why and what to do, in the words of the given text', () => {
    const text = 'Hello,\n\nthe deal is USD\u00a0185,\u200b000 and they met Ostervik\u00adBank.';
    const { findings, answer } = gate(text);
    expect(answer).toBe('block');
    expect(findings.length).toBeGreaterThan(0);
    for (const { start, end, words, why, whatToDo, version } of findings) {
      expect(text.slice(start, end)).toBe(words);
      expect(why).not.toBe('');
      expect(whatToDo).not.toBe('');
      expect(version).toBe(1);
    }
  });

  test('sends what nothing is found in, asks where it is not sure, blocks where it is', () => {
    expect(gate('Thank you, see you on 14 May 2026.').answer).toBe('send');
    expect(gate('The current vendor is a disaster.').answer).toBe('ask');
    expect(gate('They also invited Vellumetric.').answer).toBe('block');
    expect(gate('').answer).toBe('send');
  });

  test('names every rule and its version, so that a decision can be replayed with them', () => {
    expect(gate('Thank you.').rules).toEqual(languageRules.map(({ id, version }) => ({ id, version })));
  });

  test('asks a person about a text that is longer than any message', () => {
    expect(gate('So. '.repeat(5_000)).answer).toBe('send');
    expect(gate(`${'So. '.repeat(5_000)}!`).findings).toMatchObject([{ rule: 'unreadable', start: 0, end: 20_001 }]);
  });

  test('answers any text, the same each time, with places inside the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        const verdict = gate(text);
        expect(gate(text)).toEqual(verdict);
        for (const { start, end, words } of verdict.findings) {
          expect(start).toBeLessThanOrEqual(end);
          expect(text.slice(start, end)).toBe(words);
        }
      }),
    );
  });
});

/** Ways to write the same for a reader's eye and something else for a naive search. */
const disguises: Readonly<Record<string, (words: string) => string>> = {
  'zero-width spaces': (words) => [...words].join('\u200b'),
  'soft hyphens': (words) => [...words].join('\u00ad'),
  'a byte order mark': (words) => `${words.slice(0, 1)}\ufeff${words.slice(1)}`,
  'full-width characters': (words) =>
    words.replace(/[!-~]/g, (character) => String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0)),
  'letters of mathematics': (words) =>
    words.replace(/[a-z]/g, (letter) => String.fromCodePoint(0x1d41a + (letter.codePointAt(0) ?? 0) - 97)),
  'Cyrillic look-alikes': (words) =>
    words.replace(/[aeopcx]/g, (letter) => 'аеорсх'['aeopcx'.indexOf(letter)] ?? letter),
  'no-break spaces': (words) => words.replace(/ /g, '\u00a0'),
  accents: (words) => words.replace(/[aeiou]/g, (letter) => `${letter}\u0301`),
  'Arabic digits': (words) => words.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))),
};

describe('a disguise', () => {
  const plain = textsOf('development').filter(({ violations }) =>
    violations.some(({ kind }) =>
      ['other-customer', 'unsourced-number', 'feature-status', 'promise', 'performance-claim'].includes(kind),
    ),
  );
  const judge = labelledGate();

  test.each(Object.entries(disguises))('of %s hides nothing', (_, disguise) => {
    for (const labelled of plain) {
      const [violation] = labelled.violations;
      if (!violation) throw new Error(`${labelled.id} has no violation`);
      const words = disguise(violation.words);
      const text = labelled.text.replace(violation.words, () => words);
      const start = text.indexOf(words);
      const on = judge({ ...labelled, text }).findings.filter(
        (one) => one.start < start + words.length && one.end > start,
      );
      expect({ id: labelled.id, found: on.length > 0 }).toEqual({ id: labelled.id, found: true });
    }
  });

  test('that is mixed from several is read through as well', () => {
    const names = Object.keys(disguises).filter((name) => name !== 'Cyrillic look-alikes');
    fc.assert(
      fc.property(fc.subarray(names, { minLength: 1 }), (chosen) => {
        const disguised = chosen.reduce((words, name) => disguises[name]?.(words) ?? words, 'Ostervik Bank');
        expect(rulesOf(`We met the people of ${disguised} in May.`)).toContain('other-customer');
      }),
    );
  });
});
