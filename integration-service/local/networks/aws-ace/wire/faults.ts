import { z } from 'zod';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AceError,
  accessDenied,
  businessProblems,
  conflict,
  internalError,
  quotaExceeded,
  resourceNotFound,
  throttled,
} from './errors.ts';
import type { Problem } from './errors.ts';

/**
 * What can be made to go wrong with the next calls of an operation.
 * `internal-error` 500 · `unavailable` 503 · `throttled` 429 · `quota-exceeded` 402: refused before anything is done.
 * `refused` 400, `denied` 403, `conflict` 409, `not-found` 404: what our checks and AWS's own may one day disagree about.
 * `slow`: done after `delayMs`. `lost-before-commit`: the connection breaks and nothing is done. `lost-after-commit`: the
 * connection breaks once the change is durable. `hold-before-commit`, `hold-after-commit`: the call waits there until
 * `release()`.
 */
export const faultKinds = [
  'internal-error',
  'unavailable',
  'throttled',
  'quota-exceeded',
  'refused',
  'denied',
  'conflict',
  'not-found',
  'slow',
  'lost-before-commit',
  'lost-after-commit',
  'hold-before-commit',
  'hold-after-commit',
] as const;

const problemCode = z.enum([
  'REQUIRED_FIELD_MISSING',
  'INVALID_ENUM_VALUE',
  'INVALID_STRING_FORMAT',
  'INVALID_VALUE',
  'NOT_ENOUGH_VALUES',
  'TOO_MANY_VALUES',
  'INVALID_RESOURCE_STATE',
  'DUPLICATE_KEY_VALUE',
  'VALUE_OUT_OF_RANGE',
  'ACTION_NOT_PERMITTED',
]);

export const faultRule = z.object({
  kind: z.enum(faultKinds),
  /** An operation's name, or `*` for any. */
  operation: z.string().default('*'),
  /** How many calls it hits before it is used up. */
  times: z.int().min(1).default(1),
  /** How many matching calls pass before it begins. */
  after: z.int().min(0).default(0),
  /** Of `refused`: the one entry of AWS's `ErrorList`. */
  problem: z
    .object({ FieldName: z.string().optional(), Code: problemCode, Message: z.string() })
    .default({ Code: 'INVALID_VALUE', Message: 'The value is not valid.' }),
  /** Of `slow`. */
  delayMs: z.int().min(0).max(600_000).default(1_000),
});

export type FaultRule = z.infer<typeof faultRule>;

/** What happens to event notices: each number is how many of the next notices it hits. */
export const noticeFaults = z.object({
  lose: z.int().min(0).default(0),
  duplicate: z.int().min(0).default(0),
});

/** Thrown to make the server break the connection instead of answering. */
export class ConnectionLost extends Error {}

interface Armed extends FaultRule {
  left: number;
  skip: number;
}

const matches = (rule: Armed, operation: string): boolean => rule.operation === '*' || rule.operation === operation;

/** The switches of one running network. */
export class Faults {
  #armed: Armed[] = [];
  #held: (() => void)[] = [];
  #arrivals: (() => void)[] = [];
  readonly #closing = new AbortController();
  #notices = { lose: 0, duplicate: 0 };

  /** Arms a fault; several are used up in the order they were added. */
  add(rule: z.input<typeof faultRule>): void {
    const read = faultRule.parse(rule);
    this.#armed.push({ ...read, left: read.times, skip: read.after });
  }

  /** Disarms everything and lets held calls go on. */
  clear(): void {
    this.#armed = [];
    this.#notices = { lose: 0, duplicate: 0 };
    this.release();
  }

  list(): readonly FaultRule[] {
    return this.#armed.map(({ left, skip, ...rule }) => ({ ...rule, times: left, after: skip }));
  }

  setNotices(faults: z.input<typeof noticeFaults>): void {
    this.#notices = noticeFaults.parse(faults);
  }

