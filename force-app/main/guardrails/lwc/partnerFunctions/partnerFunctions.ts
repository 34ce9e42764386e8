import { labels } from 'c/functionLabels';

/** A function of partner work as a page shows it. */
export interface PartnerFunction {
  id: string;
  /** F1 to F10, as the requirements number them. */
  number: string;
  name: string;
  phase: 1 | 2 | 3;
}

/** The ten functions in their own order; the service knows them by the same ids. */
export const PARTNER_FUNCTIONS: readonly PartnerFunction[] = [
  { id: 'recruitment', number: 'F1', name: labels.recruitment, phase: 3 },
  { id: 'demand-generation', number: 'F2', name: labels.demandGeneration, phase: 3 },
  { id: 'partner-sales', number: 'F3', name: labels.partnerSales, phase: 2 },
  { id: 'co-selling', number: 'F4', name: labels.coSelling, phase: 1 },
  { id: 'quoting', number: 'F5', name: labels.quoting, phase: 3 },
  { id: 'onboarding', number: 'F6', name: labels.onboarding, phase: 3 },
  { id: 'customer-success', number: 'F7', name: labels.customerSuccess, phase: 1 },
  { id: 'renewals', number: 'F8', name: labels.renewals, phase: 2 },
  { id: 'training', number: 'F9', name: labels.training, phase: 3 },
  { id: 'telemetry', number: 'F10', name: labels.telemetry, phase: 1 },
];

/** The name of a function; an id that this page does not know is shown as it is. */
export function functionName(id: string): string {
  return PARTNER_FUNCTIONS.find((one) => one.id === id)?.name ?? id;
}
