/**
 * Drafts a referral from the live deal by a mapping that is data (`FieldMapping__c`).
 *
 * The referral panel and the integration service run this very file, so what the seller sees before the click is what
 * is sent after it. Therefore: one file without imports (the two module systems resolve siblings differently), pure,
 * no clock, no locale tables, and nothing that knows a particular network: lists and formats are settings of a row.
 *
 * Nothing is invented. A value that cannot be derived becomes a question; one of the wrong form becomes a question that
 * says what is wrong with it. Optional values are never asked for: without a usable source they are left out.
 */

// ------------------------------------------------------------------------------------------------------------- Shapes

/** One row of the mapping: how one value of the network's request comes from the deal. */
export interface MappingRow {
  key: string;
  network: string;
  target: string;
  label: string;
  /** Path in the facts, such as `Opportunity.Account.Website`; empty when the value is only asked for or constant. */
  source: string;
  /** One of `ruleIds`. */
  rule: string;
  /** Settings of the rule; see `Settings` in the text of each rule below. */
  settings: Record<string, unknown>;
  requirement: 'create' | 'submit' | 'optional';
  personal: boolean;
  question: string;
  reason: string;
  answerHome: string;
  sortOrder: number;
}

/**
 * The live deal as plain nested records, keyed without namespace. `Solutions` is known to the service only;
 * `Organization.DefaultCurrencyIsoCode` is the currency of amounts whose record names none.
 */
export interface DealFacts {
  Opportunity: Record<string, unknown>;
  [name: string]: unknown;
}

/** What a person answered, by target. */
export type Answers = Record<string, string | string[]>;

export interface DraftValue {
  target: string;
  label: string;
  value: string | string[];
  /** The value in words for people; the same text as `value` unless a name says more than a code. */
  shown: string;
  /** Where the value comes from: a path, `rule: …`, `template: …` or `answer`. */
  source: string;
  sourceKind: 'record' | 'rule' | 'template' | 'person';
  personal: boolean;
  sortOrder: number;
}

export interface Question {
  target: string;
  label: string;
  question: string;
  reason: string;
  kind: 'text' | 'long-text' | 'choice' | 'choices' | 'number' | 'date';
  allowed?: string[];
  /** Length of a text, or size of a number. */
  min?: number;
  max?: number;
  /** The value that is there now, when it cannot be used as it is. */
  current?: string;
  /** What is wrong with `current`. */
  problem?: string;
  answerHome: string;
}

export interface Draft {
  values: DraftValue[];
  questions: Question[];
}

// ------------------------------------------------------------------------------------------------- The table of rules

interface Context {
  facts: DealFacts;
  /** Values of the rows before this one, by target. */
  drafted: Record<string, string | string[]>;
  today: string;
}

/** A usable value; or what is wrong with the one that is there; or that the network wants nothing here. */
type Converted =
  | { value: string | string[]; shown?: string; source?: string }
  | { problem?: string; leaveOut?: boolean; current?: string };

type Rule = (raw: unknown, row: MappingRow, context: Context) => Converted;

/** The closed table of rules. A row that names another one is refused by `parseMappingRow`. */
const rules: Record<string, Rule> = {
  copy: copyText,
  url: webAddress,
  map: mappedValue,
  'postal-code': postalCode,
  email: emailAddress,
  phone: phoneNumber,
  date: dateNotPast,
  amount: positiveAmount,
  constant: constantValue,
  solution: matchedSolution,
};

/** The ids a mapping row may name in `Rule__c`. */
export const ruleIds: readonly string[] = Object.keys(rules);

// -------------------------------------------------------------------------------------------------- Reading the mapping

/**
 * A row from the field values of a `FieldMapping__c` record (names without namespace); null when the row is inactive or
 * cannot be used: no target, an unknown rule, or settings that are not a JSON object.
 */
export function parseMappingRow(record: Record<string, unknown>): MappingRow | null {
  const text = (name: string): string => (typeof record[name] === 'string' ? (record[name] as string) : '');
  const rule = text('Rule__c') || 'copy';
  const settings = parseSettings(text('Settings__c'));
  if (record.Active__c === false || text('Target__c') === '' || settings === null || !Object.hasOwn(rules, rule))
    return null;
  const requirement = text('Requirement__c');
  return {
    key: text('Key__c'),
    network: text('Network__c'),
    target: text('Target__c'),
    label: text('Label__c') || text('Target__c'),
    source: text('Source__c').trim(),
    rule,
    settings,
    requirement: requirement === 'create' || requirement === 'submit' ? requirement : 'optional',
    personal: record.Personal__c === true,
    question: text('Question__c'),
    reason: text('Reason__c'),
    answerHome: text('AnswerHome__c'),
    sortOrder: typeof record.SortOrder__c === 'number' ? record.SortOrder__c : 0,
  };
}

