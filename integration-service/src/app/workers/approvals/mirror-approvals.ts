import { escalatedForMs } from '../../../domain/decisions/approval.ts';
import type { Approval } from '../../../infrastructure/database/approvals.ts';
import type { OwnRow } from '../../../ports/crm/own-rows.ts';
import { linkShownApprovals } from '../../decisions/approvals-of-decisions.ts';
import type { OrgRuntime } from '../../org-runtime.ts';

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);
const atOnce = 200;

/** One approval as its row in Salesforce. What people decide by is written while it is open, and stays there. */
export const approvalRow = (approval: Approval): OwnRow => {
  const { key, assignedTo, amount, evidence, reason, says, state } = approval;
  const isOpen = state === 'open' || state === 'answered';
  return {
    object: 'Approval__c',
    key,
    fields: {
      function: approval.function,
      opportunity: approval.deal,
      office: approval.office,
      assignedTo,
      requestedBy: approval.requestedBy,
      says: cut(says, 255),
      reason: cut(reason, 4_000),
      ...(isOpen ? { evidence: cut(JSON.stringify(evidence), 32_768) } : {}),
      amount: amount === null ? null : amount.minor / 100,
      dueAt: approval.escalatedAt === null ? approval.dueAt : approval.expiresAt,
      escalatedAt: approval.escalatedAt,
      state,
      answer: approval.answer,
      answeredBy: approval.answeredBy,
      answeredAt: approval.answeredAt,
      comment: approval.comment === null ? null : cut(approval.comment, 255),
      undoUntil: approval.undoUntil,
      changedFacts: JSON.stringify(approval.changedFacts),
    },
    refs: {
      referral: { object: 'Referral__c', key: approval.referral },
      partner: { object: 'Partner__c', key: approval.partner },
    },
    ...(assignedTo === null ? {} : { ownerId: assignedTo }),
  };
};

/**
 * Writes approvals to Salesforce as they stand here; what is not accepted is tried again by the chore. Gives how many rows
 * are shown as they are now.
 */
export const mirrorApprovals = async (org: OrgRuntime, approvals: readonly Approval[]): Promise<number> => {
  if (approvals.length === 0) return 0;
  const written = await org.crm.upsertRows(approvals.map(approvalRow));
  if (!written.ok) {
    org.log.warn({ problem: written.error.message }, 'approvals could not be written to Salesforce');
    return 0;
  }
  const refused = new Map(written.value.flatMap(({ key, problem }) => (problem === null ? [] : [[key, problem]])));
  for (const [approval, problem] of refused) org.log.warn({ approval, problem }, 'an approval was not accepted');
  const shown = approvals.filter(({ key }) => !refused.has(key));
  // Before it counts as shown, so that a process that ends here does it again.
  try {
    await linkShownApprovals(
      org,
      shown.filter(({ isShown }) => !isShown),
    );
  } catch (error) {
    org.log.warn({ error }, 'approvals could not be given to their decisions; they are written again');
    return 0;
  }
  await org.approvals.mirrored(shown);
  return shown.length;
};

/** The chore: hands on what is overdue, ends what nobody answered, and shows in Salesforce what it does not show yet. */
export const sweepApprovals = async (org: OrgRuntime): Promise<void> => {
  await org.approvals.age(escalatedForMs(org.approvalDeadlines));
  for (;;) {
    const some = await org.approvals.unmirrored(atOnce);
    const shown = await mirrorApprovals(org, some);
    if (some.length < atOnce || shown === 0) return;
  }
};
