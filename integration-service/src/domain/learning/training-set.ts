import { instantMs } from '../values/instant.ts';
import { canonicalJson, type Json, type JsonObject } from '../values/json.ts';
import { FUNCTION_IDS } from '../framework/functions.ts';
import type { GuardrailCatalogue } from '../guardrails/catalogue.ts';
import type { AnsweredDecision, ReadAnsweredDecision } from './answered-case.ts';

/** Raised when a line gets other members, so that whoever trains on it knows. */
const TRAINING_FORM = 1;

/**
 * Words of ours: short, lower case, without digits in a row. What does not look like one (a name, an address, an id) is
 * written as `other`, so that free text cannot slip through a member that should hold none.
 */
const word = (text: string): string => (/^[a-z]+(?:-[a-z]+){0,5}$/.test(text) && text.length <= 40 ? text : 'other');

const ageSeconds = (nowMs: number, at: string | null): number | null => {
  const age = at === null ? Number.NaN : Math.round((nowMs - instantMs(at)) / 1_000);
  return Number.isFinite(age) ? age : null;
};

/**
 * One decision as a line of a training set (M089). Every member is named here; whatever a decision holds besides, today or
 * one day, stays at home: values, labels, reasons, addresses, ids of records and people, keys of partners.
 */
export const trainingExample = ({ decision, answer }: AnsweredDecision, catalogue: GuardrailCatalogue): JsonObject => {
  const { proposal, facts, verdict } = decision;
  const nowMs = instantMs(facts.now);
  return {
    form: TRAINING_FORM,
    function: FUNCTION_IDS.find((id) => id === proposal.function) ?? 'other',
    useCase: word(proposal.useCase),
    month: facts.now.slice(0, 7),
    mode: facts.mode?.mode ?? null,
    clicked: proposal.consent.by !== '' && proposal.consent.by === proposal.requestedBy,
    disclosed: {
      fields: proposal.disclosed.length,
      personal: proposal.disclosed.filter(({ personal }) => personal).length,
      byPerson: proposal.disclosed.filter(({ sourceKind }) => sourceKind === 'person').length,
      shown: proposal.disclosed.filter(({ target }) => proposal.consent.fields.includes(target)).length,
    },
    effects: proposal.effects.map(({ port, operation }) => ({ port, operation: word(operation) })),
    facts: proposal.facts.map(({ name, readAt }) => ({ name: word(name), ageSeconds: ageSeconds(nowMs, readAt) })),
    grant:
      facts.grant === null
        ? null
        : {
            active: facts.grant.status === 'active',
            evidence: facts.grant.evidenceKind,
            evidenceAgeSeconds: ageSeconds(nowMs, facts.grant.evidenceCheckedAt),
            fields: facts.grant.fields.length,
          },
    measured: measuredBy(decision, catalogue),
    health:
      facts.health === undefined || facts.health === null
        ? null
        : {
            score: facts.health.score,
            usage: facts.health.usageSignal,
            interaction: facts.health.interactionSignal,
          },
    judgements: verdict.judgements.map(({ rule, ruleVersion = 1, policyVersion, answer: said }) => ({
      rule: word(rule),
      ruleVersion,
      policyVersion,
      answer: said,
    })),
    answer: verdict.answer,
    person: answer?.outcome ?? null,
  };
};

/** What each rule with limits measured: a number, and nothing else. */
const measuredBy = (
  { proposal, facts, verdict }: AnsweredDecision['decision'],
  catalogue: GuardrailCatalogue,
): JsonObject =>
  Object.fromEntries(
    verdict.judgements.flatMap(({ rule }): [string, Json][] => {
      const guardrail = catalogue.current(rule);
      if (guardrail?.boundary === undefined || guardrail.needs.some((need) => facts[need] === undefined)) return [];
      const value = guardrail.boundary.measure(proposal, facts);
      return [[guardrail.id, value !== null && Number.isFinite(value) ? value : null]];
    }),
  );

/** The training set as JSON Lines, one decision each; decisions that cannot be read, or of forgotten people, are left out. */
export const trainingLines = async function* (
  decisions: AsyncIterable<ReadAnsweredDecision> | Iterable<ReadAnsweredDecision>,
  catalogue: GuardrailCatalogue,
): AsyncGenerator<string> {
  for await (const read of decisions) if (read.ok) yield `${canonicalJson(trainingExample(read.value, catalogue))}\n`;
};
