import { randomUUID } from 'node:crypto';
import { Metadata, status, type ServiceError } from '@grpc/grpc-js';

/** The part of an error code that tells errors apart; the wire carries it with the prefix. */
export type EventBusErrorCode =
  | 'service.auth.error'
  | 'service.auth.headers.invalid'
  | 'service.unavailable'
  | 'topic.not.found'
  | 'topic.validation.empty'
  | 'schema.validation.failed'
  | 'schema.meta.permission'
  | 'subscription.fetch.replayid.corrupted'
  | 'subscription.fetch.replayid.validation.failed'
  | 'subscription.fetch.requested.events.invalid'
  | 'subscription.fetch.topic.mismatch'
  | 'subscription.limit.exceeded'
  | 'subscription.internal.error'
  | 'publish.event.count.invalid'
  | 'publish.topic.cannot.publish'
  | 'managed.subscription.not.offered.here';

const PREFIX = 'sfdc.platform.eventbus.grpc.';

/**
 * An error as the Pub/Sub API sends it: the gRPC status, the code in trailer `error-code`, an RPC id in trailer `rpc-id`
 * and at the end of the text (developer.salesforce.com/docs/platform/pub-sub-api/guide/handling-errors).
 */
export const eventBusError = (grpcStatus: status, code: EventBusErrorCode, message: string): ServiceError => {
  const rpcId = randomUUID();
  const metadata = new Metadata();
  metadata.set('error-code', PREFIX + code);
  metadata.set('rpc-id', rpcId);
  const details = `${message} rpcId: ${rpcId}`;
  return Object.assign(new Error(details), { code: grpcStatus, details, metadata });
};

/** An error of ours passes through; anything else becomes `subscription.internal.error`, its text kept. */
export const asServiceError = (error: unknown): ServiceError =>
  error instanceof Error && 'metadata' in error && 'code' in error
    ? (error as ServiceError)
    : eventBusError(
        status.INTERNAL,
        'subscription.internal.error',
        `An internal error occurred: ${error instanceof Error ? error.message : String(error)}`,
      );
