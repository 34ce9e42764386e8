import {
  type EffectOutcome,
  type FieldProblem,
  type FrozenEffect,
  type PlannedEffect,
  resolveReferences,
} from '../../domain/decisions/effect.ts';
import type { Clock } from '../../domain/values/clock.ts';
import { canonicalJson, type JsonObject } from '../../domain/values/json.ts';
import type { LedgerEntryInput } from '../../ports/decision-ledger/decision-ledger.ts';
import type { EffectLog, PlaceInDay, Settled, StopReason } from '../../ports/effect-log/effect-log.ts';
import type { PartnerPortal, PortError } from '../../ports/partner-portal/partner-portal.ts';
import type { PlaceInLine, RateBudget } from '../../ports/rate-budget/rate-budget.ts';
import type { Claim } from '../../ports/work-inbox/work-inbox.ts';
import { type DecisionFrame, intendedEntry, resultEntry, sha256Hex } from './decision-entries.ts';
import type { TracePoint } from './trace-point.ts';

/** What dispatching needs of the world. */
export interface DispatchPorts {
  readonly effects: EffectLog;
  readonly budget: RateBudget;
  readonly portal: Pick<PartnerPortal, 'perform' | 'lookUp' | 'budgetOf' | 'textsOf'>;
  readonly clock: Clock;
  /** Milliseconds that no clock change moves, the one that claims are measured with. */
  readonly monotonic: () => number;
  /** Resolves after so many milliseconds; rejects when the service is asked to stop. */
  readonly pause: (ms: number) => Promise<void>;
  /** A lost answer's request may still be on its way for this long; only then does looking it up tell the truth. */
  readonly unknownSettlesMs: number;
  readonly trace: TracePoint;
}

export interface Dispatch {
  /** The claim as it stands now: it is renewed while the work goes on. */
  readonly claim: () => Claim;
  readonly frame: DecisionFrame;
  /** What makes two askings the same thing: the referral's key, and for a correction the request too. */
  readonly identity: string;
  readonly actor: string;
  readonly scopes: readonly string[];
  readonly planned: readonly PlannedEffect[];
  /** Where the action counts, from its first effect on. */
  readonly day: PlaceInDay;
  /** Every text that the language gate has read for this proposal: no other is sent. */
  readonly textsRead: ReadonlySet<string>;
  /** Facts, proposal and verdict: in the ledger before the first effect starts. */
  readonly before: readonly LedgerEntryInput[];
  readonly place: PlaceInLine;
  /** Ask before each send although we know of no earlier one: our memory may be younger than the deed. */
  readonly cautious: boolean;
  /** Longest wait for the rate budget while holding the claim; a longer one gives the work back. */
  readonly maxWaitMs: number;
  /** Hears of each step that is done, at once: the record follows. */
  readonly onDone: (step: string, answer: JsonObject) => void;
}

/** How far it came. Only `finished` means that all effects are done. */
export type DispatchResult =
  | {
      readonly kind: 'finished';
      readonly answers: Readonly<Record<string, JsonObject>>;
      /**
       * What the last effect came to, still to be recorded, with whatever the work ends as. Lost in a crash it is looked
       * up. Null: it was known before.
       */
      readonly last: Settled | null;
    }
  | {
      readonly kind: 'refused';
      readonly step: string;
      readonly message: string;
      readonly problems: readonly FieldProblem[];
    }
  | { readonly kind: 'stopped'; readonly why: StopReason; readonly scope?: string }
  | {
      readonly kind: 'wait';
      readonly inMs: number;
      readonly placeInLine: number;
      readonly bucket: string;
      readonly dailyLimitReached: boolean;
    }
  /** Nobody knows whether it arrived, or the far side could not be reached: try again, looking up first. */
  | { readonly kind: 'again'; readonly inMs: number; readonly message: string };

const unavailableRetryMs = 5_000;

/** The same thing asked for by whomever and whenever has the same key, in a restored database too. */
export const effectKey = (org: string, identity: string, step: string): string =>
  sha256Hex(`${org}|${identity}|${step}`);

type Sent = { readonly outcome: EffectOutcome; readonly again?: { inMs: number; message: string } };

/** Does the planned effects one by one: intended on record, sent once, and what came of it on record. */
export const dispatchEffects = async (dispatch: Dispatch, ports: DispatchPorts): Promise<DispatchResult> => {
  const { planned, frame } = dispatch;
  const leave = await takeBudget(dispatch, ports);
  if (leave.kind === 'wait') return leave;
  const answers: Record<string, JsonObject> = {};
  let settled: Settled | undefined;
  for (const [index, plan] of planned.entries()) {
    const effect = freeze(dispatch, plan, answers);
    const unread = textNotRead(effect, dispatch.textsRead, ports.portal);
    if (unread) return { kind: 'refused', step: plan.step, ...unread };
    const waitMs = leave.startsAt + index * leave.intervalMs - ports.monotonic();
    if (waitMs > 0) await ports.pause(waitMs);
    ports.trace(`${plan.step}-before-intended`);
    const begun = await ports.effects.begin({
      claim: dispatch.claim(),
      decision: frame.decision,
      effect,
      ...(index === 0 ? { day: dispatch.day } : {}),
      scopes: dispatch.scopes,
      ...(settled ? { settled } : {}),
      before: index === 0 ? dispatch.before : [],
      intended: intendedEntry({ ...frame, at: ports.clock.now() }, effect, dispatch.actor),
    });
    settled = undefined;
    ports.trace(`${plan.step}-after-intended`);
    if (begun.kind === 'stopped') return begun;
    if (begun.kind === 'known') {
      if (begun.outcome.state === 'done') answers[plan.step] = begun.outcome.answer;
      dispatch.onDone(plan.step, answers[plan.step] ?? {});
      continue;
    }
    if (ports.monotonic() >= dispatch.claim().safeUntil) return { kind: 'stopped', why: 'claim-lost' };
    const askFirst = begun.kind === 'look-up' || dispatch.cautious;
    const frozen = begun.kind === 'look-up' ? begun.effect : effect;
    const { outcome, again } = await send(frozen, askFirst, ports);
    ports.trace(`${plan.step}-after-answer`);
    const result = {
      key: effect.key,
      outcome,
      entry: resultEntry({ ...frame, at: ports.clock.now() }, frozen, outcome),
    };
    if (outcome.state !== 'done') {
      await ports.effects.settle(result);
      ports.trace(`${plan.step}-after-not-done`);
      if (again) return { kind: 'again', ...again };
      if (outcome.state === 'unknown') return { kind: 'again', inMs: ports.unknownSettlesMs, message: outcome.message };
      return { kind: 'refused', step: plan.step, message: outcome.message, problems: outcome.problems };
    }
    answers[plan.step] = outcome.answer;
    settled = result;
    dispatch.onDone(plan.step, outcome.answer);
  }
  return { kind: 'finished', answers, last: settled ?? null };
};

