import { isFiled, isOver } from '../../domain/referrals/referral.ts';
import type { ReferralRequest, ReferralSummary } from './context.ts';

/** Which attempt a request belongs to. */
export type AttemptChoice =
  | { readonly kind: 'attempt'; readonly number: number }
  | { readonly kind: 'open'; readonly referral: ReferralSummary }
  | { readonly kind: 'refused'; readonly why: string };

/**
 * A request goes on with the latest attempt while nothing of it was filed, meets it when it is under way, and begins the
 * next one when the partner has rejected it: so a second click, a second surface or a retry never files twice.
 */
export const attemptFor = (
  { id, kind }: Pick<ReferralRequest, 'id' | 'kind'>,
  existing: readonly ReferralSummary[],
): AttemptChoice => {
  const [latest] = [...existing].sort((left, right) => right.attempt - left.attempt);
  if (latest === undefined)
    return kind === 'refer'
      ? { kind: 'attempt', number: 1 }
      : { kind: 'refused', why: 'There is no referral of this deal yet. Refer it first.' };
  if (isOver(latest.state))
    return kind === 'refer'
      ? { kind: 'attempt', number: latest.attempt + 1 }
      : { kind: 'refused', why: 'The partner has rejected this referral. Refer the deal again instead.' };
  if (isFiled(latest.state) && latest.requestId !== id) return { kind: 'open', referral: latest };
  return { kind: 'attempt', number: latest.attempt };
};

/** Keys of the attempts under way besides the one a request is about: what the duplicate rule looks at. */
export const underWay = (existing: readonly ReferralSummary[]): readonly string[] =>
  existing.filter(({ state }) => isFiled(state) && !isOver(state)).map(({ key }) => key);
