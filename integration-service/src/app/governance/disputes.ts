import { z } from 'zod';
import { personSubject } from '../../agents/orchestration/decision-entries.ts';
import type { OwnRecord } from '../../ports/crm/own-rows.ts';
import { PERMISSIONS, type PersonRights } from '../../ports/crm/person-rights.ts';
import { reconstruct, type Told } from '../decisions/reconstruction.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { decisionSeenBy, NO_DECISION, replayNow, rowOf, writeRow } from './decision-rows.ts';
import {
  defineHandler,
  done,
  type GovernanceAnswer,
  type GovernanceAsk,
  nothingMore,
  refused,
} from './governance-handler.ts';
import { recordControl } from './record-control.ts';

const object = 'Dispute__c';
const words = z.string().trim().min(1).max(4_000);
const openInput = z.strictObject({ version: z.literal(1), question: words });
const answerInput = z.strictObject({ version: z.literal(1), answer: words });

const keyOf = (request: string): string => `dispute:${request}`;
const isSame = (left: unknown, right: string): boolean =>
  typeof left === 'string' && left.slice(0, 15) === right.slice(0, 15);
const lost = { state: 'again', inMs: 0, note: 'the claim was lost before the dispute was written' } as const;
const isAdmin = ({ permissions }: PersonRights): boolean => permissions.includes(PERMISSIONS.manageGuardrails);

/**
 * Somebody who sees a decision does not agree with it: the question is written beside what happened, entry by entry, and
 * beside what judging it again shows (M084, M085).
 */
const openDispute = defineHandler<z.infer<typeof openInput>>({
  kind: 'open-dispute',
  input: openInput,
  needs: null,
  handle: async (ask) => {
    const { org, request, person, input, held } = ask;
    const decision = await decisionSeenBy(ask, request.subject);
    if (decision === null) return refused(NO_DECISION);
    const key = keyOf(request.id);
    const there = await rowOf(org, object, { keys: [key] });
    if (there === null) {
      const { at } = await record(org, ask, decision, 'open-dispute', { field: 'question', text: input.question });
      const told = await toldOf(org, decision);
      const replay = await replayNow(org, decision.key);
      if (!held.mayWrite()) return lost;
      await writeRow(org, {
        object,
        key,
        fields: {
          openedBy: person.id,
          openedAt: at,
          question: input.question,
          state: 'open',
          reconstruction: fitting(told),
          replayResult: replay === null ? null : JSON.stringify(replay),
        },
        refs: { decision: { object: 'Decision__c', key: decision.key } },
        // Whoever asks sees what becomes of it; partner managers and admins see all.
        ownerId: person.id,
      });
    }
    return done('Your question is on record, with what happened step by step. Somebody else will answer it.', { key });
  },
});

const answerDispute = defineHandler<z.infer<typeof answerInput>>({
  kind: 'answer-dispute',
  input: answerInput,
  needs: [PERMISSIONS.approvePartners, PERMISSIONS.manageGuardrails],
  alone: ({ request }) => request.subject ?? '',
  handle: async (ask) => {
    const { org, request, person, input, held } = ask;
    const found = await findDispute(ask);
    if ('state' in found) return found;
    const { dispute, decision } = found;
    const { state, openedBy, answeredBy, answer } = dispute.fields;
    if (isSame(openedBy, person.id)) return refused('You asked this yourself. Somebody else must answer it.');
    const again = state === 'answered' && isSame(answeredBy, person.id) && answer === input.answer;
    if (state !== 'open' && !again)
      return refused(state === 'closed' ? 'It is closed.' : 'Somebody has answered it already.');
    const { at } = await record(org, ask, decision, 'answer-dispute', { field: 'answer', text: input.answer });
    if (!held.mayWrite()) return lost;
    await writeRow(org, {
      object,
      key: dispute.key,
      fields: { state: 'answered', answer: input.answer, answeredBy: person.id, answeredAt: at },
    });
    return done('Your answer is on record. Whoever asked can close it now.', { key: request.subject ?? '' });
  },
});

