import type { OpenQuestion, ReferralDesk, SeenReferral } from './referral-desk.ts';

export interface DealToRefer {
  readonly name: string;
  readonly opportunityId: string;
  /** Deals of one account are referred one after the other, so that what was answered for the account is not asked again. */
  readonly account: string;
  /** The person's answer, or undefined when nobody has answered. */
  readonly answer: (question: OpenQuestion) => string | string[] | undefined;
  /** Where the referral should come to rest; any state in which AWS has it when left out. */
  readonly ends?: string;
}

export interface DealOutcome {
  readonly deal: DealToRefer;
  readonly referral: SeenReferral | undefined;
  /** Questions put to the person for this deal. */
  readonly questions: number;
  /** In plain words when something did not hold; empty when all held. */
  readonly problem: string;
}

/** A referral may ask again when an answer was not accepted; more rounds than this mean that it does not get through. */
const maxRounds = 4;

const atPartner = new Set(['submitted', 'in-review', 'action-required', 'approved', 'rejected']);

const judge = (deal: DealToRefer, referral: SeenReferral): string => {
  if (referral.state === 'needs-answers')
    return `waits for answers: ${referral.questions.map(({ label }) => label).join(', ')}`;
  if (!referral.networkId) return `not filed (${referral.state}): ${referral.message}`;
  if (deal.ends && referral.state !== deal.ends)
    return `ended as ${referral.state}, expected ${deal.ends}: ${referral.message}`;
  if (!deal.ends && !atPartner.has(referral.state)) return `ended as ${referral.state}: ${referral.message}`;
  if (referral.rekeyed !== 0) return `${referral.rekeyed ?? 'an unknown number of'} fields were re-keyed`;
  return '';
};

const referOne = async (
  desk: ReferralDesk,
  deal: DealToRefer,
  partnerId: string,
  fields: readonly string[],
): Promise<DealOutcome> => {
  const shown = { fields };
  const about = { Opportunity__c: deal.opportunityId, Partner__c: partnerId };
  const stuck = ['needs-answers', 'waiting-approval', 'blocked', 'failed'];
  const ends = deal.ends ? ['approved', 'rejected', 'action-required'] : [...atPartner];
  const resting = (seen: SeenReferral): boolean => stuck.includes(seen.state) || ends.includes(seen.state);
  let questions = 0;
  let referral: SeenReferral | undefined;
  try {
    const earlier = await desk.newest(deal.opportunityId);
    // What an earlier run left: with AWS already, or waiting for answers. Only a rejected deal is referred once more.
    if (earlier && earlier.state !== 'rejected') referral = earlier;
    else {
      const requestId = await desk.request('refer', about, { version: 1, shown });
      const fresh = (seen: SeenReferral): boolean => seen.attempt > (earlier?.attempt ?? 0) && resting(seen);
      referral = await desk.untilRested(deal.opportunityId, requestId, fresh);
    }
    for (let round = 0; referral.state === 'needs-answers' && round < maxRounds; round += 1) {
      const answers = referral.questions.map((question) => [question.target, deal.answer(question)] as const);
      questions += answers.filter(([, answer]) => answer !== undefined).length;
      if (answers.some(([, answer]) => answer === undefined)) break;
      const requestId = await desk.request(
        'answer',
        { ...about, Referral__c: referral.id },
        { version: 1, shown, answers: Object.fromEntries(answers) },
      );
      const asked = JSON.stringify(referral.questions);
      referral = await desk.untilRested(
        deal.opportunityId,
        requestId,
        (seen) => resting(seen) && (seen.state !== 'needs-answers' || JSON.stringify(seen.questions) !== asked),
      );
    }
    return { deal, referral, questions, problem: judge(deal, referral) };
  } catch (error) {
    return { deal, referral, questions, problem: error instanceof Error ? error.message : String(error) };
  }
};

/**
 * Refers every deal as its seller would: one click, then the answers that only a person has. Accounts go side by side,
 * deals of one account in turn.
 */
export const referDeals = async (
  desk: ReferralDesk,
  deals: readonly DealToRefer[],
  partnerKey: string,
  network: string,
  progress: (done: number) => void,
): Promise<DealOutcome[]> => {
  const partnerId = await desk.partnerId(partnerKey);
  const fields = await desk.shownFields(network);
  const byAccount = Map.groupBy(deals, (deal) => deal.account);
  const outcomes: DealOutcome[] = [];
  await Promise.all(
    [...byAccount.values()].map(async (sameAccount) => {
      for (const deal of sameAccount) {
        outcomes.push(await referOne(desk, deal, partnerId, fields));
        progress(outcomes.length);
      }
    }),
  );
  return outcomes.sort((left, right) => deals.indexOf(left.deal) - deals.indexOf(right.deal));
};
