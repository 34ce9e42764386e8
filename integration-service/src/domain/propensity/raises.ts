import type { Moment } from './features.ts';

/** Something a seller could do, and the deal as it would stand then. */
export interface Lever {
  readonly says: string;
  readonly moment: Moment;
}

/** Points below which doing something is not worth saying. */
export const LEAST_RAISE = 2;

const DAY = 86_400_000;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * What a seller has in hand: a partner, a close date that is still ahead. What cannot be done (another industry, a shorter
 * past) or would only dress the deal up (another amount, another stage) is no lever. `partners`: those that deals may be
 * referred to, the one with the best record first.
 */
export const leversOf = (
  moment: Moment,
  partners: readonly { readonly key: string; readonly name: string }[],
): readonly Lever[] => {
  const { then } = moment;
  const levers: Lever[] = [];
  const [partner] = partners;
  if (then.partners.length === 0 && partner)
    levers.push({
      says: `Refer it to ${partner.name}`,
      moment: { ...moment, then: { ...then, partners: [partner.key] } },
    });
  if (then.closeDate !== null && Date.parse(`${then.closeDate}T00:00:00Z`) < then.at - DAY)
    levers.push({
      says: 'Agree on a close date that is still ahead',
      moment: { ...moment, then: { ...then, closeDate: dayOf(then.at + 30 * DAY), pushes: then.pushes + 1 } },
    });
  return levers;
};
