import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FUNCTION_IDS, PARTNER_FUNCTIONS, type FunctionId } from '../../framework/functions.ts';
import type { SituationFacts } from '../situation.ts';
import {
  judgeOne,
  MANAGER,
  policyOf,
  REQUESTER,
  secondsBefore,
  type Row,
} from '../../../../test/support/guardrail-case.ts';

type Progress = SituationFacts['progress'];
const proven = (id: FunctionId): Progress['functions'][number] => ({
  function: id,
  mode: 'assisted',
  decisions: 50,
  approvedBps: 9_000,
});
const upTo = (phase: number): Progress['functions'] =>
  PARTNER_FUNCTIONS.filter((one) => one.phase <= phase).map(({ id }) => proven(id));
const case_ = (id: FunctionId, progress: Progress, mode: 'assisted' | 'led' = 'assisted'): Row[1] => ({
  proposal: { function: id },
  facts: { progress, mode: { function: id, mode }, policies: [policyOf('phase-prerequisites', undefined, id)] },
});
const open = (
  openPhase: 1 | 2 | 3,
  functions: Progress['functions'],
  exceptions: Progress['exceptions'] = [],
): Progress => ({
  openPhase,
  functions,
  exceptions,
});
const exception = { function: 'renewals' as const, by: MANAGER, until: secondsBefore(-1) };
const changed = (of: FunctionId, changes: Partial<Progress['functions'][number]>): Progress['functions'] =>
  upTo(1).map((one) => (one.function === of ? { ...one, ...changes } : one));

const rows: readonly Row[] = [
  ['phase 1 on the first day', case_('co-selling', open(1, [])), 'allow'],
  [
    'phase 2 too early',
    case_('renewals', open(1, upTo(1))),
    'deny',
    /Renewals is not ready: phase 2 is not open \(now: 1\)/,
  ],
  ['phase 2 after phase 1', case_('renewals', open(2, upTo(1))), 'allow'],
  [
    'phase 2 by date alone',
    case_('renewals', open(2, [])),
    'deny',
    /Co-selling is switched off; .*Telemetry is switched off/,
  ],
  [
    'a function that was switched off',
    case_('renewals', open(2, changed('telemetry', { mode: 'off' }))),
    'deny',
    /Telemetry/,
  ],
  ['one decision short', case_('renewals', open(2, changed('telemetry', { decisions: 49 }))), 'deny', /49 of 50/],
  [
    'one approval short',
    case_('renewals', open(2, changed('telemetry', { approvedBps: 8_999 }))),
    'deny',
    /89\.99 % of Telemetry/,
  ],
  ['NaN decisions', case_('renewals', open(2, changed('telemetry', { decisions: Number.NaN }))), 'deny', /Telemetry/],
  ['phase 3 after phase 2', case_('quoting', open(3, upTo(2))), 'allow'],
  ['onboarding before training', case_('onboarding', open(3, upTo(2))), 'deny', /Training is switched off/],
  ['onboarding after training', case_('onboarding', open(3, [...upTo(2), proven('training')])), 'allow'],
  ['an exception that lasts', case_('renewals', open(1, [], [exception])), 'allow'],
  ['one that ends now', case_('renewals', open(1, [], [{ ...exception, until: secondsBefore(0) }])), 'deny', /phase 2/],
  [
    'one for another function',
    case_('renewals', open(1, [], [{ ...exception, function: 'quoting' }])),
    'deny',
    /phase 2/,
  ],
  ['one of one’s own', case_('renewals', open(1, [], [{ ...exception, by: REQUESTER }])), 'deny', /phase 2/],
  ['led and outward in phase 1', case_('co-selling', open(1, upTo(1)), 'led'), 'deny', /phase 1 observes and assists/],
  ['led and outward in phase 2', case_('co-selling', open(2, upTo(1)), 'led'), 'allow'],
  [
    'led in phase 1, and not outward',
    { ...case_('co-selling', open(1, upTo(1)), 'led'), proposal: { effects: [] } },
    'allow',
  ],
  [
    'none of the ten',
    {
      proposal: { function: 'magic' },
      facts: { policies: [{ ...policyOf('phase-prerequisites'), function: 'magic' }] },
    },
    'deny',
    /none of the ten functions/,
  ],
];

describe('phase prerequisites', () => {
  test.each<Row>(rows)('%s', (_says, differences, answer, reason = /^$/) => {
    expect(judgeOne('phase-prerequisites', differences)).toMatchObject({
      answer,
      reason: expect.stringMatching(reason),
    });
  });

  test('what is ready stays ready when more is shown', () => {
    const ids = fc.constantFrom(...FUNCTION_IDS);
    fc.assert(
      fc.property(ids, fc.subarray([...FUNCTION_IDS]), ids, fc.constantFrom(1, 2, 3), (id, shown, more, phase) => {
        const answerOf = (functions: readonly FunctionId[]): string =>
          judgeOne('phase-prerequisites', case_(id, open(phase as 1, functions.map(proven)))).answer;
        if (answerOf(shown) === 'allow') expect(answerOf([...shown, more])).toBe('allow');
        else expect(answerOf(shown)).toBe('deny');
      }),
    );
  });
});
