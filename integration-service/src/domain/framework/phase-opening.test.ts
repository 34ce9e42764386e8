import { describe, expect, test } from '@jest/globals';
import type { SituationFacts } from '../guardrails/situation.ts';
import type { FunctionId } from './functions.ts';
import { functionsOf, openingProblems, type Phase } from './phase-opening.ts';

const settings = { minimumDecisions: 50, minimumApprovedBps: 9_000, needs: [] };
const good = (id: FunctionId): SituationFacts['progress']['functions'][number] => ({
  function: id,
  mode: 'assisted',
  decisions: 50,
  approvedBps: 9_000,
});
const state = (
  openPhase: Phase,
  ...functions: SituationFacts['progress']['functions']
): SituationFacts['progress'] => ({
  openPhase,
  functions,
  exceptions: [],
});
const first = functionsOf(1).map(({ id }) => good(id));
const second = functionsOf(2).map(({ id }) => good(id));

describe('opening a phase', () => {
  test('phases hold the functions that the requirements give them', () => {
    expect(([1, 2, 3] as const).map((phase) => functionsOf(phase).map(({ number }) => number))).toEqual([
      ['F4', 'F7', 'F10'],
      ['F3', 'F8'],
      ['F1', 'F2', 'F5', 'F6', 'F9'],
    ]);
  });

  test.each<[string, Phase, SituationFacts['progress'], readonly RegExp[]]>([
    ['the second, when the first has shown itself', 2, state(1, ...first), []],
    ['the third, when both have', 3, state(2, ...first, ...second), []],
    ['the third before the second', 3, state(1, ...first, ...second), [/phase 2 is not open/]],
    ['the second, when nothing was shown', 2, state(1), [/Co-selling is/, /Customer success is/, /Telemetry is/]],
    [
      'with one decision too few',
      2,
      state(1, ...first.map((one) => (one.function === 'co-selling' ? { ...one, decisions: 49 } : one))),
      [/Co-selling has 49 of 50/],
    ],
    [
      'with one basis point too few',
      2,
      state(1, ...first.map((one) => (one.function === 'telemetry' ? { ...one, approvedBps: 8_999 } : one))),
      [/people approved .* of Telemetry/],
    ],
    [
      'with a function that is off',
      2,
      state(1, ...first.map((one) => (one.function === 'telemetry' ? { ...one, mode: 'off' as const } : one))),
      [/Telemetry is switched off/],
    ],
  ])('%s', (_says, phase, progress, problems) => {
    expect(openingProblems(phase, settings, progress)).toEqual(problems.map((one) => expect.stringMatching(one)));
  });
});
