import { describe, expect, test } from '@jest/globals';
import type { FrozenEffect, PlannedEffect } from '../../domain/decisions/effect.ts';
import { broken, ok } from '../../domain/values/result.ts';
import type { BeginAnswer, BeginEffect, Settled } from '../../ports/effect-log/effect-log.ts';
import type { PortError } from '../../ports/partner-portal/partner-portal.ts';
import { type Dispatch, dispatchEffects, type DispatchPorts, effectKey } from './dispatch-effects.ts';

const claim = { org: '00D', deal: '006', fence: '1', safeUntil: 1_000, epoch: '1' };
const plan = (step: string, body = {}): PlannedEffect => ({
  step,
  port: 'partner-portal',
  operation: step,
  body,
  personal: [],
});
const planned = [plan('create', { Title: 'A' }), plan('associate', { id: { $from: 'create.networkId' } })];
const error = (kind: PortError['kind'], retry: PortError['retry'] = 'safe'): PortError => ({
  kind,
  retry,
  message: kind,
  problems: [],
});

/** A far side and a log that remember what they were asked; each can be told what to answer. */
const world = (said: {
  perform?: DispatchPorts['portal']['perform'];
  lookUp?: DispatchPorts['portal']['lookUp'];
  begin?: (input: BeginEffect) => BeginAnswer;
  granted?: boolean;
  now?: () => number;
}) => {
  const sent: FrozenEffect[] = [];
  const asked: FrozenEffect[] = [];
  const settled: Settled[] = [];
  const ports: DispatchPorts = {
    effects: {
      begin: async (input) => {
        if (input.settled) settled.push(input.settled);
        return said.begin?.(input) ?? { kind: 'send' };
      },
      settle: async (result) => void settled.push(result),
    },
    budget: {
      take: async () =>
        said.granted === false
          ? { granted: false, inMs: 9_000, placeInLine: 4, dailyLimitReached: false }
          : { granted: true, inMs: 0, intervalMs: 0 },
    },
    portal: {
      budgetOf: () => ({ bucket: 'b', ratePerSecond: 1, perDay: 10 }),
      textsOf: (_operation, body) =>
        typeof body.Title === 'string' ? [{ path: 'Title', text: body.Title, kind: 'prose' }] : [],
      perform: async (effect) => {
        sent.push(effect);
        return said.perform?.(effect) ?? ok({ networkId: 'O1' });
      },
      lookUp: async (effect) => {
        asked.push(effect);
        return said.lookUp?.(effect) ?? ok({ done: false });
      },
    },
    clock: { now: () => '2026-11-21T10:00:00.000Z' },
    monotonic: said.now ?? (() => 0),
    unknownSettlesMs: 15_000,
    pause: async () => undefined,
    trace: () => undefined,
  };
  return { ports, sent, asked, settled };
};
const dispatch = (more: Partial<Dispatch> = {}): Dispatch => ({
  claim: () => claim,
  frame: { org: '00D', decision: 'd', partner: 'aws', at: '2026-11-21T10:00:00.000Z', subject: 's' },
  identity: 'referral',
  actor: 'agent:co-selling',
  scopes: ['all'],
  planned,
  textsRead: new Set(['A']),
  day: { function: 'co-selling', partner: 'aws', currency: 'USD', minor: 1, mostActions: 10, mostMinor: null },
  before: [],
  place: { priority: 5, id: '1' },
  cautious: false,
  maxWaitMs: 3_000,
  onDone: () => undefined,
  ...more,
});

