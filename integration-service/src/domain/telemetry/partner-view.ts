import { grantProblem } from '../guardrails/grant-in-force.ts';
import type { PartnerGrant } from '../guardrails/guardrail.ts';
import type { Signal } from './event-kinds.ts';

/** The action that a grant must name before a partner reads anything of telemetry. */
export const READ_INSIGHTS = 'read-insights';
/** What a grant's fields let cross: a signal, and whether joint customers are told apart. */
export const TELEMETRY_FIELDS = {
  usage: 'Telemetry.Usage',
  interaction: 'Telemetry.Interaction',
  account: 'Telemetry.Account',
} as const;

/** What a partner may see of telemetry about itself. */
export interface PartnerView {
  readonly signals: ReadonlySet<Signal>;
  /** False: of the partner as a whole alone. */
  readonly accounts: boolean;
}

/** Null: nothing, because no grant in force says otherwise. Where several grants hold, each adds what it names. */
export const partnerView = (grants: readonly PartnerGrant[], nowMs: number): PartnerView | null => {
  const held = grants.filter((grant) => grantProblem(grant, READ_INSIGHTS, nowMs) === null);
  const names = new Set(held.flatMap(({ fields }) => fields));
  const signals = (['usage', 'interaction'] as const).filter((signal) => names.has(TELEMETRY_FIELDS[signal]));
  return signals.length === 0 ? null : { signals: new Set(signals), accounts: names.has(TELEMETRY_FIELDS.account) };
};

/** Whether something of this signal, about this account (empty: the partner as a whole), is within the view. */
export const within = (view: PartnerView, signal: Signal, account: string): boolean =>
  view.signals.has(signal) && (account === '' || view.accounts);