const freeze = (
  dispatch: Dispatch,
  plan: PlannedEffect,
  answers: Readonly<Record<string, JsonObject>>,
): FrozenEffect => ({
  key: effectKey(dispatch.frame.org, dispatch.identity, plan.step),
  step: plan.step,
  port: plan.port,
  operation: plan.operation,
  body: canonicalJson(resolveReferences(plan.body, answers)),
});

/** The last door: what goes out is looked at as it is frozen, whatever made the proposal. Null: the gate has read it all. */
const textNotRead = (
  { operation, body }: FrozenEffect,
  textsRead: ReadonlySet<string>,
  portal: DispatchPorts['portal'],
): { readonly message: string; readonly problems: readonly FieldProblem[] } | null => {
  const unread = portal.textsOf(operation, JSON.parse(body) as JsonObject).filter(({ text }) => !textsRead.has(text));
  if (unread.length === 0) return null;
  const message =
    'This carries text that the language gate has not read, so it was not sent. Try again; if it stays so, tell your admin.';
  const problems = unread.map(({ path }) => ({ target: path, code: 'text-not-read', message }));
  return { message, problems };
};

/** One grant for all the calls of a proposal, so that it does not stop half way for want of budget. */
const takeBudget = async (
  { planned, place, maxWaitMs }: Dispatch,
  ports: DispatchPorts,
): Promise<{ kind: 'go'; startsAt: number; intervalMs: number } | Extract<DispatchResult, { kind: 'wait' }>> => {
  const buckets = Map.groupBy(planned, ({ operation }) => ports.portal.budgetOf(operation).bucket);
  let startsAt = ports.monotonic();
  let intervalMs = 0;
  for (const [bucket, some] of buckets) {
    const limit = ports.portal.budgetOf(some[0]?.operation ?? '');
    const answer = await ports.budget.take(limit, some.length, maxWaitMs, place);
    ports.trace('after-budget');
    if (!answer.granted) {
      const { inMs, placeInLine, dailyLimitReached } = answer;
      return { kind: 'wait', inMs, placeInLine, bucket, dailyLimitReached };
    }
    startsAt = Math.max(startsAt, ports.monotonic() + answer.inMs);
    intervalMs = Math.max(intervalMs, answer.intervalMs);
  }
  return { kind: 'go', startsAt, intervalMs };
};

/** Sends once. When an earlier send may have arrived, asks first, and again when the far side says it was there before. */
const send = async (effect: FrozenEffect, askFirst: boolean, ports: DispatchPorts): Promise<Sent> => {
  if (askFirst) {
    const found = await lookUp(effect, ports);
    if (found) return found;
  }
  ports.trace(`${effect.step}-before-send`);
  const sent = await ports.portal.perform(effect);
  ports.trace(`${effect.step}-after-send`);
  if (sent.ok) return { outcome: { state: 'done', answer: sent.value, lookedUp: false } };
  const { error } = sent;
  if (error.kind === 'conflict' && !askFirst) {
    const found = await lookUp(effect, ports);
    if (found) return found;
  }
  return notSent(error);
};

const lookUp = async (effect: FrozenEffect, ports: DispatchPorts): Promise<Sent | null> => {
  ports.trace(`${effect.step}-before-look-up`);
  const found = await ports.portal.lookUp(effect);
  ports.trace(`${effect.step}-after-look-up`);
  if (!found.ok) {
    const { message, retryAfterMs } = found.error;
    return { outcome: { state: 'unknown', message }, again: { inMs: retryAfterMs ?? unavailableRetryMs, message } };
  }
  return found.value.done ? { outcome: { state: 'done', answer: found.value.answer, lookedUp: true } } : null;
};

const notSent = ({ kind, retry, message, problems, retryAfterMs }: PortError): Sent => {
  if (kind === 'outcome-unknown') return { outcome: { state: 'unknown', message } };
  const outcome: EffectOutcome = { state: 'refused', problems, message };
  const again = kind === 'rate-limited' || kind === 'unavailable' || (kind === 'unauthorized' && retry === 'safe');
  return again ? { outcome, again: { inMs: retryAfterMs ?? unavailableRetryMs, message } } : { outcome };
};
