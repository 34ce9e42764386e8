import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  draftReferral,
  fingerprint,
  parseMappingRow,
  partnerFit,
  readPath,
  sha256,
  sourcePaths,
  type Answers,
  type MappingRow,
} from './draft.ts';

const TODAY = '2026-11-21';

const row = (changes: Partial<MappingRow>): MappingRow => ({
  key: 'net:Target',
  network: 'net',
  target: 'Target',
  label: 'Target',
  source: 'Opportunity.Field',
  rule: 'copy',
  settings: {},
  requirement: 'create',
  personal: false,
  question: '',
  reason: '',
  answerHome: '',
  sortOrder: 1,
  ...changes,
});

const draftOne = (changes: Partial<MappingRow>, field: unknown, answers: Answers = {}) =>
  draftReferral([row(changes)], { Opportunity: { Field: field } }, answers, TODAY);

const valueOf = (changes: Partial<MappingRow>, field: unknown) => draftOne(changes, field).values[0]?.value;
const problemOf = (changes: Partial<MappingRow>, field: unknown) => draftOne(changes, field).questions[0]?.problem;

describe('each rule makes one value right or says what is wrong with it', () => {
  test.each<[string, Partial<MappingRow>, unknown, string | string[]]>([
    ['copy: trimmed', {}, '  Acme ', 'Acme'],
    ['copy: a number as text', {}, 12, '12'],
    ['copy: characters, not code units, count', { settings: { max: 3 } }, '😀😀😀', '😀😀😀'],
    ['url: scheme and host in lower case', { rule: 'url' }, 'HTTPS://WWW.Acme.COM/About', 'https://www.acme.com/About'],
    ['url: no slash at the end', { rule: 'url' }, 'acme.co.uk/', 'acme.co.uk'],
    ['map: by a name', { rule: 'map', settings: { names: { DE: 'Germany' } } }, 'germany', 'DE'],
    ['map: by a code', { rule: 'map', settings: { names: { DE: 'Germany' } } }, 'de', 'DE'],
    ['map: accents do not count', { rule: 'map', settings: { names: { CI: "Côte d'Ivoire" } } }, 'Cote d’Ivoire', 'CI'],
    ['map: St. is Saint', { rule: 'map', settings: { names: { LC: 'Saint Lucia' } } }, 'St. Lucia', 'LC'],
    ['map: & is and', { rule: 'map', settings: { names: { TT: 'Trinidad and Tobago' } } }, 'Trinidad & Tobago', 'TT'],
    ['map: several', { rule: 'map', settings: { multiple: true, allowed: ['A', 'B'] } }, 'b;A', ['B', 'A']],
    [
      'map: one to several',
      { rule: 'map', settings: { multiple: true, allowed: ['A', 'B'], map: { x: ['A', 'B'] } } },
      'X',
      ['A', 'B'],
    ],
    ['email: lower case', { rule: 'email' }, 'Kim.A@Example.COM', 'kim.a@example.com'],
    ['phone: international', { rule: 'phone' }, '+49 (30) 123-456', '+4930123456'],
    ['phone: with 00', { rule: 'phone' }, '0049 30 123456', '+4930123456'],
    ['date: today', { rule: 'date' }, TODAY, TODAY],
    ['date: of an instant', { rule: 'date' }, '2027-01-02T23:00:00Z', '2027-01-02'],
    ['amount: a number', { rule: 'amount' }, 12500, '12500'],
    ['amount: with cents', { rule: 'amount' }, '12500.5', '12500.5'],
    ['amount: with commas and a dollar', { rule: 'amount' }, '$12,500.00', '12500'],
    ['constant', { rule: 'constant', source: '', settings: { value: ['None'] } }, undefined, ['None']],
  ])('%s', (_says, changes, field, expected) => {
    expect(valueOf(changes, field)).toEqual(expected);
  });

  test.each<[string, Partial<MappingRow>, unknown, RegExp]>([
    ['copy: too short', { settings: { min: 20 } }, 'short', /5 characters; at least 20/],
    ['copy: too long', { settings: { max: 3 } }, 'long', /4 characters; at most 3/],
    ['copy: another form', { settings: { pattern: '[0-9]+', patternHelp: 'Only digits.' } }, 'x1', /Only digits/],
    ['url: words', { rule: 'url' }, 'our website', /not a web address/],
    ['url: another scheme', { rule: 'url' }, 'ftp://acme.com', /not a web address/],
    ['map: unknown', { rule: 'map', settings: { allowed: ['A'] } }, 'Z', /"Z" is not accepted/],
    ['map: one of several unknown', { rule: 'map', settings: { multiple: true, allowed: ['A'] } }, 'A;Z', /"Z"/],
    ['email: no host', { rule: 'email' }, 'kim@', /not an e-mail address/],
    ['phone: country unknown', { rule: 'phone' }, '030 123456', /country code/],
    ['phone: letters', { rule: 'phone' }, '+1 800 FLOWERS', /country code/],
    ['date: yesterday', { rule: 'date' }, '2026-11-20', /in the past/],
    ['date: no such day', { rule: 'date' }, '2027-02-29', /not a date/],
    ['date: too far', { rule: 'date', settings: { maxYearsAhead: 60 } }, '2086-11-22', /60 years/],
    ['amount: zero', { rule: 'amount' }, '0.00', /above 0/],
    ['amount: negative', { rule: 'amount' }, -5, /above 0/],
    ['amount: words', { rule: 'amount' }, 'about 5k', /above 0/],
    ['amount: three decimals', { rule: 'amount' }, '1.234', /"1.234" can be read as 1234 or as 1.234\./],
    ['amount: a thousand as some write it', { rule: 'amount' }, '1.000', /can be read as 1000 or as 1\./],
    ['amount: half a thousand more', { rule: 'amount' }, '$12.500', /can be read as 12500 or as 12.5\./],
    ['amount: a million as some write it', { rule: 'amount' }, '1.000.000', /above 0/],
    ['amount: a comma for cents', { rule: 'amount' }, '12,50', /above 0/],
    ['amount: of a currency', { rule: 'amount' }, '12500 EUR', /above 0/],
    ['amount: too large', { rule: 'amount', settings: { max: 10 } }, 11, /limit of 10/],
  ])('%s', (_says, changes, field, expected) => {
    expect(valueOf(changes, field)).toBeUndefined();
    expect(problemOf(changes, field)).toMatch(expected);
  });

  describe('an amount that is wanted in one currency', () => {
    const spend = row({
      rule: 'amount',
      source: 'Opportunity.Spend__c',
      answerHome: 'Opportunity.Spend__c',
      settings: { currency: 'USD' },
    });
    const draftIn = (currencies: { org?: string; deal?: string }, answers: Answers = {}) =>
      draftReferral(
        [spend],
        {
          Opportunity: { Spend__c: 12500, ...(currencies.deal ? { CurrencyIsoCode: currencies.deal } : {}) },
          ...(currencies.org ? { Organization: { DefaultCurrencyIsoCode: currencies.org } } : {}),
        },
        answers,
        TODAY,
      );

    test.each([{ org: 'USD' }, { org: 'EUR', deal: 'USD' }])(
      'is taken from the record where it is %p',
      (currencies) => {
        expect(draftIn(currencies)).toMatchObject({
          values: [{ value: '12500', sourceKind: 'record' }],
          questions: [],
        });
      },
    );

    test.each([
      [{ org: 'EUR' }, 'The record says EUR 12500. Target is wanted in USD.', 'EUR 12500'],
      [{ org: 'USD', deal: 'GBP' }, 'The record says GBP 12500. Target is wanted in USD.', 'GBP 12500'],
      [{}, 'The currency of 12500 is not known. Target is wanted in USD.', '12500'],
    ])('is asked for where it is %p, and the answer stays on the referral', (currencies, problem, current) => {
      expect(draftIn(currencies)).toMatchObject({ values: [], questions: [{ problem, current, answerHome: '' }] });
      const answered = draftIn(currencies, { Target: '14000' });
      expect(answered).toMatchObject({ values: [{ value: '14000', sourceKind: 'person' }], questions: [] });
    });

    test('reads the currency beside each amount', () => {
      expect(sourcePaths([spend])).toEqual(['Opportunity.CurrencyIsoCode', 'Opportunity.Spend__c']);
      expect(sourcePaths([{ ...spend, settings: {} }])).toEqual(['Opportunity.Spend__c']);
    });
  });

  test('a postal code takes the form of its country, and is left out where there are none', () => {
    const mapping = [
      row({ target: 'Country', source: 'Opportunity.Country', sortOrder: 1 }),
      row({
        target: 'Code',
        source: 'Opportunity.Code',
        rule: 'postal-code',
        sortOrder: 2,
        settings: {
          countryTarget: 'Country',
          formats: { GB: ['@# #@@', '@@#@ #@@'], US: ['#####', '#####-####'] },
          none: ['AE'],
        },
      }),
    ];
    const codeIn = (Country: string, Code: string) =>
      draftReferral(mapping, { Opportunity: { Country, Code } }, {}, TODAY);
    expect(codeIn('GB', 'ec1a1bb').values[1]?.value).toBe('EC1A 1BB');
    expect(codeIn('US', '94105 1234').values[1]?.value).toBe('94105-1234');
    expect(codeIn('US', '9410').questions[0]).toMatchObject({ target: 'Code', current: '9410' });
    expect(codeIn('US', '').questions[0]?.target).toBe('Code');
    expect(codeIn('AE', '12345')).toMatchObject({ values: [{ target: 'Country' }], questions: [] });
    expect(codeIn('CL', '8320000').values[1]?.value).toBe('8320000');
    expect(codeIn('CL', '').questions).toEqual([]);
  });

  test('a national number is read only where every number of the country has one length', () => {
    const mapping = [
      row({ target: 'Country', source: 'Opportunity.Country', sortOrder: 1 }),
      row({
        target: 'Phone',
        source: 'Opportunity.Phone',
        rule: 'phone',
        sortOrder: 2,
        settings: { countryTarget: 'Country', national: { US: { code: '1', digits: 10 } } },
      }),
    ];
    const phoneIn = (Country: string) =>
      draftReferral(mapping, { Opportunity: { Country, Phone: '(415) 555-0123' } }, {}, TODAY).values[1]?.value;
    expect(phoneIn('US')).toBe('+14155550123');
    expect(phoneIn('DE')).toBeUndefined();
  });
});

