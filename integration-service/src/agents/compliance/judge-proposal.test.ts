import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fivePartTest } from '../../domain/decisions/five-part-test.ts';
import type { Proposal } from '../../domain/decisions/proposal.ts';
import { courseOf } from '../../domain/guardrails/autonomy.ts';
import { DEFAULT_POLICIES } from '../../domain/guardrails/default-policies.ts';
import { policyInForce, worstOf } from '../../domain/guardrails/evaluate.ts';
import type { JudgeFacts, PartnerGrant, Policy } from '../../domain/guardrails/guardrail.ts';
import type { Judgement } from '../../domain/guardrails/verdict.ts';
import { judgeProposal as judgeBy } from './judge-proposal.ts';
import type { RuleList } from './rule-list.ts';

/** What judges whatever leaves the company, in a list of this test's own. */
const list: RuleList = {
  function: 'co-selling',
  guardrails: ['kill-switch', 'mode', 'sanctioned-environment', 'data-sharing', 'duplicate', 'freshness', 'consent'],
  optional: ['territory'],
};
const judgeProposal = (proposal: Proposal, facts: JudgeFacts) => judgeBy(proposal, list, facts);

const NOW = '2026-11-21T12:00:00.000Z';
const before = (seconds: number): string => new Date(Date.parse(NOW) - seconds * 1_000).toISOString();
const days = (count: number): string => before(count * 86_400);

const grant: PartnerGrant = {
  key: 'aws',
  status: 'active',
  actions: ['refer'],
  fields: ['Name', 'Email'],
  evidenceKind: 'platform-terms',
  evidence: 'probe answered',
  evidenceCheckedAt: days(1),
  effectiveFrom: null,
  expiresAt: null,
  revokedBy: null,
};

const facts: JudgeFacts = {
  grant,
  mode: { function: 'co-selling', mode: 'assisted' },
  policies: DEFAULT_POLICIES,
  killSwitches: [],
  underWay: [],
  now: NOW,
};

const disclosed: Proposal['disclosed'][number] = {
  target: 'Name',
  label: 'Customer',
  value: 'Acme',
  source: 'Opportunity.Account.Name',
  sourceKind: 'record',
  personal: false,
  fingerprint: 'f1',
};

const dealFact: Proposal['facts'][number] = {
  name: 'deal',
  source: 'salesforce:Opportunity/006',
  readAt: before(1),
  value: {},
  personal: true,
};

const consentPolicy: Policy = {
  function: 'co-selling',
  rule: 'consent',
  scope: 'all',
  version: 1,
  effectiveFrom: null,
  settings: { required: true },
};

const proposal: Proposal = {
  function: 'co-selling',
  useCase: 'refer-to-partner',
  org: '00D000000000001AAA',
  subject: { kind: 'referral', id: '006000000000001AAA:aws:1' },
  partner: 'aws',
  requestedBy: '005000000000001AAA',
  reasons: [],
  disclosed: [disclosed],
  effects: [{ step: 'create', port: 'partner-portal', operation: 'create-opportunity', body: {}, personal: [] }],
  consent: { by: '005000000000001AAA', surface: 'panel', fields: ['Name'], fingerprints: { Name: 'f1' } },
  facts: [dealFact],
};

const withGrant = (changes: Partial<PartnerGrant>): JudgeFacts => ({ ...facts, grant: { ...grant, ...changes } });
const withPolicy = (rule: string, settings: Policy['settings']): JudgeFacts => ({
  ...facts,
  policies: DEFAULT_POLICIES.map((policy) => (policy.rule === rule ? { ...policy, settings } : policy)),
});

