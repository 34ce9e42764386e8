import { describe, expect, test } from '@jest/globals';
import { consent } from '../guardrails/policies/consent.ts';
import { killSwitch } from '../guardrails/policies/kill-switch.ts';
import { phasePrerequisites } from '../guardrails/policies/phase-prerequisites.ts';
import { sanctionedEnvironment } from '../guardrails/policies/sanctioned-environment.ts';
import {
  daysBefore,
  goodGrant,
  MANAGER,
  NOW,
  policyOf,
  REQUESTER,
  secondsBefore,
} from '../../../test/support/guardrail-case.ts';
import {
  approvedBps,
  isReady,
  READINESS_CHECKS,
  type ReadinessCheck,
  type ReadinessFacts,
  readinessOf,
} from './readiness.ts';

const guardrails = [killSwitch, phasePrerequisites, sanctionedEnvironment, consent];
const shown = { mode: 'assisted', decisions: 60, approvedBps: 9_500 } as const;

/** A function of phase 1 in an org whose second phase is open: nothing is missing. */
const ready: ReadinessFacts = {
  function: 'co-selling',
  partner: { key: 'aws', profile: { tier: null, segment: null } },
  requestedBy: REQUESTER,
  now: NOW,
  guardrails,
  policies: guardrails.map(({ id }) => policyOf(id)),
  agent: { name: 'Co-selling agent', active: true },
  ledgerWritable: true,
  switches: [
    { scope: 'all', thrown: false, testedAt: null },
    { scope: 'function:co-selling', thrown: false, testedAt: daysBefore(90) },
  ],
  grant: goodGrant,
  useCase: 'refer-to-partner',
  progress: { openPhase: 2, functions: [{ function: 'co-selling', ...shown }], exceptions: [] },
  answered: { decisions: 50, approved: 45, rejected: 5 },
  fiveParts: { looked: 50, failed: 0 },
  contact: { heardAt: secondsBefore(60) },
  openDisputes: 0,
};

const inPhase1 = { ...ready.progress, openPhase: 1 as const };
const exception = (by: string, until: string) => ({
  progress: { ...inPhase1, exceptions: [{ function: 'co-selling' as const, by, until }] },
});

type Row = readonly [says: string, change: Partial<ReadinessFacts>, check: ReadinessCheck, what: RegExp];

describe('readiness of a function for acting by itself', () => {
  test('every check is answered, and when all hold it is ready', () => {
    const answers = readinessOf(ready);
    expect(answers.map(({ check }) => check)).toEqual([...READINESS_CHECKS]);
    expect(answers.filter(({ held }) => !held)).toEqual([]);
    expect(isReady(answers)).toBe(true);
  });

  test.each<Row>([
    ['no guardrails', { guardrails: [] }, 'guardrails', /No guardrails are set for co-selling/],
    [
      'a rule without its policy',
      { policies: ready.policies.filter(({ rule }) => rule !== 'consent') },
      'guardrails',
      /No policy is in force for the rule "consent"/,
    ],
    [
      'a policy that cannot be read',
      {
        policies: [
          ...ready.policies.filter(({ rule }) => rule !== 'consent'),
          policyOf('consent', { required: 'yes' }),
        ],
      },
      'guardrails',
      /"consent" cannot be read/,
    ],
    [
      'a policy that begins tomorrow',
      {
        policies: ready.policies.map((policy) =>
          policy.rule === 'consent' ? { ...policy, effectiveFrom: daysBefore(-1) } : policy,
        ),
      },
      'guardrails',
      /No policy is in force for the rule "consent"/,
    ],
    ['no agent', { agent: null }, 'agent', /no agent for co-selling/],
    ['an agent that is off', { agent: { name: 'Co-selling agent', active: false } }, 'agent', /not active/],
    ['a ledger that takes nothing', { ledgerWritable: false }, 'ledger', /took no entry/],
    [
      'a switch tested 91 days ago',
      { switches: [{ scope: 'partner:aws', thrown: false, testedAt: daysBefore(91) }] },
      'kill-switch',
      /No switch that stops this was tested .*Test without stopping": this partner\./,
    ],
    [
      'a switch that is thrown',
      { switches: [{ scope: 'all', thrown: true, testedAt: daysBefore(1) }] },
      'kill-switch',
      /Stopped now: everything/,
    ],
    ['no grant', { grant: null }, 'grant', /no grant/],
    [
      'a revoked grant',
      { grant: { ...goodGrant, status: 'revoked', revokedBy: 'partner' } },
      'grant',
      /revoked by the partner/,
    ],
    ['a grant for something else', { grant: { ...goodGrant, actions: ['read-review'] } }, 'grant', /"refer"/],
    ['stale evidence', { grant: { ...goodGrant, evidenceCheckedAt: daysBefore(91) } }, 'grant', /too old/],
    ['evidence never checked', { grant: { ...goodGrant, evidenceCheckedAt: null } }, 'grant', /too old/],
    ['phase 1 alone is open', { progress: inPhase1 }, 'phase', /Phase 1 observes and assists/],
    ['an exception of one’s own', exception(REQUESTER, daysBefore(-1)), 'phase', /Phase 1 observes/],
    ['an exception that is over', exception(MANAGER, daysBefore(1)), 'phase', /Phase 1 observes/],
    [
      'no numbers for the phases',
      { policies: ready.policies.filter(({ rule }) => rule !== 'phase-prerequisites') },
      'phase',
      /No policy says how much/,
    ],
    ['49 decisions of 50', { answered: { decisions: 49, approved: 49, rejected: 0 } }, 'decisions', /49 of 50/],
    [
      '89.99 % approved',
      { answered: { decisions: 9_999, approved: 8_998, rejected: 1_001 } },
      'approval-rate',
      /approved 89\.98 %|approved 89\.9/,
    ],
    [
      'nobody has answered',
      { answered: { decisions: 99, approved: 0, rejected: 0 } },
      'approval-rate',
      /Nobody has said/,
    ],
    ['one part failed once', { fiveParts: { looked: 50, failed: 1 } }, 'five-parts', /1 of the newest 50/],
    ['nothing was carried out', { fiveParts: { looked: 0, failed: 0 } }, 'five-parts', /No decision/],
    ['61 seconds of silence', { contact: { heardAt: secondsBefore(61) } }, 'contact', /does not hear this org/],
    ['never heard of', { contact: { heardAt: null } }, 'contact', /does not hear this org/],
    ['an open dispute', { openDisputes: 1 }, 'disputes', /A dispute is open/],
    ['disputes that cannot be read', { openDisputes: null }, 'disputes', /could not be read/],
  ])('%s: that is missing, and said', (_says, change, check, what) => {
    const answers = readinessOf({ ...ready, ...change });
    expect(answers.find((one) => one.check === check)).toMatchObject({
      held: false,
      says: expect.stringMatching(what),
    });
    expect(isReady(answers)).toBe(false);
  });

  test('an exception of another person stands in for the phase while it lasts', () => {
    expect(isReady(readinessOf({ ...ready, ...exception(MANAGER, daysBefore(-1)) }))).toBe(true);
  });

  test.each([
    [{ approved: 0, rejected: 0 }, null],
    [{ approved: 9, rejected: 1 }, 9_000],
    [{ approved: 8_999, rejected: 1_001 }, 8_999],
    [{ approved: 2, rejected: 1 }, 6_666],
    [{ approved: 0, rejected: 1 }, 0],
  ])('the share of %j is %s basis points, never rounded up', (answers, bps) => {
    expect(approvedBps(answers)).toBe(bps);
  });

  test('nothing asked is nothing ready', () => {
    expect(isReady([])).toBe(false);
  });
});
