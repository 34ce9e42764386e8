import type { RecordData } from 'lightning/uiRecordApi';
import CURRENCY from '@salesforce/i18n/currency';
import CUSTOMER_PROBLEM from '@salesforce/schema/Opportunity.CustomerProblem__c';
import DELIVERY_MODEL from '@salesforce/schema/Opportunity.DeliveryModel__c';
import MONTHLY_SPEND from '@salesforce/schema/Opportunity.PartnerMonthlySpend__c';
import PARTNER_NEEDS from '@salesforce/schema/Opportunity.PartnerNeeds__c';
import PARTNER_SOLUTION from '@salesforce/schema/Opportunity.PartnerSolution__c';
import USE_CASE from '@salesforce/schema/Opportunity.UseCase__c';
import { readRows, selectRows, uiApiQuery } from 'c/recordQuery';
import type { FieldMap } from 'c/recordQuery';
import type { DealFacts } from 'c/referralDraft';

/** Our own fields on the opportunity: in an org with our namespace they carry it, a customer's own fields do not. */
const OUR_FIELDS = [CUSTOMER_PROBLEM, DELIVERY_MODEL, MONTHLY_SPEND, PARTNER_NEEDS, PARTNER_SOLUTION, USE_CASE].map(
  ({ fieldApiName }) => fieldApiName,
);
const withoutNamespace = (name: string): string => name.replace(/^[A-Za-z][A-Za-z0-9]*?__(?=[A-Za-z0-9_]+__c$)/, '');
const PLAIN_NAMES = new Map(OUR_FIELDS.map((name) => [name, withoutNamespace(name)]));
const ORG_NAMES = new Map(OUR_FIELDS.map((name) => [withoutNamespace(name), name]));

/** Child records a mapping may read, with the object that holds them and how they are found and ordered. */
const CHILDREN = [
  {
    path: /^Contacts\[\d*\]\.(.+)$/,
    alias: 'contacts',
    object: { objectApiName: 'OpportunityContactRole' },
    parent: 'Contact.',
    order: 'IsPrimary: { order: DESC }, CreatedDate: { order: ASC }',
  },
  {
    path: /^Opportunity\.OpportunityLineItems\[\d*\]\.(.+)$/,
    alias: 'lineItems',
    object: { objectApiName: 'OpportunityLineItem' },
    parent: '',
    order: 'CreatedDate: { order: ASC }',
  },
] as const;

type Children = (typeof CHILDREN)[number];
const MOST_CHILDREN = 50;
/** Stands for a dot in an alias; no field name of the platform holds it. */
const DOT = '_dot_';

const orgName = (name: string): string => ORG_NAMES.get(name) ?? name;

/** The fields of the opportunity and its parents among the paths, as `getRecord` wants them. */
export function recordFields(paths: readonly string[]): string[] {
  const fields = paths.filter((path) => path.startsWith('Opportunity.') && !path.includes('['));
  return [...new Set(fields.map((path) => path.split('.').map(orgName).join('.')))].sort();
}

/** The query for the contacts and products of a deal (`$recordId`), or `undefined` when no path reads any. */
export function childrenQuery(paths: readonly string[]): string | undefined {
  const connections = CHILDREN.flatMap((children) => {
    const fields = childFields(paths, children);
    const filter = `where: { OpportunityId: { eq: $recordId } }, orderBy: { ${children.order} }, first: ${MOST_CHILDREN}`;
    return Object.keys(fields).length === 0 ? [] : [selectRows(children.alias, children.object, fields, filter)];
  });
  return connections.length === 0 ? undefined : uiApiQuery('dealChildren', '$recordId: ID', connections);
}

/** Fields under aliases that GraphQL accepts: a path's dots are written out. */
function childFields(paths: readonly string[], { path, object, parent }: Children): FieldMap {
  const names = paths.flatMap((candidate) => path.exec(candidate)?.[1] ?? []);
  return Object.fromEntries(
    [...new Set(names)].map((name) => [name.replaceAll('.', DOT), { ...object, fieldApiName: `${parent}${name}` }]),
  );
}

/** The facts of a deal from its record and its children; names are plain, whatever namespace the org has. */
export function dealFacts(
  recordId: string,
  record: RecordData | undefined,
  children: unknown,
  paths: readonly string[],
): DealFacts {
  const [contacts, lineItems] = CHILDREN.map((kind) => nestedRows(children, kind, paths));
  return {
    Opportunity: { ...plainRecord(record), Id: recordId, OpportunityLineItems: lineItems },
    Contacts: contacts,
    // In an org of several currencies this is the reader's, and each record names its own, which comes first.
    Organization: { DefaultCurrencyIsoCode: CURRENCY },
  };
}

function plainRecord(record: RecordData | null | undefined): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record?.fields ?? {}).map(([name, { value }]) => [
      PLAIN_NAMES.get(name) ?? name,
      isRecord(value) ? plainRecord(value) : value,
    ]),
  );
}

function isRecord(value: unknown): value is RecordData {
  return typeof value === 'object' && value !== null && 'fields' in value;
}

function nestedRows(data: unknown, kind: Children, paths: readonly string[]): Record<string, unknown>[] {
  const fields = childFields(paths, kind);
  return readRows(data, kind.alias, fields).map((row) => {
    const nested: Record<string, unknown> = {};
    Object.keys(fields).forEach((alias) => put(nested, alias.split(DOT), row[alias]));
    return nested;
  });
}

function put(record: Record<string, unknown>, [name = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    record[name] = value;
    return;
  }
  const inner = (record[name] ?? {}) as Record<string, unknown>;
  record[name] = inner;
  put(inner, rest, value);
}