/**
 * The record paths the mapping reads, sorted, each once: `Opportunity.Name`, `Opportunity.Account.Website`,
 * `Opportunity.OpportunityLineItems[].Product2.Name`, `Contacts[0].Email`. What only the service knows is left out.
 */
export function sourcePaths(mapping: MappingRow[]): string[] {
  const paths = mapping.flatMap((row) => [
    ...sourcesOf(row),
    ...currencyPathsOf(row),
    ...listOf(row.settings.reads),
    ...whenOf(row).flatMap(({ source }) => (source === undefined ? [] : [source])),
  ]);
  return [...new Set(paths)].sort(byCodeUnit);
}

// ------------------------------------------------------------------------------------------------------------- Drafting

/** Drafts every value of the mapping, in its order; `today` is `YYYY-MM-DD` in UTC. */
export function draftReferral(mapping: MappingRow[], facts: DealFacts, answers: Answers, today: string): Draft {
  const draft: Draft = { values: [], questions: [] };
  const drafted: Record<string, string | string[]> = {};
  for (const row of inOrder(mapping)) {
    if (!whenOf(row).every((condition) => holds(condition, drafted, facts))) continue;
    const found = valueOf(row, { facts, drafted, today }, answers[row.target]);
    if ('value' in found) {
      drafted[row.target] = found.value;
      draft.values.push({
        target: row.target,
        label: row.label,
        value: found.value,
        shown: found.shown ?? [found.value].flat().join('; '),
        source: found.source,
        sourceKind: found.sourceKind,
        personal: row.personal,
        sortOrder: row.sortOrder,
      });
    } else if (!found.leaveOut && (row.requirement !== 'optional' || answers[row.target] !== undefined)) {
      draft.questions.push(questionOf(row, { facts, drafted, today }, found));
    }
  }
  return draft;
}

type Found =
  | { value: string | string[]; shown?: string; source: string; sourceKind: DraftValue['sourceKind'] }
  | { leaveOut: boolean; current?: string; problem?: string };

/** A person's answer, else the first usable source, else the approved default; else what to ask. */
function valueOf(row: MappingRow, context: Context, answer: string | string[] | undefined): Found {
  const convert = ruleOf(row);
  if (answer !== undefined && !isBlank(answer)) {
    const said = [answer].flat().join('; ');
    const converted = convert(said, row, context);
    if ('value' in converted) return { ...converted, source: 'answer', sourceKind: 'person' };
    return { leaveOut: false, current: said, ...converted };
  }
  if (row.rule === 'constant' || row.rule === 'solution') return derived(row, context);
  let unusable: { leaveOut: boolean; current?: string; problem?: string } | undefined;
  for (const source of sourcesOf(row)) {
    const raw = readPath(context.facts, source);
    if (isBlank(raw)) continue;
    const converted = inAnotherCurrency(raw, source, row, context.facts) ?? convert(raw, row, context);
    if ('value' in converted) {
      const name = textOf(row.settings.ruleName);
      return name === ''
        ? { ...converted, source, sourceKind: 'record' }
        : { ...converted, source: `rule: ${name} of ${source}`, sourceKind: 'rule' };
    }
    if (converted.problem || converted.leaveOut)
      unusable ??= { leaveOut: false, current: partsOf(raw).join('; '), ...converted };
  }
  if (unusable === undefined && row.settings.default !== undefined) {
    const standard = convert(row.settings.default, row, context);
    const source = `template: ${textOf(row.settings.defaultName) || 'default of the mapping'}`;
    if ('value' in standard) return { ...standard, source, sourceKind: 'template' };
  }
  if (unusable) return unusable;
  const absent = convert('', row, context);
  return { leaveOut: 'leaveOut' in absent && absent.leaveOut === true };
}

/** Values that no record field holds: constants, and the solution chosen by rule. */
function derived(row: MappingRow, context: Context): Found {
  const converted = ruleOf(row)(undefined, row, context);
  if ('value' in converted) {
    const { source = `rule: ${row.rule}`, ...rest } = converted;
    return { ...rest, source, sourceKind: 'rule' };
  }
  return { leaveOut: converted.leaveOut === true, ...converted };
}

