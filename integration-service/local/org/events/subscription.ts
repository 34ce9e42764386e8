import { randomUUID } from 'node:crypto';
import { status, type ServerDuplexStream } from '@grpc/grpc-js';
import type { RequestContext } from '../engine/engine.ts';
import type { FaultBoard } from '../faults/fault-board.ts';
import type { ChangeEvent } from './change-events.ts';
import type { DeliveryCount } from './delivery-count.ts';
import type { EventStream, StreamEvent } from './event-stream.ts';
import { asServiceError, eventBusError } from './grpc-errors.ts';
import { toReplayId, type Position } from './replay-id.ts';
import type { FetchRequest, FetchResponse } from './wire.ts';

/** More outstanding events than this are treated as this many (Pub/Sub API allocations). */
export const MOST_PENDING = 100;

export interface SubscriptionParts {
  readonly orgId: string;
  /** Who is asking; checked again as the stream goes on. Throws when the session is over. */
  readonly authenticate: () => Promise<RequestContext>;
  /** Opens the stream that the first request names. Throws for an unknown topic or a replay id that is not valid. */
  readonly open: (request: FetchRequest) => Promise<{ stream: EventStream; start: Position; topic: string }>;
  readonly deliveries: DeliveryCount;
  readonly faults: FaultBoard;
  readonly keepaliveMs: number;
}

/**
 * One Subscribe call: pull-based, at most {@link MOST_PENDING} events owed, events in commit order, an empty response
 * with the newest position when there was nothing to send for a while. Any error closes it.
 */
export class Subscription {
  private readonly call: ServerDuplexStream<FetchRequest, FetchResponse>;
  private readonly parts: SubscriptionParts;
  private readonly keepalive: NodeJS.Timeout;
  private readonly lateTimers = new Set<NodeJS.Timeout>();
  /** Due, but not yet asked for; sent before anything new. */
  private overdue: ChangeEvent[] = [];
  /** Waits for the event that shall overtake it. */
  private overtaken: ChangeEvent | undefined;
  private stream: EventStream | undefined;
  private topic = '';
  private position: Position = { commitNumber: 0, index: 0 };
  private pending = 0;
  private requests: Promise<void> = Promise.resolve();
  private pumping = false;
  private woken = false;
  private closed = false;

  constructor(call: ServerDuplexStream<FetchRequest, FetchResponse>, parts: SubscriptionParts, onClose: () => void) {
    this.call = call;
    this.parts = parts;
    this.keepalive = setInterval(() => void this.sendKeepalive(), parts.keepaliveMs);
    call.on('data', (request: FetchRequest) => {
      this.requests = this.requests.then(() => this.take(request)).catch((error: unknown) => this.fail(error));
    });
    const close = (): void => {
      this.closed = true;
      clearInterval(this.keepalive);
      this.lateTimers.forEach((timer) => clearTimeout(timer));
      onClose();
    };
    call.on('end', () => call.end());
    call.on('cancelled', close);
    call.on('close', close);
    call.on('error', close);
  }

  /** Something was committed: looks whether it concerns this stream. */
  wake(): void {
    if (this.stream) void this.pump();
  }

  /** Ends the call with an error, as the org does when a node goes away. */
  fail(error: unknown): void {
    if (this.closed) return;
    this.closed = true;
    this.call.emit('error', asServiceError(error));
  }

  private async take(request: FetchRequest): Promise<void> {
    await this.parts.authenticate();
    if (request.num_requested <= 0)
      throw eventBusError(
        status.INVALID_ARGUMENT,
        'subscription.fetch.requested.events.invalid',
        'The requested number of events in a fetch request must be greater than zero.',
      );
    if (!this.stream) {
      const { stream, start, topic } = await this.parts.open(request);
      this.position = start;
      this.topic = topic;
      this.stream = stream;
    } else if (request.topic_name && request.topic_name !== this.topic)
      throw eventBusError(
        status.INVALID_ARGUMENT,
        'subscription.fetch.topic.mismatch',
        `The topic of a stream cannot change: it is ${this.topic}.`,
      );
    this.pending = Math.min(MOST_PENDING, this.pending + request.num_requested);
    void this.pump();
  }