describe('nothing is invented', () => {
  test('a missing value is asked for with its reason, kind and allowed values', () => {
    const draft = draftOne(
      {
        rule: 'map',
        question: 'Which?',
        reason: 'Because.',
        answerHome: 'Account.X',
        settings: { allowed: ['A', 'B'] },
      },
      null,
    );
    expect(draft).toEqual({
      values: [],
      questions: [
        {
          target: 'Target',
          label: 'Target',
          question: 'Which?',
          reason: 'Because.',
          kind: 'choice',
          allowed: ['A', 'B'],
          answerHome: 'Account.X',
        },
      ],
    });
  });

  test('an optional value is never asked for, and one of the wrong form is left out', () => {
    expect(draftOne({ requirement: 'optional', rule: 'email' }, 'nonsense')).toEqual({ values: [], questions: [] });
  });

  test('an answer wins over the record, goes through the same rule and is the person’s', () => {
    const draft = draftOne({ rule: 'url' }, 'old.example.com', { Target: 'NEW.example.com' });
    expect(draft.values).toMatchObject([{ value: 'new.example.com', source: 'answer', sourceKind: 'person' }]);
    const wrong = draftOne({ rule: 'url' }, 'old.example.com', { Target: 'new website' });
    expect(wrong.questions).toMatchObject([
      { current: 'new website', problem: expect.stringContaining('web address') },
    ]);
  });

  test('a later source is used when the first has nothing usable', () => {
    const mapping = [row({ settings: { fallbacks: ['Opportunity.Description'], min: 10 } })];
    const draft = draftReferral(
      mapping,
      { Opportunity: { Field: 'short', Description: 'long enough text' } },
      {},
      TODAY,
    );
    expect(draft.values).toMatchObject([{ value: 'long enough text', source: 'Opportunity.Description' }]);
  });

  test('a default is an approved template, and never covers up a wrong value', () => {
    const changes = { rule: 'map', settings: { allowed: ['A'], default: 'A', defaultName: 'our standard' } };
    expect(draftOne(changes, '').values).toMatchObject([
      { value: 'A', source: 'template: our standard', sourceKind: 'template' },
    ]);
    expect(draftOne(changes, 'Z').questions).toHaveLength(1);
  });

  test('a value under a condition is neither drafted nor asked for when the condition does not hold', () => {
    const mapping = [
      row({ target: 'Country', source: 'Opportunity.Country', sortOrder: 1 }),
      row({ target: 'State', source: '', sortOrder: 2, settings: { when: { target: 'Country', is: 'US' } } }),
    ];
    const asked = (Country: string) =>
      draftReferral(mapping, { Opportunity: { Country } }, {}, TODAY).questions.map(({ target }) => target);
    expect(asked('US')).toEqual(['State']);
    expect(asked('DE')).toEqual([]);
  });

  test('every drafted value says where it comes from, and nothing is drafted twice, whatever the facts', () => {
    const mapping = [
      row({ target: 'A' }),
      row({ target: 'B', rule: 'url', source: 'Opportunity.Site' }),
      row({ target: 'C', rule: 'amount', source: 'Opportunity.Amount' }),
      row({ target: 'D', rule: 'date', source: 'Opportunity.Day' }),
      row({ target: 'E', rule: 'map', source: 'Opportunity.Pick', settings: { multiple: true, allowed: ['x', 'y'] } }),
    ];
    fc.assert(
      fc.property(
        fc.record({
          Field: fc.anything(),
          Site: fc.anything(),
          Amount: fc.anything(),
          Day: fc.anything(),
          Pick: fc.anything(),
        }),
        (Opportunity) => {
          const draft = draftReferral(mapping, { Opportunity }, {}, TODAY);
          const targets = [...draft.values, ...draft.questions].map(({ target }) => target);
          expect([...targets].sort()).toEqual(['A', 'B', 'C', 'D', 'E']);
          for (const value of draft.values) {
            expect(value.source).not.toBe('');
            expect(value.value.length).toBeGreaterThan(0);
          }
        },
      ),
    );
  });
});

