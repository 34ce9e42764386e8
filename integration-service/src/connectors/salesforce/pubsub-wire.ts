import { loadPackageDefinition, type GrpcObject, type ServiceClientConstructor } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';

const field = (id: number, type: string) => ({ id, type });
const list = (id: number, type: string) => ({ id, type, rule: 'repeated' });

/**
 * The part of the Pub/Sub API's wire that a subscriber needs: package `eventbus.v1`, names and numbers as published at
 * developer.salesforce.com/docs/platform/pub-sub-api. Written as data, so that a build needs no `.proto` file beside it.
 */
const definition = {
  nested: {
    eventbus: {
      nested: {
        v1: {
          nested: {
            ReplayPreset: { values: { LATEST: 0, EARLIEST: 1, CUSTOM: 2 } },
            ProducerEvent: {
              fields: { id: field(1, 'string'), schemaId: field(2, 'string'), payload: field(3, 'bytes') },
            },
            ConsumerEvent: { fields: { event: field(1, 'ProducerEvent'), replayId: field(2, 'bytes') } },
            FetchRequest: {
              fields: {
                topicName: field(1, 'string'),
                replayPreset: field(2, 'ReplayPreset'),
                replayId: field(3, 'bytes'),
                numRequested: field(4, 'int32'),
              },
            },
            FetchResponse: {
              fields: {
                events: list(1, 'ConsumerEvent'),
                latestReplayId: field(2, 'bytes'),
                rpcId: field(3, 'string'),
                pendingNumRequested: field(4, 'int32'),
              },
            },
            TopicRequest: { fields: { topicName: field(1, 'string') } },
            TopicInfo: {
              fields: {
                topicName: field(1, 'string'),
                tenantGuid: field(2, 'string'),
                canPublish: field(3, 'bool'),
                canSubscribe: field(4, 'bool'),
              },
            },
            SchemaRequest: { fields: { schemaId: field(1, 'string') } },
            SchemaInfo: { fields: { schemaJson: field(1, 'string'), schemaId: field(2, 'string') } },
            PubSub: {
              methods: {
                Subscribe: {
                  requestType: 'FetchRequest',
                  requestStream: true,
                  responseType: 'FetchResponse',
                  responseStream: true,
                },
                GetSchema: { requestType: 'SchemaRequest', responseType: 'SchemaInfo' },
                GetTopic: { requestType: 'TopicRequest', responseType: 'TopicInfo' },
              },
            },
          },
        },
      },
    },
  },
};

/** The client's constructor, made from the definition above. */
export const pubSubConstructor = (): ServiceClientConstructor => {
  const loaded = loadPackageDefinition(
    fromJSON(definition as Parameters<typeof fromJSON>[0], { longs: String, enums: String, defaults: true }),
  );
  return (loaded.eventbus as { v1: GrpcObject }).v1.PubSub as ServiceClientConstructor;
};
