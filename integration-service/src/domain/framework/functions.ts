/**
 * The ten functions of partner work. Numbers and phases are those of the requirements (M155–M157); what F3 and F8 are
 * called, and their phase, is inferred there.
 */
export const FUNCTION_IDS = [
  'recruitment',
  'demand-generation',
  'partner-sales',
  'co-selling',
  'quoting',
  'onboarding',
  'customer-success',
  'renewals',
  'training',
  'telemetry',
] as const;

export type FunctionId = (typeof FUNCTION_IDS)[number];

/** What an agent may be asked to do with partners, as one of ten closed kinds of work. */
export interface PartnerFunction {
  readonly id: FunctionId;
  readonly number: `F${number}`;
  readonly name: string;
  /** When a company turns it on: phase 1 in months 1–3, 2 in months 3–6, 3 in months 6–12. */
  readonly phase: 1 | 2 | 3;
}

/** F1–F10. `FunctionMode__c` and `GuardrailPolicy__c` name a function by its id. */
export const PARTNER_FUNCTIONS: readonly PartnerFunction[] = [
  { id: 'recruitment', number: 'F1', name: 'Recruitment', phase: 3 },
  { id: 'demand-generation', number: 'F2', name: 'Demand generation', phase: 3 },
  { id: 'partner-sales', number: 'F3', name: 'Partner sales', phase: 2 },
  { id: 'co-selling', number: 'F4', name: 'Co-selling', phase: 1 },
  { id: 'quoting', number: 'F5', name: 'Quoting', phase: 3 },
  { id: 'onboarding', number: 'F6', name: 'Onboarding', phase: 3 },
  { id: 'customer-success', number: 'F7', name: 'Customer success', phase: 1 },
  { id: 'renewals', number: 'F8', name: 'Renewals', phase: 2 },
  { id: 'training', number: 'F9', name: 'Training', phase: 3 },
  { id: 'telemetry', number: 'F10', name: 'Telemetry', phase: 1 },
];
