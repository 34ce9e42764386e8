import type { HistoryAccount } from './accounts.ts';
import type { Chance } from './chance.ts';
import { dayAfter, inHours } from './days.ts';
import { type DealFacts, type DealType, type Family, type LeadSource, logOddsOf } from './deal-truth.ts';
import { activityOf, type SamplePartner } from './partner-truth.ts';

/** One save in a deal's life: values by field name, in the company's own names. */
export interface DealMoment {
  readonly day: string;
  /** Part of the working day, 0 to 1. */
  readonly part: number;
  readonly values: Readonly<Record<string, string | number | boolean>>;
}

/** A deal from its opening on, and what is true about it. */
export interface HistoryDeal {
  readonly name: string;
  /** Index among the history's accounts. */
  readonly account: number;
  readonly facts: DealFacts;
  readonly moments: readonly [DealMoment, ...DealMoment[]];
  readonly state: 'won' | 'lost' | 'open';
  /** Last day, for a deal that is over. */
  readonly closedOn: string | null;
  readonly product: Family;
  /** Amount as it stands at the end. */
  readonly amount: number;
  /** Key of the partner it was referred to, on which day, and whether the partner took it; null: none. */
  readonly referral: { readonly partner: string; readonly day: string; readonly approved: boolean } | null;
}

/** The way of a deal; some are passed over. */
const STAGES = [
  'Prospecting',
  'Qualification',
  'Needs Analysis',
  'Value Proposition',
  'Perception Analysis',
  'Proposal/Price Quote',
  'Negotiation/Review',
] as const;
const SKIPPED: Readonly<Record<string, number>> = { 'Perception Analysis': 0.6, 'Needs Analysis': 0.1 };

/** Of lost deals: how often each stage was the last one before. */
const LOST_FROM = {
  Qualification: 0.22,
  'Needs Analysis': 0.22,
  'Value Proposition': 0.22,
  'Proposal/Price Quote': 0.2,
  'Negotiation/Review': 0.14,
} as const;

const NEXT_STEPS: Readonly<Record<string, readonly string[]>> = {
  Prospecting: ['First call', 'Send overview'],
  Qualification: ['Discovery workshop', 'Meet the sponsor'],
  'Needs Analysis': ['Collect requirements', 'Data walk-through'],
  'Value Proposition': ['Present business case', 'Reference call'],
  'Perception Analysis': ['Review with the board'],
  'Proposal/Price Quote': ['Send proposal', 'Answer procurement'],
  'Negotiation/Review': ['Legal review', 'Final terms'],
};
const WHAT_FOR = ['analytics', 'reporting', 'data platform', 'migration', 'forecasting', 'archive', 'rollout'] as const;
const MEDIAN_AMOUNT: Readonly<Record<Family, number>> = {
  SaaS: 70_000,
  Services: 45_000,
  Support: 25_000,
  Hardware: 90_000,
};

export interface DealWishes {
  /** Closed deals within the last two years. */
  readonly closed: number;
  readonly open: number;
}

/** Days over which deals were closed. */
const PAST_DAYS = 730;
const MEDIAN_CYCLE = 48;

/**
 * Draws deals until there are as many as wished: won or lost by the log odds of `deal-truth.ts`, with everything that was
 * saved on the way. `today` is `YYYY-MM-DD`; nothing lies after yesterday.
 */
export const historyDeals = (
  chance: Chance,
  today: string,
  accounts: readonly HistoryAccount[],
  partners: readonly SamplePartner[],
  wishes: DealWishes,
): readonly HistoryDeal[] => {
  const deals: HistoryDeal[] = [];
  let closed = 0;
  let open = 0;
  for (let number = 0; closed < wishes.closed || open < wishes.open; number += 1) {
    const deal = drawDeal(chance.fork(`deal ${number}`), number, today, accounts, partners);
    if (deal === null) continue;
    if (deal.state === 'open' ? open >= wishes.open : closed >= wishes.closed) continue;
    if (deal.state === 'open') open += 1;
    else closed += 1;
    deals.push(deal);
  }
  return deals;
};

