import { z } from 'zod';
import { agentOfFunction } from '../../domain/framework/agents.ts';
import { FUNCTION_IDS, type FunctionId } from '../../domain/framework/functions.ts';
import { type CheckAnswer, isReady, readinessOf } from '../../domain/framework/readiness.ts';
import type { Result } from '../../domain/values/result.ts';
import { broken, ok } from '../../domain/values/result.ts';
import type { CrmPartner } from '../../ports/crm/crm.ts';
import type { OwnRecord } from '../../ports/crm/own-rows.ts';
import { PERMISSIONS } from '../../ports/crm/person-rights.ts';
import type { PortError } from '../../ports/partner-portal/partner-portal.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { backoffMs } from '../workers/held-work.ts';
import {
  defineHandler,
  done,
  type GovernanceAnswer,
  type GovernanceAsk,
  type GovernanceHandler,
  refused,
} from './governance-handler.ts';
import { hasGuardrails, readinessFacts } from './readiness-facts.ts';
import { recordControl } from './record-control.ts';

const modes = ['off', 'assisted', 'led'] as const;
type Mode = (typeof modes)[number];

/** A mode as its record has it, with the partner that it is for. */
interface ModePlace {
  readonly key: string;
  readonly function: FunctionId;
  readonly partner: CrmPartner;
  /** Null: there is no record yet, which counts as `off`. */
  readonly record: OwnRecord | null;
  readonly mode: Mode;
}

const isMode = (value: unknown): value is Mode => modes.some((mode) => mode === value);

/** Why a mode could not be found: the person is told, or the org is asked again later. */
type NotFound =
  { readonly kind: 'refused'; readonly message: string } | { readonly kind: 'later'; readonly error: PortError };

const findMode = async (org: OrgRuntime, subject: string | null): Promise<Result<ModePlace, NotFound>> => {
  const [of = '', partnerKey = '', ...more] = (subject ?? '').split(':');
  const id = FUNCTION_IDS.find((one) => one === of);
  if (id === undefined || partnerKey === '' || more.length > 0)
    return broken({
      kind: 'refused',
      message: `"${subject ?? ''}" names no mode: say function:partner, as co-selling:aws.`,
    });
  const key = `${id}:${partnerKey}`;
  const [partners, records] = await Promise.all([
    org.crm.readRows('Partner__c', { keys: [partnerKey] }),
    org.crm.readRows('FunctionMode__c', { keys: [key] }),
  ]);
  if (!partners.ok) return broken({ kind: 'later', error: partners.error });
  if (!records.ok) return broken({ kind: 'later', error: records.error });
  const [row] = partners.value;
  if (!row) return broken({ kind: 'refused', message: `There is no partner with the key "${partnerKey}".` });
  const partner = await org.crm.readPartner(row.id);
  if (!partner.ok) return broken({ kind: 'later', error: partner.error });
  if (!partner.value) return broken({ kind: 'refused', message: `The partner "${partnerKey}" is gone.` });
  const record = records.value[0] ?? null;
  const mode = record?.fields.mode;
  return ok({ key, function: id, partner: partner.value, record, mode: isMode(mode) ? mode : 'off' });
};

const notFound = ({ held }: GovernanceAsk, why: NotFound): GovernanceAnswer =>
  why.kind === 'refused' ? refused(why.message) : later(held.work.attempts, why.error);

const later = (attempts: number, { retry, message, retryAfterMs }: PortError): GovernanceAnswer =>
  retry === 'never'
    ? refused(`Nothing was changed: ${message}`)
    : { state: 'again', inMs: retryAfterMs ?? backoffMs(attempts), note: message };

/** Looks at everything now; the ledger is tried with an entry that says who looked. */
const look = async (ask: GovernanceAsk, place: ModePlace): Promise<Result<readonly CheckAnswer[], PortError>> => {
  const { org, request, person } = ask;
  let writable = true;
  try {
    await recordControl(org, {
      kind: 'check-readiness',
      subject: place.key,
      request: request.id,
      actor: person.id,
      partner: place.partner.key,
      body: { what: `Whether ${place.key} may act by itself was checked.`, before: null, after: null, why: '' },
    });
  } catch (error) {
    org.log.error({ error }, 'the ledger took no entry');
    writable = false;
  }
  const facts = await readinessFacts(
    org,
    { function: place.function, partner: place.partner, requestedBy: person.id },
    writable,
  );
  return facts.ok ? ok(readinessOf(facts.value)) : facts;
};

const asJson = (answers: readonly CheckAnswer[]) => answers.map(({ check, held, says }) => ({ check, held, says }));
const missing = (answers: readonly CheckAnswer[]): string =>
  answers
    .filter(({ held }) => !held)
    .map(({ says }) => says)
    .join(' ');

