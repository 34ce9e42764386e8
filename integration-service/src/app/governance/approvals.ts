import { z } from 'zod';
import { whyNotAnswer } from '../../domain/decisions/approval.ts';
import type { Approval } from '../../infrastructure/database/approvals.ts';
import { mirrorApprovals } from '../workers/approvals/mirror-approvals.ts';
import { defineHandler, done, type GovernanceAsk, refused } from './governance-handler.ts';
import { controlEntry } from './record-control.ts';

/** Who stands above somebody changes seldom; a minute is what the other rights are remembered for, too. */
const rightsMaxAgeMs = 60_000;
const atOnce = 200;
const key = z.string().min(1).max(160);

/** What became of one row of a batch, for who answered. */
interface RowSaid {
  readonly approval: string;
  readonly ok: boolean;
  readonly says: string;
  readonly undoUntil?: string | null;
}

const answerForm = z.strictObject({
  version: z.literal(1),
  answers: z
    .array(
      z.strictObject({ approval: key, answer: z.enum(['approve', 'reject']), comment: z.string().max(255).optional() }),
    )
    .min(1)
    .max(atOnce),
});

/** Answers approvals, many at once. Each row by itself: one that somebody else has answered holds no other up. */
export const answerApproval = defineHandler<z.infer<typeof answerForm>>({
  kind: 'answer-approval',
  input: answerForm,
  // Whose office it is, each approval says.
  needs: null,
  handle: async (ask) => {
    const { input, request, person, org } = ask;
    const answers = [...new Map(input.answers.map((one) => [one.approval, one])).values()];
    const rows = new Map((await org.approvals.byKeys(answers.map((one) => one.approval))).map((row) => [row.key, row]));
    const said = new Map<string, RowSaid>();
    const given: (typeof answers)[number][] = [];
    for (const one of answers) {
      const approval = rows.get(one.approval);
      const no = approval ? await whyNot(ask, approval) : 'There is no such approval.';
      if (no === null) given.push(one);
      else said.set(one.approval, { approval: one.approval, ok: isOurs(approval, ask), says: no });
    }
    const at = org.clock.now();
    const counted = await org.approvals.answer(
      given.map(({ approval, answer, comment = null }) => ({
        key: approval,
        answer,
        comment,
        entry: controlEntry(org.org, at, {
          kind: 'answer-approval',
          subject: approval,
          request: request.id,
          actor: person.id,
          partner: rows.get(approval)?.partner ?? 'none',
          body: { what: `Said ${answer} to an approval.`, before: 'open', after: answer, why: '' },
        }),
      })),
      { by: person.id, request: request.id, undoMs: org.approvalUndoMs },
    );
    org.trace('after-approval-answered');
    return end(ask, answers, said, counted, ({ answer }) => (answer === 'approve' ? 'Approved.' : 'Rejected.'));
  },
});

const undoForm = z.strictObject({ version: z.literal(1), approvals: z.array(key).min(1).max(atOnce) });

/** Takes answers back, until they are carried out. */
export const undoApproval = defineHandler<z.infer<typeof undoForm>>({
  kind: 'undo-approval',
  input: undoForm,
  needs: null,
  handle: async (ask) => {
    const { input, request, person, org } = ask;
    const wanted = [...new Set(input.approvals)].map((approval) => ({ approval }));
    const rows = new Map((await org.approvals.byKeys(input.approvals)).map((row) => [row.key, row]));
    const at = org.clock.now();
    const said = new Map<string, RowSaid>();
    const mine = wanted.filter(({ approval }) => {
      const row = rows.get(approval);
      const no = whyNotUndo(row, person.id);
      const before = row?.state === 'open' && row.answeredWith === request.id;
      if (before) said.set(approval, { approval, ok: true, says: 'Taken back.' });
      else if (no !== null) said.set(approval, { approval, ok: false, says: no });
      return no === null && !before;
    });
    const counted = await org.approvals.undo(
      mine.map(({ approval }) => ({
        key: approval,
        entry: controlEntry(org.org, at, {
          kind: 'undo-approval',
          subject: approval,
          request: request.id,
          actor: person.id,
          partner: rows.get(approval)?.partner ?? 'none',
          body: {
            what: 'Took an answer to an approval back.',
            before: rows.get(approval)?.answer ?? null,
            after: 'open',
            why: '',
          },
        }),
      })),
      { by: person.id, request: request.id },
    );
    return end(ask, wanted, said, counted, () => 'Taken back.');
  },
});

