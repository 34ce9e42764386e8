import type { Story, StoryEffect } from './decision-story.ts';

/** Where a decision stands (`Decision__c.State__c`). */
export type DecisionState = 'judged' | 'waiting' | 'done' | 'refused' | 'stopped';

/** What the last word of a person, or that there will be none, makes of a decision that waited for one. */
const ENDS: Readonly<Record<string, DecisionState>> = {
  reject: 'refused',
  expired: 'refused',
  withdrawn: 'stopped',
  'asked-anew': 'stopped',
};

export const stateOf = (story: Story): DecisionState => {
  const { verdict, answers, effects } = story;
  const judgements = verdict.record?.verdict.judgements ?? [];
  if (verdict.answer === 'deny')
    return judgements.some(({ rule, answer }) => rule === 'kill-switch' && answer === 'deny') ? 'stopped' : 'refused';
  if (verdict.answer === 'needs-approval') return ENDS[answers.at(-1)?.answer ?? ''] ?? 'waiting';
  if (effects.some(({ state }) => state === 'refused')) return 'refused';
  const planned = verdict.record?.proposal.effects ?? [];
  const isDone = (step: string): boolean => effects.some((one) => one.step === step && one.state === 'done');
  const all = planned.length > 0 ? planned.map(({ step }) => step) : effects.map(({ step }) => step);
  return all.length > 0 && all.every(isDone) ? 'done' : 'judged';
};

const verbs: Readonly<Record<string, readonly [done: string, wanted: string]>> = {
  'refer-to-partner': ['Filed', 'file the deal'],
  'correct-referral': ['Corrected', 'send a correction'],
  'update-referral': ['Updated', 'send what has changed'],
};

/** Why nobody will say yes any more to what waited for it. */
const ENDED_BY: Readonly<Record<string, string>> = {
  expired: 'nobody decided in time',
  withdrawn: 'there was nothing left to say yes to',
  'asked-anew': 'it was asked anew before a person had said yes',
};

/** The decision in words for a seller. No person is named: who asked stands in a field of its own. */
export const decisionSays = (story: Story, partner: string): string => {
  const { proposal, verdict, answers } = story;
  const [did, wanted] = verbs[proposal.useCase] ?? ['Done', proposal.useCase.replaceAll('-', ' ')];
  const judgements = verdict.record?.verdict.judgements ?? [];
  const reasons = judgements
    .filter(({ answer }) => answer !== 'allow' && answer === verdict.answer)
    .map(({ reason }) => reason)
    .filter((reason) => reason !== '')
    .join(' ');
  const under =
    judgements.length === 0 ? '' : `, under ${judgements.length === 1 ? 'one rule' : `${judgements.length} rules`}`;
  const state = stateOf(story);
  if (state === 'waiting')
    return `Waits for a person to say yes before Tandem may ${wanted} at ${partner}. ${reasons}`.trim();
  const end = verdict.answer === 'needs-approval' ? ENDED_BY[answers.at(-1)?.answer ?? ''] : undefined;
  if (end !== undefined) return `Not sent: ${end}, so Tandem did not ${wanted} at ${partner}. ${reasons}`.trim();
  if (state === 'stopped') return `Stopped: Tandem did not ${wanted} at ${partner}. ${reasons}`.trim();
  if (state === 'refused' && verdict.answer === 'deny')
    return `Not sent: Tandem may not ${wanted} at ${partner}. ${reasons}`.trim();
  if (state === 'refused' && verdict.answer === 'needs-approval')
    return `Not sent: a person said no before Tandem could ${wanted} at ${partner}. ${reasons}`.trim();
  const refused = story.effects.find((one) => one.state === 'refused');
  if (refused) return `${partner} did not accept it: ${refusalSays(refused)}`;
  const yes = yesSays(
    story,
    answers.some(({ answer }) => answer === 'approve'),
  );
  if (state === 'judged') return `Tandem may ${wanted} at ${partner}${under}; ${yes}`;
  const id = story.effects.find(({ networkId }) => networkId !== null)?.networkId;
  return `${did} at ${partner}${id ? ` as ${id}` : ''}${under}; ${yes}`;
};

const yesSays = ({ verdict }: Story, approved: boolean): string => {
  if (approved) return 'a person said yes to it.';
  const { mode } = verdict.record?.facts.mode ?? {};
  return mode === 'led' && !verdict.record?.proposal.consent?.by
    ? 'the agent acted by itself, within its limits.'
    : 'the click was the yes.';
};

/** What the far side refused, by field and code; its own words may quote what was sent. */
export const refusalSays = ({ step, refusedFor }: StoryEffect): string =>
  refusedFor.length === 0
    ? `"${step}" was refused.`
    : `"${step}" was refused for ${refusedFor.map(({ target, code }) => `${target || 'the whole'} (${code})`).join(', ')}.`;

/** What one step came to, beside it in the list; null: its state says it. */
export const effectSays = (effect: StoryEffect, partner: string): string | null => {
  if (effect.state === 'refused') return refusalSays(effect);
  if (effect.state === 'unknown') return `Whether it reached ${partner} is asked before anything else is done.`;
  return effect.networkId === null ? null : `${partner} gave ${effect.networkId}`;
};