const drawDeal = (
  chance: Chance,
  number: number,
  today: string,
  accounts: readonly HistoryAccount[],
  partners: readonly SamplePartner[],
): HistoryDeal | null => {
  // More deals are opened from year to year: the square root of an even draw lies nearer to today.
  const age = Math.round((PAST_DAYS + 150) * (1 - Math.sqrt(0.25 + 0.75 * chance.next())) * 2);
  const opened = dayAfter(today, -Math.max(2, age));
  const account = Math.floor(accounts.length * chance.next() ** 1.4);
  const customer = accounts[account];
  if (customer === undefined) return null;
  const recent = 1 - age / (PAST_DAYS + 150);
  const family: Family = chance.weighted({ SaaS: 5, Services: 3, Support: 2, Hardware: 1 });
  const amount = Math.round(
    MEDIAN_AMOUNT[family] * (customer.employees / 2_000) ** 0.35 * Math.exp(0.8 * chance.normal()),
  );
  const referral = drawReferral(chance, opened, partners);
  const facts: DealFacts = {
    type: chance.weighted<DealType>({
      'New Customer': 6,
      'Existing Customer - Upgrade': 3,
      'Existing Customer - Replacement': 1,
    }),
    // Partners bring in more and more of the business: what a model has to notice as drift.
    leadSource: chance.weighted<LeadSource>({
      Web: 3.5,
      'Phone Inquiry': 1.5,
      'Partner Referral': 0.8 + 2.4 * Math.max(0, recent),
      'Purchased List': 2,
      Other: 1.5,
    }),
    industry: customer.industry,
    employees: customer.employees,
    family,
    amount,
    competitor: chance.weighted({ None: 4, Incumbent: 3, 'Cloud vendor': 2, 'In-house': 2 }),
    budgetConfirmed: chance.happens(0.5),
    pushes: Number(chance.weighted({ '0': 5, '1': 3, '2': 1.5, '3': 0.5 })),
    partnerQuality: referral?.quality ?? null,
  };
  return liveDeal(chance, number, { today, opened }, { account, customer }, facts, referral);
};

const drawReferral = (
  chance: Chance,
  opened: string,
  partners: readonly SamplePartner[],
): {
  readonly partner: string;
  readonly quality: number;
  readonly afterDays: number;
  readonly approved: boolean;
} | null => {
  if (!chance.happens(0.3)) return null;
  const partner = chance.one(partners);
  // A referral that is answered would be heard of as interaction.
  if (partner.fate === 'usage-only' || activityOf(partner, opened) === 0) return null;
  const approved = chance.happens(0.55 + 0.4 * partner.quality);
  return { partner: partner.key, quality: partner.quality, afterDays: chance.whole(2, 12), approved };
};

const liveDeal = (
  chance: Chance,
  number: number,
  { today, opened }: { readonly today: string; readonly opened: string },
  { account, customer }: { readonly account: number; readonly customer: HistoryAccount },
  facts: DealFacts,
  referral: ReturnType<typeof drawReferral>,
): HistoryDeal | null => {
  const won = chance.happens(1 / (1 + Math.exp(-logOddsOf(facts))));
  const cycle = Math.max(
    9,
    Math.round(MEDIAN_CYCLE * (facts.amount / 60_000) ** 0.2 * Math.exp(0.5 * chance.normal())),
  );
  if (dayAfter(opened, cycle) < dayAfter(today, -PAST_DAYS)) return null;
  const lostFrom = chance.weighted(LOST_FROM);
  const way = STAGES.filter((stage) => !chance.happens(SKIPPED[stage] ?? 0) || (!won && stage === lostFrom));
  const walked = won ? way : way.slice(0, way.indexOf(lostFrom) + 1);
  const closesOn = dayAfter(opened, cycle);
  const moments = [...courseOf(chance, opened, cycle, walked, facts, customer), ...ending(chance, opened, cycle, won)];
  const lived = asLived(moments, dayAfter(today, -1));
  const isOver = closesOn < today;
  const referred = referral === null ? null : dayAfter(opened, Math.min(referral.afterDays, cycle - 1));
  return {
    name: `${customer.name}: ${chance.one(WHAT_FOR)} ${number + 1}`,
    account,
    facts,
    moments: lived,
    state: isOver ? (won ? 'won' : 'lost') : 'open',
    closedOn: isOver ? closesOn : null,
    product: facts.family,
    amount: lived.reduce((amount, { values }) => Number(values.Amount ?? amount), facts.amount),
    referral:
      referral === null || referred === null || referred >= today
        ? null
        : { partner: referral.partner, day: referred, approved: referral.approved },
  };
};