describe('dispatching effects', () => {
  test.each<[string, Partial<Dispatch>]>([
    ['nobody read anything', { textsRead: new Set() }],
    ['another text was read', { textsRead: new Set(['B']) }],
    [
      'the text came in by an earlier answer',
      { planned: [plan('create'), plan('note', { Title: { $from: 'create.networkId' } })] },
    ],
  ])('a text that the language gate has not read is not sent: %s', async (_says, more) => {
    const begun: string[] = [];
    const { ports, sent } = world({
      begin: ({ effect }) => {
        begun.push(effect.step);
        return { kind: 'send' };
      },
    });
    const result = await dispatchEffects(dispatch(more), ports);
    expect(result).toMatchObject({ kind: 'refused', problems: [{ target: 'Title', code: 'text-not-read' }] });
    const step = result.kind === 'refused' ? result.step : '';
    expect([begun, sent.map((effect) => effect.step)].flat()).not.toContain(step);
  });

  test('sends each once, with what an earlier one answered, and hands the last result on', async () => {
    const { ports, sent, settled } = world({});
    expect(await dispatchEffects(dispatch(), ports)).toMatchObject({
      kind: 'finished',
      answers: { create: { networkId: 'O1' } },
      last: { key: effectKey('00D', 'referral', 'associate'), outcome: { state: 'done' } },
    });
    expect(sent.map(({ body }) => body)).toEqual(['{"Title":"A"}', '{"id":"O1"}']);
    expect(settled.map(({ key }) => key)).toEqual([effectKey('00D', 'referral', 'create')]);
  });

  test('sends nothing while the rate budget is not there, and tells the place in line', async () => {
    const { ports, sent } = world({ granted: false });
    expect(await dispatchEffects(dispatch(), ports)).toMatchObject({ kind: 'wait', placeInLine: 4, bucket: 'b' });
    expect(sent).toEqual([]);
  });

  test('takes the answer of an effect that was done before, and sends the rest', async () => {
    const known = { kind: 'known', outcome: { state: 'done', answer: { networkId: 'O7' }, lookedUp: false } } as const;
    const { ports, sent } = world({ begin: ({ effect }) => (effect.step === 'create' ? known : { kind: 'send' }) });
    await dispatchEffects(dispatch(), ports);
    expect(sent.map(({ body }) => body)).toEqual(['{"id":"O7"}']);
  });

  test('looks up what may have arrived, and sends the first bytes again only when it did not', async () => {
    const frozen: FrozenEffect = {
      key: 'k',
      step: 'create',
      port: 'partner-portal',
      operation: 'create',
      body: '{"Title":"first"}',
    };
    const begin = ({ effect }: BeginEffect): BeginAnswer =>
      effect.step === 'create' ? { kind: 'look-up', effect: frozen } : { kind: 'send' };
    const absent = world({ begin });
    await dispatchEffects(dispatch(), absent.ports);
    expect(absent.sent[0]).toEqual(frozen);
    const there = world({ begin, lookUp: async () => ok({ done: true, answer: { networkId: 'O9' } }) });
    expect(await dispatchEffects(dispatch(), there.ports)).toMatchObject({ answers: { create: { networkId: 'O9' } } });
    expect(there.sent.map(({ step }) => step)).toEqual(['associate']);
  });

  test('asks before each send when our memory may be younger than the deed', async () => {
    const { ports, asked } = world({});
    await dispatchEffects(dispatch({ cautious: true }), ports);
    expect(asked.map(({ step }) => step)).toEqual(['create', 'associate']);
  });

  test('finds what the far side says was there before', async () => {
    const { ports } = world({
      perform: async ({ step }) => (step === 'create' ? broken(error('conflict', 'check-first')) : ok({})),
      lookUp: async () => ok({ done: true, answer: { networkId: 'O3' } }),
    });
    expect(await dispatchEffects(dispatch(), ports)).toMatchObject({
      kind: 'finished',
      answers: { create: { networkId: 'O3' } },
    });
  });

  test.each([
    ['outcome-unknown', 'check-first', 'again', 'unknown'],
    ['unavailable', 'safe', 'again', 'refused'],
    ['rate-limited', 'safe', 'again', 'refused'],
    ['rejected', 'never', 'refused', 'refused'],
    ['unauthorized', 'never', 'refused', 'refused'],
  ] as const)('an answer of kind %s (%s) ends as %s, recorded as %s', async (kind, retry, ends, recorded) => {
    const { ports, sent, settled } = world({ perform: async () => broken(error(kind, retry)) });
    expect(await dispatchEffects(dispatch(), ports)).toMatchObject({ kind: ends });
    expect(sent).toHaveLength(1);
    expect(settled[0]?.outcome.state).toBe(recorded);
  });

  test('sends nothing once its lease is over by its own clock', async () => {
    const { ports, sent } = world({ now: () => 1_000 });
    expect(await dispatchEffects(dispatch(), ports)).toEqual({ kind: 'stopped', why: 'claim-lost' });
    expect(sent).toEqual([]);
  });
});
