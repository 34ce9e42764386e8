import type { Engine, ObjectAccess, RequestContext } from '../engine/engine.ts';
import { changeEvent, gapEvent, type ChangeEvent, type DerivationInput, type GapType } from './change-events.ts';
import type { ChangeEventSchemas } from './change-event-schema.ts';
import type { Channel } from './channels.ts';
import { END_OF_TRANSACTION, type Position } from './replay-id.ts';

/** A piece of the stream: what passed the filters of one channel for one user, and where reading stopped. */
export interface StreamBatch {
  readonly events: readonly StreamEvent[];
  /** Everything up to here has been looked at; equals the start when there was nothing new. */
  readonly end: Position;
}

/** An event together with its replacement by a gap event, which fault switches may ask for. */
export interface StreamEvent extends ChangeEvent {
  asGap(type?: GapType): ChangeEvent;
}

/** Most transactions hold one record, and a stream asks for at most 100 events: more would be read for nothing. */
const TRANSACTIONS_PER_READ = 100;

const isAfter = (start: Position, commitNumber: number, index: number): boolean =>
  commitNumber > start.commitNumber || (commitNumber === start.commitNumber && index > start.index);

/**
 * Reads what one user gets of one channel. Members whose object the user may not view all records of deliver nothing and
 * say nothing, as in an org ("Required Permissions for Receiving Change Events").
 */
export class EventStream {
  private readonly engine: Engine;
  private readonly schemas: ChangeEventSchemas;
  private readonly channel: Channel;

  constructor(engine: Engine, schemas: ChangeEventSchemas, channel: Channel) {
    this.engine = engine;
    this.schemas = schemas;
    this.channel = channel;
  }

  /** At most `limit` events after `start`, in commit order. */
  async read(context: RequestContext, start: Position, limit: number): Promise<StreamBatch> {
    // A subscriber may stand in the middle of a transaction, which then has to be read again.
    const whole = start.index === END_OF_TRANSACTION ? start.commitNumber : start.commitNumber - 1;
    const transactions = await this.engine.changesAfter(whole, TRANSACTIONS_PER_READ);
    const access = await this.accessByObject(context);
    const events: StreamEvent[] = [];
    let end = start;
    for (const transaction of transactions) {
      for (const [index, change] of transaction.changes.entries()) {
        if (!isAfter(start, transaction.commitNumber, index)) continue;
        if (events.length === limit) return { events, end };
        const objectAccess = access.get(change.object);
        const object = this.engine.schema.object(change.object);
        const member = this.channel.members.find((candidate) => candidate.object === change.object);
        end = { commitNumber: transaction.commitNumber, index };
        if (!objectAccess?.viewAll || !object || !member) continue;
        const schema = this.schemas.of(object);
        const input: DerivationInput = {
          orgId: this.engine.orgId,
          transaction,
          index,
          member,
          schema,
          access: objectAccess,
        };
        const event = changeEvent(input);
        if (event) {
          const own = `GAP_${change.type.toUpperCase()}` as GapType;
          events.push({ ...event, asGap: (type = own) => gapEvent(input, type) });
        }
      }
      if (isAfter(end, transaction.commitNumber, END_OF_TRANSACTION))
        end = { commitNumber: transaction.commitNumber, index: END_OF_TRANSACTION };
    }
    return { events, end };
  }

  private async accessByObject(context: RequestContext): Promise<Map<string, ObjectAccess>> {
    const entries = this.channel.members.map(async ({ object }): Promise<[string, ObjectAccess]> => [
      object,
      await this.engine.accessOf(context, object),
    ]);
    return new Map(await Promise.all(entries));
  }
}
