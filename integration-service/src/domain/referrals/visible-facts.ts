import { sourcePaths, type DealFacts, type MappingRow } from './draft.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const without = (value: unknown, [step, ...rest]: readonly string[]): unknown => {
  if (Array.isArray(value)) return value.map((member) => without(member, step === undefined ? [] : [step, ...rest]));
  if (!isRecord(value) || step === undefined || !(step in value)) return value;
  if (rest.length > 0) return { ...value, [step]: without(value[step], rest) };
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== step));
};

/**
 * The deal as somebody sees it from whom field security hides these paths of the mapping: what is hidden is not known. A
 * path into a list counts for each of its members.
 */
export const visibleFacts = (facts: DealFacts, hidden: readonly string[]): DealFacts =>
  hidden.reduce<DealFacts>((left, path) => without(left, path.replace(/\[\d*\]/g, '').split('.')) as DealFacts, facts);

/** Where an answer is kept, as a path of the deal: `Account.Website` is `Opportunity.Account.Website`. Null: on the referral. */
export const homePath = ({ answerHome }: Pick<MappingRow, 'answerHome'>): string | null => {
  if (answerHome === '') return null;
  return answerHome.startsWith('Opportunity.') ? answerHome : `Opportunity.${answerHome}`;
};

/** Every path that says something of a row's value: what it is read from, what it depends on, where answers to it are kept. */
export const pathsOfRow = (row: MappingRow): readonly string[] => {
  const home = homePath(row);
  return [...new Set([...sourcePaths([row]), ...(home === null ? [] : [home])])];
};

/** A path in words for people: `Opportunity.Account.Website` is the Account’s Website. */
export const fieldInWords = (path: string): string =>
  path
    .replace(/^Opportunity\.(?=.*\.)/, '')
    .replace(/^Contacts\b/, 'Contact')
    .replace(/\[\d*\]/g, '')
    .replace(/__[cr]\b/g, '')
    .replaceAll('.', ' ');