/** The answer is there already: an earlier try of this very request gave it. */
const isOurs = (approval: Approval | undefined, { request }: GovernanceAsk): boolean =>
  approval?.answeredWith === request.id && approval.state !== 'open';

const WORDS: Readonly<Record<Approval['state'], string>> = {
  open: '',
  answered: 'Somebody has answered it already',
  'carried-out': 'It was answered and carried out already',
  withdrawn: 'It is not needed any more',
  replaced: 'What it was about has changed; it is asked anew',
  expired: 'Nobody answered it in time',
};

const nameOf = async ({ org }: GovernanceAsk, id: string | null): Promise<string | null> => {
  const read = id === null ? null : await org.crm.readPersonRights(id, rightsMaxAgeMs);
  return read?.ok ? (read.value?.name ?? null) : null;
};

/** Why a person may not answer this row now; null: they may. */
const whyNot = async (ask: GovernanceAsk, approval: Approval): Promise<string | null> => {
  if (isOurs(approval, ask)) return approval.answer === 'approve' ? 'Approved.' : 'Rejected.';
  if (approval.state !== 'open') {
    const name = await nameOf(ask, approval.answeredBy);
    return `${WORDS[approval.state]}${name === null ? '' : ` (${name})`}.`;
  }
  const { org, person } = ask;
  const requester =
    approval.office === 'sales-manager' ? await org.crm.readPersonRights(approval.requestedBy, rightsMaxAgeMs) : null;
  if (requester && !requester.ok) return `Who stands above the seller could not be read: ${requester.error.message}`;
  return whyNotAnswer(person, {
    office: approval.office,
    requestedBy: approval.requestedBy,
    aboveRequester: requester?.value?.above ?? [],
    escalated: approval.escalatedAt !== null,
  });
};

const whyNotUndo = (approval: Approval | undefined, person: string): string | null => {
  if (!approval) return 'There is no such approval.';
  if (approval.state !== 'answered')
    return approval.state === 'open' ? 'Nobody has answered it.' : `${WORDS[approval.state]}.`;
  if (approval.answeredBy?.slice(0, 15) !== person.slice(0, 15)) return 'Only whoever answered can take it back.';
  return approval.final ? 'It is being carried out already.' : null;
};

/** Says row by row what became of it, and shows it in Salesforce. */
const end = async <Row extends { readonly approval: string }>(
  ask: GovernanceAsk,
  rows: readonly Row[],
  said: ReadonlyMap<string, RowSaid>,
  counted: ReadonlySet<string>,
  words: (row: Row) => string,
) => {
  const { org } = ask;
  const now = new Map((await org.approvals.byKeys(rows.map(({ approval }) => approval))).map((row) => [row.key, row]));
  const result = rows.map((row): RowSaid => {
    const known = said.get(row.approval);
    if (known) return { ...known, undoUntil: now.get(row.approval)?.undoUntil ?? null };
    const ok = counted.has(row.approval);
    return {
      approval: row.approval,
      ok,
      says: ok
        ? words(row)
        : `${WORDS[now.get(row.approval)?.state ?? 'answered'] || 'It cannot be answered any more'}.`,
      undoUntil: now.get(row.approval)?.undoUntil ?? null,
    };
  });
  await mirrorApprovals(org, [...now.values()]);
  const failed = result.filter(({ ok }) => !ok);
  const message =
    failed.length === 0
      ? `${result.length === 1 ? 'One approval' : `${result.length} approvals`} answered.`
      : failed
          .map(({ says }) => says)
          .filter((one, index, all) => all.indexOf(one) === index)
          .join(' ');
  const json = { version: 1, rows: result.map((row) => ({ ...row, undoUntil: row.undoUntil ?? null })) };
  return failed.length === result.length ? refused(message, json) : done(message, json);
};
