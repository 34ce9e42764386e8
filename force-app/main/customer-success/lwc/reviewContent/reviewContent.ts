import { confidenceWords, bandWords, dayText, missingWords, moneyText, movedWords, pointsText } from 'c/healthWords';
import { PRIOR } from 'c/healthReasons';
import type { Insight } from 'c/insightData';
import { kindWords, stateWords } from 'c/interventionWords';
import { MOST_ROWS } from 'c/reviewData';
import type { Quarter, ReviewFacts, ReviewedReferral } from 'c/reviewData';
import { labels } from 'c/reviewLabels';
import { fill } from 'c/textFormat';
import { absoluteText } from 'c/timeFormat';

/** For whom a review is made: our own team sees all, the partner only what it knows or may read. */
export type Audience = 'company' | 'partner';

/** One part of a section. */
export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'table'; head: string[]; rows: string[][] };

export interface Section {
  heading: string;
  blocks: Block[];
}

/** A review as it is shown and printed. */
export interface Review {
  title: string;
  subtitle: string;
  sections: Section[];
}

const WITH_PARTNER = ['queued', 'filing', 'submitted', 'in-review'];
const ANSWERS: Readonly<Record<string, string>> = {
  allow: labels.answerAllow,
  'needs-approval': labels.answerNeeds,
  deny: labels.answerDeny,
};
/** Decisions that say something: those that did not simply pass. */
const MOST_DECISIONS = 15;

const sentence = (text: string): Block => ({ kind: 'text', text });
const table = (head: string[], rows: string[][]): Block => ({ kind: 'table', head, rows });

export const quarterName = ({ number, year }: Quarter): string => fill(labels.quarterName, number, year);

/** Puts the facts of a quarter into sections; `now` is when it is made, in milliseconds since 1970. */
export function buildReview(facts: ReviewFacts, quarter: Quarter, audience: Audience, now: number): Review {
  const lastDay = new Date(Date.parse(quarter.to) - 1).toISOString();
  const forPartner = [
    referralSection(facts, audience),
    insightSection(labels.insightsPartner, facts.insights, 'partner'),
  ];
  return {
    title: fill(labels.docTitle, facts.health.name, quarterName(quarter)),
    subtitle: fill(labels.docSubtitle, dayText(quarter.from), dayText(lastDay), absoluteText(now)),
    sections:
      audience === 'partner'
        ? forPartner
        : [
            summarySection(facts),
            healthSection(facts),
            referralSection(facts, audience),
            pipelineSection(facts),
            decisionSection(facts),
            interventionSection(facts),
            insightSection(labels.insightsCompany, facts.insights, 'company'),
            insightSection(labels.insightsPartner, facts.insights, 'partner'),
          ],
  };
}

function summarySection(facts: ReviewFacts): Section {
  return {
    heading: labels.summary,
    blocks: [
      {
        kind: 'list',
        items: [healthSentence(facts), referralSentence(facts), pipelineSentence(facts), decisionSentence(facts)],
      },
    ],
  };
}

function healthSection({ health }: ReviewFacts): Section {
  const factors = health.factors.map(({ factor, says, points }) => [
    says,
    factor === PRIOR ? String(points) : pointsText(points),
  ]);
  const missing = missingWords(health.usage, health.interaction);
  return {
    heading: labels.health,
    blocks: [
      sentence(
        [confidenceWords(health.confidence), missing].filter((part) => part !== '').join(' ') || labels.healthNone,
      ),
      {
        kind: 'list',
        items: [
          `${labels.usage}: ${signalWords(health.usage, health.usageTrend)}`,
          `${labels.interaction}: ${signalWords(health.interaction, health.interactionTrend)}`,
        ],
      },
      ...(factors.length > 0 ? [table([labels.factors, labels.points], factors)] : []),
    ],
  };
}

function referralSection(facts: ReviewFacts, audience: Audience): Section {
  // The partner knows the deals that reached it, and no others.
  const { referrals } = facts;
  const shown = audience === 'partner' ? referrals.filter(({ filedAt }) => filedAt !== '') : referrals;
  const rows = shown.map((one) => [one.deal, referralWords(one), dayText(one.filedAt || one.createdAt), one.networkId]);
  return {
    heading: labels.referrals,
    blocks: [
      sentence(referralSentence({ ...facts, referrals: shown })),
      ...(rows.length > 0 ? [table([labels.deal, labels.state, labels.on, labels.number], rows)] : []),
      ...cut(rows.length, MOST_ROWS),
    ],
  };
}

