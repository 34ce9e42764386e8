import type { OwnField } from '../../domain/propensity/deal.ts';
import type { DealsWanted, TouchedDeal } from '../../ports/crm/deal-scores.ts';
import type { DescribedField } from './descriptions.ts';
import type { Namespace } from './namespace.ts';
import { fieldPath, idLiteral, instantLiteral, literals } from './soql.ts';

/** Ids stand in an address, which ends at 16 KB (REST API guide, "Status Codes": 414): so many take half of it. */
export const IDS_PER_QUERY = 250;

const dealFields = [
  'Id',
  'OwnerId',
  'AccountId',
  'CreatedDate',
  'SystemModstamp',
  'StageName',
  'Amount',
  'CloseDate',
  'IsClosed',
  'IsWon',
  'Type',
  'LeadSource',
  'P2bScore__c',
  'P2bBand__c',
] as const;
const accountFields = ['Industry', 'NumberOfEmployees', 'BillingCountry'] as const;

/** `YYYY-MM-DD` as SOQL writes it. */
const dayLiteral = (day: string): string => instantLiteral(`${day.slice(0, 10)}T00:00:00Z`).slice(0, 10);

const condition = (wanted: DealsWanted): string => {
  if ('ids' in wanted) return `Id IN (${wanted.ids.map(idLiteral).join(', ')})`;
  const after = wanted.after === null ? '' : ` AND Id > ${idLiteral(wanted.after)}`;
  return 'open' in wanted
    ? `IsClosed = FALSE${after}`
    : `IsClosed = TRUE AND CloseDate >= ${dayLiteral(wanted.closedFrom)}${after}`;
};

/** Deals with what the service may see of them: a field that is hidden from it is left out, and is then not known. */
export const dealsQuery = (
  space: Namespace,
  wanted: DealsWanted,
  own: readonly OwnField[],
  visible: { readonly deal: readonly DescribedField[]; readonly account: readonly DescribedField[] },
): string => {
  const seen = new Set(visible.deal.map(({ name }) => name));
  const seenAccount = new Set(visible.account.map(({ name }) => name));
  const fields = dealFields.map((name) => space.field('Opportunity', name)).filter((name) => seen.has(name));
  const selected = [
    ...new Set([...fields, ...own.map(({ name }) => fieldPath(name)).filter((name) => seen.has(name))]),
    ...accountFields.filter((name) => seenAccount.has(name)).map((name) => `Account.${name}`),
  ];
  const tail = 'ids' in wanted ? '' : ` LIMIT ${Math.trunc(wanted.limit)}`;
  return `SELECT ${selected.join(', ')} FROM Opportunity WHERE ${condition(wanted)} ORDER BY Id${tail}`;
};

export type Children = 'course' | 'changes' | 'products' | 'partners';

/**
 * What hangs on deals: of these ids where there are few, else of all deals of the same kind between the first and the last
 * of a page, as a list of two thousand ids fits into no address.
 */
export const childrenQuery = (
  space: Namespace,
  children: Children,
  wanted: DealsWanted,
  ids: readonly string[],
): string => {
  const parent = children === 'partners' ? space.field('Referral__c', 'Opportunity__c') : 'OpportunityId';
  const deal = children === 'partners' ? space.field('Referral__c', 'Opportunity__r') : 'Opportunity';
  const [first, last] = [ids[0] ?? '', ids.at(-1) ?? ''];
  const which =
    'ids' in wanted
      ? `${parent} IN (${ids.map(idLiteral).join(', ')})`
      : `${deal}.Id >= ${idLiteral(first)} AND ${deal}.Id <= ${idLiteral(last)} AND ${deal}.IsClosed = ${'open' in wanted ? 'FALSE' : 'TRUE'}`;
  switch (children) {
    case 'course':
      return `SELECT OpportunityId, StageName, Amount, CloseDate, CreatedDate FROM OpportunityHistory WHERE ${which} ORDER BY OpportunityId, CreatedDate, Id`;
    case 'changes':
      return `SELECT OpportunityId, Field, DataType, OldValue, NewValue, CreatedDate FROM OpportunityFieldHistory WHERE ${which} ORDER BY OpportunityId, CreatedDate, Id`;
    case 'products':
      return `SELECT OpportunityId, Product2.Family, CreatedDate FROM OpportunityLineItem WHERE ${which}`;
    case 'partners':
      return `SELECT ${parent}, ${space.field('Referral__c', 'Partner__r')}.${space.field('Partner__c', 'Key__c')}, CreatedDate FROM ${space.object('Referral__c')} WHERE ${which} ORDER BY CreatedDate, Id`;
  }
};

/** In the order of change; ids tell apart what was changed in one moment, so that no page ends in the middle of it. */
export const touchedQuery = ({ changedAt, id }: Pick<TouchedDeal, 'changedAt' | 'id'>, limit: number): string => {
  const at = instantLiteral(changedAt);
  const later =
    id === ''
      ? `SystemModstamp >= ${at}`
      : `(SystemModstamp > ${at} OR (SystemModstamp = ${at} AND Id > ${idLiteral(id)}))`;
  return `SELECT Id, SystemModstamp, LastModifiedById, IsClosed FROM Opportunity WHERE ${later} ORDER BY SystemModstamp, Id LIMIT ${Math.trunc(limit)}`;
};

export const partnerHealthQuery = (space: Namespace): string => {
  const field = (name: string): string => space.field('Partner__c', name);
  return `SELECT ${field('Key__c')}, Name, ${field('HealthSeries__c')} FROM ${space.object('Partner__c')}`;
};

/** Grants of partners in force; which of them let a score in is told by their fields, a long text that SOQL cannot compare. */
export const scoringGrantsQuery = (space: Namespace): string => {
  const field = (name: string): string => space.field('PartnerGrant__c', name);
  return (
    `SELECT ${field('Fields__c')}, ${field('ExpiresAt__c')}, ${field('Partner__r')}.${space.field('Partner__c', 'Key__c')} ` +
    `FROM ${space.object('PartnerGrant__c')} WHERE ${field('Status__c')} IN (${literals(['active'])})`
  );
};
