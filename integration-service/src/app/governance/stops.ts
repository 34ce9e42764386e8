import { z } from 'zod';
import { killScopes } from '../../domain/guardrails/policies/kill-switch.ts';
import { PERMISSIONS } from '../../ports/crm/person-rights.ts';
import { sha256Hex } from '../../agents/orchestration/decision-entries.ts';
import { defineHandler, done, type GovernanceAsk, type GovernanceHandler, refused } from './governance-handler.ts';
import { drillScope, mirrorSwitches } from './mirror-switches.ts';
import { controlDecision, controlEntry, recordedControl } from './record-control.ts';
import { readSwitchScope, type SwitchScope } from './switch-scope.ts';

const withReason = z.object({ version: z.literal(1), reason: z.string().trim().min(3).max(255) });
const nothing = z.object({ version: z.literal(1) });

type Ask = GovernanceAsk<unknown>;

/** The entry of what is done to a switch, and whether an earlier try of this very request has done it. */
const actOf = async (
  { org, request, person, held }: Ask,
  kind: 'stop' | 'resume' | 'test-stop',
  { scope, partner }: SwitchScope,
  what: { readonly what: string; readonly before: boolean; readonly after: boolean; readonly why: string },
) => {
  const act = {
    kind,
    subject: scope,
    request: request.id,
    actor: person.id,
    ...(partner === null ? {} : { partner }),
    body: { what: what.what, before: { thrown: what.before }, after: { thrown: what.after }, why: what.why },
  };
  const again = held.work.attempts > 1 && (await recordedControl(org, controlDecision(act))) !== null;
  return { entry: controlEntry(org.org, org.clock.now(), act), again };
};

/** The record follows: that it cannot be written now is no reason to say that nothing was stopped. */
const show = async ({ org }: Ask, scope: string): Promise<string> => {
  try {
    await mirrorSwitches(org, [scope]);
    return '';
  } catch (error) {
    org.log.warn({ error }, 'a switch could not be shown on its record; the chore does it');
    return ' Its record follows.';
  }
};

export const stop = defineHandler({
  kind: 'stop',
  input: withReason,
  needs: PERMISSIONS.stopAgents,
  async handle(ask) {
    const { org, request, person, input } = ask;
    const read = await readSwitchScope(org, request.subject);
    if (!read.ok) return refused(read.error);
    const { scope, says } = read.value;
    const { entry, again } = await actOf(ask, 'stop', read.value, {
      what: `${says} was stopped.`,
      before: false,
      after: true,
      why: input.reason,
    });
    org.trace('stop-before-thrown');
    // Asked again after it was let go meanwhile, it must not be thrown a second time.
    if (!again) await org.switches.throw(scope, input.reason, person.name, entry);
    org.trace('stop-after-thrown');
    const follows = await show(ask, scope);
    const halfDone = await org.switches.halfDone(scope);
    const left =
      halfDone.length === 0
        ? ''
        : ` ${halfDone.length === 1 ? 'One referral is' : `${halfDone.length} referrals are`} half done at a partner; the switch lists ${halfDone.length === 1 ? 'it' : 'them'}.`;
    return done(`${says} is stopped: nothing more of it starts.${left}${follows}`, {
      scope,
      halfDone: halfDone.map(({ referral, networkId, step }) => ({ referral, networkId, step })),
    });
  },
});

export const resume = defineHandler({
  kind: 'resume',
  input: withReason,
  needs: PERMISSIONS.manageGuardrails,
  async handle(ask) {
    const { org, request, person, input } = ask;
    const read = await readSwitchScope(org, request.subject);
    if (!read.ok) return refused(read.error);
    const { scope, says } = read.value;
    const { entry, again } = await actOf(ask, 'resume', read.value, {
      what: `${says} was let go on.`,
      before: true,
      after: false,
      why: input.reason,
    });
    const released = again || (await org.switches.release(scope, person.name, entry));
    const follows = await show(ask, scope);
    return released
      ? done(`${says} works again. What was stopped on the way is tried again by whoever asked for it.${follows}`)
      : refused(`${says} is not stopped, so there is nothing to resume.`);
  },
});

/** Function and partner by which a proposal would fall under a scope. */
const workOf = (scope: string): { readonly function: string; readonly partner: string } => ({
  function: /^function:(.+)$/.exec(scope)?.[1] ?? 'none',
  partner: /^partner:(.+)$/.exec(scope)?.[1] ?? 'none',
});

/**
 * Tries a switch without stopping anybody: a probe takes the way of every effect, under switches of the same names that
 * stand for nothing else. It must start while nothing is thrown and must not once the switch is, and nothing of it is
 * ever sent.
 */
export const testStop = defineHandler({
  kind: 'test-stop',
  input: nothing,
  needs: PERMISSIONS.stopAgents,
  async handle(ask) {
    const { org, request, person, held } = ask;
    const read = await readSwitchScope(org, request.subject);
    if (!read.ok) return refused(read.error);
    const { scope, says } = read.value;
    const drill = drillScope(scope);
    const { entry } = await actOf(ask, 'test-stop', read.value, {
      what: `The switch for ${scope} was tested.`,
      before: false,
      after: false,
      why: '',
    });
    await org.switches.throw(drill, 'A test of the switch.', person.name, entry);
    const began = await org.effects.begin({
      claim: held.claim(),
      decision: controlDecision({ kind: 'test-stop', subject: scope, request: request.id }),
      effect: {
        key: sha256Hex(`${org.org}|test-stop|${request.id}|${String(held.work.attempts)}`),
        step: 'probe',
        port: 'partner-portal',
        operation: 'none',
        body: '{}',
      },
      scopes: killScopes(workOf(scope)).map(drillScope),
      before: [],
      intended: entry,
    });
    await org.switches.release(drill, person.name, entry);
    const stopped = began.kind === 'stopped' && began.why === 'killed' && began.scope === drill;
    if (!stopped)
      return began.kind === 'stopped' && began.why === 'claim-lost'
        ? { state: 'again', inMs: 1_000, note: 'the claim was lost during the test' }
        : refused(`The switch for ${scope} did NOT stop the probe. Stop the service, and tell whoever runs it.`);
    await org.switches.tested(scope, person.id);
    const follows = await show(ask, scope);
    return done(`The switch works: it would stop ${says.toLowerCase()}.${follows}`, {
      scope,
      testedAt: org.clock.now(),
    });
  },
});

export const stopHandlers: readonly GovernanceHandler[] = [stop, resume, testStop];