/** Keeps the answers on the record; a mode that has none yet is made as it counts: off. */
const keep = async ({ org }: GovernanceAsk, place: ModePlace, answers: readonly CheckAnswer[]): Promise<string> => {
  const fresh = place.record === null ? { function: place.function, mode: 'off', reason: 'Never switched on.' } : {};
  const written = await org.crm.upsertRows([
    {
      object: 'FunctionMode__c',
      key: place.key,
      fields: { ...fresh, readiness: JSON.stringify(asJson(answers)), readinessAt: org.clock.now() },
      ...(place.record === null
        ? { refs: { partner: { object: 'Partner__c' as const, key: place.partner.key } } }
        : {}),
    },
  ]);
  return written.ok ? (written.value[0]?.problem ?? '') : written.error.message;
};

export const checkReadiness = defineHandler({
  kind: 'check-readiness',
  input: z.object({ version: z.literal(1) }),
  needs: null,
  async handle(ask) {
    const place = await findMode(ask.org, ask.request.subject);
    if (!place.ok) return notFound(ask, place.error);
    const answers = await look(ask, place.value);
    if (!answers.ok) return later(ask.held.work.attempts, answers.error);
    const unkept = await keep(ask, place.value, answers.value);
    const held = answers.value.filter((one) => one.held).length;
    const says = isReady(answers.value)
      ? `Ready: all ${answers.value.length} checks hold.`
      : `${held} of ${answers.value.length} checks hold. Missing: ${missing(answers.value)}`;
    return done(unkept === '' ? says : `${says} The record could not be written: ${unkept}`, asJson(answers.value));
  },
});

export const changeMode = defineHandler({
  kind: 'change-mode',
  input: z.object({ version: z.literal(1), mode: z.enum(modes), reason: z.string().trim().min(3).max(255) }),
  needs: PERMISSIONS.manageGuardrails,
  async handle(ask) {
    const { org, request, person, held, input } = ask;
    const found = await findMode(org, request.subject);
    if (!found.ok) return notFound(ask, found.error);
    const place = found.value;
    if (input.mode !== 'off' && !hasGuardrails(place.function))
      return refused(`Nothing of ${place.function} is built yet, and no guardrails are set for it: it stays off.`);
    let answers: readonly CheckAnswer[] | null = null;
    if (input.mode === 'led') {
      const looked = await look(ask, place);
      if (!looked.ok) return later(held.work.attempts, looked.error);
      answers = looked.value;
      if (!isReady(answers)) {
        await keep(ask, place, answers);
        return refused(`${place.key} may not act by itself yet. ${missing(answers)}`, asJson(answers));
      }
    }
    await recordControl(org, {
      kind: 'change-mode',
      subject: place.key,
      request: request.id,
      actor: person.id,
      partner: place.partner.key,
      body: {
        what: `The mode of ${place.key} was set to ${input.mode}.`,
        before: { mode: place.mode },
        after: { mode: input.mode, ...(answers ? { readiness: asJson(answers) } : {}) },
        why: input.reason,
      },
    });
    org.trace('mode-after-recorded');
    return write(ask, place, input, answers);
  },
});

/** Record first, then the epoch: whatever is judged again because of it reads the new mode. */
const write = async (
  { org, person, held }: GovernanceAsk,
  place: ModePlace,
  { mode, reason }: { readonly mode: Mode; readonly reason: string },
  answers: readonly CheckAnswer[] | null,
): Promise<GovernanceAnswer> => {
  const written = await org.crm.upsertRows([
    {
      object: 'FunctionMode__c',
      key: place.key,
      fields: {
        function: place.function,
        mode,
        reason,
        changedBy: person.id,
        paused: false,
        pausedWhy: null,
        ...(answers ? { readiness: JSON.stringify(asJson(answers)), readinessAt: org.clock.now() } : {}),
      },
      refs: { partner: { object: 'Partner__c', key: place.partner.key } },
    },
  ]);
  if (!written.ok) return later(held.work.attempts, written.error);
  const problem = written.value[0]?.problem ?? null;
  if (problem !== null) return refused(`The mode could not be written: ${problem}`);
  await org.control.raiseEpoch();
  await org.rollout.rememberModes([{ function: place.function, partner: place.partner.key, mode }]);
  await answerable(org, place.function, person.id);
  return done(
    mode === 'led'
      ? `${place.partner.name}: ${place.function} acts by itself now; only exceptions wait for a person.`
      : `${place.partner.name}: ${place.function} is ${mode === 'off' ? 'off; nothing of it starts' : 'assisted; every proposal waits for a yes'}.`,
    { mode, before: place.mode },
  );
};

/** Whoever first says how far an agent may go answers for it, until somebody else is put in charge (its matrix cell). */
const answerable = async (org: OrgRuntime, of: FunctionId, personId: string): Promise<void> => {
  const { key } = agentOfFunction(of);
  const read = await org.crm.readRows('Agent__c', { keys: [key] });
  if (!read.ok || !read.value[0] || typeof read.value[0].fields.manager === 'string') return;
  const written = await org.crm.upsertRows([{ object: 'Agent__c', key, fields: { manager: personId } }]);
  if (!written.ok) org.log.warn({ problem: written.error.message }, 'who answers for an agent could not be written');
};

export const modeHandlers: readonly GovernanceHandler[] = [changeMode, checkReadiness];
