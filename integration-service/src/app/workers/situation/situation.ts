import type { SituationFacts } from '../../../domain/guardrails/situation.ts';
import type { AnswerToKeep } from '../../../functions/co-selling/context.ts';
import { amount } from './amount.ts';
import { batch } from './batch.ts';
import { claims } from './claims.ts';
import { contactSituation } from './contact.ts';
import { doneToday } from './done-today.ts';
import { language } from './language.ts';
import { ownershipSituation } from './ownership.ts';
import { health, profile } from './partner-facts.ts';
import { progressSituation } from './progress.ts';
import type { SituationAsk } from './situation-ask.ts';
import { territory } from './territory.ts';

/** The facts of the situation, without the approvals: those are of this very proposal, and are weighed with it. */
export type Situation = Omit<Partial<SituationFacts>, 'approvals'>;

/** What co-selling's rules need besides the core, each fact from a file of its own. No call of Salesforce is made for it. */
export const situationOf = async (
  ask: SituationAsk,
  identity: string,
  kept: readonly AnswerToKeep[],
): Promise<Situation> => {
  const { org, held, proposal } = ask;
  const [progress, contact, others] = await Promise.all([
    progressSituation(org, held.claim().epoch),
    contactSituation(org),
    claims(ask),
  ]);
  return {
    profile: profile(ask),
    progress: progress.value,
    contact: contact.value,
    ownership: ownershipSituation(proposal, kept),
    claims: others,
    health: health(ask),
    amount: amount(ask),
    doneToday: doneToday(ask, identity),
    batch: batch(),
    territory: territory(ask),
    language: language(ask),
  };
};
