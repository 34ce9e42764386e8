import type { Signal } from '../telemetry/event-kinds.ts';

export type { Signal };

/** The two signals of which health is made (M163): how joint customers use the product, and how the partner meets us. */
export const SIGNALS = ['usage', 'interaction'] as const satisfies readonly Signal[];

/**
 * What an interaction is worth beside others, by hand: what costs a person an hour counts more than a click. Usage is counted
 * by its value and interactions by their number; kinds that are not named count once.
 */
const INTERACTION_WEIGHTS: Readonly<Record<string, number>> = {
  'partner.login': 0.25,
  'partner.person-seen': 0.5,
  'partner.content-used': 0.25,
  'partner.message': 0.5,
  'partner.meeting': 2,
  'partner.referral-answered': 2,
  'partner.deal-registered': 3,
  'partner.certified': 3,
  'partner.training': 1,
};

/** More of it is no sign of health: asked for help. */
const STRAIN_KINDS: ReadonlySet<string> = new Set(['partner.case-opened']);
/** What we do ourselves, or the partner thinks of a customer, says nothing of the partner, and of errors nobody can say whether more use or less health made them. */
const SILENT_KINDS: ReadonlySet<string> = new Set([
  'partner.account-score',
  'partner.case-closed',
  'partner.referral-sent',
  'product.errors',
]);

/** What was counted of one kind in one week. */
export interface WeeklyCount {
  readonly signal: Signal;
  readonly kind: string;
  /** As `weekOf` counts. */
  readonly week: number;
  /** Events. */
  readonly count: number;
  /** As the kind rolls up; 0 where its events carry none. */
  readonly value: number;
}

/** Which part a kind plays. */
export const roleOf = (kind: string): 'activity' | 'strain' | 'none' =>
  STRAIN_KINDS.has(kind) ? 'strain' : SILENT_KINDS.has(kind) ? 'none' : 'activity';

/** How much activity a count is, in the kind's own unit. */
export const amountOf = ({ signal, kind, count, value }: Omit<WeeklyCount, 'week'>): number =>
  signal === 'interaction' ? count * (INTERACTION_WEIGHTS[kind] ?? 1) : value > 0 ? value : count;