/** One row per boundary: what differs from the good case, and what the rule that cares must say. */
const rows: readonly [
  says: string,
  proposal: Partial<Proposal>,
  facts: JudgeFacts,
  answer: 'allow' | 'needs-approval' | 'deny',
  reason: RegExp,
][] = [
  ['everything in order', {}, facts, 'allow', /^$/],
  [
    'stopped altogether',
    {},
    { ...facts, killSwitches: [{ scope: 'all', reason: 'drill' }] },
    'deny',
    /operator \(all\): drill/,
  ],
  [
    'the function stopped',
    {},
    { ...facts, killSwitches: [{ scope: 'function:co-selling', reason: '' }] },
    'deny',
    /no reason given/,
  ],
  [
    'the partner stopped',
    {},
    { ...facts, killSwitches: [{ scope: 'partner:aws', reason: 'x' }] },
    'deny',
    /partner:aws/,
  ],
  ['another partner stopped', {}, { ...facts, killSwitches: [{ scope: 'partner:other', reason: 'x' }] }, 'allow', /^$/],
  ['no mode', {}, { ...facts, mode: null }, 'deny', /switched off/],
  ['mode off', {}, { ...facts, mode: { function: 'co-selling', mode: 'off' } }, 'deny', /switched off/],
  ['a mode of another function', {}, { ...facts, mode: { function: 'quoting', mode: 'led' } }, 'deny', /switched off/],
  ['mode led', {}, { ...facts, mode: { function: 'co-selling', mode: 'led' } }, 'allow', /^$/],
  [
    'assisted, and nobody clicked',
    { consent: { ...proposal.consent, by: '' } },
    facts,
    'needs-approval',
    /a person must say yes/,
  ],
  [
    'assisted, and somebody else clicked',
    { consent: { ...proposal.consent, by: '005000000000002AAA' } },
    facts,
    'needs-approval',
    /a person must say yes/,
  ],
  ['no grant', {}, { ...facts, grant: null }, 'deny', /no grant/],
  ['a revoked grant', {}, withGrant({ status: 'revoked', revokedBy: 'partner' }), 'deny', /revoked by the partner/],
  ['a grant that begins now', {}, withGrant({ effectiveFrom: NOW }), 'allow', /^$/],
  ['a grant that begins in a second', {}, withGrant({ effectiveFrom: before(-1) }), 'deny', /begins/],
  ['a grant that ends in a second', {}, withGrant({ expiresAt: before(-1) }), 'allow', /^$/],
  ['a grant that ends now', {}, withGrant({ expiresAt: NOW }), 'deny', /ended/],
  ['a grant whose end cannot be read', {}, withGrant({ expiresAt: 'soon' }), 'deny', /ended/],
  ['an action the grant lacks', { useCase: 'correct-referral' }, facts, 'deny', /update-referral/],
  ['an action nobody knows', { useCase: 'fly' }, facts, 'deny', /"fly"/],
  ['no kind of evidence', {}, withGrant({ evidenceKind: null }), 'deny', /no evidence/],
  ['blank evidence', {}, withGrant({ evidence: ' ' }), 'deny', /no evidence/],
  ['evidence checked 90 days ago', {}, withGrant({ evidenceCheckedAt: days(90) }), 'allow', /^$/],
  ['evidence checked 91 days ago', {}, withGrant({ evidenceCheckedAt: days(91) }), 'deny', /90 days/],
  ['evidence never checked', {}, withGrant({ evidenceCheckedAt: null }), 'deny', /90 days/],
  [
    'a field the grant lacks',
    { disclosed: [{ ...disclosed, target: 'Phone', label: 'Phone', sourceKind: 'person' }] },
    facts,
    'deny',
    /sharing Phone \(Phone\)/,
  ],
  [
    'personal data the policy allows',
    { disclosed: [{ ...disclosed, personal: true }] },
    withPolicy('data-sharing', { personalFields: ['Name'] }),
    'allow',
    /^$/,
  ],
  [
    'personal data the policy does not allow',
    { disclosed: [{ ...disclosed, personal: true }] },
    withPolicy('data-sharing', { personalFields: [] }),
    'deny',
    /personal data: Customer/,
  ],
  ['the same referral under way', {}, { ...facts, underWay: [proposal.subject.id] }, 'allow', /^$/],
  [
    'another referral under way',
    {},
    { ...facts, underWay: ['006000000000001AAA:aws:2'] },
    'deny',
    /already with this partner/,
  ],
  ['no facts', { facts: [] }, facts, 'deny', /no facts/],
  ['facts at the limit', { facts: [{ ...dealFact, readAt: before(120) }] }, facts, 'allow', /^$/],
  ['facts past the limit', { facts: [{ ...dealFact, readAt: before(121) }] }, facts, 'deny', /too long ago: deal/],
  [
    'facts with a limit of their own',
    { facts: [{ ...dealFact, name: 'mapping', readAt: before(900) }] },
    facts,
    'allow',
    /^$/,
  ],
  ['facts of unknown age', { facts: [{ ...dealFact, readAt: 'lately' }] }, facts, 'deny', /too long ago/],
  ['facts from the future', { facts: [{ ...dealFact, readAt: before(-61) }] }, facts, 'deny', /too long ago/],
  [
    'a value that was not shown',
    { consent: { ...proposal.consent, fields: [], fingerprints: {} } },
    facts,
    'needs-approval',
    /Not shown before the click: Customer/,
  ],
  [
    'a value that changed since',
    { consent: { ...proposal.consent, fingerprints: { Name: 'f0' } } },
    facts,
    'needs-approval',
    /Changed since you looked: Customer/,
  ],
  ['a value shown without fingerprint', { consent: { ...proposal.consent, fingerprints: {} } }, facts, 'allow', /^$/],
  [
    'a value the person typed',
    { disclosed: [{ ...disclosed, sourceKind: 'person' }], consent: { ...proposal.consent, fields: [] } },
    facts,
    'allow',
    /^$/,
  ],
  ['no policy at all', {}, { ...facts, policies: [] }, 'deny', /No policy is in force/],
  ['a policy that cannot be read', {}, withPolicy('consent', { required: 'yes' }), 'deny', /cannot be read: required/],
  [
    'a policy with a number that is none',
    {},
    withPolicy('freshness', { maxAgeSeconds: '120' }),
    'deny',
    /cannot be read/,
  ],
];

