import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js';
import avro from 'avsc';
import { serverCertificate } from '../../local/org/events/certificate.ts';
import {
  type ConsumerEvent,
  type FetchRequest,
  type FetchResponse,
  pubSubService,
} from '../../local/org/events/wire.ts';
import { orgId, type Row, userId } from './canned-rows.ts';

const strings = { type: 'array', items: 'string' };
const textFields = ['Kind__c', 'State__c', 'Opportunity__c', 'Referral__c', 'Partner__c', 'Surface__c', 'Input__c'];

/** Schema of the one event there is here, in the form in which an org gives it. */
const schema = {
  type: 'record',
  name: 'Request__ChangeEvent',
  namespace: 'com.sforce.eventbus',
  fields: [
    {
      name: 'ChangeEventHeader',
      type: {
        type: 'record',
        name: 'ChangeEventHeader',
        fields: [
          { name: 'entityName', type: 'string' },
          { name: 'recordIds', type: strings },
          { name: 'changeType', type: { type: 'enum', name: 'ChangeType', symbols: ['CREATE', 'UPDATE', 'DELETE'] } },
          { name: 'changeOrigin', type: 'string' },
          { name: 'transactionKey', type: 'string' },
          { name: 'sequenceNumber', type: 'int' },
          { name: 'commitTimestamp', type: 'long' },
          { name: 'commitNumber', type: 'long' },
          { name: 'commitUser', type: 'string' },
          { name: 'nulledFields', type: strings },
          { name: 'diffFields', type: strings },
          { name: 'changedFields', type: strings },
        ],
      },
    },
    ...textFields.map((name) => ({ name, type: ['null', 'string'], default: null })),
  ],
};
const schemaId = 'canned-request-change-ev';
const type = avro.Type.forSchema(schema as avro.Schema);

const replayIdOf = (number: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(number));
  return bytes;
};

type Stream = ServerDuplexStream<FetchRequest, FetchResponse>;

export interface CannedStream {
  readonly endpoint: string;
  readonly authorityFile: string;
  /** Events delivered since the start. */
  delivered(): number;
  /** A request was inserted as new: the channel's member lets no other pass. */
  publish(requestId: string, row: Row): void;
  stop(): void;
}

/**
 * A Pub/Sub API with one stream of request events and flow control as published: no more events than were asked for, at
 * most a hundred in a response. It keeps an event until it is delivered and replays nothing.
 */
export const startCannedStream = async (certificateDirectory: string): Promise<CannedStream> => {
  const { key, certificate, authorityFile } = await serverCertificate(certificateDirectory);
  const waiting: ConsumerEvent[] = [];
  const open = new Map<Stream, { wanted: number; topic: string }>();
  let published = 0;
  let delivered = 0;

  const deliver = (): void => {
    for (const [stream, state] of open) {
      while (state.wanted > 0 && waiting.length > 0) {
        const events = waiting.splice(0, Math.min(state.wanted, 100));
        state.wanted -= events.length;
        delivered += events.length;
        stream.write({
          events,
          latest_replay_id: events.at(-1)?.replay_id ?? Buffer.alloc(0),
          rpc_id: 'canned',
          pending_num_requested: state.wanted,
        });
      }
    }
  };

  const server = new Server();
  server.addService(pubSubService, {
    Subscribe: (stream: Stream) => {
      const state = { wanted: 0, topic: '' };
      open.set(stream, state);
      stream.on('data', (request: FetchRequest) => {
        state.wanted += request.num_requested;
        deliver();
      });
      const close = (): void => void open.delete(stream);
      stream.on('cancelled', close);
      stream.on('error', close);
      stream.on('end', () => {
        close();
        stream.end();
      });
    },
    GetSchema: (_call: unknown, answer: (error: null, value: object) => void) =>
      answer(null, { schema_id: schemaId, schema_json: JSON.stringify(schema), rpc_id: 'canned' }),
    GetTopic: (_call: unknown, answer: (error: null, value: object) => void) =>
      answer(null, {
        topic_name: '',
        tenant_guid: orgId,
        can_publish: false,
        can_subscribe: true,
        schema_id: schemaId,
      }),
    Publish: () => undefined,
    PublishStream: () => undefined,
    ManagedSubscribe: () => undefined,
  });
  const port = await new Promise<number>((resolve, reject) => {
    const credentials = ServerCredentials.createSsl(null, [
      { private_key: Buffer.from(key), cert_chain: Buffer.from(certificate) },
    ]);
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });

  return {
    endpoint: `localhost:${port}`,
    authorityFile,
    delivered: () => delivered,
    publish: (requestId, row) => {
      published += 1;
      const payload = type.toBuffer({
        ChangeEventHeader: {
          entityName: 'Request__c',
          recordIds: [requestId],
          changeType: 'CREATE',
          changeOrigin: '',
          transactionKey: `canned-${published}`,
          sequenceNumber: 1,
          commitTimestamp: 0,
          commitNumber: published,
          commitUser: userId,
          nulledFields: [],
          diffFields: [],
          changedFields: [],
        },
        ...Object.fromEntries(textFields.map((name) => [name, row[name] ?? null])),
      });
      waiting.push({
        event: { id: `canned-${published}`, schema_id: schemaId, payload, headers: [] },
        replay_id: replayIdOf(published),
      });
      deliver();
    },
    stop: () => server.forceShutdown(),
  };
};
