import { join } from 'node:path';
import { loadPackageDefinition, type ServiceClientConstructor, type ServiceDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

/** Messages of the Pub/Sub API as the proto loader shapes them, field names as on the wire. */
export interface FetchRequest {
  topic_name: string;
  replay_preset: 'LATEST' | 'EARLIEST' | 'CUSTOM';
  replay_id: Buffer;
  num_requested: number;
}

export interface ConsumerEvent {
  event: { id: string; schema_id: string; payload: Buffer; headers: { key: string; value: Buffer }[] };
  replay_id: Buffer;
}

export interface FetchResponse {
  events: ConsumerEvent[];
  latest_replay_id: Buffer;
  rpc_id: string;
  pending_num_requested: number;
}

export interface TopicRequest {
  topic_name: string;
}

export interface TopicInfo {
  topic_name: string;
  tenant_guid: string;
  can_publish: boolean;
  can_subscribe: boolean;
  schema_id: string;
  rpc_id: string;
}

export interface SchemaRequest {
  schema_id: string;
}

export interface SchemaInfo {
  schema_json: string;
  schema_id: string;
  rpc_id: string;
}

export interface PublishRequest {
  topic_name: string;
  events: readonly object[];
}

const definition = loadSync(join(import.meta.dirname, 'pubsub-api.proto'), {
  keepCase: true,
  longs: Number,
  enums: String,
  defaults: true,
});

interface PubSubPackage {
  eventbus: { v1: { PubSub: ServiceClientConstructor } };
}

/** The client class of `eventbus.v1.PubSub`, for tests. */
export const PubSubClient: ServiceClientConstructor = (loadPackageDefinition(definition) as unknown as PubSubPackage)
  .eventbus.v1.PubSub;

/** The service that a server implements. */
export const pubSubService: ServiceDefinition = PubSubClient.service;
