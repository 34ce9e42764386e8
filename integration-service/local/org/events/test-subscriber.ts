import { readFileSync } from 'node:fs';
import { credentials, Metadata, type ClientDuplexStream, type ServiceError } from '@grpc/grpc-js';
import avro from 'avsc';
import { PubSubClient, type ConsumerEvent, type FetchRequest, type FetchResponse, type SchemaInfo } from './wire.ts';

/** A delivered event, decoded with the schema that the server gave. */
export interface DecodedEvent {
  readonly id: string;
  readonly replayId: Buffer;
  readonly header: Record<string, unknown> & { entityName: string; recordIds: string[]; changeType: string };
  /** Fields with a value, compound ones as plain objects. */
  readonly values: Record<string, unknown>;
}

type Unary = (request: object, metadata: Metadata, done: (error: ServiceError | null, answer: unknown) => void) => void;

/** A plain grpc-js client of the Pub/Sub API, for tests: collects what arrives and waits for conditions. */
export class TestSubscriber {
  readonly events: DecodedEvent[] = [];
  readonly responses: FetchResponse[] = [];
  error: ServiceError | undefined;
  private readonly client;
  private readonly metadata = new Metadata();
  private readonly types = new Map<string, avro.Type>();
  private readonly waiting = new Set<() => void>();
  private call: ClientDuplexStream<Partial<FetchRequest>, FetchResponse> | undefined;
  private askAgain = false;
  private decoding: Promise<void> = Promise.resolve();

  constructor(
    bus: { readonly endpoint: string; readonly authorityFile?: string | undefined },
    session: { token: string; orgId: string; instanceUrl?: string },
  ) {
    this.client = new PubSubClient(
      bus.endpoint,
      credentials.createSsl(bus.authorityFile === undefined ? null : readFileSync(bus.authorityFile)),
    );
    this.metadata.set('accesstoken', session.token);
    this.metadata.set('instanceurl', session.instanceUrl ?? 'https://org.example.com');
    this.metadata.set('tenantid', session.orgId);
  }

  subscribe(topic: string, options: Partial<FetchRequest> = {}): this {
    const open = this.client['Subscribe'] as (
      metadata: Metadata,
    ) => ClientDuplexStream<Partial<FetchRequest>, FetchResponse>;
    this.call = open.call(this.client, this.metadata);
    this.call.on('data', (response: FetchResponse) => {
      this.decoding = this.decoding.then(() => this.take(response));
    });
    this.call.on('error', (error: ServiceError) => {
      this.error = error;
      this.wake();
    });
    return this.request(options.num_requested ?? 100, { topic_name: topic, ...options });
  }

  /** Asks for more whenever nothing is owed any more. */
  keepAsking(): this {
    this.askAgain = true;
    return this;
  }

  request(count: number, more: Partial<FetchRequest> = {}): this {
    this.call?.write({ ...more, num_requested: count });
    return this;
  }

  async unary<Answer>(method: string, request: object): Promise<Answer> {
    const call = this.client[method] as Unary;
    return new Promise((resolve, reject) => {
      call.call(this.client, request, this.metadata, (error, answer) =>
        error ? reject(error) : resolve(answer as Answer),
      );
    });
  }

  /** Resolves when the condition holds; it is asked after everything that arrives. */
  async until(condition: () => boolean): Promise<this> {
    while (!condition()) await new Promise<void>((resolve) => this.waiting.add(resolve));
    return this;
  }

  untilEvents(count: number): Promise<this> {
    return this.until(() => this.events.length >= count);
  }

  /** The code in the error's trailer, without its common prefix. */
  get errorCode(): string | undefined {
    return this.error?.metadata.get('error-code')[0]?.toString().replace('sfdc.platform.eventbus.grpc.', '');
  }

  close(): void {
    this.call?.cancel();
    this.client.close();
  }

  private async take(response: FetchResponse): Promise<void> {
    for (const event of response.events) this.events.push(await this.decode(event));
    this.responses.push(response);
    if (this.askAgain && response.pending_num_requested === 0) this.request(100);
    this.wake();
  }

  private wake(): void {
    this.waiting.forEach((resume) => resume());
    this.waiting.clear();
  }

  private async decode({ event, replay_id }: ConsumerEvent): Promise<DecodedEvent> {
    const type = this.types.get(event.schema_id) ?? (await this.type(event.schema_id));
    const { ChangeEventHeader: header, ...rest } = type.fromBuffer(event.payload) as Record<string, unknown>;
    const values = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
    return { id: event.id, replayId: replay_id, header: header as DecodedEvent['header'], values };
  }

  private async type(id: string): Promise<avro.Type> {
    const { schema_json } = await this.unary<SchemaInfo>('GetSchema', { schema_id: id });
    const made = avro.Type.forSchema(JSON.parse(schema_json) as avro.Schema, { wrapUnions: false });
    this.types.set(id, made);
    return made;
  }
}
