import { Server, ServerCredentials, status, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import type { Metadata, ServerDuplexStream } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import type { Engine, RequestContext } from '../engine/engine.ts';
import type { SourceFolder } from '../schema/source-files.ts';
import { FaultBoard } from '../faults/fault-board.ts';
import { serverCertificate } from './certificate.ts';
import { ChangeEventSchemas } from './change-event-schema.ts';
import { changeEventOf, loadChannels, type Channel } from './channels.ts';
import { DeliveryCount } from './delivery-count.ts';
import { EventStream } from './event-stream.ts';
import { asServiceError, eventBusError } from './grpc-errors.ts';
import { END_OF_TRANSACTION, fromReplayId, type Position } from './replay-id.ts';
import { Subscription } from './subscription.ts';
import { pubSubService } from './wire.ts';
import type {
  FetchRequest,
  FetchResponse,
  PublishRequest,
  SchemaInfo,
  SchemaRequest,
  TopicInfo,
  TopicRequest,
} from './wire.ts';

const HOUR_MS = 60 * 60 * 1000;

export interface EventBusOptions {
  readonly engine: Engine;
  /** Context of the user behind an access token; undefined when the session is unknown or over. */
  readonly contextOfToken: (accessToken: string) => Promise<RequestContext | undefined>;
  /** Folders whose `platformEventChannels` and `platformEventChannelMembers` are offered. */
  readonly sourceFolders: readonly (string | SourceFolder)[];
  /** Where the TLS certificate is kept. */
  readonly certificateDirectory: string;
  /** Default: any free port. */
  readonly port?: number;
  readonly faults?: FaultBoard;
  /** An empty response goes out after this long without events. Default 240,000; an org's is at most 270,000. */
  readonly keepaliveMs?: number;
  /** How long events can be replayed. Default 72 hours, as in an org. */
  readonly retentionMs?: number;
  /** Event deliveries a day. Default 25,000, an Enterprise Edition's. */
  readonly dailyDeliveries?: number;
  readonly now?: () => Date;
}

export interface EventBus {
  readonly port: number;
  /** `localhost:PORT`, TLS. */
  readonly endpoint: string;
  /** PEM file of the authority that a client has to trust. */
  readonly authorityFile: string;
  readonly channels: readonly Channel[];
  readonly deliveries: DeliveryCount;
  readonly faults: FaultBoard;
  /** Forgets events older than the retention; also done every hour. */
  trim(): Promise<number>;
  /** Breaks every open stream, as when a node goes away. */
  dropStreams(): void;
  stop(): Promise<void>;
}

const invalid = eventBusError.bind(null, status.INVALID_ARGUMENT);

const metadataText = (metadata: Metadata, name: string): string => metadata.get(name)[0]?.toString() ?? '';

/** The gRPC handlers, apart from the life of the server. */
class PubSub {
  readonly subscriptions = new Set<Subscription>();
  private readonly options: EventBusOptions;
  private readonly schemas = new ChangeEventSchemas();
  private readonly channels: readonly Channel[];
  private readonly deliveries: DeliveryCount;
  private readonly faults: FaultBoard;

  constructor(options: EventBusOptions, channels: readonly Channel[], deliveries: DeliveryCount, faults: FaultBoard) {
    this.options = options;
    this.channels = channels;
    this.deliveries = deliveries;
    this.faults = faults;
    // Every schema an event may name is known from the start, so that GetSchema answers after a restart too.
    channels.forEach(({ members }) =>
      members.forEach(({ object }) => {
        const found = options.engine.schema.object(object);
        if (found) this.schemas.of(found);
      }),
    );
  }

  /** Checks the three headers that every call carries. */
  async authenticate(metadata: Metadata): Promise<RequestContext> {
    const [token, instance, tenant] = ['accesstoken', 'instanceurl', 'tenantid'].map((name) =>
      metadataText(metadata, name),
    );
    if (!token || !instance || !tenant)
      throw eventBusError(
        status.UNAUTHENTICATED,
        'service.auth.headers.invalid',
        'One or more authentication headers are blank: accesstoken, instanceurl and tenantid are needed.',
      );
    const context = tenant === this.options.engine.orgId ? await this.options.contextOfToken(token) : undefined;
    if (!context)
      throw eventBusError(
        status.UNAUTHENTICATED,
        'service.auth.error',
        'An authentication exception occurred. Provide a valid access token, instance URL and organization ID.',
      );
    return context;
  }

  subscribe(call: ServerDuplexStream<FetchRequest, FetchResponse>): void {
    const subscription: Subscription = new Subscription(
      call,
      {
        orgId: this.options.engine.orgId,
        authenticate: () => this.authenticate(call.metadata),
        open: async (request) => {
          const channel = this.channel(request.topic_name);
          const start = await this.start(request);
          return { stream: new EventStream(this.options.engine, this.schemas, channel), start, topic: channel.topic };
        },
        deliveries: this.deliveries,
        faults: this.faults,
        keepaliveMs: this.options.keepaliveMs ?? 240_000,
      },
      () => this.subscriptions.delete(subscription),
    );
    this.subscriptions.add(subscription);
  }

  async topic({ topic_name }: TopicRequest, context: RequestContext): Promise<TopicInfo> {
    const channel = this.channel(topic_name);
    const [only, ...others] = channel.members;
    const single =
      only && others.length === 0 && channel.topic === `/data/${changeEventOf(only.object)}` ? only : undefined;
    const object = single && this.options.engine.schema.object(single.object);
    // View All is what change events want; a channel of which nothing would ever come cannot be subscribed to.
    const access = channel.members.map((member) => this.options.engine.accessOf(context, member.object));
    return {
      topic_name,
      tenant_guid: this.options.engine.orgId,
      can_publish: false,
      can_subscribe: (await Promise.all(access)).some(({ viewAll }) => viewAll),
      schema_id: object ? this.schemas.of(object).id : '',
      rpc_id: randomUUID(),
    };
  }

  schema({ schema_id }: SchemaRequest): SchemaInfo {
    if (!schema_id) throw invalid('schema.validation.failed', 'The schema ID is blank.');
    const found = this.schemas.withId(schema_id);
    if (!found)
      throw eventBusError(status.NOT_FOUND, 'schema.meta.permission', `There is no schema with the ID ${schema_id}.`);
    return { schema_id, schema_json: found.json, rpc_id: randomUUID() };
  }

  /** Change events are the platform's to publish, and platform events of one's own are not imitated here. */
  publish({ topic_name, events }: PublishRequest): never {
    if (events.length === 0) throw invalid('publish.event.count.invalid', 'The publish request has no events.');
    const { topic } = this.channel(topic_name);
    throw eventBusError(
      status.PERMISSION_DENIED,
      'publish.topic.cannot.publish',
      `Events cannot be published on ${topic}: it carries change events.`,
    );
  }

  private channel(topic: string): Channel {
    if (!topic) throw invalid('topic.validation.empty', 'The topic name is blank.');
    const found = this.channels.find((channel) => channel.topic === topic);
    if (found && (found.members.length > 0 || topic.endsWith('__chn'))) return found;
    throw eventBusError(
      status.NOT_FOUND,
      'topic.not.found',
      `The topic ${topic} was not found. Ensure the topic exists and the user has access to it.`,
    );
  }

  private async start(request: FetchRequest): Promise<Position> {
    const last = await this.options.engine.lastCommitNumber();
    if (request.replay_preset === 'LATEST') return { commitNumber: last, index: END_OF_TRANSACTION };
    if (request.replay_preset === 'EARLIEST') return { commitNumber: 0, index: END_OF_TRANSACTION };
    if (request.replay_id.length === 0)
      throw invalid(
        'subscription.fetch.replayid.validation.failed',
        'The replay preset is CUSTOM, but no replay ID is set in the fetch request.',
      );
    const position = fromReplayId(this.options.engine.orgId, request.replay_id);
    const oldest = (await this.options.engine.changesAfter(0, 1))[0]?.commitNumber ?? last;
    // A new org's streams start before its first commit; later that place is as gone as every other trimmed one.
    const kept = position && (position.commitNumber >= oldest || (position.commitNumber === 0 && oldest <= 1));
    if (!position || !kept || position.commitNumber > last)
      throw invalid(
        'subscription.fetch.replayid.corrupted',
        'The Replay ID validation failed. Ensure that the Replay ID is valid and within the retention window.',
      );
    return position;
  }
}

const unary =
  <Request, Response>(
    pubSub: PubSub,
    answer: (request: Request, context: RequestContext) => Response | Promise<Response>,
  ) =>
  (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    pubSub
      .authenticate(call.metadata)
      .then((context) => answer(call.request, context))
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback(asServiceError(error)),
      );
  };

