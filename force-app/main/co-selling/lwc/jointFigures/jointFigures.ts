/** A referral as the dashboard counts it. Numbers are `undefined` where the record has none or the reader may not see it. */
export interface JointReferral {
  partnerId: string;
  state: string;
  /** When it was asked for, in milliseconds since 1970; `undefined` where it was never. */
  at: number | undefined;
  fieldsSent: number | undefined;
  questionsAsked: number | undefined;
  /** Facts of the partner's side, in the order of `PARTNER_FACTS`: whether we see each. */
  seen: readonly boolean[];
  deal: { id: string; amount: number; band: string; isOpen: boolean } | undefined;
}

/** Facts of the partner's side that a referral has a place for. */
export const PARTNER_FACTS = ['stage', 'owner', 'review', 'number'] as const;

/** Bands of deals, the most likely first; the last one has none. */
export const BANDS = ['high', 'medium', 'low', ''] as const;

/** What became of a referral. */
export type Outcome = 'taken' | 'underWay' | 'notTaken';

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  approved: 'taken',
  rejected: 'notTaken',
  failed: 'notTaken',
  blocked: 'notTaken',
};

/** Referrals whose deal the partner has been given. */
const SENT = new Set(['submitted', 'in-review', 'action-required', 'approved', 'rejected']);

/** What became of a referral in this state. */
export function outcomeOf(state: string): Outcome {
  return OUTCOMES[state] ?? 'underWay';
}

/** Open deals that were referred, each once, by band: how many and what they are worth. */
export function pipelineByBand(referrals: readonly JointReferral[]): { band: string; deals: number; amount: number }[] {
  const deals = new Map(referrals.flatMap(({ deal }) => (deal?.isOpen ? [[deal.id, deal] as const] : [])));
  return BANDS.map((band) => {
    const own = [...deals.values()].filter(
      (deal) => (BANDS.some((one) => one === deal.band) ? deal.band : '') === band,
    );
    return { band, deals: own.length, amount: own.reduce((sum, { amount }) => sum + amount, 0) };
  }).filter(({ deals: count }) => count > 0);
}

/** The last `count` months up to `now`, oldest first, with what became of what was referred in each. */
export function byMonth(
  referrals: readonly JointReferral[],
  now: number,
  count: number,
): ({ month: string } & Record<Outcome, number>)[] {
  const today = new Date(now);
  const months = Array.from({ length: count }, (_, index) =>
    new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - (count - 1 - index), 1)).toISOString().slice(0, 7),
  );
  return months.map((month) => {
    const own = referrals.filter(({ at }) => at !== undefined && new Date(at).toISOString().startsWith(month));
    const amount = (outcome: Outcome): number => own.filter(({ state }) => outcomeOf(state) === outcome).length;
    return { month, taken: amount('taken'), underWay: amount('underWay'), notTaken: amount('notTaken') };
  });
}

/** What each side sees of the deals that were sent. Shares are of 1. */
export interface Sight {
  /** Sent referrals it was measured on. */
  referrals: number;
  /** Facts of our deal that the partner was given, on average, and as a share of all there is a place for. */
  given: number;
  givenShare: number;
  /** Facts of the partner's side that we see, on average, and as a share of all there is a place for. */
  seen: number;
  seenShare: number;
  /** Facts that had to be asked for, on average. */
  asked: number;
  /** The fact of the partner's side that is missing most often, and in how many of the referrals. */
  missing: { fact: (typeof PARTNER_FACTS)[number]; referrals: number } | undefined;
}

/** How much either side sees of the other's, measured on what was sent; `undefined` where nothing was. */
export function sightOf(referrals: readonly JointReferral[], places: number): Sight | undefined {
  const sent = referrals.filter(({ state, fieldsSent }) => SENT.has(state) && fieldsSent !== undefined);
  if (sent.length === 0) {
    return undefined;
  }
  const mean = (of: (referral: JointReferral) => number): number =>
    sent.reduce((sum, referral) => sum + of(referral), 0) / sent.length;
  const given = mean(({ fieldsSent }) => fieldsSent ?? 0);
  const seen = mean((referral) => referral.seen.filter(Boolean).length);
  const gaps = PARTNER_FACTS.map((fact, index) => ({
    fact,
    referrals: sent.filter((referral) => referral.seen[index] !== true).length,
  })).sort((one, other) => other.referrals - one.referrals);
  const [worst] = gaps;
  return {
    referrals: sent.length,
    given,
    givenShare: places === 0 ? 0 : Math.min(1, given / places),
    seen,
    seenShare: seen / PARTNER_FACTS.length,
    asked: mean(({ questionsAsked }) => questionsAsked ?? 0),
    missing: worst && worst.referrals > 0 ? worst : undefined,
  };
}
