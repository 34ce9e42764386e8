import { Engine, type RuleProperties, type TopLevelCondition } from 'json-rules-engine';
import type { GuardrailCase } from './cases.ts';

type Answer = 'allow' | 'needs-approval' | 'deny';

/** What the engine says of a case: the worst answer, which rules said so, and the condition results that it keeps. */
export interface EngineVerdict {
  readonly answer: Answer;
  readonly broken: ReadonlySet<string>;
  readonly trace: readonly unknown[];
}

const rule = (
  name: string,
  type: Exclude<Answer, 'allow'>,
  reason: string,
  conditions: TopLevelCondition,
): RuleProperties => ({
  name,
  event: { type, params: { rule: name, reason } },
  conditions,
});
const is = (fact: string, operator: string, value: unknown, path?: string) => ({
  fact,
  operator,
  value,
  ...(path === undefined ? {} : { path }),
});
/** Above the first limit and up to the second a person decides; above the second, or without a number, it stops. */
const limits = (name: string, fact: string, path: string, actUpTo: number, reviewUpTo: number): RuleProperties[] => [
  rule(name, 'needs-approval', 'above the first limit', {
    all: [is(fact, 'greaterThan', actUpTo, path), is(fact, 'lessThanInclusive', reviewUpTo, path)],
  }),
  rule(name, 'deny', 'above the second limit', {
    any: [is(fact, 'greaterThan', reviewUpTo, path), is(fact, 'lessThan', 0, path)],
  }),
];

/**
 * The same twenty-four rules at the same numbers, in the engine's own words: comparisons are its built-in operators on
 * facts and paths; what looks into lists is a custom operator. A rule fires when it is broken.
 */