describe('our solution there', () => {
  const solution = row({
    target: 'Solution',
    rule: 'solution',
    source: 'Opportunity.Wanted',
    settings: { productSources: ['Opportunity.Lines[].Product2.Name'], shownUnmatched: 'Matched when it is sent' },
  });
  const Solutions = [
    { id: 'S-1', name: 'Data Mover', active: true },
    { id: 'S-2', name: 'Data Store', active: true },
    { id: 'S-3', name: 'Old Thing', active: false },
  ];
  const match = (Opportunity: Record<string, unknown>, answers: Answers = {}, known: unknown = Solutions) =>
    draftReferral([solution], { Opportunity, Solutions: known }, answers, TODAY);
  const lines = (...names: string[]) => ({ Lines: names.map((Name) => ({ Product2: { Name } })) });

  test('is the one the deal names, by id or name', () => {
    expect(match({ Wanted: 'data mover' }).values[0]?.value).toBe('S-1');
    expect(match({ Wanted: 'S-2' }).values[0]?.value).toBe('S-2');
  });

  test('is the one that has the name of a product of the deal', () => {
    expect(match(lines('Data Store', 'Data Store', 'Service')).values[0]).toMatchObject({
      value: 'S-2',
      sourceKind: 'rule',
    });
  });

  test('is the only active one', () => {
    expect(match({}, {}, [Solutions[0], Solutions[2]]).values[0]?.value).toBe('S-1');
  });

  test('is asked for when several or none match, and an inactive one is not taken', () => {
    expect(match(lines('Data Store', 'Data Mover')).questions[0]?.allowed).toEqual(['Data Mover', 'Data Store']);
    expect(match({}).questions).toHaveLength(1);
    expect(match({ Wanted: 'Old Thing' }).questions[0]?.problem).toContain('not one of our active solutions');
    expect(match({}, { Solution: 'Data Store' }).values[0]).toMatchObject({ value: 'S-2', sourceKind: 'person' });
  });

  test('is shown without a value where the solutions are not known', () => {
    const { values } = draftReferral([solution], { Opportunity: {} }, {}, TODAY);
    expect(values).toMatchObject([{ value: '', shown: 'Matched when it is sent' }]);
    expect(fingerprint(values[0]?.value ?? 'x')).toBe('');
  });
});