describe('what compliance says of a proposal', () => {
  test.each(rows)('%s', (_says, changes, given, answer, reason) => {
    const verdict = judgeProposal({ ...proposal, ...changes }, given);
    const said = verdict.judgements.filter((judged) => judged.answer === verdict.answer).map((judged) => judged.reason);
    expect(verdict.answer).toBe(answer);
    expect(answer === 'allow' ? said.join('') : said.join(' ')).toMatch(reason);
  });

  test('every rule is asked, whatever the others say, and says what it read', () => {
    const { judgements } = judgeProposal(proposal, { ...facts, grant: null, mode: null, policies: [] });
    expect(judgements.map(({ rule }) => rule)).toEqual(list.guardrails);
    expect(judgements.every(({ read }) => read.length > 0)).toBe(true);
  });

  test('an optional rule is asked once there is a policy for it, until that is withdrawn', () => {
    const asked = (...policies: Policy[]): boolean =>
      judgeProposal(proposal, { ...facts, policies }).judgements.some(({ rule }) => rule === 'territory');
    const territory: Policy = { ...consentPolicy, rule: 'territory', settings: { outside: 'block', unknown: 'block' } };
    expect(asked()).toBe(false);
    expect(asked(territory)).toBe(true);
    expect(asked({ ...territory, scope: 'partner:other' })).toBe(false);
    expect(asked({ ...territory, scope: 'somewhere:else' })).toBe(true);
    expect(asked(territory, { ...territory, version: 2, settings: { withdrawn: true } })).toBe(false);
  });

  test('a list that names a rule that there is not is a mistake, not a hole', () => {
    const broken: RuleList = { ...list, guardrails: ['kill-switch', 'no-such-rule'] };
    expect(() => judgeBy(proposal, broken, facts)).toThrow('no-such-rule');
  });

  test('deny beats needs-approval beats allow, in any order, and no judgement is a deny', () => {
    const answers = fc.constantFrom('allow' as const, 'needs-approval' as const, 'deny' as const);
    fc.assert(
      fc.property(fc.array(answers), (given) => {
        const judged = given.map((answer): Judgement => ({
          rule: 'r',
          policyVersion: 1,
          answer,
          reason: '',
          read: [],
        }));
        const worst =
          given.length === 0 || given.includes('deny')
            ? 'deny'
            : given.includes('needs-approval')
              ? 'needs-approval'
              : 'allow';
        expect(worstOf(judged)).toBe(worst);
        expect(worstOf([...judged].reverse())).toBe(worst);
      }),
    );
  });

  test('taking a permission away never opens a door', () => {
    const rank = { deny: 0, 'needs-approval': 1, allow: 2 } as const;
    fc.assert(
      fc.property(fc.subarray(['Name', 'Email']), fc.subarray(['refer']), (fields, actions) => {
        const less = judgeProposal(proposal, withGrant({ fields, actions })).answer;
        expect(rank[less]).toBeLessThanOrEqual(rank[judgeProposal(proposal, facts).answer]);
      }),
    );
  });
});

