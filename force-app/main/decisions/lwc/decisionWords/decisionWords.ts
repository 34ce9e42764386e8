import type { AskedRule, Decision, Dispute, Fact, Replay } from 'c/decisionData';
import { labels } from 'c/decisionLabels';
import { labels as disputeLabels } from 'c/disputeLabels';
import { labels as replayLabels } from 'c/replayLabels';
import { labels as storyLabels } from 'c/storyLabels';
import { fill } from 'c/textFormat';
import { durationText } from 'c/timeFormat';

/** How a mark looks beside words that say the same. */
export interface Mark {
  icon: string;
  variant: string;
}

const HELD: Mark = { icon: 'utility:success', variant: 'success' };
const WAITS: Mark = { icon: 'utility:clock', variant: '' };
const REFUSED: Mark = { icon: 'utility:ban', variant: 'error' };
const ATTENTION: Mark = { icon: 'utility:warning', variant: 'warning' };

const STATES: Readonly<Record<string, readonly [words: string, mark: Mark]>> = {
  judged: [labels.stateJudged, HELD],
  waiting: [labels.stateWaiting, WAITS],
  done: [labels.stateDone, HELD],
  refused: [labels.stateRefused, REFUSED],
  stopped: [labels.stateStopped, ATTENTION],
};

const ANSWERS: Readonly<Record<string, readonly [words: string, mark: Mark]>> = {
  allow: [labels.answerAllow, HELD],
  'needs-approval': [labels.answerReview, WAITS],
  deny: [labels.answerDeny, REFUSED],
};

const PARTS: Readonly<Record<string, string>> = {
  'system-of-record': storyLabels.partSystemOfRecord,
  'closes-the-loop': storyLabels.partLoopClosed,
  'live-context': storyLabels.partLiveContext,
  sanctioned: storyLabels.partSanctioned,
  auditable: storyLabels.partAuditable,
};

const REPLAYED: Readonly<Record<string, readonly [words: string, mark: Mark]>> = {
  same: [replayLabels.same, HELD],
  different: [replayLabels.different, REFUSED],
  erased: [replayLabels.erased, ATTENTION],
  unreadable: [replayLabels.unreadable, ATTENTION],
};

const REPLAY_ANSWERS: Readonly<Record<string, string>> = {
  allow: replayLabels.allow,
  'needs-approval': replayLabels.review,
  deny: replayLabels.deny,
  '': replayLabels.missing,
};

/** `amount-per-day` as people say it: "Amount per day". What is not an id of ours stays as it is. */
export function plainName(id: string): string {
  const words = /^[a-z][a-z0-9-]*$/.test(id) ? id.replaceAll('-', ' ') : id;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `Opportunity.Amount` and `PartnerGrant__c` as people say them: "Opportunity › Amount", "Partner Grant". */
function plainSource(source: string): string {
  return source
    .split('.')
    .map((step) => step.replace(/^[a-z0-9]+__(?=\w+__[cr]$)/i, '').replace(/__[cr]$/, ''))
    .map((step) => step.replace(/([a-z])([A-Z])/g, '$1 $2'))
    .join(' › ');
}

/** Where a decision stands, with its mark. */
export function stateOf({ state }: Decision): { words: string } & Mark {
  const [words, mark] = STATES[state] ?? [plainName(state), WAITS];
  return { words, ...mark };
}

/** Who decided: the agent, and who asked it; or the person alone. */
export function actorOf({ agent, requestedBy }: Decision): string {
  if (agent === '') {
    return requestedBy === '' ? '' : fill(labels.byPerson, requestedBy);
  }
  return requestedBy === '' ? fill(labels.byAgent, agent) : fill(labels.byAgentFor, agent, requestedBy);
}

/** A rule as a sentence ("Discount bands asked for a person"), with its versions and what it looked at below. */
export function ruleWords(rule: AskedRule): { sentence: string; reason: string; small: string } & Mark {
  const [words, mark] = ANSWERS[rule.answer] ?? [plainName(rule.answer), WAITS];
  const small = [
    given(labels.ruleVersion, rule.ruleVersion),
    given(labels.policyVersion, rule.policyVersion),
    given(labels.policyScope, rule.policyScope === 'all' ? '' : rule.policyScope),
    given(labels.approvedBy, rule.approvedBy),
    given(labels.ruleRead, rule.read.join(', ')),
  ];
  return {
    sentence: `${plainName(rule.rule)} ${words}`,
    reason: rule.reason,
    small: small.filter((part) => part !== '').join(' · '),
    ...mark,
  };
}

/** A fact: what it is, where it was read, and how old it was when it was decided. */
export function factWords({ name, source, ageSeconds }: Fact): { name: string; source: string; age: string } {
  const age = ageSeconds === undefined ? '' : fill(labels.factAge, durationText(ageSeconds * 1_000));
  return { name: plainName(name), source: plainSource(source), age };
}

/** The name of a part of the five-part test, and whether it held, with a mark. */
export function partWords({ part, held }: { part: string; held: boolean }): { name: string; words: string } & Mark {
  const mark = held ? HELD : ATTENTION;
  return { name: PARTS[part] ?? plainName(part), words: held ? labels.partHeld : labels.partNotHeld, ...mark };
}

/** What judging again showed, as sentences: as of then, and under the rules of today. */
export function replayWords(replay: Replay): { then: string; today: string; differences: string[] } & Mark {
  const [then, mark] = REPLAYED[replay.asOfThen] ?? [replay.asOfThen, ATTENTION];
  const different = replay.today === 'different';
  return {
    then,
    today: different ? replayLabels.todayDifferent : replay.today === 'same' ? replayLabels.todaySame : '',
    differences: replay.differences.map(({ rule, was, is }) =>
      fill(replayLabels.difference, plainName(rule), REPLAY_ANSWERS[was] ?? was, REPLAY_ANSWERS[is] ?? is),
    ),
    ...mark,
  };
}

/** Where a dispute stands. */
export function disputeState({ state, hours }: Dispute): string {
  if (state === 'closed') {
    return hours === undefined
      ? disputeLabels.stateClosed
      : fill(disputeLabels.stateClosedIn, durationText(hours * 3_600_000));
  }
  return state === 'answered' ? disputeLabels.stateAnswered : disputeLabels.stateOpen;
}

function given(label: string, value: string): string {
  return value === '' ? '' : fill(label, value);
}
