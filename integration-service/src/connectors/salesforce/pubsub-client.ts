import { type ClientDuplexStream, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import avro from 'avsc';
import { z } from 'zod';
import type { Session } from './client.ts';
import { isEventBusHost } from './event-bus-host.ts';
import { pubSubConstructor } from './pubsub-wire.ts';

export interface PubSubSettings {
  /** `api.pubsub.salesforce.com:7443`. */
  readonly endpoint: string;
  /** PEM of a certificate authority of one's own; the machine's when absent. TLS always. */
  readonly certificateAuthority?: string;
  /** Events asked for at a time; the API allows 100 outstanding. */
  readonly batch?: number;
}

/** One event as it came: kept whole before anything is made of it. */
export interface RawEvent {
  readonly eventId: string;
  readonly schemaId: string;
  readonly replayId: Buffer;
  readonly payload: Buffer;
}

/** Where to start: after a replay id, at the oldest that is kept, or with what comes next. */
export type StartAt = { readonly after: Buffer } | 'earliest' | 'latest';

/** How a subscription ended. `replay-lost`: the id is not known any more, start at `earliest` and sweep by query. */
export interface SubscriptionEnd {
  readonly why: 'stopped' | 'replay-lost' | 'unauthenticated' | 'broken';
  readonly message: string;
}

export interface Subscription {
  readonly ended: Promise<SubscriptionEnd>;
  stop(): void;
}

const fetchResponse = z.object({
  events: z.array(
    z.object({
      event: z.object({ id: z.string(), schemaId: z.string(), payload: z.instanceof(Buffer) }),
      replayId: z.instanceof(Buffer),
    }),
  ),
  latestReplayId: z.instanceof(Buffer),
  pendingNumRequested: z.number(),
});
type FetchResponse = z.infer<typeof fetchResponse>;

const errorCodeOf = (error: ServiceError): string => String(error.metadata.get('error-code')[0] ?? '');

/** Avro longs are 64 bit; times and commit numbers fit a double until the year 287396, so plain numbers are right. */
const avroLong = avro.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => Number(buffer.readBigInt64LE()),
  toBuffer: (value: number) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(BigInt(value));
    return buffer;
  },
  fromJSON: Number,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === 'number',
  compare: (left: number, right: number) => left - right,
});

/**
 * Our own subscriber (ADR "our own Pub/Sub subscriber"): one event at a time in the order of the stream, the next batch
 * asked for only when the last is done, replay ids as raw bytes. It never reconnects by itself: who holds the lease does.
 */
export class PubSubClient {
  readonly #client: InstanceType<ReturnType<typeof pubSubConstructor>>;
  readonly #session: () => Promise<Session>;
  readonly #batch: number;
  readonly #types = new Map<string, avro.Type>();

