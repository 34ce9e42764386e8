import { z } from 'zod';
import type {
  CourseStep,
  Deal,
  DealPartner,
  DealProduct,
  DealValue,
  FieldChange,
  OwnField,
  PartnerPast,
} from '../../domain/propensity/deal.ts';
import type { ScoredDealRecord, TouchedDeal } from '../../ports/crm/deal-scores.ts';
import type { DescribedField } from './descriptions.ts';
import type { Namespace } from './namespace.ts';

type Row = Readonly<Record<string, unknown>>;

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
const amount = z
  .number()
  .nullish()
  .transform((value) => value ?? null);
/** Salesforce writes `2026-11-21T10:00:00.000+0000`. */
const moment = z.string().transform((value) => new Date(value).getTime());
const instant = z.string().transform((value) => new Date(value).toISOString());
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const dealRow = z.looseObject({
  Id: z.string(),
  OwnerId: text,
  AccountId: text,
  CreatedDate: moment,
  SystemModstamp: instant,
  StageName: z.string(),
  Amount: amount,
  CloseDate: text,
  IsClosed: z.boolean(),
  IsWon: z.boolean(),
  P2bScore__c: amount,
  P2bBand__c: z
    .enum(['low', 'medium', 'high'])
    .nullish()
    .transform((value) => value ?? null),
  Account: z.looseObject({ Industry: text, NumberOfEmployees: amount, BillingCountry: text }).nullish(),
});
const courseRow = z.object({
  OpportunityId: z.string(),
  StageName: z.string(),
  Amount: amount,
  CloseDate: text,
  CreatedDate: moment,
});
const changeRow = z.object({
  OpportunityId: z.string(),
  Field: z.string(),
  DataType: text,
  OldValue: scalar.nullish(),
  NewValue: scalar.nullish(),
  CreatedDate: moment,
});
const productRow = z.object({
  OpportunityId: z.string(),
  Product2: z.object({ Family: text }).nullish(),
  CreatedDate: moment,
});
const partnerRow = z.object({
  Opportunity__c: z.string(),
  Partner__r: z.object({ Key__c: z.string() }).nullish(),
  CreatedDate: moment,
});
const touchedRow = z.object({
  Id: z.string(),
  SystemModstamp: instant,
  LastModifiedById: z.string(),
  IsClosed: z.boolean(),
});
const series = z.object({ weeks: z.array(z.string()), score: z.array(z.number().nullable()) });

/** What hangs on deals, by the deal's id. */
export interface Pasts {
  readonly course: ReadonlyMap<string, readonly CourseStep[]>;
  readonly changes: ReadonlyMap<string, readonly FieldChange[]>;
  readonly products: ReadonlyMap<string, readonly DealProduct[]>;
  readonly partners: ReadonlyMap<string, readonly DealPartner[]>;
}

const byDeal = <One>(rows: readonly (readonly [string, One])[]): ReadonlyMap<string, readonly One[]> => {
  const found = new Map<string, One[]>();
  for (const [id, one] of rows) {
    const known = found.get(id);
    if (known) known.push(one);
    else found.set(id, [one]);
  }
  return found;
};

export const toCourse = (rows: readonly Row[]): Pasts['course'] =>
  byDeal(
    rows.map((row) => {
      const { OpportunityId, StageName, Amount, CloseDate, CreatedDate } = courseRow.parse(row);
      return [OpportunityId, { at: CreatedDate, stage: StageName, amount: Amount, closeDate: CloseDate }];
    }),
  );

/**
 * Changes of fields. A lookup is told twice, by name and by id: the id is what counts, under the field's own name
 * (`Owner` → `OwnerId`). That a deal was made is no change.
 */
export const toChanges = (space: Namespace, rows: readonly Row[]): Pasts['changes'] =>
  byDeal(
    rows.flatMap((row) => {
      const { OpportunityId, Field, DataType, OldValue, NewValue, CreatedDate } = changeRow.parse(row);
      if (Field === 'created') return [];
      const lookup = Field === 'Owner' || Field === 'Account';
      if (lookup && DataType !== 'EntityId') return [];
      const field = lookup ? `${Field}Id` : space.plain(Field);
      return [[OpportunityId, { at: CreatedDate, field, was: OldValue ?? null, is: NewValue ?? null }] as const];
    }),
  );

export const toProducts = (rows: readonly Row[]): Pasts['products'] =>
  byDeal(
    rows.flatMap((row) => {
      const { OpportunityId, Product2, CreatedDate } = productRow.parse(row);
      return Product2?.Family ? [[OpportunityId, { family: Product2.Family, addedAt: CreatedDate }] as const] : [];
    }),
  );

