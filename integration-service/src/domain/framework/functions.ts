/**
 * The ten functions of partner work, in the order in which a company turns them on. Numbers and phases are the
 * requirements' (M-list); the names of F3 and F8 are inferred from what those requirements ask for.
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
}

/** F1–F10. `FunctionMode__c` and `GuardrailPolicy__c` name a function by its id. */
export const PARTNER_FUNCTIONS: readonly PartnerFunction[] = [
  { id: 'recruitment', number: 'F1', name: 'Recruitment' },
  { id: 'demand-generation', number: 'F2', name: 'Demand generation' },
  { id: 'partner-sales', number: 'F3', name: 'Partner sales' },
  { id: 'co-selling', number: 'F4', name: 'Co-selling' },
  { id: 'quoting', number: 'F5', name: 'Quoting' },
  { id: 'onboarding', number: 'F6', name: 'Onboarding' },
  { id: 'customer-success', number: 'F7', name: 'Customer success' },
  { id: 'renewals', number: 'F8', name: 'Renewals' },
  { id: 'training', number: 'F9', name: 'Training' },
  { id: 'telemetry', number: 'F10', name: 'Telemetry' },
];