function questionOf(row: MappingRow, context: Context, found: { current?: string; problem?: string }): Question {
  const question = questionFor(row, context.facts);
  if (found.current !== undefined && found.current !== '') question.current = found.current;
  if (found.problem !== undefined && found.problem !== '') question.problem = found.problem;
  return question;
}

/** How a row of the mapping is asked for, whatever the deal holds there. Without facts no solutions are offered. */
export function questionFor(row: MappingRow, facts: DealFacts = { Opportunity: {} }): Question {
  const allowed = allowedOf(row, facts);
  const question: Question = {
    target: row.target,
    label: row.label,
    question: row.question || `What is the ${row.label.toLowerCase()}?`,
    reason: row.reason,
    kind: kindOf(row, allowed),
    answerHome: answerHomeOf(row, facts),
  };
  if (allowed.length > 0) question.allowed = allowed;
  if (typeof row.settings.min === 'number') question.min = row.settings.min;
  if (typeof row.settings.max === 'number') question.max = row.settings.max;
  return question;
}

function kindOf(row: MappingRow, allowed: string[]): Question['kind'] {
  if (allowed.length > 0) return row.settings.multiple === true ? 'choices' : 'choice';
  if (row.rule === 'date') return 'date';
  if (row.rule === 'amount') return 'number';
  return row.settings.long === true ? 'long-text' : 'text';
}

/** The answers a question may have; empty for free text. Names rather than codes, where the mapping gives both. */
function allowedOf(row: MappingRow, facts: DealFacts): string[] {
  if (row.rule === 'solution') return solutionsOf(facts).map((solution) => solution.name);
  const names = Object.values(recordOf(row.settings.names)).filter((name) => typeof name === 'string');
  return names.length > 0 ? names.sort(byCodeUnit) : listOf(row.settings.allowed);
}

// ---------------------------------------------------------------------------------------------------------------- Rules

function ruleOf(row: MappingRow): Rule {
  const rule = rules[row.rule];
  if (rule === undefined) throw new Error(`mapping row ${row.key} names the rule "${row.rule}", which does not exist`);
  return rule;
}

/** Characters of a text that is held against a pattern: what a pattern may cost grows with the square of it. */
const LONGEST_MATCHED = 1_000;

/** Settings: `min`, `max` (characters), `pattern` (whole text) and `patternHelp`, `long` (asked in a larger box). */
function copyText(raw: unknown, { label, settings }: MappingRow): Converted {
  const value = textOf(raw).trim();
  const { min, max } = settings;
  const length = [...value].length;
  if (typeof min === 'number' && length < min)
    return { problem: value === '' ? '' : `${label} has ${length} characters; at least ${min} are needed.` };
  if (typeof max === 'number' && length > max)
    return { problem: `${label} has ${length} characters; at most ${max} are allowed.` };
  const pattern = textOf(settings.pattern);
  if (value !== '' && pattern !== '') {
    const form = plainPattern(pattern);
    if (form === null)
      return { problem: `The pattern in the field mapping of ${label} cannot be used. An admin must put it right.` };
    if (length > LONGEST_MATCHED || !form.test(value))
      return { problem: textOf(settings.patternHelp) || `${label} does not have the form that is needed.` };
  }
  return value === '' ? {} : { value };
}

const knownPatterns = new Map<string, RegExp | null>();
const MOST_PATTERNS = 500;

/**
 * A pattern of the mapping for a whole text. Whoever edits the mapping must not be able to stop the service for everybody,
 * so null for one that may take for ever: a repeated group, a back reference, a look-around, more than two unbounded
 * repeats or more than six choices; and for one that is not a pattern at all.
 */
function plainPattern(pattern: string): RegExp | null {
  const known = knownPatterns.get(pattern);
  if (known !== undefined) return known;
  const made = compiledPattern(pattern);
  if (knownPatterns.size >= MOST_PATTERNS) knownPatterns.clear();
  knownPatterns.set(pattern, made);
  return made;
}