function pipelineSection(facts: ReviewFacts): Section {
  const rows = facts.openDeals.map(({ deal, stage, amount, closes, score, band }) => [
    deal,
    stage,
    amount === undefined ? '' : moneyText(amount),
    dayText(closes),
    score === undefined ? '' : [Math.round(score), band].filter((part) => part !== '').join(', '),
  ]);
  return {
    heading: labels.pipeline,
    blocks: [
      sentence(pipelineSentence(facts)),
      ...(rows.length > 0
        ? [table([labels.deal, labels.stage, labels.amount, labels.closes, labels.score], rows)]
        : []),
      ...cut(rows.length, MOST_ROWS),
    ],
  };
}

function decisionSection(facts: ReviewFacts): Section {
  const telling = facts.decisions.filter(({ answer }) => answer !== 'allow');
  const rows = telling
    .slice(0, MOST_DECISIONS)
    .map(({ says, answer, at }) => [says, ANSWERS[answer] ?? answer, dayText(at)]);
  return {
    heading: labels.decisions,
    blocks: [
      sentence(decisionSentence(facts)),
      ...(rows.length > 0 ? [table([labels.what, labels.answer, labels.on], rows)] : []),
      ...(telling.length > MOST_DECISIONS ? [sentence(fill(labels.most, MOST_DECISIONS))] : []),
    ],
  };
}

function interventionSection({ interventions }: ReviewFacts): Section {
  const rows = interventions.map(({ reason, kind, state, flaggedAt }) => [
    reason,
    `${kindWords(kind)}: ${stateWords(state)}`,
    dayText(flaggedAt),
  ]);
  return {
    heading: labels.interventions,
    blocks:
      rows.length > 0 ? [table([labels.reason, labels.what, labels.on], rows)] : [sentence(labels.interventionNone)],
  };
}

function insightSection(heading: string, insights: readonly Insight[], audience: Audience): Section {
  const items = insights.filter((one) => one.audience === audience).map(({ says }) => says);
  return { heading, blocks: items.length > 0 ? [{ kind: 'list', items }] : [sentence(labels.insightNone)] };
}

function signalWords(value: number | undefined, trend: number | undefined): string {
  const parts = [value === undefined ? labels.noData : String(Math.round(value)), movedWords(trend)];
  return parts.filter((part) => part !== '').join(', ');
}

function healthSentence({ health: { score, band } }: ReviewFacts): string {
  return score === undefined ? labels.healthNone : fill(labels.healthNow, Math.round(score), bandWords(band));
}

function referralSentence({ referrals }: ReviewFacts): string {
  const amount = (state: string): number => referrals.filter((one) => one.state === state).length;
  return referrals.length === 0
    ? labels.referralNone
    : fill(labels.referralCount, referrals.length, amount('approved'), amount('rejected'));
}

function pipelineSentence({ openDeals }: ReviewFacts): string {
  const worth = openDeals.reduce((sum, { amount = 0 }) => sum + amount, 0);
  return openDeals.length === 0 ? labels.pipelineNone : fill(labels.pipelineCount, openDeals.length, moneyText(worth));
}

function decisionSentence({ decisions }: ReviewFacts): string {
  const amount = (answer: string): number => decisions.filter((one) => one.answer === answer).length;
  return decisions.length === 0
    ? labels.decisionNone
    : fill(labels.decisionCount, amount('allow'), amount('needs-approval'), amount('deny'));
}

function referralWords({ state }: ReviewedReferral): string {
  if (state === 'approved') {
    return labels.stateApproved;
  }
  if (state === 'rejected') {
    return labels.stateRejected;
  }
  if (state === 'action-required') {
    return labels.stateAsks;
  }
  return WITH_PARTNER.includes(state) ? labels.stateWith : labels.stateNotSent;
}

function cut(length: number, most: number): Block[] {
  return length >= most ? [sentence(fill(labels.most, most))] : [];
}
