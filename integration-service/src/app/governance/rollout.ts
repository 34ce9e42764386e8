import { z } from 'zod';
import { FUNCTION_IDS } from '../../domain/framework/functions.ts';
import { functionsOf, openingProblems, type Phase, PHASES } from '../../domain/framework/phase-opening.ts';
import {
  phasePrerequisites,
  type PhaseSettings,
  readPhaseSettings,
} from '../../domain/guardrails/policies/phase-prerequisites.ts';
import { settingsInForce } from '../../domain/guardrails/settings-in-force.ts';
import type { Result } from '../../domain/values/result.ts';
import { broken, ok } from '../../domain/values/result.ts';
import { PERMISSIONS } from '../../ports/crm/person-rights.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { backoffMs } from '../workers/held-work.ts';
import { policiesOf } from '../workers/policies.ts';
import { defineHandler, done, type GovernanceHandler, refused } from './governance-handler.ts';
import { mirrorPhases } from './mirror-phases.ts';
import { controlEntry } from './record-control.ts';

/** An exception lasts no longer: after that what it stood in for must have been shown, or it is asked for again. */
const LONGEST_EXCEPTION_DAYS = 180;
const dayMs = 86_400_000;

/** What the functions of a phase ask of those before them; the strictest of their policies counts. */
const phaseSettings = async (org: OrgRuntime, phase: Phase): Promise<Result<PhaseSettings, string>> => {
  org.crm.forgetSettings();
  const read = await org.crm.readSettings(0);
  if (!read.ok) return broken(read.error.message);
  const policies = await policiesOf(org, read.value.policies);
  const nowMs = Date.parse(org.clock.now());
  const all: PhaseSettings[] = [];
  for (const { id } of functionsOf(phase)) {
    const settings = settingsInForce(phasePrerequisites, policies, {
      function: id,
      partner: '',
      profile: { tier: null, segment: null },
      nowMs,
    });
    if (!settings.ok) return broken(`${id}: ${settings.error}`);
    for (const one of settings.value) all.push(...[readPhaseSettings(one)].filter((form) => form !== null));
  }
  return ok({
    minimumDecisions: Math.max(...all.map(({ minimumDecisions }) => minimumDecisions)),
    minimumApprovedBps: Math.max(...all.map(({ minimumApprovedBps }) => minimumApprovedBps)),
    needs: all.flatMap(({ needs }) => needs),
  });
};

export const openPhase = defineHandler({
  kind: 'open-phase',
  input: z.object({ version: z.literal(1), reason: z.string().trim().min(3).max(255) }),
  needs: PERMISSIONS.manageGuardrails,
  async handle({ org, request, person, held, input }) {
    const phase = PHASES.find((one) => String(one) === request.subject);
    if (phase === undefined) return refused(`"${request.subject ?? ''}" is no phase: there are 1, 2 and 3.`);
    while (await org.rollout.count()) org.trace('decisions-counted');
    const progress = await org.rollout.progress();
    if (phase <= progress.openPhase) return done(`Phase ${phase} is open.`);
    const settings = await phaseSettings(org, phase);
    if (!settings.ok)
      return held.work.attempts < 5
        ? { state: 'again', inMs: backoffMs(held.work.attempts), note: settings.error }
        : refused(`What phase ${phase} asks for could not be read: ${settings.error}`);
    const problems = openingProblems(phase, settings.value, progress);
    if (problems.length > 0)
      return refused(
        `Phase ${phase} stays closed: ${problems.join('; ')}. For one function, an exception can be allowed for a while.`,
        { problems },
      );
    const entry = controlEntry(org.org, org.clock.now(), {
      kind: 'open-phase',
      subject: String(phase),
      request: request.id,
      actor: person.id,
      body: {
        what: `Phase ${phase} was opened.`,
        before: { openPhase: progress.openPhase },
        after: { openPhase: phase },
        why: input.reason,
      },
    });
    await org.rollout.openPhase(phase, person.id, input.reason, entry);
    await mirrorPhases(org).catch((error: unknown) =>
      org.log.warn({ error }, 'the phases could not be shown; the chore does it'),
    );
    const names = functionsOf(phase).map(({ name }) => name);
    return done(`Phase ${phase} is open: ${names.join(', ')} may be switched on as soon as they are ready.`);
  },
});

export const allowException = defineHandler({
  kind: 'allow-exception',
  input: z.object({
    version: z.literal(1),
    until: z.iso.datetime({ offset: true }).or(z.iso.date()),
    reason: z.string().trim().min(10, { error: 'say in a sentence why' }).max(255),
  }),
  needs: PERMISSIONS.manageGuardrails,
  async handle({ org, request, person, input }) {
    const id = FUNCTION_IDS.find((one) => one === request.subject);
    if (id === undefined) return refused(`"${request.subject ?? ''}" is none of the ten functions.`);
    const until = new Date(input.until);
    const fromNow = until.getTime() - Date.parse(org.clock.now());
    if (fromNow <= 0) return refused('An exception ends in the future.');
    if (fromNow > LONGEST_EXCEPTION_DAYS * dayMs)
      return refused(`An exception lasts ${LONGEST_EXCEPTION_DAYS} days at most; it can be allowed again.`);
    const exception = {
      function: id,
      by: person.id,
      until: until.toISOString(),
      reason: input.reason,
      request: request.id,
    };
    const entry = controlEntry(org.org, org.clock.now(), {
      kind: 'allow-exception',
      subject: id,
      request: request.id,
      actor: person.id,
      body: {
        what: `${id} may run without what it rests on until ${exception.until}.`,
        before: null,
        after: { until: exception.until },
        why: input.reason,
      },
    });
    await org.rollout.allow(exception, entry);
    await mirrorPhases(org).catch((error: unknown) =>
      org.log.warn({ error }, 'the phases could not be shown; the chore does it'),
    );
    return done(
      `${id} may run without what its phase asks for until ${exception.until.slice(0, 10)}. It counts for what others ask for, not for your own requests: somebody else must switch it on.`,
    );
  },
});

export const rolloutHandlers: readonly GovernanceHandler[] = [openPhase, allowException];
