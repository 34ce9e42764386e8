import { parseReferralKey } from '../../domain/referrals/referral-key.ts';
import type { OwnRow } from '../../ports/crm/own-rows.ts';
import type { Story } from './decision-story.ts';
import { decisionSays, effectSays, stateOf } from './decision-words.ts';
import {
  ageSeconds,
  agentRef,
  chain,
  cut,
  decisionKey,
  functionOf,
  keptUntil,
  listOf,
  partnerRef,
  person,
  type Surroundings,
} from './row-fields.ts';

/** The referral that a decision is about, by the decision's name. */
export const referralOf = (
  decision: string,
): { readonly key: string; readonly deal: string; readonly attempt: number } | null => {
  const key = decision.slice(0, decision.lastIndexOf('#'));
  const parsed = parseReferralKey(key);
  return parsed.ok ? { key, deal: parsed.value.opportunity, attempt: parsed.value.attempt } : null;
};

/** The record of a decision that was judged. */
export const judgedRow = (decision: string, story: Story, around: Surroundings): OwnRow => {
  const { proposal, verdict, verdictAt, facts, effects, entries } = story;
  const referral = referralOf(decision);
  const known = referral ? around.referrals.get(referral.key) : undefined;
  const partner = around.partners.get(proposal.partner) ?? proposal.partner;
  const amount = verdict.record?.facts.amount ?? null;
  const deal = proposal.subject?.kind === 'Opportunity' ? proposal.subject.id : (referral?.deal ?? null);
  const owner = known?.ownerId ?? null;
  return {
    object: 'Decision__c',
    key: decisionKey(decision),
    fields: {
      ...(deal === null ? {} : { opportunity: deal }),
      function: functionOf(proposal.function),
      useCase: proposal.useCase.slice(0, 80),
      kind: 'action',
      answer: verdict.answer,
      state: stateOf(story),
      requestedBy: person(proposal.requestedBy),
      decidedAt: verdictAt,
      says: cut(decisionSays(story, partner), 4_000),
      rules: listOf(verdict.record?.verdict.judgements ?? [], 32_768),
      facts: listOf(
        facts.map(({ name, source, readAt }) => ({ name, source, readAt, ageSeconds: ageSeconds(verdictAt, readAt) })),
        32_768,
      ),
      effects: listOf(
        effects.map((effect) => {
          const { step, operation, at, state } = effect;
          const says = effectSays(effect, partner);
          return { step, operation, at, state, ...(says === null ? {} : { says }) };
        }),
        32_768,
      ),
      fiveParts: listOf(verdict.fiveParts, 4_000),
      ...chain(entries),
      amount: amount === null ? null : amount.minor / 100,
      partnerOfRecord: partner.slice(0, 80),
      attribution: attributionOf(referral?.attempt ?? null, partner),
      retainUntil: keptUntil(verdictAt, referral ? around.retention.referralYears : around.retention.otherYears),
    },
    refs: {
      ...(known && referral ? { referral: { object: 'Referral__c', key: referral.key } } : {}),
      partner: partnerRef(proposal.partner, around.partners),
      agent: agentRef(`agent:${proposal.function}`),
    },
    ...(owner === null ? {} : { ownerId: owner }),
  };
};
/** Deal, partner and attempt make a referral one of its kind, so whoever asked for it asked first. */
const attributionOf = (attempt: number | null, partner: string): string | null => {
  if (attempt === null) return null;
  const which = attempt === 1 ? 'first to refer this deal to' : `attempt ${attempt} to refer this deal to`;
  return cut(`Whoever asked: ${which} ${partner}`, 255);
};
