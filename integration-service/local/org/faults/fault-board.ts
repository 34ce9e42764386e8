import { z } from 'zod';

/** What can go wrong between a client and the org's HTTP surfaces. */
export const httpFaultKinds = [
  /** 503, nothing done. */
  'unavailable',
  /** 403 `REQUEST_LIMIT_EXCEEDED`, nothing done. */
  'request-limit',
  /** 429 with `Retry-After`, nothing done. */
  'too-many-requests',
  /** Answered after `delayMs`. */
  'slow',
  /** Done and committed, then the connection breaks before a byte of the answer. */
  'answer-lost',
  /** The connection breaks before anything is done. */
  'request-lost',
  /** 401 `INVALID_SESSION_ID`, nothing done. */
  'session-expired',
] as const;

/** What can go wrong with an event on its way to a subscriber. */
export const eventFaultKinds = [
  /** The stream breaks instead of delivering the event, which a resumed stream then gets. */
  'drop-stream',
  /** Delivered twice, with the same id and replay id. */
  'duplicate',
  /** Never delivered, not even on replay. */
  'lose',
  /** Delivered `delayMs` later, other events overtaking it. */
  'late',
  /** Delivered behind the next event. */
  'reorder',
  /** Replaced by its `GAP_…` event: header only. */
  'gap',
  /** Replaced by a `GAP_OVERFLOW` event: not even the record id. */
  'overflow',
] as const;

const counting = {
  /** Matching requests or events let through first. */
  skip: z.number().int().min(0).default(0),
  /** How often the fault strikes; null = until it is taken away. */
  times: z.number().int().min(1).nullable().default(1),
  delayMs: z.number().int().min(0).max(600_000).default(1_000),
};

const regularExpression = z.string().refine(
  (source) => {
    try {
      return Boolean(new RegExp(source));
    } catch {
      return false;
    }
  },
  { error: 'is not a regular expression' },
);

export const faultSpecification = z.discriminatedUnion('surface', [
  z.strictObject({
    surface: z.literal('http'),
    kind: z.enum(httpFaultKinds),
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
    /** Regular expression on path and query; absent = every request. */
    path: regularExpression.optional(),
    ...counting,
  }),
  z.strictObject({
    surface: z.literal('events'),
    kind: z.enum(eventFaultKinds),
    /** API name of the changed object; absent = any. */
    object: z.string().optional(),
    ...counting,
  }),
]);

/** A fault as it is asked for; `skip`, `times` and `delayMs` have defaults (0, 1, 1000). */
export type FaultSpecification = z.input<typeof faultSpecification>;

/** A fault on the board, with how often it has struck. */
export type Fault = z.output<typeof faultSpecification> & { readonly id: number; seen: number; struck: number };
type HttpFault = Extract<Fault, { surface: 'http' }>;
type EventFault = Extract<Fault, { surface: 'events' }>;

/**
 * The switches of a local org: what shall go wrong, where and how often. One board per org; its HTTP surfaces and its
 * event bus ask it at every request and every delivery. Faults are tried in the order they were added.
 */
export class FaultBoard {
  private readonly faults = new Map<number, Fault>();
  private readonly lostEvents = new Set<string>();
  private nextId = 1;

  /** Throws a ZodError when the specification is not one. */
  add(specification: FaultSpecification): number {
    const id = this.nextId++;
    this.faults.set(id, { ...faultSpecification.parse(specification), id, seen: 0, struck: 0 });
    return id;
  }

  remove(id: number): boolean {
    return this.faults.delete(id);
  }

  /** Nothing goes wrong any more; events already lost stay lost. */
  clear(): void {
    this.faults.clear();
  }

  list(): readonly Fault[] {
    return [...this.faults.values()];
  }

  takeHttp(method: string, url: string): HttpFault | undefined {
    return this.take(
      (fault): fault is HttpFault =>
        fault.surface === 'http' &&
        (fault.method === undefined || fault.method === method) &&
        (fault.path === undefined || new RegExp(fault.path).test(url)),
    );
  }

  takeEvent(object: string): EventFault | undefined {
    return this.take(
      (fault): fault is EventFault =>
        fault.surface === 'events' && (fault.object === undefined || fault.object === object),
    );
  }

  /** Whether no event can be affected: lets a fast path skip the questions. */
  get eventsUntouched(): boolean {
    return this.lostEvents.size === 0 && !this.list().some(({ surface }) => surface === 'events');
  }

  loseEvent(eventId: string): void {
    this.lostEvents.add(eventId);
  }

  isLost(eventId: string): boolean {
    return this.lostEvents.has(eventId);
  }

  private take<Kind extends Fault>(fits: (fault: Fault) => fault is Kind): Kind | undefined {
    for (const fault of this.faults.values()) {
      if (!fits(fault) || (fault.times !== null && fault.struck >= fault.times)) continue;
      fault.seen += 1;
      if (fault.seen <= fault.skip) continue;
      fault.struck += 1;
      return fault;
    }
    return undefined;
  }
}