describe('the rows of the mapping', () => {
  const record = {
    Key__c: 'k',
    Network__c: 'net',
    Target__c: 'T',
    Rule__c: 'url',
    Settings__c: '{"max":9}',
    Active__c: true,
  };

  test('are read from records', () => {
    expect(parseMappingRow(record)).toMatchObject({
      target: 'T',
      label: 'T',
      rule: 'url',
      settings: { max: 9 },
      requirement: 'optional',
    });
  });

  test.each([
    ['inactive', { Active__c: false }],
    ['without target', { Target__c: '' }],
    ['of an unknown rule', { Rule__c: 'guess' }],
    ['with settings that are no JSON', { Settings__c: '{' }],
    ['with settings that are a list', { Settings__c: '[]' }],
    ['of a rule that only Object knows', { Rule__c: 'constructor' }],
  ])('%s are not used', (_says, changes) => {
    expect(parseMappingRow({ ...record, ...changes })).toBeNull();
  });

  test('name every record path they read, once', () => {
    const mapping = [
      row({ source: 'Opportunity.B', settings: { fallbacks: ['Opportunity.A'], reads: ['Opportunity.IsClosed'] } }),
      row({
        source: 'Opportunity.A',
        settings: { productSources: ['Opportunity.Lines[].Name'], when: { source: 'Opportunity.C', is: 'x' } },
      }),
    ];
    expect(sourcePaths(mapping)).toEqual([
      'Opportunity.A',
      'Opportunity.B',
      'Opportunity.C',
      'Opportunity.IsClosed',
      'Opportunity.Lines[].Name',
    ]);
  });

  test('read paths through records and lists', () => {
    const facts = {
      Opportunity: { Lines: [{ Name: 'a' }, { Name: null }, { Name: 'b' }] },
      Contacts: [{ Email: 'x' }],
    };
    expect(readPath(facts, 'Opportunity.Lines[].Name')).toEqual(['a', 'b']);
    expect(readPath(facts, 'Contacts[0].Email')).toBe('x');
    expect(readPath(facts, 'Contacts[1].Email')).toBeUndefined();
    expect(readPath(facts, 'Opportunity.Missing.Deep')).toBeUndefined();
  });
});

