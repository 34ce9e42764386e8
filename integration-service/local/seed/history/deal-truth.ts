/**
 * What really decides whether a deal of the sample company is won. Deals are drawn with exactly these log odds, so that a
 * model trained on them can be held to the truth: which fields it should name, which way they pull, and which it must not
 * use because they are only known when the deal is over.
 */

/** What counts, as far as it is known in the course of the deal. */
export interface DealFacts {
  readonly type: DealType;
  readonly leadSource: LeadSource;
  readonly industry: string;
  /** People at the account. */
  readonly employees: number;
  readonly family: Family;
  /** Amount when the deal was opened. */
  readonly amount: number;
  readonly competitor: Competitor;
  readonly budgetConfirmed: boolean;
  /** How often the close date was put off. */
  readonly pushes: number;
  /** Quality of the partner it was referred to, from 0 to 1; null: it was referred to none. */
  readonly partnerQuality: number | null;
}

export type DealType = 'New Customer' | 'Existing Customer - Upgrade' | 'Existing Customer - Replacement';
export type LeadSource = 'Web' | 'Phone Inquiry' | 'Partner Referral' | 'Purchased List' | 'Other';
export type Family = 'SaaS' | 'Services' | 'Support' | 'Hardware';
export type Competitor = 'None' | 'Incumbent' | 'Cloud vendor' | 'In-house';

interface Effects {
  readonly base: number;
  readonly type: Readonly<Record<DealType, number>>;
  readonly leadSource: Readonly<Record<LeadSource, number>>;
  readonly family: Readonly<Record<Family, number>>;
  readonly competitor: Readonly<Record<Competitor, number>>;
  /** Industries that are not named have no effect. */
  readonly industry: Readonly<Record<string, number>>;
  readonly amountPerTenfold: number;
  readonly employeesPerTenfold: number;
  readonly budgetConfirmed: number;
  readonly push: number;
  readonly referred: number;
  readonly partnerQuality: number;
}

/** Log odds. Amounts are counted from 60,000 and people from 2,000, where they have no effect. */
export const DEAL_EFFECTS: Effects = {
  base: -0.75,
  type: { 'New Customer': -0.25, 'Existing Customer - Upgrade': 0.9, 'Existing Customer - Replacement': 0.2 },
  leadSource: { Web: -0.2, 'Phone Inquiry': 0.25, 'Partner Referral': 0.7, 'Purchased List': -1, Other: 0 },
  family: { SaaS: 0.1, Services: 0.3, Support: 0.2, Hardware: -0.5 },
  competitor: { None: 0.35, Incumbent: -0.8, 'Cloud vendor': -0.35, 'In-house': 0 },
  industry: { Banking: 0.5, Healthcare: 0.4, Insurance: 0.3, Retail: -0.4, Government: -0.6, Education: -0.3 },
  amountPerTenfold: -0.9,
  employeesPerTenfold: 0.35,
  budgetConfirmed: 1,
  push: -0.55,
  referred: 0.2,
  partnerQuality: 0.9,
};

const tenfolds = (value: number, from: number): number => Math.log10(Math.max(1, value) / from);

/** Log odds that the deal is won, everything about it known but how it ended. */
export const logOddsOf = (facts: DealFacts): number => {
  const of = DEAL_EFFECTS;
  return (
    of.base +
    of.type[facts.type] +
    of.leadSource[facts.leadSource] +
    of.family[facts.family] +
    of.competitor[facts.competitor] +
    (of.industry[facts.industry] ?? 0) +
    of.amountPerTenfold * tenfolds(facts.amount, 60_000) +
    of.employeesPerTenfold * tenfolds(facts.employees, 2_000) +
    (facts.budgetConfirmed ? of.budgetConfirmed : 0) +
    of.push * facts.pushes +
    (facts.partnerQuality === null ? 0 : of.referred + of.partnerQuality * facts.partnerQuality)
  );
};

/** A field that tells the outcome because it is filled in with it, or nearly. */
export interface PlantedLeak {
  readonly field: string;
  /** What gives it away: changed at or after close, only filled on one side, power gone at earlier points, or a counter. */
  readonly kind: 'at-close' | 'one-sided' | 'just-before-close' | 'counter';
  readonly how: string;
}

export interface HistoryTruth {
  readonly effects: Effects;
  /** Fields that drive the outcome and are known in time, strongest first. */
  readonly drivers: readonly string[];
  /** Drivers that have to be worked out. */
  readonly workedOut: readonly string[];
  /** Fields without any effect. */
  readonly noise: readonly string[];
  readonly leaks: readonly PlantedLeak[];
}

/** What a model trained on the sample history can be held to. Fields are those of Opportunity unless another is named. */
export const historyTruth: HistoryTruth = {
  effects: DEAL_EFFECTS,
  drivers: [
    'LeadSource',
    'Type',
    'Competitor__c',
    'BudgetConfirmed__c',
    'Amount',
    'Account.Industry',
    'Account.NumberOfEmployees',
  ],
  workedOut: ['close date put off', 'referred to a partner', 'quality of that partner'],
  noise: ['Territory__c', 'OwnerId', 'Account.BillingCountry'],
  leaks: [
    { field: 'ClosedReason__c', kind: 'at-close', how: 'filled in with the closing, other reasons for won and lost' },
    { field: 'LossNotes__c', kind: 'one-sided', how: 'filled in with the closing of lost deals alone' },
    {
      field: 'ContractSentOn__c',
      kind: 'just-before-close',
      how: 'filled in up to three days before a deal is won, and hardly ever before one is lost',
    },
    { field: 'NextStep', kind: 'at-close', how: 'says with the closing what comes after it' },
    {
      field: 'TouchCount__c',
      kind: 'counter',
      how: 'grows for as long as the deal lives, and won deals live through more',
    },
  ],
};