  /** How many copies of the next notice go out: 0 when it gets lost, 2 when it is doubled. */
  copiesOfNextNotice(): 0 | 1 | 2 {
    if (this.#notices.lose > 0) {
      this.#notices.lose -= 1;
      return 0;
    }
    if (this.#notices.duplicate > 0) {
      this.#notices.duplicate -= 1;
      return 2;
    }
    return 1;
  }

  /** Lets every held call go on. */
  release(): void {
    const held = this.#held;
    this.#held = [];
    for (const go of held) go();
  }

  get held(): number {
    return this.#held.length;
  }

  /** Resolves when at least `count` calls are held. */
  async untilHeld(count = 1): Promise<void> {
    while (this.#held.length < count) await new Promise<void>((resolve) => this.#arrivals.push(resolve));
  }

  /** Ends waits and delays, so that the server can stop. */
  close(): void {
    this.#closing.abort();
    this.clear();
  }

  #take(operation: string, kinds: readonly FaultRule['kind'][]): Armed | undefined {
    const rule = this.#armed.find((each) => matches(each, operation) && kinds.includes(each.kind));
    if (!rule) return undefined;
    if (rule.skip > 0) {
      rule.skip -= 1;
      return undefined;
    }
    rule.left -= 1;
    if (rule.left === 0) this.#armed = this.#armed.filter((each) => each !== rule);
    return rule;
  }

  async #hold(): Promise<void> {
    await new Promise<void>((go) => {
      this.#held.push(go);
      const arrivals = this.#arrivals;
      this.#arrivals = [];
      for (const arrived of arrivals) arrived();
    });
  }

  /** Before the operation is run. */
  async beforeCommit(operation: string): Promise<void> {
    const rule = this.#take(operation, [
      'internal-error',
      'unavailable',
      'throttled',
      'quota-exceeded',
      'refused',
      'denied',
      'conflict',
      'not-found',
      'slow',
      'lost-before-commit',
      'hold-before-commit',
    ]);
    switch (rule?.kind) {
      case 'internal-error':
        throw internalError();
      case 'unavailable':
        throw new AceError('ServiceUnavailableException', 503, 'Service is unavailable. Please try again.');
      case 'throttled':
        throw throttled('Rate exceeded');
      case 'quota-exceeded':
        throw quotaExceeded('The request would exceed a service quota.');
      case 'refused':
        throw businessProblems([rule.problem as Problem]);
      case 'denied':
        throw accessDenied(`The account is not authorized to perform: partnercentral:${operation}`);
      case 'conflict':
        throw conflict('The resource was modified since it was read.');
      case 'not-found':
        throw resourceNotFound('the resource');
      case 'slow':
        await delay(rule.delayMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
        return;
      case 'lost-before-commit':
        throw new ConnectionLost();
      case 'hold-before-commit':
        return this.#hold();
      default:
        return;
    }
  }

  /** Once the operation's change is durable. */
  async afterCommit(operation: string): Promise<void> {
    const rule = this.#take(operation, ['lost-after-commit', 'hold-after-commit']);
    if (rule?.kind === 'lost-after-commit') throw new ConnectionLost();
    if (rule?.kind === 'hold-after-commit') await this.#hold();
  }
}

/** Calls per operation since the start: how many arrived signed, and how they ended. */
export interface CallCounts {
  received: number;
  answered: number;
  refused: Record<string, number>;
  lost: number;
}

export class CallCounter {
  readonly #counts = new Map<string, CallCounts>();

  of(operation: string): CallCounts {
    const counts = this.#counts.get(operation) ?? { received: 0, answered: 0, refused: {}, lost: 0 };
    this.#counts.set(operation, counts);
    return counts;
  }

  all(): Record<string, CallCounts> {
    return structuredClone(Object.fromEntries(this.#counts));
  }

  reset(): void {
    this.#counts.clear();
  }
}
