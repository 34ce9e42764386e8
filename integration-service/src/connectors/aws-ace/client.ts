import {
  AssociateOpportunityCommand,
  CreateOpportunityCommand,
  GetAwsOpportunitySummaryCommand,
  GetOpportunityCommand,
  ListEngagementFromOpportunityTasksCommand,
  ListOpportunitiesCommand,
  ListSolutionsCommand,
  PartnerCentralSellingClient,
  StartEngagementFromOpportunityTaskCommand,
  UpdateOpportunityCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { Json, JsonObject } from '../../domain/values/json.ts';
import { isAllowedHost } from '../kit/outbound-hosts.ts';
import type { AwsAceSettings } from './settings.ts';

/** AWS's own enumerations, newest from the SDK: the only place where the vendor's package is known. */
export {
  AwsFundingUsed,
  AwsPartition,
  Channel,
  ClosedLostReason,
  CompetitorName,
  CountryCode,
  CurrencyCode,
  DeliveryModel,
  ExpectedContractDurationTerm,
  Industry,
  MarketingSource,
  NationalSecurity,
  OpportunityOrigin,
  OpportunityType,
  PaymentFrequency,
  PrimaryNeedFromAws,
  RelatedEntityType,
  RevenueModel,
  ReviewStatus,
  SalesActivity,
  SalesInvolvementType,
  Stage,
  Visibility,
} from '@aws-sdk/client-partnercentral-selling';

const commands = {
  AssociateOpportunity: AssociateOpportunityCommand,
  CreateOpportunity: CreateOpportunityCommand,
  GetAwsOpportunitySummary: GetAwsOpportunitySummaryCommand,
  GetOpportunity: GetOpportunityCommand,
  ListEngagementFromOpportunityTasks: ListEngagementFromOpportunityTasksCommand,
  ListOpportunities: ListOpportunitiesCommand,
  ListSolutions: ListSolutionsCommand,
  StartEngagementFromOpportunityTask: StartEngagementFromOpportunityTaskCommand,
  UpdateOpportunity: UpdateOpportunityCommand,
} as const;

export type AceOperation = keyof typeof commands;

/** Sends one call. @throws what the SDK throws: `failure.ts` knows what each means. */
export interface AceClient {
  /** `body` is the exact JSON text that goes out; the answer is the JSON as it came, no member changed or dropped. */
  send(operation: AceOperation, body: string): Promise<JsonObject>;
  close(): void;
}

/** A call to a host that is not on the allow-list; nothing was sent. */
export class HostNotAllowed extends Error {
  override readonly name = 'HostNotAllowed';
}

/** Something went wrong before the request left: no credentials, a host that is not allowed. */
export class NothingSent extends Error {
  override readonly name = 'NothingSent';

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

interface RawRequest {
  body?: unknown;
  hostname: string;
}

interface RawResponse {
  body?: unknown;
}

/** One call on its way through the SDK's stack. */
interface Call {
  readonly body: string;
  answer: JsonObject | undefined;
  reachedTransport: boolean;
  transportError: unknown;
}

/**
 * The SDK signs, finds credentials and end point, and turns error answers into exceptions. Bodies pass it by, both ways:
 * what was frozen is what is sent, and a lock value such as `LastModifiedDate` stays the text that AWS wrote (the SDK
 * would make a Date of it and lose what is below milliseconds; then AWS refuses it as stale). Retries are ours: one try.
 */
export const openAceClient = (settings: AwsAceSettings): AceClient => {
  const { region, endpoint } = settings;
  const client = new PartnerCentralSellingClient({
    region,
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: settings.connectTimeoutMs,
      requestTimeout: settings.requestTimeoutMs,
      throwOnRequestTimeout: true,
      // An answer that began and then stands still is no answer either.
      socketTimeout: settings.requestTimeoutMs,
    },
    // The stack is the same for every call, so it is put together once for each command.
    cacheMiddleware: true,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...credentialsOf(settings),
  });
  const allowed = endpoint === undefined ? ['*.api.aws'] : [new URL(endpoint).hostname];

  const calls = new WeakMap<object, Call>();
  /** By its input: the SDK hands that on from the command to every step of its stack. */
  const callOf = ({ input }: { readonly input: object }): Call => {
    const call = calls.get(input);
    if (!call) throw new Error('the SDK changed the input of a command on its way');
    return call;
  };
  client.middlewareStack.add(
    (next) => (given) => {
      const request = given.request as RawRequest;
      if (!isAllowedHost(request.hostname, allowed))
        throw new HostNotAllowed(`${request.hostname} is not a host that the aws-ace connector may call.`);
      request.body = callOf(given).body;
      return next(given);
    },
    { step: 'build', priority: 'high', name: 'sendFrozenBody' },
  );
  client.middlewareStack.add(
    (next) => async (given) => {
      const call = callOf(given);
      call.reachedTransport = true;
      const result = await next(given).catch((thrown: unknown) => {
        call.transportError = thrown;
        throw thrown;
      });
      const response = result.response as RawResponse;
      const text = await readAll(response.body);
      call.answer = parseObject(text);
      response.body = Buffer.from(text);
      return result;
    },
    // Low: inside the SDK's own reader, which then finds the body unread.
    { step: 'deserialize', priority: 'low', name: 'keepRawAnswer' },
  );

  return {
    async send(operation, body) {
      // Input and output of the command are not used, so one command's types stand for all.
      const Command = commands[operation] as unknown as typeof GetOpportunityCommand;
      const input = { Catalog: settings.catalog, Identifier: '' };
      const call: Call = { body, answer: undefined, reachedTransport: false, transportError: undefined };
      calls.set(input, call);
      try {
        await client.send(new Command(input));
      } catch (thrown) {
        if (!call.reachedTransport) throw new NothingSent(thrown);
        // The SDK may wrap what the network said; the codes that tell "never sent" from "no answer" are in the original.
        throw call.transportError ?? thrown;
      }
      if (call.answer === undefined) throw new SyntaxError(`${operation} was answered with something that is not JSON`);
      return call.answer;
    },
    close: () => client.destroy(),
  };
};

/** A role is taken on with the keys given, or those that the SDK finds; the SDK renews it before it ends. */
const credentialsOf = ({ region, roleArn, externalId, accessKeyId, secretAccessKey, sessionToken }: AwsAceSettings) => {
  const keys =
    accessKeyId === undefined || secretAccessKey === undefined
      ? undefined
      : { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  if (roleArn === undefined) return keys ? { credentials: keys } : {};
  return {
    credentials: fromTemporaryCredentials({
      ...(keys ? { masterCredentials: keys } : {}),
      params: {
        RoleArn: roleArn,
        RoleSessionName: 'tandem',
        ...(externalId === undefined ? {} : { ExternalId: externalId }),
      },
      clientConfig: { region },
    }),
  };
};

const readAll = async (body: unknown): Promise<string> => {
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

const parseObject = (text: string): JsonObject | undefined => {
  if (text.trim() === '') return {};
  try {
    const parsed = JSON.parse(text) as Json;
    return parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed) ? (parsed as JsonObject) : undefined;
  } catch {
    return undefined;
  }
};
