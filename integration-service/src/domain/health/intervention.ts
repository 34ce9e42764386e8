import type { Signal } from './activity.ts';
import type { AssessedHealth } from './assess.ts';
import type { Reason } from './reasons.ts';
import { mondayOf } from './weeks.ts';

/** `Intervention__c.Kind__c`. */
export const INTERVENTION_KINDS = ['call', 'review', 'training', 'executive', 'other'] as const;
export type InterventionKind = (typeof INTERVENTION_KINDS)[number];

/** `Intervention__c.State__c`. */
export const INTERVENTION_STATES = ['proposed', 'accepted', 'changed', 'dismissed', 'done'] as const;
export type InterventionState = (typeof INTERVENTION_STATES)[number];

/** States in which nobody has to do anything any more. */
export const isClosed = (state: string): boolean => state === 'dismissed' || state === 'done';

/** What is put before a person when a decline is flagged. */
export interface PreparedIntervention {
  readonly kind: InterventionKind;
  /** One sentence, 255 characters at most. */
  readonly reason: string;
  /** What to do, prepared so that it can be done as it stands. */
  readonly nextStep: string;
  /** Working days until it should be done. */
  readonly withinDays: number;
}

/** What the rule goes by. */
export interface InterventionFacts {
  readonly partnerName: string;
  /** Sum of open deals with the partner; null: not known. */
  readonly revenueAtStake: number | null;
  readonly openDeals: number | null;
}

/** From this much open money on, a fall of both signals goes to an executive. */
const EXECUTIVE_FROM = 1_000_000;
/** Weeks without any contact after which somebody calls, whatever else. */
const SILENT_WEEKS = 6;

/** One decline has one intervention: `aws:2026-09-14` is the partner and the Monday of the week in which it was flagged. */
export const interventionKey = (partner: string, flagged: number): string => `${partner}:${mondayOf(flagged)}`;

/**
 * What to do about a decline, by rule from what fell: a silence is broken by a call, less use is met by training, both at
 * once by a review, and by an executive where much money is open. Nothing is invented: every figure in the text is one of
 * the reasons.
 */
export const prepareIntervention = (
  { declining, reasons }: Pick<AssessedHealth, 'declining' | 'reasons'>,
  { partnerName, revenueAtStake, openDeals }: InterventionFacts,
): PreparedIntervention => {
  const fell = declining?.signals ?? [];
  const since = declining === null ? '' : ` since the week of ${mondayOf(declining.since)}`;
  const both = fell.length > 1;
  const against = reasons.filter(({ factor, points }) => factor !== 'prior' && points < 0).map(({ says }) => says);
  const kind = kindOf(fell, reasons, both && (revenueAtStake ?? 0) >= EXECUTIVE_FROM);
  const what = both ? 'Usage and contact with us have' : fell[0] === 'usage' ? 'Usage has' : 'Contact with us has';
  const reason = `${what} fallen${since}. ${against[0] ?? ''}`.trim().slice(0, 255);
  const deals = openDeals ? `${openDeals} open ${openDeals === 1 ? 'deal' : 'deals'}` : '';
  return {
    kind,
    reason,
    nextStep: [
      STEPS[kind](partnerName),
      against.length > 0 ? `What speaks for it:\n${against.map((says) => `• ${says}`).join('\n')}` : '',
      deals ? `At stake: ${deals} with ${partnerName}.` : '',
      'Say here what came of it, so that the next proposal knows.',
    ]
      .filter((part) => part !== '')
      .join('\n\n')
      .slice(0, 4_000),
    withinDays: kind === 'executive' || kind === 'call' ? 3 : 5,
  };
};

const kindOf = (fell: readonly Signal[], reasons: readonly Reason[], executive: boolean): InterventionKind => {
  if (executive) return 'executive';
  const silence = reasons.find(({ factor, points }) => factor === 'interaction.recency' && points < 0);
  if (silence && Number.parseInt(silence.is ?? '', 10) >= SILENT_WEEKS) return 'call';
  if (fell.length > 1) return 'review';
  return fell[0] === 'usage' ? 'training' : 'call';
};

const STEPS: Readonly<Record<InterventionKind, (partner: string) => string>> = {
  call: (partner) =>
    `Call your contact at ${partner} this week. Ask what has changed on their side, and agree on one joint deal to move next.`,
  review: (partner) =>
    `Hold a review with ${partner}: go through the open deals and both signals together, and agree on who does what until when.`,
  training: (partner) =>
    `Offer ${partner} a working session on the product: find the customers who use less than before, and what keeps them from it.`,
  executive: (partner) =>
    `Ask your executive sponsor to speak with theirs at ${partner}, and prepare the figures below for that talk.`,
  other: (partner) => `Look into ${partner} and decide what to do.`,
};

/** The day so many working days (Monday to Friday) after another, at the end of work (17:00 UTC), as an instant. */
export const dueAfter = (now: string, workingDays: number): string => {
  const day = new Date(now);
  for (let left = workingDays; left > 0;) {
    day.setUTCDate(day.getUTCDate() + 1);
    const weekday = day.getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  day.setUTCHours(17, 0, 0, 0);
  return day.toISOString();
};