describe('fingerprints', () => {
  test('are SHA-256, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
      }),
    );
  });

  test('tell a text from a list, and one order from another', () => {
    expect(new Set([fingerprint('a'), fingerprint(['a']), fingerprint(['a', 'b']), fingerprint(['b', 'a'])]).size).toBe(
      4,
    );
    expect(fingerprint('a')).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('how a partner fits a deal', () => {
  const facts = { Opportunity: { Amount: 60_000, Type: 'New Customer', Account: { BillingCountry: 'US' } } };

  test('is the weight of the rules that hold', () => {
    const fit = partnerFit(
      [
        { field: 'Opportunity.Amount', op: 'gte', value: 50_000, reason: 'large', weight: 3 },
        { field: 'Opportunity.Type', op: 'eq', value: 'new customer', reason: 'new', weight: 1 },
        { field: 'Opportunity.Account.BillingCountry', op: 'in', value: ['DE', 'FR'], reason: 'in Europe', weight: 2 },
        { field: 'Opportunity.NextStep', op: 'present', reason: 'planned', weight: 2 },
      ],
      facts,
    );
    expect(fit).toEqual({ score: 50, reasons: ['large', 'new'], against: ['in Europe', 'planned'] });
  });

  test('is 0 without rules, and never outside 0 to 100', () => {
    expect(partnerFit([], facts).score).toBe(0);
    fc.assert(
      fc.property(fc.array(fc.record({ weight: fc.integer(), value: fc.integer() })), (rules) => {
        const { score } = partnerFit(
          rules.map((rule) => ({ field: 'Opportunity.Amount', op: 'lte' as const, reason: 'r', ...rule })),
          facts,
        );
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('a pattern of the mapping', () => {
  test.each([
    ['a repeated group', '(a+)+b'],
    ['a group with bounds', '(?:a|aa){1,30}b'],
    ['three unbounded repeats', 'a*a*a*b'],
    ['too many choices', 'a?a?a?a?a?a?a?b'],
    ['a back reference', '(a)\\1'],
    ['a look-ahead', '(?=a)a'],
    ['no pattern at all', '(a'],
  ])(
    'that could take for ever or cannot be read is not run, and whoever may mend it is named: %s',
    (_what, pattern) => {
      expect(problemOf({ settings: { pattern, patternHelp: 'Only a.' } }, 'a'.repeat(900))).toMatch(/An admin must/);
    },
  );

  test('of the plain kind is used, and its signs inside a class are only signs', () => {
    expect(valueOf({ settings: { pattern: '(?:https?:\\/\\/)?[+*?|()a-z]+' } }, 'https://a+b*(c)')).toBe(
      'https://a+b*(c)',
    );
    expect(problemOf({ settings: { pattern: 'a*' } }, 'a'.repeat(1_001))).toMatch(/does not have the form/);
  });
});
