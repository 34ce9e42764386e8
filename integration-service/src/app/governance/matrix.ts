import { z } from 'zod';
import { AGENTS } from '../../domain/framework/agents.ts';
import { CELL_STATES, readCellKey } from '../../domain/framework/matrix.ts';
import { PERMISSIONS } from '../../ports/crm/person-rights.ts';
import { backoffMs } from '../workers/held-work.ts';
import { defineHandler, done, type GovernanceHandler, refused } from './governance-handler.ts';
import { recordControl } from './record-control.ts';

const recordId = z.string().regex(/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/, { error: 'is no record id' });

/** Null takes a value away; what is not given stays. */
const input = z
  .object({
    version: z.literal(1),
    ownerId: recordId.nullable().optional(),
    state: z.enum(CELL_STATES).optional(),
    agent: z
      .string()
      .refine((key) => AGENTS.some((agent) => agent.key === key), { error: 'is no agent' })
      .nullable()
      .optional(),
    metric: z.string().trim().max(255).nullable().optional(),
    note: z.string().trim().max(255).nullable().optional(),
  })
  .refine(({ version: _version, ...given }) => Object.keys(given).length > 0, { error: 'says nothing to change' });

export const changeControl = defineHandler({
  kind: 'change-control',
  input,
  needs: PERMISSIONS.manageGuardrails,
  async handle({ org, request, person, held, input: given }) {
    const key = request.subject ?? '';
    const place = readCellKey(key);
    if (!place.ok) return refused(`"${key}" is no cell of the matrix. ${place.error}`);
    const later = (note: string) => ({ state: 'again' as const, inMs: backoffMs(held.work.attempts), note });
    const read = await org.crm.readRows('FunctionControl__c', { keys: [key] });
    if (!read.ok) return later(read.error.message);
    const before = read.value[0]?.fields ?? {};
    const { ownerId, state, agent, metric, note } = given;
    if (typeof ownerId === 'string') {
      const owner = await org.crm.readPersonRights(ownerId, 60_000);
      if (!owner.ok) return later(owner.error.message);
      if (!owner.value?.active) return refused('The owner of a cell must be an active user.');
    }
    const fields = {
      ...(ownerId === undefined ? {} : { ownerUser: ownerId }),
      ...(state === undefined ? {} : { state }),
      ...(metric === undefined ? {} : { metric }),
      ...(note === undefined ? {} : { note }),
    };
    const changed = Object.entries({ ...fields, ...(agent === undefined ? {} : { agent }) });
    await recordControl(org, {
      kind: 'change-control',
      subject: key,
      request: request.id,
      actor: person.id,
      body: {
        what: `${key} was changed: ${changed.map(([name]) => name).join(', ')}.`,
        before: Object.fromEntries(changed.map(([name]) => [name, before[name] ?? null])),
        after: Object.fromEntries(changed),
        why: note ?? '',
      },
    });
    const written = await org.crm.upsertRows([
      {
        object: 'FunctionControl__c',
        key,
        fields: { ...place.value, ...fields, changedBy: person.id, changedAt: org.clock.now() },
        ...(agent === undefined
          ? {}
          : { refs: { agent: agent === null ? null : { object: 'Agent__c' as const, key: agent } } }),
      },
      // Who owns how a function is governed on our side is the manager of its agent.
      ...(ownerId !== undefined && place.value.pillar === 'governance' && place.value.zone === 'vendor-controlled'
        ? [{ object: 'Agent__c' as const, key: `agent:${place.value.function}`, fields: { manager: ownerId } }]
        : []),
    ]);
    if (!written.ok) return later(written.error.message);
    const problem = written.value.find((row) => row.problem !== null)?.problem;
    return problem ? refused(`The cell could not be written: ${problem}`) : done('Changed.');
  },
});

export const matrixHandlers: readonly GovernanceHandler[] = [changeControl];
