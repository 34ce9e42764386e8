import { z } from 'zod';
import { grantProblem } from '../guardrails/grant-in-force.ts';
import type { Guardrail, PartnerGrant, Policy } from '../guardrails/guardrail.ts';
import { sayPercent } from '../guardrails/limits.ts';
import {
  excepted,
  phasePrerequisites,
  phaseProblems,
  readPhaseSettings,
} from '../guardrails/policies/phase-prerequisites.ts';
import { sanctionedEnvironment } from '../guardrails/policies/sanctioned-environment.ts';
import { settingsInForce } from '../guardrails/settings-in-force.ts';
import type { SituationFacts } from '../guardrails/situation.ts';
import { instantMs } from '../values/instant.ts';
import { type FunctionId, PARTNER_FUNCTIONS } from './functions.ts';

/** Questions that are asked before an agent may act by itself, in the order in which they are answered. */
export const READINESS_CHECKS = [
  'guardrails',
  'agent',
  'ledger',
  'kill-switch',
  'grant',
  'phase',
  'decisions',
  'approval-rate',
  'five-parts',
  'contact',
  'disputes',
] as const;
export type ReadinessCheck = (typeof READINESS_CHECKS)[number];

/** One answer: what holds, or what is missing and what to do about it. */
export interface CheckAnswer {
  readonly check: ReadinessCheck;
  readonly held: boolean;
  readonly says: string;
}

/** All that is looked at. Whatever could not be looked up is null, and null never holds. */
export interface ReadinessFacts {
  readonly function: FunctionId;
  readonly partner: { readonly key: string; readonly profile: SituationFacts['profile'] };
  /** Who asks for the mode; no exception of their own counts. */
  readonly requestedBy: string;
  /** ISO 8601 instant. */
  readonly now: string;
  /** Rules that judge what this function does; empty: none were ever given to it. */
  readonly guardrails: readonly Guardrail[];
  readonly policies: readonly Policy[];
  readonly agent: { readonly name: string; readonly active: boolean } | null;
  /** An entry was written just now, for this very question. */
  readonly ledgerWritable: boolean;
  /** Switches that would stop this function with this partner. */
  readonly switches: readonly { readonly scope: string; readonly thrown: boolean; readonly testedAt: string | null }[];
  readonly grant: PartnerGrant | null;
  /** What a use case of the function is called, for the grant. */
  readonly useCase: string;
  readonly progress: SituationFacts['progress'];
  /** What people said to proposals of this function with this partner while it was assisted. */
  readonly answered: { readonly decisions: number; readonly approved: number; readonly rejected: number };
  /** Of the newest decisions that were carried out, how many failed a part of the five-part test. */
  readonly fiveParts: { readonly looked: number; readonly failed: number };
  readonly contact: SituationFacts['contact'];
  /** Disputes that nobody has closed; null: they could not be read. */
  readonly openDisputes: number | null;
}

/** How lately a switch must have been tried: one that nobody has tried is a promise. */
export const SWITCH_TESTED_DAYS = 90;
/** How lately the org must have been heard of for an agent to be let go. */
export const CONTACT_SECONDS = 60;
const dayMs = 86_400_000;

type Answer = Omit<CheckAnswer, 'check'>;
const holds = (says: string): Answer => ({ held: true, says });
const lacks = (says: string): Answer => ({ held: false, says });

const inForce = (rule: Guardrail, { policies, function: of, partner, now }: ReadinessFacts) =>
  settingsInForce(rule, policies, {
    function: of,
    partner: partner.key,
    profile: partner.profile,
    nowMs: instantMs(now),
  });

/** The first of the settings in force: where tier and segment both have some, the rule itself asks both. */
const phaseSettings = (facts: ReadinessFacts) => {
  const settings = inForce(phasePrerequisites, facts);
  return settings.ok ? readPhaseSettings(settings.value[0]) : null;
};

const evidenceDays = z.object({ evidenceMaxAgeDays: z.number() });

/** A switch as people know it: the one of a partner is that of the partner looked at. */
const scopeWords = ({ scope }: ReadinessFacts['switches'][number]): string => {
  const [kind, name = ''] = scope.split(':');
  if (kind === 'all') return 'everything';
  if (kind === 'partner') return 'this partner';
  return PARTNER_FUNCTIONS.find(({ id }) => id === name)?.name ?? name;
};

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const noNumbers = 'No policy says how much must be shown. An admin must add one for the rule "phase-prerequisites".';