function compiledPattern(pattern: string): RegExp | null {
  const tokens = pattern.match(/\\[^]|\[(?:\\[^]|[^\]\\])*\]|\{\d*,?\d*\}|[^]/g) ?? [];
  const counts = { repeats: 0, choices: 0 };
  for (const [index, token] of tokens.entries()) {
    const [before, next, following] = [tokens[index - 1], tokens[index + 1], tokens[index + 2]];
    if (/^\\[1-9k]$/.test(token)) return null;
    if (token === '(' && next === '?' && following !== ':') return null;
    const isRepeat = token === '*' || token === '+' || /^\{\d+,?\d*\}$/.test(token);
    if (isRepeat && before === ')') return null;
    if (isRepeat) counts.repeats += 1;
    if (token === '|' || (token === '?' && before !== '(')) counts.choices += 1;
  }
  if (counts.repeats > 2 || counts.choices > 6) return null;
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch {
    return null;
  }
}

/** A public web address: scheme and host in lower case, path kept, trailing slash dropped. Settings: `min`, `max`. */
function webAddress(raw: unknown, row: MappingRow): Converted {
  const text = textOf(raw).trim();
  if (text === '') return {};
  const parts = /^(?:(https?):\/\/)?((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})([/?#]\S*)?$/i.exec(text);
  if (parts === null)
    return { problem: `"${text}" is not a web address. Give it in the form www.example.com or https://example.com.` };
  const [, scheme = '', host = '', path = ''] = parts;
  const prefix = scheme === '' ? '' : `${scheme.toLowerCase()}://`;
  return copyText(`${prefix}${host.toLowerCase()}${path === '/' ? '' : path}`, row);
}

/**
 * One of a network's own values. Settings: `allowed` (values), `names` (value → name for people), `map` (what records
 * say → value or values), `multiple`. Case, accents and punctuation do not count when comparing.
 */
function mappedValue(raw: unknown, { label, settings }: MappingRow): Converted {
  const names = recordOf(settings.names);
  const known = knownValues(settings);
  const given = settings.multiple === true ? partsOf(raw) : [textOf(raw).trim()].filter((text) => text !== '');
  const values = [...new Set(given.flatMap((text) => listOf(known.get(words(text)))))];
  const unknown = given.filter((text) => !known.has(words(text)));
  // Line items (a list) may hold more than the map knows: what is known counts. An answer or a field must be right.
  if (given.length === 0 || (values.length === 0 && Array.isArray(raw))) return {};
  if (unknown.length > 0 && !Array.isArray(raw))
    return { problem: `"${unknown.join('; ')}" is not accepted as ${label.toLowerCase()}.` };
  const shown = values.map((value) => {
    const name = textOf(names[value]);
    return name === '' || name === value ? value : `${name} (${value})`;
  });
  if (settings.multiple === true) return { value: values, shown: shown.join('; ') };
  const [value] = values;
  return value === undefined || values.length > 1 ? {} : { value, shown: shown.join('') };
}

/** Hundreds of countries and industries, made comparable once for a mapping and not for every deal. */
const tables = new WeakMap<MappingRow['settings'], Map<string, unknown>>();

function knownValues(settings: MappingRow['settings']): Map<string, unknown> {
  const made = tables.get(settings);
  if (made) return made;
  const names = recordOf(settings.names);
  const allowed = listOf(settings.allowed).length > 0 ? listOf(settings.allowed) : Object.keys(names);
  const known = new Map<string, unknown>();
  for (const [from, to] of Object.entries(recordOf(settings.map))) known.set(words(from), to);
  for (const [code, name] of Object.entries(names)) known.set(words(textOf(name)), code);
  for (const value of allowed) known.set(words(value), value);
  tables.set(settings, known);
  return known;
}

/** Settings: `value`, a text or a list. */
function constantValue(raw: unknown, { settings }: MappingRow): Converted {
  const value = isBlank(raw) ? settings.value : raw;
  if (isBlank(value)) return {};
  return { value: Array.isArray(value) ? listOf(value) : textOf(value) };
}

/**
 * A postal code in its country's form. Settings: `countryTarget` (a row before this one), `formats` (country → masks of
 * `#` digit, `@` letter, `*` either, else itself), `none` (countries without postal codes: nothing may be sent). Only separators and
 * case are put right; a country without a mask takes any text up to `max`, or none.
 */
function postalCode(raw: unknown, row: MappingRow, { drafted }: Context): Converted {
  const country = textOf(drafted[textOf(row.settings.countryTarget)]);
  if (country === '' || listOf(row.settings.none).includes(country)) return { leaveOut: true };
  const text = textOf(raw).trim().toUpperCase();
  const masks = listOf(recordOf(row.settings.formats)[country]);
  if (text === '') return { leaveOut: masks.length === 0 };
  if (masks.length === 0) return copyText(text, row);
  const bare = text.replace(/[\s-]/g, '');
  const exact = masks.find((mask) => mask.length === text.length && fillMask(mask, bare) === text);
  const filled = exact === undefined ? masks.map((mask) => fillMask(mask, bare)).find((code) => code !== null) : text;
  if (filled === undefined || filled === null)
    return {
      problem: `"${text}" is not a postal code of ${country}. Its form is ${masks.map(maskShown).join(' or ')}.`,
    };
  return { value: filled };
}

const maskSigns: Record<string, RegExp> = { '#': /^[0-9]$/, '@': /^[A-Z]$/, '*': /^[A-Z0-9]$/ };

/** The characters of `bare` put into the mask, or null when they do not fit. */
function fillMask(mask: string, bare: string): string | null {
  let used = 0;
  let filled = '';
  for (const sign of mask) {
    if (sign === ' ' || sign === '-') {
      filled += sign;
      continue;
    }
    const next = bare[used];
    used += 1;
    const form = maskSigns[sign];
    if (next === undefined || (form === undefined ? next !== sign : !form.test(next))) return null;
    filled += next;
  }
  return used === bare.length ? filled : null;
}

function maskShown(mask: string): string {
  return mask.replaceAll('#', '9').replaceAll('@', 'A').replaceAll('*', 'X');
}

/** An e-mail address in lower case (AWS refuses capitals). Settings: `max`. */
function emailAddress(raw: unknown, row: MappingRow): Converted {
  const text = textOf(raw).trim().toLowerCase();
  if (text === '') return {};
  const local = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
  const host = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
  if (!new RegExp(`^${local}(?:\\.${local})*@(?:${host}\\.)+${host}$`).test(text))
    return { problem: `"${text}" is not an e-mail address. Give it in the form name@example.com.` };
  return copyText(text, row);
}

/**
 * A phone number as `+` and digits (E.164). Settings: `countryTarget`, `national` (country → { code, digits }: how many
 * digits a number of that country has without its country code). A number whose country cannot be told is not guessed.
 */
function phoneNumber(raw: unknown, row: MappingRow, { drafted }: Context): Converted {
  const text = textOf(raw).trim();
  if (text === '') return {};
  const digits = text.replace(/[^0-9]/g, '');
  const problem = `"${text}" is not a phone number with its country code. Give it in the form +14155550123.`;
  if (!/^(?:\+|00)?[\d\s().\-/]+$/.test(text)) return { problem };
  const international = text.startsWith('+') ? digits : text.startsWith('00') ? digits.slice(2) : null;
  const national = recordOf(recordOf(row.settings.national)[textOf(drafted[textOf(row.settings.countryTarget)])]);
  const number = international ?? (digits.length === national.digits ? `${textOf(national.code)}${digits}` : '');
  return /^[1-9]\d{1,14}$/.test(number) ? { value: `+${number}` } : { problem };
}

/** A day from today on. Settings: `maxYearsAhead`. Takes dates and instants; the day counts as written. */
function dateNotPast(raw: unknown, { label, settings }: MappingRow, { today }: Context): Converted {
  const text = textOf(raw).trim();
  if (text === '') return {};
  const parts = /^(\d{4})-(\d{2})-(\d{2})(?:T.*)?$/.exec(text);
  const day = text.slice(0, 10);
  if (parts === null || !isDay(Number(parts[1]), Number(parts[2]), Number(parts[3])))
    return { problem: `"${text}" is not a date. Give it in the form 2030-12-31.` };
  if (day < today) return { problem: `${label} ${day} is in the past. Give today or a later day.` };
  const years = settings.maxYearsAhead;
  if (typeof years === 'number' && day > `${Number(today.slice(0, 4)) + years}${today.slice(4)}`)
    return { problem: `${label} ${day} is more than ${years} years ahead. Give an earlier day.` };
  return { value: day };
}

function isDay(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

/**
 * An amount of money above 0 as plain text with at most two decimals. Settings: `max`; `currency`, the one code in which
 * the network takes the amount: a record's amount in another is asked for, never converted and never passed off as it.
 */
function positiveAmount(raw: unknown, { label, settings }: MappingRow): Converted {
  const text = textOf(raw).trim();
  if (text === '') return {};
  const plain = text.replace(/^\$\s*/, '').replace(/,(?=\d{3}(?:\D|$))/g, '');
  // Half of the world writes 12500 as 12.500, and nobody means three decimals of money.
  if (typeof raw !== 'number' && /^[1-9]\d{0,2}\.\d{3}$/.test(plain))
    return {
      problem: `"${text}" can be read as ${plain.replace('.', '')} or as ${Number(plain)}. Give a plain number such as 12500 or 12500.50.`,
    };
  const parts = /^0*(\d+?)(?:\.(\d{1,2})0*)?$/.exec(plain);
  const [, whole = '', cents = ''] = parts ?? [];
  const value = cents.replace(/0+$/, '') === '' ? whole : `${whole}.${cents}`;
  if (parts === null || Number(value) <= 0)
    return { problem: `"${text}" is not an amount above 0. Give a plain number such as 12500 or 12500.50.` };
  if (typeof settings.max === 'number' && Number(value) > settings.max)
    return { problem: `${label} ${value} is above the limit of ${settings.max}.` };
  return { value };
}

/** Where the currency of an amount stands: on the amount's own record, in an org of several currencies. */
function currencyPath(path: string): string {
  return path.replace(/[^.]+$/, 'CurrencyIsoCode');
}

function currencyPathsOf(row: MappingRow): string[] {
  if (textOf(row.settings.currency) === '') return [];
  return [...sourcesOf(row), ...(row.answerHome === '' ? [] : [homePathOf(row)])].map(currencyPath);
}

/** ISO code of the currency of an amount: its record's own, else the org's; empty when neither is known. */
function currencyAt(path: string, facts: DealFacts): string {
  const own = readPath(facts, currencyPath(path));
  return textOf(isBlank(own) ? readPath(facts, 'Organization.DefaultCurrencyIsoCode') : own);
}

/** What is wrong with a record's amount that is not in the currency of the row's setting; null when nothing is. */
function inAnotherCurrency(
  raw: unknown,
  source: string,
  { label, settings }: MappingRow,
  facts: DealFacts,
): Converted | null {
  const wanted = textOf(settings.currency);
  const currency = currencyAt(source, facts);
  if (wanted === '' || currency === wanted) return null;
  const said = textOf(raw).trim();
  const problem =
    currency === ''
      ? `The currency of ${said} is not known. ${label} is wanted in ${wanted}.`
      : `The record says ${currency} ${said}. ${label} is wanted in ${wanted}.`;
  return { problem, current: `${currency} ${said}`.trim() };
}

function homePathOf({ answerHome }: MappingRow): string {
  return answerHome.startsWith('Opportunity.') ? answerHome : `Opportunity.${answerHome}`;
}

/**
 * The record field that keeps the answer to a row; empty when the referral keeps it, as it does with an amount whose
 * currency is not that of the field.
 */
export function answerHomeOf(row: MappingRow, facts: DealFacts): string {
  const wanted = textOf(row.settings.currency);
  if (wanted === '' || row.answerHome === '') return row.answerHome;
  return currencyAt(homePathOf(row), facts) === wanted ? row.answerHome : '';
}

/**
 * One of our solutions that the network knows (`facts.Solutions`: id, name, active). Answer or record field by id or
 * name; else the one whose name a product of the deal has; else the only one there is. Anything else is asked.
 * Settings: `productSources` (paths of product names, codes or families), `shownUnmatched`: the panel does not know the
 * solutions, so it shows what the record says, or these words, with an empty value; the service matches it.
 */
function matchedSolution(raw: unknown, row: MappingRow, { facts }: Context): Converted {
  const active = solutionsOf(facts);
  const named = (text: string): Solution[] =>
    active.filter(({ id, name }) => words(id) === words(text) || words(name) === words(text));
  const wanted = textOf(isBlank(raw) ? readPath(facts, row.source) : raw).trim();
  if (facts.Solutions === undefined)
    return {
      value: '',
      shown: wanted || textOf(row.settings.shownUnmatched),
      source: 'rule: matched with our solutions',
    };
  if (wanted !== '') {
    const [solution, ...others] = named(wanted);
    if (solution === undefined || others.length > 0)
      return { problem: `"${wanted}" is not one of our active solutions there.` };
    const source = `rule: solution named in ${row.source}`;
    return { value: solution.id, shown: `${solution.name} (${solution.id})`, source };
  }
  const products = listOf(row.settings.productSources).flatMap((path) => partsOf(readPath(facts, path)));
  const matches = [...new Set(products.flatMap(named))];
  const [only] = matches.length > 0 ? matches : active;
  if (only === undefined || (matches.length > 0 ? matches : active).length > 1) return {};
  const source = matches.length > 0 ? 'rule: solution of the same name as a product' : 'rule: our only active solution';
  return { value: only.id, shown: `${only.name} (${only.id})`, source };
}

interface Solution {
  id: string;
  name: string;
}

function solutionsOf(facts: DealFacts): Solution[] {
  if (!Array.isArray(facts.Solutions)) return [];
  return facts.Solutions.map(recordOf)
    .filter((solution) => solution.active !== false)
    .map((solution) => ({ id: textOf(solution.id), name: textOf(solution.name) }));
}

// ----------------------------------------------------------------------------------------------------------- Conditions

/** Settings `when`: one condition or a list that must all hold, on an earlier row's value or on a record. */
interface When {
  target?: string;
  source?: string;
  is?: unknown;
  isNot?: unknown;
}

function whenOf(row: MappingRow): When[] {
  const { when } = row.settings;
  if (when === undefined || when === null) return [];
  return (Array.isArray(when) ? when : [when]).map(recordOf);
}

function holds(condition: When, drafted: Record<string, string | string[]>, facts: DealFacts): boolean {
  const found = condition.target === undefined ? readPath(facts, condition.source ?? '') : drafted[condition.target];
  const values = partsOf(found).map(words);
  const matches = (wanted: unknown): boolean => listOf(wanted).some((value) => values.includes(words(value)));
  if (condition.is !== undefined && !matches(condition.is)) return false;
  if (condition.isNot !== undefined && (values.length === 0 || matches(condition.isNot))) return false;
  return true;
}

// ------------------------------------------------------------------------------------------------------------------ Fit

/** A rule by which a partner fits a deal (`Partner__c.FitRules__c`). */
export interface FitRule {
  field: string;
  op: 'gte' | 'lte' | 'eq' | 'in' | 'present';
  value?: unknown;
  reason: string;
  weight: number;
}

/** How well a partner fits: 0–100 by weight of the rules that hold (0 without rules), with the reasons on both sides. */
export function partnerFit(
  fitRules: FitRule[],
  facts: DealFacts,
): { score: number; reasons: string[]; against: string[] } {
  const held = fitRules.filter((rule) => fits(rule, readPath(facts, rule.field)));
  const total = sum(fitRules);
  return {
    score: total === 0 ? 0 : Math.round((sum(held) / total) * 100),
    reasons: held.map((rule) => rule.reason),
    against: fitRules.filter((rule) => !held.includes(rule)).map((rule) => rule.reason),
  };
}

function sum(fitRules: FitRule[]): number {
  return fitRules.reduce((total, rule) => total + Math.max(0, rule.weight), 0);
}

function fits(rule: FitRule, found: unknown): boolean {
  if (isBlank(found)) return false;
  if (rule.op === 'present') return true;
  if (rule.op === 'gte') return Number(found) >= Number(rule.value);
  if (rule.op === 'lte') return Number(found) <= Number(rule.value);
  const values = partsOf(found).map(words);
  return listOf(rule.value).some((value) => values.includes(words(value)));
}

// ---------------------------------------------------------------------------------------------------------- Fingerprint

/**
 * A fingerprint of a value as shown: 32 hex digits of its SHA-256; empty for an empty value, which was not shown. Who saw
 * a value agreed to exactly this one.
 */
export function fingerprint(value: string | string[]): string {
  return isBlank(value) ? '' : sha256(JSON.stringify(value)).slice(0, 32);
}

const initialState = firstPrimes(8).map((prime) => rootFraction(prime, 1 / 2));
const roundConstants = Int32Array.from(firstPrimes(64), (prime) => rootFraction(prime, 1 / 3));
const schedule = new Int32Array(64);

/** SHA-256 (FIPS 180-4) as lower-case hex: the browser's own is asynchronous, and this must run in both worlds. */
export function sha256(text: string): string {
  const bytes = utf8(text);
  const bits = bytes.length * 8;
  bytes.push(0x80);
  while (bytes.length % 64 !== 56) bytes.push(0);
  for (let shift = 56; shift >= 0; shift -= 8) bytes.push(Math.floor(bits / 2 ** shift) & 0xff);
  const state = Int32Array.from(initialState);
  for (let start = 0; start < bytes.length; start += 64) addBlock(state, bytes, start);
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** Forty values of every deal come through here, so it keeps to whole numbers in typed arrays and makes no objects. */
function addBlock(state: Int32Array, bytes: number[], start: number): void {
  const at = (index: number): number => schedule[index] ?? 0;
  const byte = (index: number): number => bytes[start + index] ?? 0;
  for (let index = 0; index < 16; index += 1) {
    const first = index * 4;
    schedule[index] = (byte(first) << 24) | (byte(first + 1) << 16) | (byte(first + 2) << 8) | byte(first + 3);
  }
  for (let index = 16; index < 64; index += 1) {
    const [near, far] = [at(index - 2), at(index - 15)];
    const mixedNear = turn(near, 17) ^ turn(near, 19) ^ (near >>> 10);
    const mixedFar = turn(far, 7) ^ turn(far, 18) ^ (far >>> 3);
    schedule[index] = (at(index - 16) + mixedFar + at(index - 7) + mixedNear) | 0;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let index = 0; index < 64; index += 1) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first =
      (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + (roundConstants[index] ?? 0) + at(index)) | 0;
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  const [a0 = 0, b0 = 0, c0 = 0, d0 = 0, e0 = 0, f0 = 0, g0 = 0, h0 = 0] = state;
  state.set([a0 + a, b0 + b, c0 + c, d0 + d, e0 + e, f0 + f, g0 + g, h0 + h]);
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** The first 32 bits of the fraction of a root of a prime, which is where the standard takes its constants from. */
function rootFraction(prime: number, power: number): number {
  const root = prime ** power;
  return ((root - Math.floor(root)) * 2 ** 32) | 0;
}

function firstPrimes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1)
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  return found;
}

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}

// -------------------------------------------------------------------------------------------------------- Small helpers

/** The value at a path: `Account.Name`, `Contacts[0].Email`, `OpportunityLineItems[].Product2.Name` (a list). */
export function readPath(facts: DealFacts, path: string): unknown {
  if (path === '') return undefined;
  let found: unknown[] = [facts];
  let many = false;
  for (const { name, index } of stepsOf(path)) {
    found = found.map((place) => recordOf(place)[name]);
    if (index === undefined) continue;
    const lists = found.map((place) => (Array.isArray(place) ? (place as unknown[]) : []));
    many ||= index === '';
    found = index === '' ? lists.flat() : lists.map((list) => list[Number(index)]);
  }
  return many ? found.filter((value) => !isBlank(value)) : found[0];
}

/** One step of a path: a member, and which of its list; an empty index means all of them. */
interface PathStep {
  name: string;
  index: string | undefined;
}

/** Paths are few and the same for every deal: those of the mappings. */
const knownPaths = new Map<string, PathStep[]>();
const MOST_PATHS = 2_000;

function stepsOf(path: string): PathStep[] {
  const known = knownPaths.get(path);
  if (known) return known;
  const steps = path.split('.').map((step) => {
    const [, name = '', index] = /^([^[]*)(?:\[(\d*)\])?$/.exec(step) ?? [];
    return { name, index };
  });
  if (knownPaths.size >= MOST_PATHS) knownPaths.clear();
  knownPaths.set(path, steps);
  return steps;
}

function inOrder(mapping: MappingRow[]): MappingRow[] {
  return [...mapping].sort((left, right) => left.sortOrder - right.sortOrder || byCodeUnit(left.target, right.target));
}

function sourcesOf(row: MappingRow): string[] {
  const paths = [row.source, ...listOf(row.settings.fallbacks), ...listOf(row.settings.productSources)];
  return paths.filter((path) => path !== '');
}

function byCodeUnit(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function isBlank(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isBlank);
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function recordOf(value: unknown): Record<string, unknown> {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? (value as Record<string, unknown>) : {};
}

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(textOf).filter((text) => text !== '');
}

/** Several values from a list, or from one text with `;` between them, as multi-select picklists hold them. */
function partsOf(value: unknown): string[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value])
    .flatMap((member) => textOf(member).split(';'))
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A text for comparing: no accents, lower case, single spaces, `&` as "and", "St." as "saint", no leading "the". */
function words(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/\bst\b/g, 'saint')
    .replace(/^the /, '');
}

function parseSettings(text: string): Record<string, unknown> | null {
  if (text.trim() === '') return {};
  try {
    const parsed: unknown = JSON.parse(text);
    const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
    return isObject ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