  private async pump(): Promise<void> {
    this.woken = true;
    if (this.pumping) return;
    this.pumping = true;
    try {
      while (this.woken && !this.closed) {
        this.woken = false;
        await this.sendWhatIsDue();
      }
    } catch (error) {
      this.fail(error);
    } finally {
      this.pumping = false;
    }
  }

  private async sendWhatIsDue(): Promise<void> {
    while (this.pending > 0 && !this.closed && this.stream) {
      const context = await this.parts.authenticate();
      if (this.overdue.length > 0) {
        this.send(this.overdue.splice(0, this.pending));
        continue;
      }
      const batch = await this.stream.read(context, this.position, this.pending);
      const nothingNew =
        batch.end.commitNumber === this.position.commitNumber && batch.end.index === this.position.index;
      if (nothingNew) return;
      if (batch.events.length > this.parts.deliveries.left)
        throw eventBusError(
          status.RESOURCE_EXHAUSTED,
          'subscription.limit.exceeded',
          'You have exceeded the event delivery limit for your org.',
        );
      this.position = batch.end;
      const { due, dropped } = this.disturb(batch.events);
      this.send(due.splice(0, this.pending));
      this.overdue.push(...due);
      if (dropped)
        throw eventBusError(status.UNAVAILABLE, 'service.unavailable', 'The Pub/Sub API service is unavailable.');
    }
  }

  private send(events: readonly ChangeEvent[]): void {
    if (events.length === 0 || this.closed) return;
    this.pending -= events.length;
    this.parts.deliveries.add(events.length);
    this.keepalive.refresh();
    this.write(events);
  }

  private write(events: readonly ChangeEvent[]): void {
    const last = events.at(-1)?.position ?? this.position;
    this.call.write({
      events: events.map(({ id, schemaId, payload, position }) => ({
        event: { id, schema_id: schemaId, payload, headers: [] },
        replay_id: toReplayId(this.parts.orgId, position),
      })),
      latest_replay_id: toReplayId(this.parts.orgId, last),
      rpc_id: randomUUID(),
      pending_num_requested: this.pending,
    });
  }

  private async sendKeepalive(): Promise<void> {
    if (!this.stream || this.closed) return;
    try {
      await this.parts.authenticate();
      this.write([]);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Lets the faults on the board have their way with the events that are about to go out. */
  private disturb(events: readonly StreamEvent[]): { due: ChangeEvent[]; dropped: boolean } {
    if (this.parts.faults.eventsUntouched && !this.overtaken) return { due: [...events], dropped: false };
    const due: ChangeEvent[] = [];
    for (const event of events) {
      if (this.parts.faults.isLost(event.id)) continue;
      const fault = this.parts.faults.takeEvent(event.object);
      if (fault?.kind === 'drop-stream') return { due, dropped: true };
      if (fault?.kind === 'lose') this.parts.faults.loseEvent(event.id);
      else if (fault?.kind === 'late') this.sendLater(event, fault.delayMs);
      else if (fault?.kind === 'reorder' && !this.overtaken) this.overtaken = event;
      else {
        const gap =
          fault?.kind === 'gap' ? event.asGap() : fault?.kind === 'overflow' ? event.asGap('GAP_OVERFLOW') : event;
        due.push(gap, ...(fault?.kind === 'duplicate' ? [gap] : []), ...(this.overtaken ? [this.overtaken] : []));
        this.overtaken = undefined;
      }
    }
    return { due, dropped: false };
  }

  private sendLater(event: ChangeEvent, delayMs: number): void {
    const timer = setTimeout(() => {
      this.lateTimers.delete(timer);
      this.overdue.push(event);
      this.wake();
    }, delayMs);
    this.lateTimers.add(timer);
  }
}
