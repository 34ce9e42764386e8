import type { Approval } from '../../../infrastructure/database/approvals.ts';
import type { LedgerEntryInput } from '../../../ports/decision-ledger/decision-ledger.ts';

/**
 * That nobody will answer any more, as it stands in the ledger: `expired`, nobody did in time; `withdrawn`, there is nothing
 * left that an answer would be about; `asked-anew`, another decision took its place. Without it the decision would wait for
 * ever.
 */
export const endedEntry = (
  org: string,
  now: string,
  { decision, partner, key }: Pick<Approval, 'decision' | 'partner'> & { readonly key?: string },
  answer: 'expired' | 'withdrawn' | 'asked-anew',
): LedgerEntryInput => ({
  org,
  kind: 'approval',
  decision,
  at: now,
  actor: 'agent:orchestration',
  partnerOfRecord: partner,
  body: { answer, ...(key === undefined ? {} : { approval: key }) },
  personal: [],
});

/**
 * A person's answer as it stands in the ledger, among the entries of the decision it is about. What they wrote to it is
 * kept under the deal's key: people name people.
 */
export const approvalEntry = (org: string, now: string, approval: Approval): LedgerEntryInput => {
  const { key, decision, partner, office, rules, comment, answer, answeredBy, answeredAt, deal } = approval;
  return {
    org,
    kind: 'approval',
    decision,
    at: answeredAt ?? now,
    actor: answeredBy ?? '',
    partnerOfRecord: partner,
    body: {
      approval: key,
      office,
      answer,
      rules: rules.map(({ rule, policyVersion }) => ({ rule, policyVersion })),
      ...(comment === null ? {} : { comment }),
    },
    personal: comment === null ? [] : [{ path: 'comment', subject: `deal:${deal}` }],
  };
};
