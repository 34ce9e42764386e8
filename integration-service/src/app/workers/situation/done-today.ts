import { effectKey } from '../../../agents/orchestration/dispatch-effects.ts';
import type { SituationFacts } from '../../../domain/guardrails/situation.ts';
import { amount } from './amount.ts';
import type { SituationAsk } from './situation-ask.ts';

/**
 * What was begun today (UTC) under the same function and partner, under way included, without this very action: a turn
 * that goes on after a crash has begun it already. Amounts in another currency than this one's cannot be added up; they
 * count as actions alone.
 */
export const doneToday = (ask: SituationAsk, identity: string): SituationFacts['doneToday'] => {
  const { held, proposal, org } = ask;
  const isOurs = (one: { readonly function: string; readonly partner: string }): boolean =>
    one.function === proposal.function && one.partner === proposal.partner;
  const [first] = proposal.effects;
  const key = first && effectKey(org.org, identity, first.step);
  const own = held.today.own.filter((one) => isOurs(one) && one.key === key);
  const totals = held.today.totals.filter(isOurs);
  const currency = amount(ask)?.currency ?? '';
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
  const minorOf = (some: readonly { readonly currency: string; readonly minor: number }[]): number =>
    sum(some.filter((one) => one.currency === currency).map(({ minor }) => minor));
  return {
    actions: sum(totals.map(({ actions }) => actions)) - own.length,
    currency,
    minor: minorOf(totals) - minorOf(own),
  };
};
