import { z } from 'zod';
import { personSubject } from '../../../agents/orchestration/decision-entries.ts';
import { isClosed } from '../../../domain/health/intervention.ts';
import { ok, type Result } from '../../../domain/values/result.ts';
import type { OwnRecord } from '../../../ports/crm/own-rows.ts';
import type { ReferralFields } from '../../../ports/crm/crm.ts';
import { PERMISSIONS } from '../../../ports/crm/person-rights.ts';
import type { PortError } from '../../../ports/partner-portal/partner-portal.ts';
import {
  defineHandler,
  done,
  type GovernanceAnswer,
  type GovernanceAsk,
  refused,
} from '../../governance/governance-handler.ts';
import { recordControl } from '../../governance/record-control.ts';
import { taken } from './health-page.ts';

const instant = z.iso.datetime({ offset: true }).or(z.iso.date());
const userId = z.string().regex(/^005[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/, { error: 'is not the id of a user' });
const words = z.string().trim().min(1);
const input = z
  .strictObject({
    version: z.literal(1),
    answer: z.enum(['accept', 'change', 'dismiss', 'done']),
    nextStep: words.max(4_000).optional(),
    dueAt: instant.optional(),
    assignTo: userId.optional(),
    reason: words.max(255).optional(),
  })
  .refine(({ answer, reason }) => answer !== 'dismiss' || reason !== undefined, {
    path: ['reason'],
    error: 'say in a sentence why nothing should be done',
  });
type Input = z.infer<typeof input>;

const lost = { state: 'again', inMs: 0, note: 'the claim was lost before the intervention was written' } as const;
const isSame = (left: unknown, right: string): boolean =>
  typeof left === 'string' && left.slice(0, 15) === right.slice(0, 15);

const STATE = { accept: 'accepted', change: 'changed', dismiss: 'dismissed', done: 'done' } as const;
const SAYS = {
  accept: 'The step is yours: it is among your tasks.',
  change: 'The step was changed, and is among the tasks of whoever has it.',
  dismiss: 'Nothing will be done about this decline. Another one would be told again.',
  done: 'It is done. Whether the partner recovers is watched.',
} as const;

/**
 * A person takes up the step that was prepared, changes it, sets it aside or says that it is done. Who may: whoever has it,
 * and partner managers. A step that is taken up becomes a task of that person, once.
 */
const answerIntervention = defineHandler<Input>({
  kind: 'answer-intervention',
  input,
  needs: null,
  alone: ({ request }) => `intervention:${request.subject ?? ''}`,
  handle: async (ask) => {
    const { org, request, person, held } = ask;
    const found = await findIntervention(ask);
    if ('state' in found) return found;
    const { key, fields } = found;
    const { answer, reason, nextStep } = ask.input;
    if (isClosed(String(fields.state)) && !(fields.state === STATE[answer] && isSame(fields.decidedBy, person.id)))
      return refused(fields.state === 'done' ? 'It is done already.' : 'It was set aside already.');
    const assignee = ask.input.assignTo ?? (typeof fields.assignedTo === 'string' ? fields.assignedTo : person.id);
    const nobody = await inactive(ask, assignee);
    if (nobody) return nobody;
    const texts = { ...(reason === undefined ? {} : { reason }), ...(nextStep === undefined ? {} : { nextStep }) };
    const { at } = await recordControl(org, {
      kind: 'answer-intervention',
      subject: key,
      request: request.id,
      actor: person.id,
      partner: key.slice(0, key.lastIndexOf(':')),
      body: {
        what: `A step about a partner in decline was answered: ${answer}.`,
        before: { state: String(fields.state) },
        after: { state: STATE[answer] },
        why: '',
        ...texts,
      },
      // People name people; what they write is kept under their own key.
      personal: Object.keys(texts).map((path) => ({ path, subject: personSubject(org.org, person.id) })),
    });
    if (!held.mayWrite()) return lost;
    const changes: ReferralFields = {
      state: STATE[answer],
      decidedBy: person.id,
      decidedAt: at,
      assignedTo: assignee,
      ...(nextStep === undefined ? {} : { nextStep }),
      ...(ask.input.dueAt === undefined ? {} : { dueAt: new Date(ask.input.dueAt).toISOString() }),
      ...(answer === 'dismiss' ? { dismissed: reason ?? '' } : {}),
    };
    const task = await keepTask(ask, found, { ...fields, ...changes }, assignee);
    if (!held.mayWrite()) return lost;
    const taskId = task.ok ? task.value : null;
    await write(ask, [{ key, fields: { ...changes, ...(taskId === null ? {} : { taskId }) }, ownerId: assignee }]);
    await org.health.answered(key, answer);
    // The answer counts with or without a task: where the org refuses one, the person knows of the step from the page.
    const without = task.ok ? '' : ` Its task could not be kept, so look here for the step: ${task.error.message}`;
    return done(`${SAYS[answer]}${without}`, { key, state: STATE[answer], taskId });
  },
});

/**
 * The task of whoever takes the step up: one for each person who has it. It is that person's own, who closes it; a service
 * may not change a task of somebody else. @throws what may be tried again.
 */
const keepTask = async (
  { org, input: { answer } }: GovernanceAsk<Input>,
  { id, fields: before }: OwnRecord,
  fields: ReferralFields,
  person: string,
): Promise<Result<string | null, PortError>> => {
  const known = typeof before.taskId === 'string' && before.taskId !== '' ? before.taskId : null;
  if (answer === 'dismiss' || answer === 'done' || (known !== null && isSame(before.assignedTo, person)))
    return ok(known);
  const made = await org.partnerBook.openTask({
    intervention: id,
    person,
    subject: `Partner in decline: ${String(fields.reason ?? '')}`.slice(0, 255),
    description: String(fields.nextStep ?? ''),
    due: String(fields.dueAt ?? org.clock.now()),
  });
  if (!made.ok && made.error.retry === 'safe') throw new Error(`the task could not be made: ${made.error.message}`);
  return made;
};

const assignInput = z.strictObject({
  version: z.literal(1),
  interventions: z.array(z.string().min(1).max(160)).min(1).max(200),
  assignTo: userId,
  dueAt: instant.optional(),
});
type AssignInput = z.infer<typeof assignInput>;

/** Gives many steps to one person at once; those that are closed stay as they are, and are named. */
const assignInterventions = defineHandler<AssignInput>({
  kind: 'assign-interventions',
  input: assignInput,
  needs: PERMISSIONS.approvePartners,
  handle: async (ask) => {
    const { org, request, person, held } = ask;
    const { assignTo, dueAt, interventions } = ask.input;
    const nobody = await inactive(ask, assignTo);
    if (nobody) return nobody;
    const keys = [...new Set(interventions)];
    const rows = taken(await org.crm.readRows('Intervention__c', { keys }), 'interventions could not be read');
    const open = rows.filter(({ fields }) => !isClosed(String(fields.state)));
    const passedOver = keys.filter((key) => !open.some((row) => row.key === key));
    if (open.length === 0) return refused('None of them is open.', { passedOver });
    await recordControl(org, {
      kind: 'assign-interventions',
      subject: 'customer-success',
      request: request.id,
      actor: person.id,
      body: {
        what: `${open.length} ${open.length === 1 ? 'step' : 'steps'} about partners in decline got a person.`,
        before: null,
        after: { interventions: open.map(({ key }) => key), assignTo, dueAt: dueAt ?? null },
        why: '',
      },
    });
    if (!held.mayWrite()) return lost;
    const due = dueAt === undefined ? undefined : new Date(dueAt).toISOString();
    await write(
      ask,
      open.map(({ key }) => ({
        key,
        // Whoever has it now takes it up; a task of the person before stays with that person.
        fields: { assignedTo: assignTo, taskId: null, ...(due === undefined ? {} : { dueAt: due }) },
        ownerId: assignTo,
      })),
    );
    const left =
      passedOver.length === 0 ? '' : ` ${passedOver.length} were closed or are not there, and stay as they are.`;
    return done(`${open.length} ${open.length === 1 ? 'step has' : 'steps have'} a person now.${left}`, { passedOver });
  },
});

export const interventionHandlers = [answerIntervention, assignInterventions] as const;

/** The intervention that a request is about, if whoever asks may answer it. */
const findIntervention = async ({
  org,
  person,
  request,
}: Pick<GovernanceAsk, 'org' | 'person' | 'request'>): Promise<OwnRecord | GovernanceAnswer> => {
  const none = refused('There is no such intervention, or it is not yours to answer.');
  if (!request.subject) return none;
  const [row] = taken(
    await org.crm.readRows('Intervention__c', { keys: [request.subject] }),
    'the intervention could not be read',
  );
  if (!row) return none;
  const may = isSame(row.fields.assignedTo, person.id) || person.permissions.includes(PERMISSIONS.approvePartners);
  return may ? row : none;
};

/** Who is to have a step must be able to do it. Null: that person is. */
const inactive = async (
  { org, person }: Pick<GovernanceAsk, 'org' | 'person'>,
  assignee: string,
): Promise<GovernanceAnswer | null> => {
  if (isSame(assignee, person.id)) return null;
  const read = taken(await org.crm.readPersonRights(assignee, 60_000), 'who it should go to could not be read');
  return read?.active ? null : refused('Whoever it should go to is no active user of this org.');
};

const write = async (
  { org }: Pick<GovernanceAsk, 'org'>,
  rows: readonly { readonly key: string; readonly fields: ReferralFields; readonly ownerId: string }[],
): Promise<void> => {
  const answers = taken(
    await org.crm.upsertRows(rows.map((row) => ({ object: 'Intervention__c' as const, ...row }))),
    'the intervention could not be written',
  );
  const failed = answers.find(({ problem }) => problem !== null);
  if (failed) throw new Error(`Intervention__c ${failed.key} could not be written: ${failed.problem ?? ''}`);
};