const RULES: readonly RuleProperties[] = [
  rule('kill-switch', 'deny', 'stopped by an operator', {
    any: [is('killSwitches', 'namesScope', { fact: 'scopes' })],
  }),
  rule('mode', 'deny', 'switched off', {
    any: [
      is('mode', 'equal', null),
      is('mode', 'notEqual', { fact: 'function' }, '$.function'),
      is('mode', 'equal', 'off', '$.mode'),
    ],
  }),
  rule('mode', 'needs-approval', 'a person must say yes', {
    all: [
      is('mode', 'equal', 'assisted', '$.mode'),
      { any: [is('consent', 'notEqual', { fact: 'requestedBy' }, '$.by'), is('consent', 'equal', '', '$.by')] },
    ],
  }),
  rule('phase-prerequisites', 'deny', 'not ready', {
    any: [
      is('phase', 'greaterThan', { fact: 'progress', path: '$.openPhase' }),
      {
        all: [
          is('mode', 'equal', 'led', '$.mode'),
          is('progress', 'equal', 1, '$.openPhase'),
          is('effects', 'goesOut', true),
        ],
      },
    ],
  }),
  rule('org-contact', 'needs-approval', 'the org is silent', {
    all: [is('mode', 'equal', 'led', '$.mode'), is('contact', 'olderThan', { fact: 'now' }, '$.heardAt')],
  }),
  rule('sanctioned-environment', 'deny', 'no grant for this', {
    any: [
      is('grant', 'equal', null),
      is('grant', 'notEqual', 'active', '$.status'),
      is('grant', 'laterThan', { fact: 'now' }, '$.effectiveFrom'),
      is('grant', 'notLaterThan', { fact: 'now' }, '$.expiresAt'),
      is('grant', 'doesNotContain', 'refer', '$.actions'),
      is('grant', 'equal', null, '$.evidenceKind'),
      is('grant', 'equal', '', '$.evidence'),
      is('grant', 'uncheckedSince', { fact: 'now' }, '$.evidenceCheckedAt'),
    ],
  }),
  rule('ownership-zone', 'deny', 'the partner has a say', {
    any: [
      is('ownership', 'equal', null, '$.action'),
      is('ownership', 'writesUngranted', { fact: 'grant', path: '$.fields' }, '$.writes'),
      is('grant', 'equal', null),
      is('grant', 'notEqual', 'active', '$.status'),
      is('grant', 'notLaterThan', { fact: 'now' }, '$.expiresAt'),
      is('grant', 'doesNotContain', 'refer', '$.actions'),
    ],
  }),
  rule('data-sharing', 'deny', 'not granted', {
    any: [
      is('grant', 'equal', null),
      is('disclosed', 'sharesUngranted', { fact: 'grant', path: '$.fields' }),
      is('disclosed', 'sharesPersonal', ['Project.Field0', 'Project.Field1']),
    ],
  }),
  rule('recipients', 'deny', 'a stranger', {
    any: [is('recipients', 'reachesOthers', { fact: 'partner' }), is('recipients', 'isEmpty', true)],
  }),
  rule('duplicate', 'deny', 'under way', { any: [is('underWay', 'hasOthersThan', { fact: 'subject', path: '$.id' })] }),
  rule('conflict', 'deny', 'registered', { any: [is('claims', 'claimedAs', 'registration')] }),
  rule('conflict', 'needs-approval', 'sold directly, or named', {
    any: [is('claims', 'claimedAs', 'direct-sale'), is('claims', 'claimedAs', 'named-account')],
  }),
  rule('territory', 'needs-approval', 'elsewhere', {
    any: [is('territory', 'liesOutside', { fact: 'territory', path: '$.partner' }, '$.deal')],
  }),
  rule('partner-health', 'needs-approval', 'not well, or not known', {
    all: [
      is('health', 'greaterThanInclusive', 25, '$.score'),
      {
        any: [
          is('health', 'lessThan', 50, '$.score'),
          is('health', 'equal', null, '$.usageSignal'),
          is('health', 'equal', null, '$.interactionSignal'),
          is('health', 'healthOlderThan', { fact: 'now' }, '$.updatedAt'),
        ],
      },
    ],
  }),
  rule('partner-health', 'deny', 'below the floor', { any: [is('health', 'lessThan', 25, '$.score')] }),
  rule('freshness', 'deny', 'read too long ago', { any: [is('factsRead', 'anyStale', { fact: 'now' })] }),
  rule('consent', 'needs-approval', 'not shown, or changed', {
    any: [is('disclosed', 'differsFromShown', { fact: 'consent' })],
  }),
  rule('language', 'deny', 'blocked', {
    any: [is('language', 'lessThan', 1, '$.gateVersion'), is('language', 'finds', 'block', '$.findings')],
  }),
  rule('language', 'needs-approval', 'asked about', { any: [is('language', 'finds', 'ask', '$.findings')] }),
  rule('discount-bands', 'needs-approval', 'above 15.00 %', {
    all: [is('quote', 'anyAbove', 1_500, '$.lines'), is('quote', 'noneAbove', 2_500, '$.lines')],
  }),
  rule('discount-bands', 'deny', 'above 25.00 %', { any: [is('quote', 'anyAbove', 2_500, '$.lines')] }),
  ...limits('amount-per-action', 'amount', '$.minor', 10_000_000, 100_000_000),
  rule('amount-per-day', 'needs-approval', 'above the first limit', {
    all: [
      is('doneToday', 'sumAbove', { fact: 'amount', path: '$.minor' }, '$.minor'),
      is('doneToday', 'sumAtMost', { fact: 'amount', path: '$.minor' }, '$.minor'),
    ],
  }),
  rule('amount-per-day', 'deny', 'above the second limit', {
    any: [is('doneToday', 'sumPast', { fact: 'amount', path: '$.minor' }, '$.minor')],
  }),
  ...limits('volume-per-day', 'doneToday', '$.actions', 99, 499),
  ...limits('batch-size', 'batch', '$.items', 200, 2_000),
  rule('quiet-hours', 'needs-approval', 'at night', {
    all: [
      is('effects', 'sendsMessage', true),
      {
        any: [
          is('recipientTime', 'greaterThanInclusive', 1_260, '$.localMinute'),
          is('recipientTime', 'lessThan', 420, '$.localMinute'),
          is('recipientTime', 'in', [7], '$.weekday'),
        ],
      },
    ],
  }),
  rule('quiet-hours', 'deny', 'the clock disagrees', { any: [is('recipientTime', 'disagreesWith', { fact: 'now' })] }),
  ...limits('money-spend', 'moneyTotal', '$.total', 100_000, 500_000),
  ...limits('token-spend', 'tokenTotal', '$.total', 2_000_000, 4_000_000),
  rule('separate-approver', 'deny', 'approved by the same person', {
    any: [is('approvals', 'approvedBy', { fact: 'requestedBy' })],
  }),
];

const DAY = 86_400_000;
const ms = (text: string): number => Date.parse(text);
type Facts = GuardrailCase['facts'];
type Proposal = GuardrailCase['proposal'];

