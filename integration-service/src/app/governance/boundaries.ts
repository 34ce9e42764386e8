import { z } from 'zod';
import { policyChangeForm } from '../../domain/guardrails/policy-change.ts';
import type { JsonObject } from '../../domain/values/json.ts';
import type { OwnRecord } from '../../ports/crm/own-rows.ts';
import { PERMISSIONS } from '../../ports/crm/person-rights.ts';
import { isOwnRow } from '../workers/policies.ts';
import { changePolicy } from './change-policy.ts';
import { rowOf, writeRow } from './decision-rows.ts';
import { defineHandler, done, type GovernanceAsk, refused } from './governance-handler.ts';
import { recordControl } from './record-control.ts';

const object = 'BoundaryProposal__c';
const input = z.strictObject({ version: z.literal(1), reason: z.string().max(255).optional() });
type Input = z.infer<typeof input>;

const needs = PERMISSIONS.manageGuardrails;
/** Adopting is a change of that policy, and is done in its line. */
const alone = ({ request }: Pick<GovernanceAsk, 'request'>): string => {
  const [, line = ''] = /^([^:]+:[^:]+:.+):v\d+:(?:widen|narrow):[0-9a-f]+$/.exec(request.subject ?? '') ?? [];
  return `policy:${line}`;
};
const lost = { state: 'again', inMs: 0, note: 'the claim was lost before the proposal was written' } as const;

/** A person adopts a move of a limit: from here on it is a change of a policy like any other, in that person's name. */
const adoptBoundary = defineHandler<Input>({
  kind: 'adopt-boundary',
  input,
  needs,
  alone,
  handle: async (ask) => {
    const { org, person, held } = ask;
    const found = await findProposal(ask);
    if (typeof found === 'string') return refused(found);
    const { key, fields } = found;
    const change = changeOf(found);
    if (change === null || !isOwnRow(found, org.user))
      return refused('This proposal was changed past Tandem, so nobody knows what was proposed. It cannot be adopted.');
    const answer = await changePolicy(org, {
      request: ask.request,
      input: {
        version: 1,
        change,
        basedOn: Number(fields.policyVersion),
        boundary: key,
        ...(ask.input.reason === undefined ? {} : { reason: ask.input.reason }),
      },
      person,
      mayWrite: held.mayWrite,
    });
    if (answer.state === 'again') return answer;
    if (!held.mayWrite()) return lost;
    const isOutdated = answer.state === 'refused' && 'newest' in (Object(answer.result) as JsonObject);
    if (answer.state === 'done') await decided(ask, key, 'adopted');
    else if (isOutdated) await writeRow(org, { object, key, fields: { state: 'outdated' } });
    return answer;
  },
});

const declineBoundary = defineHandler<Input>({
  kind: 'decline-boundary',
  input,
  needs,
  alone,
  handle: async (ask) => {
    const { org, request, person, held } = ask;
    const found = await findProposal(ask);
    if (typeof found === 'string') return refused(found);
    const { key, fields } = found;
    await recordControl(org, {
      kind: 'decline-boundary',
      subject: key,
      request: request.id,
      actor: person.id,
      body: {
        what: `A proposed move of ${String(fields.rule)} of ${String(fields.function)} was declined.`,
        before: 'proposed',
        after: 'declined',
        why: ask.input.reason ?? '',
      },
    });
    if (!held.mayWrite()) return lost;
    await decided(ask, key, 'declined');
    return done('Declined. Nothing was changed, and this move is not proposed again.', { key });
  },
});

export const boundaryHandlers = [adoptBoundary, declineBoundary] as const;

const decided = (
  { org, person }: Pick<GovernanceAsk, 'org' | 'person'>,
  key: string,
  state: 'adopted' | 'declined',
): Promise<string> =>
  writeRow(org, { object, key, fields: { state, decidedBy: person.id, decidedAt: org.clock.now() } });

/** A proposal that waits for a person; otherwise why it cannot be decided. */
const findProposal = async ({ org, request }: Pick<GovernanceAsk, 'org' | 'request'>): Promise<OwnRecord | string> => {
  const row = request.subject ? await rowOf(org, object, { keys: [request.subject] }) : null;
  if (row === null) return 'There is no such proposal.';
  if (row.fields.state === 'proposed') return row;
  if (row.fields.state === 'outdated') return 'The policy has changed since this was proposed. Nothing was changed.';
  return `Somebody has decided it already: it was ${String(row.fields.state)}.`;
};

const changeOf = ({ fields }: OwnRecord) => {
  let settings: unknown;
  try {
    settings = JSON.parse(String(fields.settings));
  } catch {
    return null;
  }
  const { function: of, rule, scope } = fields;
  const read = policyChangeForm.safeParse({ function: of, rule, scope, settings, effectiveFrom: null });
  return read.success ? read.data : null;
};
