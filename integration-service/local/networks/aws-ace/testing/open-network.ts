import { createHash } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import {
  AssociateOpportunityCommand,
  CreateOpportunityCommand,
  GetOpportunityCommand,
  PartnerCentralSellingClient,
  StartEngagementFromOpportunityTaskCommand,
} from '@aws-sdk/client-partnercentral-selling';
import type {
  CreateOpportunityCommandInput,
  GetOpportunityCommandOutput,
  UpdateOpportunityCommandInput,
} from '@aws-sdk/client-partnercentral-selling';
import { SignatureV4 } from '@smithy/signature-v4';
import { createTestDatabase } from '../../../../test/support/test-database.ts';
import { startAceNetwork } from '../ace-network.ts';
import type { AceNetwork } from '../ace-network.ts';
import type { AceCredential, AceNetworkOptions } from '../settings.ts';
import { sampleOpportunity } from './sample-opportunity.ts';

export const testCredential: AceCredential = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'an-example-secret' };

/** A clock that stands still until it is moved. */
export class TestClock {
  #at = Date.parse('2026-11-02T09:00:00.000Z');

  readonly now = (): Date => new Date(this.#at);

  move(milliseconds: number): void {
    this.#at += milliseconds;
  }
}

export interface RawAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export interface OpenNetwork {
  readonly network: AceNetwork;
  readonly client: PartnerCentralSellingClient;
  readonly clock: TestClock;
  readonly databaseUrl: string;
  /** Moves both clocks and does what became due. */
  pass(milliseconds: number): Promise<void>;
  /** A call with any body, signed by hand: for what the SDK would not send. */
  raw(operation: string, body: unknown, change?: RawChange): Promise<RawAnswer>;
  /** Creates, associates the sample solution and submits. */
  submitted(changes: Partial<CreateOpportunityCommandInput> & { ClientToken: string }): Promise<string>;
  read(id: string): Promise<GetOpportunityCommandOutput>;
  close(): Promise<void>;
}

export interface RawChange {
  readonly credential?: AceCredential;
  readonly signedAt?: Date;
  readonly region?: string;
  readonly service?: string;
  /** Applied after signing. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** What a client sends back after a read: everything it may, under the lock it read. */
export const asUpdate = (read: GetOpportunityCommandOutput): UpdateOpportunityCommandInput => {
  const {
    Id,
    Arn: _arn,
    CreatedDate: _created,
    OpportunityTeam: _team,
    RelatedEntityIdentifiers: _related,
    ...rest
  } = read;
  const { $metadata: _metadata, ...fields } = rest;
  return { ...fields, Catalog: read.Catalog, Identifier: Id, LastModifiedDate: read.LastModifiedDate };
};

export const clientFor = (
  network: AceNetwork,
  clock: TestClock,
  credential: AceCredential = testCredential,
): PartnerCentralSellingClient =>
  new PartnerCentralSellingClient({
    region: 'us-east-1',
    endpoint: network.url,
    credentials: credential,
    maxAttempts: 1,
    systemClockOffset: clock.now().getTime() - Date.now(),
  });

const rawCaller =
  (network: AceNetwork, clock: TestClock): OpenNetwork['raw'] =>
  async (operation, body, change = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const signer = new SignatureV4({
      credentials: change.credential ?? testCredential,
      region: change.region ?? 'us-east-1',
      service: change.service ?? 'partnercentral-selling',
      sha256: Sha256,
    });
    const { host, hostname } = new URL(network.url);
    const signed = await signer.sign(
      {
        method: 'POST',
        protocol: 'http:',
        hostname,
        path: '/',
        headers: {
          host,
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `AWSPartnerCentralSelling.${operation}`,
          'x-amz-content-sha256': createHash('sha256').update(text).digest('hex'),
        },
        body: text,
      },
      { signingDate: change.signedAt ?? clock.now() },
    );
    const answer = await fetch(network.url, {
      method: 'POST',
      headers: { ...signed.headers, ...change.headers },
      body: change.body ?? text,
      ...(change.signal ? { signal: change.signal } : {}),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

/** A network in a database of its own, with a clock under control, no quotas and a reviewer that acts at once when asked to. */
export const openNetwork = async (options: Partial<AceNetworkOptions> = {}): Promise<OpenNetwork> => {
  const database = await createTestDatabase();
  const clock = new TestClock();
  const network = await startAceNetwork({
    databaseUrl: database.url,
    credentials: [testCredential],
    quotas: false,
    reviewer: { inReviewAfterMs: 60_000, decideAfterMs: 60_000 },
    now: clock.now,
    ...options,
  });
  const client = clientFor(network, clock);
  const read: OpenNetwork['read'] = (id) =>
    client.send(new GetOpportunityCommand({ Catalog: 'Sandbox', Identifier: id }));
  return {
    network,
    client,
    clock,
    databaseUrl: database.url,
    pass: async (milliseconds) => {
      clock.move(milliseconds);
      client.config.systemClockOffset += milliseconds;
      await network.advance();
    },
    raw: rawCaller(network, clock),
    submitted: async (changes) => {
      const Catalog = changes.Catalog ?? 'Sandbox';
      const { Id = '' } = await client.send(new CreateOpportunityCommand(sampleOpportunity(changes)));
      await client.send(
        new AssociateOpportunityCommand({
          Catalog,
          OpportunityIdentifier: Id,
          RelatedEntityType: 'Solutions',
          RelatedEntityIdentifier: 'S-1234567',
        }),
      );
      await client.send(
        new StartEngagementFromOpportunityTaskCommand({
          Catalog,
          Identifier: Id,
          ClientToken: `${changes.ClientToken}-start`,
          AwsSubmission: { InvolvementType: 'Co-Sell' },
        }),
      );
      return Id;
    },
    read,
    close: async () => {
      client.destroy();
      await network.stop();
      await database.drop();
    },
  };
};
