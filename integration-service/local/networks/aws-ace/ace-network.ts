import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decideByHand, handlePage } from './pages/page-handler.ts';
import { Timekeeper, runCall, runReading } from './review/timekeeper.ts';
import { approval } from './review/review-rules.ts';
import type { Decision } from './review/review-rules.ts';
import { completeSettings } from './settings.ts';
import type { AceNetworkOptions, TaskSettings } from './settings.ts';
import { forgetClientTokens } from './store/client-tokens.ts';
import { openStore } from './store/database.ts';
import { opportunitiesFor } from './store/opportunities.ts';
import type { Opportunity } from './store/opportunities.ts';
import { handleApiCall } from './wire/api-handler.ts';
import type { ApiParts } from './wire/api-handler.ts';
import { authenticator } from './wire/authenticate.ts';
import { AceError, internalError } from './wire/errors.ts';
import { CallCounter, ConnectionLost, Faults } from './wire/faults.ts';
import type { CallCounts } from './wire/faults.ts';
import { readBody, sendJson } from './wire/http.ts';
import { NoticeSender } from './wire/notices.ts';
import { Quotas } from './wire/quotas.ts';

export interface AceNetwork {
  /** Give it to the SDK as `endpoint`, or as `AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING`. */
  readonly url: string;
  readonly port: number;
  readonly faults: Faults;
  /** Signed calls of an operation since the start or the last `resetCalls`. */
  calls(operation: string): CallCounts;
  allCalls(): Record<string, CallCounts>;
  resetCalls(): void;
  /** What AWS holds for one of the partner's own identifiers: exactly one when nothing was filed twice. */
  opportunitiesFor(partnerOpportunityIdentifier: string): Promise<Opportunity[]>;
  /** Plays the reviewer. @throws when the opportunity is not under review. */
  decide(opportunityId: string, decision?: Decision): Promise<void>;
  /** How submissions end from now on. */
  setTasks(tasks: Partial<TaskSettings>): void;
  /** AWS says for no client token how long it is known: from now on none that came before is. */
  forgetClientTokens(): Promise<void>;
  /** Does what is due by the clock now, instead of waiting for it. */
  advance(): Promise<void>;
  /** Notices sent, failed and lost so far; `settled` waits for those under way. */
  readonly notices: { readonly sent: number; readonly failed: number; readonly lost: number };
  noticesSettled(): Promise<void>;
  /** The person's page of an opportunity. */
  pageOf(opportunityId: string): string;
  stop(): Promise<void>;
}

const answerError = (response: ServerResponse, error: AceError): void => {
  sendJson(
    response,
    error.status,
    { __type: `com.amazonaws.partnercentralselling#${error.type}`, Message: error.message, ...error.members },
    { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': error.type },
  );
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

/** Starts AWS Partner Central Selling at the wire, on loopback. Its state is in the database; a restart goes on from there. */
export const startAceNetwork = async (options: AceNetworkOptions): Promise<AceNetwork> => {
  const settings = completeSettings(options);
  const store = await openStore(options.databaseUrl);
  const faults = new Faults();
  const counter = new CallCounter();
  const sender = new NoticeSender(settings.notices, settings.partner.accountId, faults, settings.now);
  const send = (notices: Parameters<NoticeSender['send']>[0]): void => sender.send(notices);
  const timekeeper = new Timekeeper(store, settings, send);
  const write: ApiParts['write'] = async (work) => {
    const result = await runCall(store, settings, send, work);
    timekeeper.wake();
    return result;
  };
  const api: ApiParts = {
    settings,
    authenticate: authenticator(settings.credentials),
    quotas: settings.quotas && new Quotas(settings.quotas, store, settings.now()),
    faults,
    counter,
    write,
    read: (work) => runReading(store, settings, work),
  };
  const pages = { settings, store, faults, counter, write, advance: () => timekeeper.advance() };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('x-amzn-requestid', randomUUID());
    // SDKs correct their signing clock by this header, so it must be the clock that signatures are checked against.
    response.setHeader('date', settings.now().toUTCString());
    if (request.method !== 'POST' || request.url !== '/') return handlePage(pages, request, response);
    const body = await readBody(request);
    const result = await handleApiCall(api, { method: 'POST', path: '/', headers: request.headers, body });
    sendJson(response, 200, result ?? {}, { 'content-type': 'application/x-amz-json-1.0' });
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (error instanceof ConnectionLost || response.headersSent) request.socket.destroy();
      else if (error instanceof AceError) answerError(response, error);
      else {
        process.stderr.write(`aws-ace: ${(error as Error).stack ?? String(error)}\n`);
        answerError(response, internalError());
      }
    });
  });
  // Longer than the SDK keeps idle connections, so that the server never closes one just as it is used.
  server.keepAliveTimeout = 65_000;

  let port: number;
  try {
    port = await listen(server, options.port ?? 0);
  } catch (error) {
    await store.close();
    throw error;
  }
  timekeeper.wake();
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    port,
    faults,
    calls: (operation) => structuredClone(counter.of(operation)),
    allCalls: () => counter.all(),
    resetCalls: () => counter.reset(),
    opportunitiesFor: (identifier) => opportunitiesFor(store, identifier),
    decide: async (id, decision = approval) => {
      if (!(await write((call) => decideByHand(call, id, decision))))
        throw new Error(`Opportunity ${id} is not under review, so there is nothing to decide.`);
    },
    setTasks: (tasks) => void Object.assign(settings, { tasks: { ...settings.tasks, ...tasks } }),
    forgetClientTokens: () => write(({ queries }) => forgetClientTokens(queries)),
    advance: () => timekeeper.advance(),
    notices: sender.counts,
    noticesSettled: () => sender.settled(),
    pageOf: (id) => `${url}/opportunity/${id}`,
    stop: async () => {
      faults.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await timekeeper.stop();
      await sender.close();
      await store.close();
    },
  };
};