const checks: Readonly<Record<ReadinessCheck, (facts: ReadinessFacts) => Answer>> = {
  guardrails: (facts) => {
    const { guardrails, function: of } = facts;
    if (guardrails.length === 0) return lacks(`No guardrails are set for ${of}, so nothing of it may act by itself.`);
    const problems = guardrails.flatMap((rule) => {
      const settings = inForce(rule, facts);
      return settings.ok ? [] : [settings.error];
    });
    return problems.length === 0
      ? holds(`${guardrails.length} guardrails, each with its policy in force.`)
      : lacks(problems.join(' '));
  },
  agent: ({ agent, function: of }) => {
    if (agent === null) return lacks(`There is no agent for ${of}. Restart the service, which makes it.`);
    return agent.active
      ? holds(`${agent.name} is active.`)
      : lacks(`${agent.name} is not active: nothing of it is built yet, or an admin has switched it off (Agents).`);
  },
  ledger: ({ ledgerWritable }) =>
    ledgerWritable
      ? holds('The ledger took an entry just now.')
      : lacks('The ledger took no entry. Run "tandem ledger verify" and look at PostgreSQL.'),
  'kill-switch': ({ switches, now }) => {
    const thrown = switches.filter((one) => one.thrown).map(scopeWords);
    if (thrown.length > 0) return lacks(`Stopped now: ${thrown.join(', ')}. Resume it first.`);
    const tested = switches.filter(
      ({ testedAt }) => testedAt !== null && instantMs(now) - instantMs(testedAt) <= SWITCH_TESTED_DAYS * dayMs,
    );
    return tested.length > 0
      ? holds(`The switch was tested (${tested.map(scopeWords).join(', ')}).`)
      : lacks(
          `No switch that stops this was tested in the last ${SWITCH_TESTED_DAYS} days. Press "Stop agents", choose one of these, and then "Test without stopping": ${switches.map(scopeWords).join(', ')}.`,
        );
  },
  grant: (facts) => {
    const { grant, useCase, now } = facts;
    const problem = grantProblem(grant, useCase, instantMs(now));
    if (problem !== null) return lacks(problem);
    const settings = inForce(sanctionedEnvironment, facts);
    const days = settings.ok ? evidenceDays.safeParse(settings.value[0]).data?.evidenceMaxAgeDays : undefined;
    const checkedAt = grant?.evidenceCheckedAt ?? null;
    const ageMs = checkedAt === null ? Number.NaN : instantMs(now) - instantMs(checkedAt);
    return days !== undefined && ageMs <= days * dayMs
      ? holds(`The grant holds, and its evidence was checked on ${String(checkedAt).slice(0, 10)}.`)
      : lacks('The evidence of the grant is too old, or nobody says how old it may be. Run "tandem doctor".');
  },
  phase: (facts) => {
    const settings = phaseSettings(facts);
    if (settings === null) return lacks(noNumbers);
    const asked = { function: facts.function, requestedBy: facts.requestedBy, effects: [{ port: 'partner-portal' }] };
    const problems = phaseProblems(asked, settings, facts.progress, true);
    if (problems.length === 0)
      return holds(`Phase ${facts.progress.openPhase} is open, and what it rests on is shown.`);
    return excepted(asked, facts.progress, instantMs(facts.now))
      ? holds(`An exception stands in for this: ${problems.join('; ')}.`)
      : lacks(`${sentence(problems.join('; '))}. Another admin can allow an exception for a while.`);
  },
  decisions: (facts) => {
    const settings = phaseSettings(facts);
    if (settings === null) return lacks(noNumbers);
    const { decisions } = facts.answered;
    return decisions >= settings.minimumDecisions
      ? holds(`${decisions} decisions were recorded while a person said yes or no.`)
      : lacks(`${decisions} of ${settings.minimumDecisions} decisions are recorded. Go on in assisted mode.`);
  },
  'approval-rate': (facts) => {
    const settings = phaseSettings(facts);
    if (settings === null) return lacks(noNumbers);
    const bps = approvedBps(facts.answered);
    const needed = sayPercent(settings.minimumApprovedBps);
    if (bps === null) return lacks(`Nobody has said yes or no yet; ${needed} must be approved.`);
    return bps >= settings.minimumApprovedBps
      ? holds(`People approved ${sayPercent(bps)}.`)
      : lacks(`People approved ${sayPercent(bps)}; ${needed} are needed. Look at what they rejected.`);
  },
  'five-parts': ({ fiveParts: { looked, failed } }) => {
    if (looked === 0) return lacks('No decision that was carried out can be looked at yet.');
    return failed === 0
      ? holds(`All five parts held in the newest ${looked} decisions that were carried out.`)
      : lacks(`${failed} of the newest ${looked} failed a part of the five-part test. Their records say which.`);
  },
  contact: ({ contact: { heardAt }, now }) => {
    const silentMs = heardAt === null ? Number.NaN : instantMs(now) - instantMs(heardAt);
    return silentMs <= CONTACT_SECONDS * 1_000
      ? holds('The service hears this org.')
      : lacks('The service does not hear this org, so a stop might not reach it. Run "tandem doctor".');
  },
  disputes: ({ openDisputes }) => {
    if (openDisputes === null) return lacks('Whether a dispute is open could not be read. Try again.');
    return openDisputes === 0
      ? holds('No dispute is open.')
      : lacks(`${openDisputes === 1 ? 'A dispute is' : `${openDisputes} disputes are`} open. Close them first.`);
  },
};

/** Share of answered proposals that people approved, in basis points, rounded down; null: nobody answered. */
export const approvedBps = ({ approved, rejected }: { approved: number; rejected: number }): number | null =>
  approved + rejected === 0 ? null : Math.floor((approved * 10_000) / (approved + rejected));

/** Whether a function may act by itself with a partner (M019): every check with its answer, whatever the others say. */
export const readinessOf = (facts: ReadinessFacts): readonly CheckAnswer[] =>
  READINESS_CHECKS.map((check) => ({ check, ...checks[check](facts) }));

/** True when nothing is missing. */
export const isReady = (answers: readonly CheckAnswer[]): boolean =>
  answers.length > 0 && answers.every(({ held }) => held);