const addOperators = (engine: Engine): void => {
  engine.addOperator<Facts['killSwitches'], string[]>('namesScope', (thrown, scopes) =>
    thrown.some(({ scope }) => scopes.includes(scope)),
  );
  engine.addOperator<Proposal['effects'], boolean>('goesOut', (effects) => effects.some(({ port }) => port !== 'crm'));
  engine.addOperator<Proposal['effects'], boolean>('sendsMessage', (effects) =>
    effects.some(({ port }) => port === 'messaging'),
  );
  engine.addOperator<string, string>('olderThan', (heardAt, now) => !(ms(now) - ms(heardAt) <= 300_000));
  engine.addOperator<string, string>('laterThan', (at, now) => ms(at) > ms(now));
  engine.addOperator<string, string>('notLaterThan', (at, now) => ms(at) <= ms(now));
  engine.addOperator<string, string>('uncheckedSince', (at, now) => !(ms(now) - ms(at) <= 90 * DAY));
  engine.addOperator<string, string>('healthOlderThan', (at, now) => !(ms(now) - ms(at) <= 30 * DAY));
  engine.addOperator<Facts['ownership']['writes'], string[] | undefined>('writesUngranted', (writes, granted) =>
    writes.some(
      ({ field, zone }) => zone === null || (zone !== 'vendor-controlled' && granted?.includes(field) !== true),
    ),
  );
  engine.addOperator<Proposal['disclosed'], string[] | undefined>('sharesUngranted', (disclosed, granted) =>
    disclosed.some(({ target }) => granted?.includes(target) !== true),
  );
  engine.addOperator<Proposal['disclosed'], string[]>('sharesPersonal', (disclosed, allowed) =>
    disclosed.some(({ personal, target }) => personal && !allowed.includes(target)),
  );
  engine.addOperator<Facts['recipients'], string>('reachesOthers', (recipients, partner) =>
    recipients.some(({ side, partner: of }) => side !== 'company' && !(side === 'partner' && of === partner)),
  );
  engine.addOperator<Facts['recipients'], boolean>('isEmpty', (recipients) => recipients.length === 0);
  engine.addOperator<string[], string>('hasOthersThan', (keys, own) => keys.some((key) => key !== own));
  engine.addOperator<Facts['claims'], string>('claimedAs', (claims, kind) =>
    claims.some((claim) => claim.kind === kind && claim.by !== 'aws'),
  );
  engine.addOperator<string, string[]>(
    'liesOutside',
    (deal, covered) => !covered.some((territory) => deal === territory || deal.startsWith(`${territory}/`)),
  );
  engine.addOperator<Proposal['facts'], string>('anyStale', (read, now) =>
    read.some(({ readAt }) => !(ms(now) - ms(readAt) <= 120_000 && ms(now) - ms(readAt) >= -60_000)),
  );
  engine.addOperator<Proposal['disclosed'], Proposal['consent']>('differsFromShown', (disclosed, consent) =>
    disclosed.some(
      ({ target, sourceKind, fingerprint }) =>
        sourceKind !== 'person' &&
        (!consent.fields.includes(target) || (consent.fingerprints[target] ?? fingerprint) !== fingerprint),
    ),
  );
  engine.addOperator<Facts['language']['findings'], string>('finds', (findings, severity) =>
    findings.some((finding) => finding.severity === severity),
  );
  engine.addOperator<Facts['quote']['lines'], number>('anyAbove', (lines, bps) =>
    lines.some(({ discountBps }) => discountBps === null || discountBps > bps),
  );
  engine.addOperator<Facts['quote']['lines'], number>('noneAbove', (lines, bps) =>
    lines.every(({ discountBps }) => discountBps !== null && discountBps <= bps),
  );
  engine.addOperator<number, number>('sumAbove', (done, more) => done + more > 50_000_000);
  engine.addOperator<number, number>('sumAtMost', (done, more) => done + more <= 500_000_000);
  engine.addOperator<number, number>('sumPast', (done, more) => done + more > 500_000_000);
  engine.addOperator<NonNullable<Facts['recipientTime']>, string>(
    'disagreesWith',
    ({ localMinute, offsetMinutes }, now) =>
      (((Math.floor(ms(now) / 60_000) + offsetMinutes) % 1_440) + 1_440) % 1_440 !== localMinute,
  );
  engine.addOperator<Facts['approvals'], string>('approvedBy', (approvals, person) =>
    approvals.some(({ by }) => by === person || by === '' || by.startsWith('agent:')),
  );
};

/** The facts of a case under the names that the engine's rules use. */
const factsOf = ({ proposal, facts }: GuardrailCase): Record<string, unknown> => ({
  ...facts,
  function: proposal.function,
  partner: proposal.partner,
  requestedBy: proposal.requestedBy,
  subject: proposal.subject,
  disclosed: proposal.disclosed,
  effects: proposal.effects,
  consent: proposal.consent,
  factsRead: proposal.facts,
  phase: 1,
  scopes: ['all', `function:${proposal.function}`, `partner:${proposal.partner}`],
  moneyTotal: { total: facts.moneySpend.spentMinor + facts.moneySpend.wantedMinor },
  tokenTotal: { total: facts.tokenSpend.spent + facts.tokenSpend.wanted },
});

/** The engine with all rules, built once, as it is meant to be used. */
export const rulesEngine = (): ((one: GuardrailCase) => Promise<EngineVerdict>) => {
  const engine = new Engine([], { allowUndefinedFacts: true });
  addOperators(engine);
  for (const properties of RULES) engine.addRule(properties);
  return async (one) => {
    const { events, results, failureResults } = await engine.run(factsOf(one));
    const denied = events.some(({ type }) => type === 'deny');
    return {
      answer: denied ? 'deny' : events.length > 0 ? 'needs-approval' : 'allow',
      broken: new Set(events.map(({ params }) => String(params?.rule))),
      trace: [...results, ...failureResults],
    };
  };
};
