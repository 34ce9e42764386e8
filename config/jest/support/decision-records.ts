/** Decisions, disputes and approvals by the names the components' queries give their fields. */
export const DECISION_ID = 'a06000000000001AAA';
export const APPROVAL_ID = 'a08000000000001AAA';

/** A deal that was referred: allowed by two rules, sent, answered. */
export function decision(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: DECISION_ID,
    key: 'refer:006:aws:1',
    name: 'DEC-0000001',
    state: 'done',
    answer: 'allow',
    says: 'Initech cloud move was referred to AWS.',
    requestedBy: 'Sally Seller',
    agent: 'Co-selling',
    decidedAt: '2026-11-21T12:00:00.000Z',
    amount: 48_000,
    rules: JSON.stringify([
      { rule: 'consent', ruleVersion: 1, policyVersion: 3, answer: 'allow', reason: 'The click names every value.' },
      {
        rule: 'amount-per-day',
        ruleVersion: 2,
        policyVersion: 1,
        policyScope: 'partner:aws',
        answer: 'needs-approval',
        reason: 'Today’s deals come to more than 100,000.',
        approvedBy: 'Max Manager',
        read: ['deal amount', 'sum of today'],
      },
    ]),
    facts: JSON.stringify([
      { name: 'deal', source: 'Opportunity.ns__PartnerGrant__c', readAt: '2026-11-21T11:59:48.000Z', ageSeconds: 12 },
    ]),
    effects: JSON.stringify([
      {
        step: 'file',
        operation: 'create-opportunity',
        at: '2026-11-21T12:00:02.000Z',
        state: 'done',
        says: 'AWS gave O123',
      },
    ]),
    fiveParts: JSON.stringify([
      { part: 'system-of-record', held: true, why: 'Every value has a source.' },
      { part: 'closes-the-loop', held: false, why: 'The review was not read back.' },
    ]),
    hash: 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90',
    ledgerFrom: 12,
    ledgerTo: 19,
    partnerOfRecord: 'AWS',
    attribution: 'Sally Seller, first to ask',
    replay: null,
    ...more,
  };
}

/** A question about the decision, not answered yet. */
export function dispute(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'a07000000000001AAA',
    key: 'dispute:1',
    decisionId: DECISION_ID,
    state: 'open',
    openedBy: 'Omar Other',
    openerId: '005000000000002AAA',
    openedAt: '2026-11-21T13:00:00.000Z',
    question: 'Was this not my customer?',
    told: JSON.stringify([{ at: '2026-11-21T12:00:00.000Z', says: 'Sally Seller asked for it.' }]),
    replay: JSON.stringify({ at: '2026-11-21T13:00:01.000Z', asOfThen: 'same', today: 'same', differences: [] }),
    ...more,
  };
}

/** A decision that waits for a person. */
export function approval(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: APPROVAL_ID,
    key: 'approval:1',
    says: 'Refer Initech cloud move to AWS',
    reason: 'The deal is above what agents may refer alone.',
    evidence: JSON.stringify({
      rules: [{ rule: 'amount-per-action', policyVersion: 2, reason: 'Up to 100,000 an agent acts alone.' }],
      facts: [{ label: 'Amount', value: '480,000' }],
      wouldDo: ['File the deal at AWS', 'Send 37 fields'],
    }),
    amount: 480_000,
    dueAt: '2026-11-21T18:00:00.000Z',
    escalatedAt: null,
    state: 'open',
    answer: null,
    requestedBy: 'Sally Seller',
    opportunityId: '006000000000001AAA',
    opportunityName: 'Initech cloud move',
    referralId: null,
    referralName: null,
    partnerId: 'a01000000000001AAA',
    partnerName: 'AWS',
    decisionId: DECISION_ID,
    decisionName: 'DEC-0000001',
    undoUntil: null,
    changedFacts: null,
    ...more,
  };
}
