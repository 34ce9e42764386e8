import type { SituationFacts } from '../../../domain/guardrails/situation.ts';
import { isOver, type ReferralState } from '../../../domain/referrals/referral.ts';
import type { SituationAsk } from './situation-ask.ts';

/** Filed, and not over: the partner has the deal. */
const stands = ({ networkId, state }: { readonly networkId: string | null; readonly state: string }): boolean =>
  networkId !== null && !isOver(state as ReferralState);

/**
 * Who else has a claim: partners to whom this deal, or another deal of the same customer, stands referred. Deals of the
 * customer are known from our own table, which is asked while Salesforce is not.
 */
export const claims = async ({ facts, held, org, proposal }: SituationAsk): Promise<SituationFacts['claims']> => {
  const ofDeal = [
    ...facts.dealReferrals.filter(stands).map(({ partnerKey }) => partnerKey),
    ...held.links.filter(stands).map(({ partner }) => partner),
  ];
  const { AccountId: account, Id: deal } = facts.deal.Opportunity;
  const ofAccount = typeof account === 'string' ? await org.links.partnersOfAccount(account, String(deal)) : [];
  const others = (keys: readonly string[]): readonly string[] =>
    [...new Set(keys)].filter((key) => key !== '' && key !== proposal.partner).sort();
  return [
    ...others(ofDeal).map((by) => ({ by, kind: 'registration' as const, label: `The partner ${by}` })),
    ...others(ofAccount).map((by) => ({ by, kind: 'named-account' as const, label: `The partner ${by}` })),
  ];
};