const refuseStream = (pubSub: PubSub, refuse: (request: PublishRequest) => never) => {
  return (call: ServerDuplexStream<PublishRequest, object>): void => {
    call.on('end', () => call.end());
    call.once('data', (request: PublishRequest) => {
      pubSub
        .authenticate(call.metadata)
        .then(() => refuse(request))
        .catch((error: unknown) => call.emit('error', asServiceError(error)));
    });
  };
};

const listen = (server: Server, port: number, key: string, certificate: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const credentials = ServerCredentials.createSsl(null, [
      { private_key: Buffer.from(key), cert_chain: Buffer.from(certificate) },
    ]);
    server.bindAsync(`127.0.0.1:${port}`, credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });

/** Starts the Pub/Sub API of a local org: gRPC over TLS on loopback, fed from the engine's durable record of commits. */
export const startEventBus = async (options: EventBusOptions): Promise<EventBus> => {
  const { engine } = options;
  const now = options.now ?? (() => new Date());
  const channels = loadChannels(options.sourceFolders, engine.schema);
  const deliveries = new DeliveryCount(options.dailyDeliveries ?? 25_000, now);
  const faults = options.faults ?? new FaultBoard();
  const pubSub = new PubSub(options, channels, deliveries, faults);

  const server = new Server({ 'grpc.max_receive_message_length': 4 * 1024 * 1024 });
  server.addService(pubSubService, {
    Subscribe: (call: ServerDuplexStream<FetchRequest, FetchResponse>) => pubSub.subscribe(call),
    GetTopic: unary(pubSub, (request: TopicRequest, context) => pubSub.topic(request, context)),
    GetSchema: unary(pubSub, (request: SchemaRequest) => pubSub.schema(request)),
    Publish: unary(pubSub, (request: PublishRequest): object => pubSub.publish(request)),
    PublishStream: refuseStream(pubSub, (request) => pubSub.publish(request)),
    ManagedSubscribe: refuseStream(pubSub, () => {
      throw eventBusError(
        status.UNIMPLEMENTED,
        'managed.subscription.not.offered.here',
        'Managed subscriptions (beta) are not offered here: keep the replay ID yourself and use Subscribe.',
      );
    }),
  });
  const { key, certificate, authorityFile } = await serverCertificate(options.certificateDirectory);
  const port = await listen(server, options.port ?? 0, key, certificate);

  const trim = (): Promise<number> =>
    engine.trimChanges(new Date(now().getTime() - (options.retentionMs ?? 72 * HOUR_MS)));
  // A trim that fails is made up for an hour later; until then events are kept longer than promised, as in an org.
  const hourly = setInterval(() => void trim().catch(() => undefined), HOUR_MS);
  hourly.unref();
  const stopListening = engine.onCommit(() => pubSub.subscriptions.forEach((subscription) => subscription.wake()));
  const dropStreams = (): void =>
    pubSub.subscriptions.forEach((subscription) =>
      subscription.fail(
        eventBusError(status.UNAVAILABLE, 'service.unavailable', 'The Pub/Sub API service is unavailable.'),
      ),
    );

  return {
    port,
    endpoint: `localhost:${port}`,
    authorityFile,
    channels,
    deliveries,
    faults,
    trim,
    dropStreams,
    stop: async () => {
      clearInterval(hourly);
      stopListening();
      dropStreams();
      server.forceShutdown();
      await Promise.resolve();
    },
  };
};
