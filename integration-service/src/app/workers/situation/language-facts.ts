import { decodeEntities } from '../../../connectors/aws-ace/correction.ts';
import type { DisclosedValue, Proposal } from '../../../domain/decisions/proposal.ts';
import type { DealContext, SourcedFact } from '../../../domain/language/material.ts';
import type { Json, JsonObject } from '../../../domain/values/json.ts';

/** The texts of the partner's own record, where the proposal read it: as they are, and as AWS has escaped two of them. */
export const heldByPartner = ({ facts }: Pick<Proposal, 'facts'>): ReadonlySet<string> => {
  const { value } = facts.find(({ name }) => name === 'referral-at-partner') ?? {};
  const texts = value === undefined ? [] : leavesOf(value, '').map((leaf) => leaf.value);
  return new Set([...texts, ...texts.map(decodeEntities)]);
};

/** Every value in a fact, with where it stands as its source. */
const leavesOf = (value: Json, source: string): readonly SourcedFact[] => {
  if (typeof value === 'string' || typeof value === 'number') return [{ source, value: String(value) }];
  if (Array.isArray(value)) return value.flatMap((member: Json) => leavesOf(member, source));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value as JsonObject).flatMap(([name, member]) =>
    leavesOf(member, source === '' ? name : `${source}.${name}`),
  );
};

/** Ids are in every record, say nothing, and have digits that would pass for a source. */
const isSaid = ({ source }: SourcedFact): boolean => source !== '' && !/(?:^|\.)(?:\w*Id|type|url)$/.test(source);

const customerSources = ['Opportunity.Account.Name', 'Customer.Account.CompanyName'];

/** What is known of the deal that a text is about: what its records and people say, and whom the proposal discloses. */
export const knownOfDeal = (
  { disclosed, facts }: Pick<Proposal, 'disclosed' | 'facts'>,
  partner: { readonly key: string; readonly name: string },
): DealContext => {
  const own = disclosed.filter(({ sourceKind }) => sourceKind !== 'template');
  const told = own.flatMap(({ label, value }) => [value].flat().map((text) => ({ source: label, value: text })));
  const records = facts
    .filter(({ name }) => name === 'deal' || name === 'referral-at-partner')
    .flatMap(({ value }) => leavesOf(value, ''));
  const customer =
    records.find(({ source }) => customerSources.includes(source))?.value ??
    own.find(({ target }) => customerSources.includes(target))?.value;
  return {
    key: partner.key,
    partner: { name: partner.name || partner.key, alsoKnownAs: [partner.key] },
    customer: { name: [customer ?? []].flat().join(' ') || 'the customer', alsoKnownAs: [] },
    facts: [...told, ...records].filter(isSaid),
    people: peopleOf(own),
  };
};

/** People whom the proposal discloses by themselves may be named in its texts, with what is disclosed of them. */
const peopleOf = (disclosed: readonly DisclosedValue[]): DealContext['people'] => {
  const personal = disclosed.filter(({ personal: is }) => is);
  const groups = Map.groupBy(personal, ({ target }) => target.split('.').slice(0, -1).join('.'));
  return [...groups.values()].map((values) => {
    const said = (ending: string): string[] =>
      values.filter(({ target }) => target.endsWith(ending)).map(({ value }) => [value].flat().join(' '));
    return {
      name: [...said('FirstName'), ...said('LastName')].join(' '),
      contact: [...said('Email'), ...said('Phone')],
    };
  });
};

/** What the facts of the deal call people: none of it goes into what is said of a text. */
export const peopleNamed = ({ facts, people }: DealContext): readonly string[] => [
  ...facts
    .filter(({ source }) => /(?:FirstName|LastName|Owner\.Name|Email|Phone)$/.test(source))
    .map(({ value }) => value),
  ...people.flatMap(({ name, contact }) => [name, ...contact]),
];
