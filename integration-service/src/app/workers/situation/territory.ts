import type { SituationFacts } from '../../../domain/guardrails/situation.ts';
import type { SituationAsk } from './situation-ask.ts';

/**
 * Where the deal lies, by its customer's address: country, then state (`United States/California`). Which territories a
 * partner covers no record says yet; the company's policy for the partner names them.
 */
export const territory = ({ facts: { deal } }: SituationAsk): SituationFacts['territory'] => {
  const { BillingCountry: country, BillingState: state } = Object(deal.Opportunity.Account) as Record<string, unknown>;
  const parts = [country, state].filter((part): part is string => typeof part === 'string' && part !== '');
  return { deal: typeof country === 'string' && country !== '' ? parts.join('/') : null, partner: [] };
};
