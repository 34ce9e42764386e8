/** A value of a field, as the CRM tells it: texts, numbers, and yes or no. */
export type DealValue = string | number | boolean | null;

/** What stage, amount and close date of a deal became, and when (Salesforce: OpportunityHistory). */
export interface CourseStep {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly stage: string;
  readonly amount: number | null;
  /** `YYYY-MM-DD`. */
  readonly closeDate: string | null;
}

/** A tracked field that was changed (Salesforce: OpportunityFieldHistory). */
export interface FieldChange {
  readonly at: number;
  /** `LeadSource`, `OwnerId`, `Segment__c`. */
  readonly field: string;
  readonly was: DealValue;
  readonly is: DealValue;
}

/** A product of a deal, with when it was added. */
export interface DealProduct {
  readonly family: string;
  readonly addedAt: number;
}

/** A partner that a deal was referred to, with when. */
export interface DealPartner {
  readonly key: string;
  readonly since: number;
}

/** A deal as it is now, and how it came there. */
export interface Deal {
  readonly id: string;
  readonly ownerId: string | null;
  readonly accountId: string | null;
  readonly createdAt: number;
  /** When anything of it was changed last, in ISO 8601; what a score was made from is as old as this read. */
  readonly changedAt: string;
  readonly stage: string;
  readonly amount: number | null;
  readonly closeDate: string | null;
  readonly closed: boolean;
  readonly won: boolean;
  /** Fields that have a value of their own: `Type`, `LeadSource`, and the company's own fields by their names. */
  readonly fields: Readonly<Record<string, DealValue>>;
  readonly account: {
    readonly industry: string | null;
    readonly employees: number | null;
    readonly country: string | null;
  };
  readonly products: readonly DealProduct[];
  readonly partners: readonly DealPartner[];
  /** In the order of time. */
  readonly course: readonly CourseStep[];
  readonly changes: readonly FieldChange[];
}

/** A field of the company's own that a score may be learned from. */
export interface OwnField {
  /** `Segment__c`, without the package's prefix. */
  readonly name: string;
  readonly label: string;
  /** `given`: a text or a date, of which only counts whether it is there. */
  readonly kind: 'number' | 'category' | 'given';
}

/** What is known of a partner besides its deals. */
export interface PartnerPast {
  readonly key: string;
  readonly name: string;
  /** Health at the start of weeks (milliseconds), in the order of time; null while it was not known. */
  readonly health: readonly { readonly at: number; readonly score: number | null }[];
  /** What passed between the companies in weeks that began at these moments. */
  readonly activity: readonly { readonly at: number; readonly events: number }[];
}

/**
 * When a deal ended: the last step of its course that changed its stage, as the stage it ended in was entered then. Null
 * where it is open, or where nothing tells.
 */
export const endedAt = (deal: Deal): number | null => {
  if (!deal.closed) return null;
  let at: number | null = null;
  let before: string | null = null;
  for (const step of deal.course) {
    if (step.stage !== before) at = step.stage === deal.stage ? step.at : null;
    before = step.stage;
  }
  return at;
};