export const toPartners = (rows: readonly Row[]): Pasts['partners'] =>
  byDeal(
    rows.flatMap((row) => {
      const { Opportunity__c, Partner__r, CreatedDate } = partnerRow.parse(row);
      return Partner__r ? [[Opportunity__c, { key: Partner__r.Key__c, since: CreatedDate }] as const] : [];
    }),
  );

export const toScoredDeal = (own: readonly OwnField[], row: Row, pasts: Pasts): ScoredDealRecord => {
  const { Id: id, Account: account, ...deal } = dealRow.parse(row);
  const value = (name: string): DealValue => scalar.parse(row[name] ?? null);
  return {
    deal: {
      id,
      ownerId: deal.OwnerId,
      accountId: deal.AccountId,
      createdAt: deal.CreatedDate,
      changedAt: deal.SystemModstamp,
      stage: deal.StageName,
      amount: deal.Amount,
      closeDate: deal.CloseDate,
      closed: deal.IsClosed,
      won: deal.IsWon,
      fields: Object.fromEntries(
        ['Type', 'LeadSource', ...own.map(({ name }) => name)].map((name) => [name, value(name)]),
      ),
      account: {
        industry: account?.Industry ?? null,
        employees: account?.NumberOfEmployees ?? null,
        country: account?.BillingCountry ?? null,
      },
      products: pasts.products.get(id) ?? [],
      partners: pasts.partners.get(id) ?? [],
      course: pasts.course.get(id) ?? [],
      changes: pasts.changes.get(id) ?? [],
    } satisfies Deal,
    stands: { score: deal.P2bScore__c, band: deal.P2bBand__c },
  };
};

export const toTouched = (row: Row): TouchedDeal => {
  const { Id: id, SystemModstamp: changedAt, LastModifiedById: changedBy, IsClosed: closed } = touchedRow.parse(row);
  return { id, changedAt, changedBy, closed };
};

const healthRow = z.object({ Key__c: z.string(), Name: text, HealthSeries__c: text });

/** A partner with its health by week; a series that cannot be read is none. */
export const toPartnerPast = (row: Row): PartnerPast => {
  const { Key__c: key, Name, HealthSeries__c } = healthRow.parse(row);
  let said: unknown = null;
  try {
    said = JSON.parse(HealthSeries__c ?? 'null');
  } catch {
    said = null;
  }
  const known = series.safeParse(said);
  const health = known.success
    ? known.data.weeks.map((week, index) => ({
        at: Date.parse(`${week.slice(0, 10)}T00:00:00Z`),
        score: known.data.score[index] ?? null,
      }))
    : [];
  return { key, name: Name ?? key, health: health.filter(({ at }) => Number.isFinite(at)), activity: [] };
};

const grantRow = z.object({
  Fields__c: text,
  ExpiresAt__c: text,
  Partner__r: z.object({ Key__c: z.string() }).nullish(),
});

/** The field by which a grant lets in what a partner thinks of our deals. */
export const PARTNER_SCORE_FIELD = 'PartnerScore';

/** The partner whose own scores this grant lets in now; null: it lets none in. */
export const scoringPartner = (row: Row, now: string): string | null => {
  const { Fields__c, ExpiresAt__c, Partner__r } = grantRow.parse(row);
  const fields = (Fields__c ?? '').split(/\r?\n/).map((line) => line.trim());
  if (!Partner__r || !fields.includes(PARTNER_SCORE_FIELD)) return null;
  return ExpiresAt__c !== null && new Date(ExpiresAt__c).getTime() <= Date.parse(now) ? null : Partner__r.Key__c;
};

const numberTypes = new Set(['int', 'double', 'currency', 'percent']);
const categoryTypes = new Set(['picklist', 'boolean']);
/** Long texts are told as changed without what they said, so nobody knows when they were filled in. */
const givenTypes = new Set(['string', 'date', 'datetime', 'url', 'email', 'phone']);

/** Fields of the company's own that say something of a deal: numbers, choices, yes or no, and whether a text or date is given. Ours are left out. */
export const toOwnFields = (space: Namespace, fields: readonly DescribedField[]): readonly OwnField[] =>
  fields.flatMap(({ name, type, label }): readonly OwnField[] => {
    if (!name.endsWith('__c') || space.owns(name)) return [];
    if (numberTypes.has(type)) return [{ name: space.plain(name), label, kind: 'number' }];
    if (categoryTypes.has(type)) return [{ name: space.plain(name), label, kind: 'category' }];
    return givenTypes.has(type) ? [{ name: space.plain(name), label, kind: 'given' }] : [];
  });