const closeDispute = defineHandler<z.infer<typeof nothingMore>>({
  kind: 'close-dispute',
  input: nothingMore,
  needs: null,
  alone: ({ request }) => request.subject ?? '',
  handle: async (ask) => {
    const { org, person, held } = ask;
    const found = await findDispute(ask);
    if ('state' in found) return found;
    const { dispute, decision } = found;
    const { state, openedBy, openedAt } = dispute.fields;
    const isOpener = isSame(openedBy, person.id);
    if (!isOpener && !isAdmin(person)) return refused('Whoever asked closes it, or an admin.');
    if (state === 'closed') return done('It is closed.', resultOf(dispute));
    if (state === 'open' && !isOpener) return refused('Nobody has answered it yet.');
    const { at, again } = await record(org, ask, decision, 'close-dispute', null);
    if (!held.mayWrite()) return lost;
    const hours = Math.max(0, Math.round((Date.parse(at) - Date.parse(String(openedAt))) / 36_000) / 100);
    await writeRow(org, { object, key: dispute.key, fields: { state: 'closed', closedAt: at, hoursToResolve: hours } });
    if (!again) org.metrics.disputeResolved.observe(hours * 3_600);
    return done('It is closed.', { key: dispute.key, hours });
  },
});

export const disputeHandlers = [openDispute, answerDispute, closeDispute] as const;

const resultOf = ({ key, fields }: OwnRecord) => ({ key, hours: Number(fields.hoursToResolve ?? 0) });

/** The dispute that a request is about, and its decision, if whoever asks sees it. */
const findDispute = async (
  ask: Pick<GovernanceAsk, 'org' | 'person' | 'request'>,
): Promise<{ readonly dispute: OwnRecord; readonly decision: OwnRecord } | GovernanceAnswer> => {
  const { org, person, request } = ask;
  const none = refused('There is no such question, or you do not see it.');
  const dispute = request.subject ? await rowOf(org, object, { keys: [request.subject] }) : null;
  if (dispute === null) return none;
  const seen = await org.crm.mayRead(person.id, dispute.id);
  if (!seen.ok) throw new Error(`whether the dispute is seen could not be read: ${seen.error.message}`);
  const decision = seen.value
    ? await rowOf(org, 'Decision__c', { where: { id: String(dispute.fields.decision) } })
    : null;
  return decision === null ? none : { dispute, decision };
};

/** Before the record: what people wrote is kept under the deal's key, or the writer's, as people name people. */
const record = (
  org: OrgRuntime,
  { request, person }: Pick<GovernanceAsk, 'request' | 'person'>,
  decision: OwnRecord,
  kind: 'open-dispute' | 'answer-dispute' | 'close-dispute',
  written: { readonly field: string; readonly text: string } | null,
) => {
  const { opportunity } = decision.fields;
  const subject = typeof opportunity === 'string' ? `deal:${opportunity}` : personSubject(org.org, person.id);
  const what = {
    'open-dispute': 'A decision was questioned.',
    'answer-dispute': 'A question about a decision was answered.',
    'close-dispute': 'A question about a decision was closed.',
  };
  return recordControl(org, {
    kind,
    subject: request.subject ?? '',
    request: request.id,
    actor: person.id,
    body: {
      what: what[kind],
      before: null,
      after: { decision: decision.key },
      why: '',
      ...(written === null ? {} : { [written.field]: written.text }),
    },
    ...(written === null ? {} : { personal: [{ path: written.field, subject }] }),
  });
};

const toldOf = async (org: OrgRuntime, decision: OwnRecord): Promise<readonly Told[]> => {
  const { partnerOfRecord } = decision.fields;
  return reconstruct(
    await org.ledger.read(org.org, decision.key),
    typeof partnerOfRecord === 'string' ? partnerOfRecord : 'the partner',
  );
};

/** As much of it, from the first on, as the field holds. */
const fitting = (told: readonly Told[]): string => {
  let some = told;
  while (JSON.stringify(some).length > 32_768) some = some.slice(0, Math.floor(some.length * 0.9));
  return JSON.stringify(some);
};