  constructor(settings: PubSubSettings, session: () => Promise<Session>) {
    if (!isEventBusHost(settings.endpoint))
      throw new Error(`${settings.endpoint} is not an event bus of Salesforce: no token is sent there.`);
    const authority = settings.certificateAuthority ? Buffer.from(settings.certificateAuthority) : null;
    this.#client = new (pubSubConstructor())(settings.endpoint, credentials.createSsl(authority), {
      'grpc.keepalive_time_ms': 60_000,
      'grpc.keepalive_timeout_ms': 20_000,
      'grpc.max_receive_message_length': 8 * 1_024 * 1_024,
    });
    this.#session = session;
    this.#batch = Math.min(settings.batch ?? 50, 100);
  }

  /**
   * Hands every event to `onEvent` and waits for it before the next. When `onEvent` throws the stream ends: what was
   * not stored must not be passed. `onIdle` hears of the newest replay id when there was nothing to tell.
   */
  async subscribe(
    topic: string,
    start: StartAt,
    onEvent: (event: RawEvent) => Promise<void>,
    onIdle: (replayId: Buffer) => Promise<void> = async () => undefined,
  ): Promise<Subscription> {
    const metadata = await this.#metadata();
    const stream = this.#client.Subscribe?.(metadata) as ClientDuplexStream<object, unknown>;
    const first =
      typeof start === 'string'
        ? { replayPreset: start === 'earliest' ? 'EARLIEST' : 'LATEST' }
        : { replayPreset: 'CUSTOM', replayId: start.after };
    let end: SubscriptionEnd | null = null;
    let working = Promise.resolve();
    const ended = new Promise<SubscriptionEnd>((resolve) => {
      const finish = (said: SubscriptionEnd): void => {
        if (end) return;
        end = said;
        stream.cancel();
        void working.then(() => resolve(said));
      };
      const handle = async (response: FetchResponse): Promise<void> => {
        for (const { event, replayId } of response.events) {
          if (end) return;
          await onEvent({ eventId: event.id, schemaId: event.schemaId, replayId, payload: event.payload });
        }
        if (end) return;
        if (response.events.length === 0 && response.latestReplayId.length > 0) await onIdle(response.latestReplayId);
        if (response.pendingNumRequested === 0) stream.write({ topicName: topic, numRequested: this.#batch });
      };
      stream.on('data', (data: unknown) => {
        const parsed = fetchResponse.safeParse(data);
        if (!parsed.success) return finish({ why: 'broken', message: 'the event bus answered in a form of its own' });
        stream.pause();
        working = working
          .then(() => handle(parsed.data))
          .then(
            () => void stream.resume(),
            (error: unknown) =>
              finish({ why: 'broken', message: error instanceof Error ? error.message : String(error) }),
          );
      });
      stream.on('error', (error: ServiceError) => {
        const code = errorCodeOf(error);
        if (code.includes('replayid')) finish({ why: 'replay-lost', message: error.details });
        else if (error.code === status.UNAUTHENTICATED) finish({ why: 'unauthenticated', message: error.details });
        else if (error.code === status.CANCELLED) finish({ why: 'stopped', message: '' });
        else finish({ why: 'broken', message: error.details });
      });
      stream.on('end', () => finish({ why: 'broken', message: 'the event bus closed the stream' }));
      this.#stops.set(stream, () => finish({ why: 'stopped', message: '' }));
    });
    stream.write({ topicName: topic, ...first, numRequested: this.#batch });
    void ended.then(() => this.#stops.delete(stream));
    return { ended, stop: () => this.#stops.get(stream)?.() };
  }

  readonly #stops = new Map<object, () => void>();

  /** The payload as plain data, by the schema it names. Schemas never change under an id and are asked for once. */
  async decode(event: RawEvent): Promise<unknown> {
    let type = this.#types.get(event.schemaId);
    if (!type) {
      const answer = await this.#unary('GetSchema', { schemaId: event.schemaId });
      const { schemaJson } = z.object({ schemaJson: z.string() }).parse(answer);
      type = avro.Type.forSchema(JSON.parse(schemaJson) as avro.Schema, { registry: { long: avroLong } });
      this.#types.set(event.schemaId, type);
    }
    return type.fromBuffer(event.payload) as unknown;
  }

  /** True when the topic is there and may be read. */
  async canSubscribe(topic: string): Promise<boolean> {
    const answer = await this.#unary('GetTopic', { topicName: topic });
    return z.object({ canSubscribe: z.boolean() }).parse(answer).canSubscribe;
  }

  close(): void {
    for (const stop of this.#stops.values()) stop();
    this.#client.close();
  }

  async #unary(method: 'GetSchema' | 'GetTopic', request: object): Promise<unknown> {
    const metadata = await this.#metadata();
    return new Promise((resolve, reject) => {
      const options = { deadline: Date.now() + 20_000 };
      this.#client[method]?.(request, metadata, options, (error: ServiceError | null, answer: unknown) =>
        error ? reject(error) : resolve(answer),
      );
    });
  }

  async #metadata(): Promise<Metadata> {
    const { accessToken, instanceUrl, orgId } = await this.#session();
    const metadata = new Metadata();
    metadata.set('accesstoken', accessToken);
    metadata.set('instanceurl', instanceUrl);
    metadata.set('tenantid', orgId);
    return metadata;
  }
}
