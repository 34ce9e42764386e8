import { z } from 'zod';
import type { ReadEntry } from './decision-story.ts';
import { storyOf } from './decision-story.ts';
import { effectSays } from './decision-words.ts';

/** One thing that happened, in words (`Dispute__c.Reconstruction__c`). */
export interface Told {
  /** ISO 8601 instant. */
  readonly at: string;
  readonly says: string;
}

const named = z.looseObject({ function: z.string(), useCase: z.string().catch('') });
const step = z.looseObject({ step: z.string(), operation: z.string().catch('') });
const said = z.looseObject({ answer: z.string(), office: z.string().optional() });
const act = z.looseObject({ what: z.string() });

/**
 * What happened, entry by entry in the order of the chain, in words (M084). Nobody is named and no value is told: whoever
 * reads it sees the deal, where they stand.
 */
export const reconstruct = (entries: readonly ReadEntry[], partner: string): readonly Told[] =>
  entries.map((entry, index) => ({
    at: entry.at,
    says: `${entry.sequence}. ${sentenceOf(entry, entries.slice(0, index + 1), partner)}`,
  }));

const sentenceOf = (entry: ReadEntry, soFar: readonly ReadEntry[], partner: string): string => {
  const { kind, body } = entry;
  switch (kind) {
    case 'facts':
      return factsSay(body);
    case 'proposal': {
      const read = named.safeParse(body);
      return read.success
        ? `The agent for ${read.data.function} proposed: ${read.data.useCase.replaceAll('-', ' ')}.`
        : 'An agent proposed something.';
    }
    case 'verdict':
      return verdictSays(soFar);
    case 'approval': {
      const read = said.safeParse(body);
      if (!read.success) return 'A person took an answer back.';
      if (read.data.answer === 'expired') return 'Nobody decided in time, which is a no.';
      if (read.data.answer === 'asked-anew') return 'It was asked anew, so nobody waited for this any more.';
      if (read.data.answer === 'withdrawn') return 'There was nothing left to say yes or no to.';
      const who = read.data.office ? `A person (${read.data.office.replaceAll('-', ' ')})` : 'A person';
      return `${who} said ${read.data.answer === 'approve' ? 'yes' : read.data.answer === 'reject' ? 'no' : read.data.answer}.`;
    }
    case 'effect-intended': {
      const read = step.safeParse(body);
      return read.success
        ? `"${read.data.operation.replaceAll('-', ' ')}" was sent to ${partner}.`
        : `Something was sent to ${partner}.`;
    }
    case 'effect-result':
      return resultSays(soFar, body, partner);
    case 'control':
    case 'batch': {
      const read = act.safeParse(body);
      return read.success ? read.data.what : 'What agents may do was changed.';
    }
  }
};

const factsForm = z.looseObject({ facts: z.array(z.looseObject({ name: z.string(), source: z.string().catch('') })) });

const factsSay = (body: unknown): string => {
  const read = factsForm.safeParse(body);
  if (!read.success) return 'Facts were read.';
  const names = [...new Set(read.data.facts.map(({ name }) => name.replaceAll('-', ' ')))];
  return `${names.length} facts were read: ${names.join(', ')}.`;
};

const verdictSays = (soFar: readonly ReadEntry[]): string => {
  const story = storyOf(soFar);
  if (!story) return 'The rules were asked.';
  const judgements = story.verdict.record?.verdict.judgements ?? [];
  const others = judgements.filter(({ answer }) => answer !== 'allow');
  const asked = `${judgements.length} rules were asked.`;
  if (others.length === 0)
    return `${asked} ${story.verdict.answer === 'allow' ? 'All of them allowed it.' : 'It was not allowed.'}`;
  const words = { 'needs-approval': 'asked for a person', deny: 'said no', allow: 'allowed it' };
  return `${asked} ${others.map(({ rule, policyVersion, answer, reason }) => `${rule} (policy version ${policyVersion ?? 0}) ${words[answer]}: ${reason}`).join(' ')}`;
};

const resultForm = z.looseObject({ step: z.string(), state: z.string() });

const resultSays = (soFar: readonly ReadEntry[], body: unknown, partner: string): string => {
  const read = resultForm.safeParse(body);
  const effect = read.success ? effectsOf(soFar).find((one) => one.step === read.data.step) : undefined;
  if (!effect) return `${partner} answered.`;
  const told = effectSays(effect, partner);
  return told ?? `${partner} took "${effect.operation.replaceAll('-', ' ')}".`;
};

const effectsOf = (soFar: readonly ReadEntry[]) => storyOf(soFar)?.effects ?? [];
