import type { AboutPerson } from '../../domain/decisions/proposal.ts';
import type { DealFacts } from '../../domain/referrals/draft.ts';

/** Relationships of a record to the person it names, whose id is in the field of that name with `Id`. */
const relationships = ['Owner', 'CreatedBy', 'LastModifiedBy'];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const walk = (
  value: unknown,
  path: string,
  personAt: (
    name: string,
    member: Readonly<Record<string, unknown>>,
    parent: Readonly<Record<string, unknown>>,
  ) => unknown,
): readonly AboutPerson[] => {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]): readonly AboutPerson[] => {
    const inner = path === '' ? name : `${path}.${name}`;
    const person = isObject(member) ? personAt(name, member, value) : undefined;
    return typeof person === 'string' && person !== '' ? [{ path: inner, person }] : walk(member, inner, personAt);
  });
};

/** Whose data the facts of a deal hold, and where: its contacts, and the users whom its records name. */
export const peopleOfDeal = ({ Opportunity, Contacts }: DealFacts): readonly AboutPerson[] =>
  walk({ Opportunity, Contacts: Contacts ?? [] }, '', (name, member, parent) =>
    parent === Contacts ? member.Id : relationships.includes(name) ? parent[`${name}Id`] : undefined,
  );

/** Whose data a network's record holds, and where: a network knows people by their e-mail addresses. */
export const peopleByEmail = (record: unknown): readonly AboutPerson[] => walk(record, '', (_name, { Email }) => Email);

/** Whom the values of a mapping row are about, answered or read: whoever's record the row reads. */
export const personAt = (source: string, people: readonly AboutPerson[]): string | undefined => {
  const path = source.replace(/\[(\d+)\]/g, '.$1');
  return people.find((one) => path.startsWith(`${one.path}.`))?.person;
};

/** The same for a target in a network's record, whose lists a target names without a number. */
export const personAtTarget = (target: string, people: readonly AboutPerson[]): string | undefined =>
  people.find((one) => target.startsWith(`${one.path.replace(/\.\d+/g, '')}.`))?.person;
