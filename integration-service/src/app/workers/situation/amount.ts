import { minorUnits } from '../../../domain/guardrails/limits.ts';
import type { SituationFacts } from '../../../domain/guardrails/situation.ts';
import type { SituationAsk } from './situation-ask.ts';

/** What the deal is worth that would be handed on; null where it has no amount, or nobody knows in which currency it is. */
export const amount = ({ facts: { deal } }: SituationAsk): SituationFacts['amount'] => {
  const { Amount: value, CurrencyIsoCode: own } = deal.Opportunity;
  const { DefaultCurrencyIsoCode: ofOrg } = Object(deal.Organization) as Record<string, unknown>;
  const currency = typeof own === 'string' ? own : ofOrg;
  if (typeof value !== 'number' || typeof currency !== 'string') return null;
  const minor = minorUnits(value, currency);
  return minor === null ? null : { minor, currency };
};