describe('the policy in force', () => {
  const policy = (changes: Partial<Policy>): Policy => ({ ...consentPolicy, ...changes });
  const pick = (...policies: Policy[]) => policyInForce(policies, { rule: 'consent', proposal, now: NOW });

  test('is the partner’s own before the one for all, then the newest that has begun', () => {
    expect(pick(policy({ version: 9 }), policy({ scope: 'aws', version: 1 }))?.scope).toBe('aws');
    expect(pick(policy({ version: 2 }), policy({ version: 3, effectiveFrom: before(-1) }))?.version).toBe(2);
    expect(pick(policy({ version: 2 }), policy({ version: 3, effectiveFrom: NOW }))?.version).toBe(3);
  });

  test('is never that of another function, rule or partner', () => {
    expect(pick(policy({ function: 'quoting' }), policy({ rule: 'freshness' }), policy({ scope: 'other' }))).toBeNull();
  });
});

describe('how far an agent goes by itself', () => {
  const verdict = judgeProposal(proposal, facts);
  const held = fivePartTest(proposal, verdict, { recorded: true, outcomeTo: 'Referral__c' });
  const onePart = { part: 'auditable', held: true, why: 'recorded' } as const;
  const led = { function: 'co-selling', mode: 'led' } as const;

  test('the five parts hold for a proposal in order', () => {
    expect(held.filter((part) => !part.held)).toEqual([]);
    expect(held).toHaveLength(5);
  });

  test.each([
    ['not recorded', proposal, { recorded: false, outcomeTo: 'Referral__c' }, 'auditable'],
    ['nobody learns of it', proposal, { recorded: true, outcomeTo: null }, 'closes-the-loop'],
    [
      'the deal from a spreadsheet',
      { ...proposal, facts: [{ ...dealFact, source: 'file:deals.xls' }] },
      { recorded: true, outcomeTo: 'x' },
      'system-of-record',
    ],
    [
      'stale facts',
      { ...proposal, facts: [{ ...dealFact, readAt: before(999) }] },
      { recorded: true, outcomeTo: 'x' },
      'live-context',
    ],
    [
      'a field too many',
      { ...proposal, disclosed: [{ ...disclosed, target: 'Phone' }] },
      { recorded: true, outcomeTo: 'x' },
      'sanctioned',
    ],
  ] as const)('%s: one part fails, with its reason', (_says, given, record, part) => {
    const failing = fivePartTest(given, judgeProposal(given, facts), record).filter((result) => !result.held);
    expect(failing.map((result) => result.part)).toEqual([part]);
    expect(failing[0]?.why).not.toBe('');
  });

  test.each([
    ['assisted and allowed', { answer: 'allow' }, facts.mode, held, 'act'],
    ['assisted and in question', { answer: 'needs-approval' }, facts.mode, held, 'wait'],
    ['denied', { answer: 'deny' }, led, held, 'stop'],
    ['led, and all five parts hold', { answer: 'allow' }, led, held, 'act'],
    ['led, and one part does not hold', { answer: 'allow' }, led, [{ ...onePart, held: false }], 'stop'],
    ['led, and nothing was tested', { answer: 'allow' }, led, [], 'stop'],
    ['assisted, and one part does not hold', { answer: 'allow' }, facts.mode, [{ ...onePart, held: false }], 'act'],
    ['no mode', { answer: 'allow' }, null, held, 'stop'],
  ] as const)('%s: %j', (_says, { answer }, mode, parts, course) => {
    expect(courseOf({ answer, judgements: [] }, mode, parts)).toBe(course);
  });
});
