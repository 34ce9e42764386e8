import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MANAGER, REQUESTER } from '../../../test/support/guardrail-case.ts';
import type { EscalationOwner } from '../guardrails/guardrail.ts';
import type { Judgement } from '../guardrails/verdict.ts';
import { answerDueMs, DEFAULT_DEADLINES, officesAsked, whyNotAnswer } from './approval.ts';

const HOUR = 3_600_000;
const offices = ['requester', 'sales-manager', 'partner-manager', 'admin', 'finance', 'legal'] as const;
const permissionOf = {
  'partner-manager': 'TandemApprovePartners',
  admin: 'TandemManageGuardrails',
  finance: 'TandemApproveFinance',
  legal: 'TandemApproveLegal',
} as const;

const approver = (more: { id?: string; active?: boolean; permissions?: readonly string[] } = {}) => ({
  id: MANAGER,
  active: true,
  permissions: [],
  ...more,
});
const asked = (office: EscalationOwner, more: { escalated?: boolean; aboveRequester?: readonly string[] } = {}) => ({
  office,
  requestedBy: REQUESTER,
  aboveRequester: [],
  escalated: false,
  ...more,
});

describe('who may answer', () => {
  test.each(Object.entries(permissionOf))('%s: whoever has %s, and nobody without it', (office, permission) => {
    const of = asked(office as EscalationOwner);
    expect(whyNotAnswer(approver({ permissions: [permission] }), of)).toBeNull();
    const others = Object.values(permissionOf).filter((one) => one !== permission);
    expect(whyNotAnswer(approver({ permissions: others }), of)).toMatch(/^This is for/);
  });

  test('the sales manager is whoever stands above the seller, by 15 or 18 characters', () => {
    expect(whyNotAnswer(approver(), asked('sales-manager', { aboveRequester: [MANAGER.slice(0, 15)] }))).toBeNull();
    expect(whyNotAnswer(approver(), asked('sales-manager'))).toBe('This is for a sales manager to decide.');
    const everything = Object.values(permissionOf);
    expect(whyNotAnswer(approver({ permissions: everything }), asked('sales-manager'))).not.toBeNull();
  });

  test('what the seller alone can say nobody says for them', () => {
    const everything = approver({ permissions: Object.values(permissionOf) });
    expect(whyNotAnswer(everything, asked('requester', { aboveRequester: [MANAGER] }))).not.toBeNull();
  });

  test('an admin steps in once it was escalated, and not before', () => {
    const admin = approver({ permissions: ['TandemManageGuardrails'] });
    expect(whyNotAnswer(admin, asked('legal'))).not.toBeNull();
    expect(whyNotAnswer(admin, asked('legal', { escalated: true }))).toBeNull();
    expect(whyNotAnswer(approver(), asked('legal', { escalated: true }))).not.toBeNull();
  });

  test('nobody for themselves, no agent, and nobody who is not active: whatever they may otherwise', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...offices),
        fc.constantFrom(REQUESTER, REQUESTER.slice(0, 15), 'agent:co-selling', ''),
        fc.boolean(),
        (office, id, escalated) => {
          const person = approver({ id, permissions: Object.values(permissionOf) });
          expect(whyNotAnswer(person, asked(office, { escalated, aboveRequester: [id] }))).not.toBeNull();
          const inactive = { ...person, id: MANAGER, active: false };
          expect(whyNotAnswer(inactive, asked(office, { escalated, aboveRequester: [MANAGER] }))).not.toBeNull();
        },
      ),
    );
  });
});

const judgement = (rule: string, answer: Judgement['answer'], owner?: EscalationOwner): Judgement => ({
  rule,
  policyVersion: 1,
  answer,
  reason: '',
  ...(owner ? { owner } : {}),
  read: [],
});

describe('whom a verdict asks', () => {
  test('each office once, with all of its rules', () => {
    const judgements = [
      judgement('amount-per-action', 'needs-approval', 'sales-manager'),
      judgement('conflict', 'needs-approval', 'partner-manager'),
      judgement('mode', 'needs-approval', 'sales-manager'),
      judgement('freshness', 'allow'),
    ];
    const found = officesAsked({ answer: 'needs-approval', judgements });
    expect(found.map(({ office, held }) => [office, held.map(({ rule }) => rule)])).toEqual([
      ['sales-manager', ['amount-per-action', 'mode']],
      ['partner-manager', ['conflict']],
    ]);
  });

  test.each([
    [
      'denied',
      'deny',
      [judgement('amount-per-action', 'needs-approval', 'sales-manager'), judgement('mode', 'deny', 'admin')],
    ],
    ['allowed', 'allow', [judgement('mode', 'allow')]],
    [
      'the seller has to look again first',
      'needs-approval',
      [judgement('consent', 'needs-approval', 'requester'), judgement('conflict', 'needs-approval', 'partner-manager')],
    ],
  ] as const)('nobody: %s', (_says, answer, judgements) => {
    expect(officesAsked({ answer, judgements })).toEqual([]);
  });
});

test('an answer is due when the most urgent of its rules needs it, and never later than the office has', () => {
  expect(answerDueMs('sales-manager', ['amount-per-action'])).toBe(24 * HOUR);
  expect(answerDueMs('admin', ['org-contact', 'freshness'])).toBe(2 * HOUR);
  expect(answerDueMs('finance', [])).toBe(48 * HOUR);
  const shorter = { ofOffice: { ...DEFAULT_DEADLINES.ofOffice, finance: 6 }, ofRule: { freshness: 3 }, escalated: 1 };
  expect(answerDueMs('finance', ['amount-per-day'], shorter)).toBe(6 * HOUR);
  expect(answerDueMs('finance', ['freshness'], shorter)).toBe(3 * HOUR);
});