/** The opening and every stage after it, with what becomes known there; close dates slip as often as the facts say. */
const courseOf = (
  chance: Chance,
  opened: string,
  cycle: number,
  walked: readonly string[],
  facts: DealFacts,
  customer: HistoryAccount,
): DealMoment[] => {
  const hoped = Math.max(10, Math.round(cycle * (0.75 ** facts.pushes + 0.1 * chance.next())));
  const owner = customer.owner;
  const dayOf = (step: number): string => dayAfter(opened, Math.floor((cycle * 0.92 * step) / walked.length));
  const stages = walked.map((stage, step): DealMoment => {
    const known: Record<string, string | number | boolean> = {
      StageName: stage,
      NextStep: chance.one(NEXT_STEPS[stage] ?? ['']),
    };
    if (step === 0)
      Object.assign(known, {
        Owner: owner,
        Amount: facts.amount,
        CloseDate: dayAfter(opened, hoped),
        Type: facts.type,
        LeadSource: facts.leadSource,
        Territory__c: chance.one(['North', 'South', 'East', 'West']),
      });
    if (step === 1) known.Competitor__c = facts.competitor;
    if (step === Math.min(2, walked.length - 1)) known.BudgetConfirmed__c = facts.budgetConfirmed;
    if (stage === 'Proposal/Price Quote') known.Amount = Math.round(facts.amount * (0.9 + 0.25 * chance.next()));
    return { day: dayOf(step), part: chance.next() * 0.8, values: known };
  });
  const slips = Array.from({ length: facts.pushes }, (_, slip): DealMoment => {
    const day = dayAfter(opened, Math.floor((cycle * 0.9 * (slip + 1)) / (facts.pushes + 1)));
    const ahead = Math.max(7, Math.round((cycle * 0.6) / (slip + 1)));
    return { day, part: 0.85 + 0.1 * chance.next(), values: { CloseDate: dayAfter(day, ahead) } };
  });
  return [...stages, ...slips];
};

/** How it ends, with all that is only known then. */
const ending = (chance: Chance, opened: string, cycle: number, won: boolean): DealMoment[] => {
  const day = dayAfter(opened, cycle);
  const contract = chance.happens(won ? 0.95 : 0.04)
    ? [{ day: dayAfter(day, -chance.whole(1, 3)), part: 0.96, values: { ContractSentOn__c: dayAfter(day, -1) } }]
    : [];
  const reason = won
    ? chance.one(['Best fit', 'Price', 'Relationship'])
    : chance.weighted({ 'No budget': 3, 'Lost to competitor': 3, 'No decision': 2, Price: 1 });
  const last = {
    StageName: won ? 'Closed Won' : 'Closed Lost',
    CloseDate: day,
    ClosedReason__c: reason,
    NextStep: won ? 'Hand over to delivery' : 'Revisit next year',
    ...(won ? {} : { LossNotes__c: `Lost: ${reason.toLowerCase()}` }),
  };
  return [...contract, { day, part: 0.98, values: last }];
};

/** In the order of time, up to and with the last day, each save counted as one more touch. */
const asLived = (moments: readonly DealMoment[], lastDay: string): [DealMoment, ...DealMoment[]] => {
  const inOrder = moments
    .filter(({ day }) => day <= lastDay)
    .sort((one, other) => (inHours(one.day, one.part) < inHours(other.day, other.part) ? -1 : 1))
    .map((moment, index) => ({ ...moment, values: { ...moment.values, TouchCount__c: 2 * index + 1 } }));
  const [first, ...rest] = inOrder;
  if (first === undefined) throw new Error('a deal has to be opened before today');
  return [first, ...rest];
};
