import {
  askGraphql,
  knownAnswer,
  onGraphqlRecordWritten,
  withRecord,
  type GraphqlAnswer,
  type GraphqlRequest,
} from './graphql.ts';
import { deepFreeze } from './freeze.ts';

/** A parsed query. Only `gql` makes one. */
export interface GraphqlDocument {
  readonly text: string;
}

/** A wire's configuration. */
export interface GraphqlConfig {
  query?: GraphqlDocument;
  variables?: Record<string, unknown>;
  operationName?: string;
}

interface GraphqlProvision {
  data: unknown;
  errors: unknown;
  refresh: (() => Promise<void>) | undefined;
}

/** What is sent for a configuration; undefined while something it needs is missing. */
export const requestOf = ({ query, variables, operationName }: GraphqlConfig): GraphqlRequest | undefined => {
  if (query === undefined || query === null) return undefined;
  if (typeof query.text !== 'string') throw new TypeError('A query must be written with gql`…`.');
  const request: GraphqlRequest = { query: query.text };
  if (variables !== undefined) {
    if (Object.values(variables).includes(undefined)) return undefined;
    request.variables = variables;
  }
  if (operationName !== undefined) request.operationName = operationName;
  return request;
};

/** Wire adapter: one query. Answers are cached per query and variables; `refresh` asks again. */
export class GraphqlWire {
  readonly #emit: (value: GraphqlProvision) => void;
  #config: GraphqlConfig | undefined;
  #request: GraphqlRequest | undefined;
  #shown: GraphqlAnswer | undefined;
  #connected = false;
  #forget: (() => void) | undefined;

  constructor(emit: (value: GraphqlProvision) => void) {
    this.#emit = emit;
    emit({ data: undefined, errors: undefined, refresh: undefined });
  }

  connect(): void {
    this.#connected = true;
    this.#forget = onGraphqlRecordWritten((recordId, record) => {
      if (this.#shown?.data === undefined || record === undefined) return;
      const data = withRecord(this.#shown.data, recordId, record);
      if (JSON.stringify(data) !== JSON.stringify(this.#shown.data)) this.#show({ ...this.#shown, data });
    });
    this.#ask();
  }

  update(config: GraphqlConfig): void {
    this.#config = config;
    this.#ask();
  }

  disconnect(): void {
    this.#connected = false;
    this.#request = undefined;
    this.#forget?.();
  }

  #ask(): void {
    const request = this.#config === undefined ? undefined : requestOf(this.#config);
    if (!this.#connected || request === undefined || JSON.stringify(request) === JSON.stringify(this.#request)) return;
    this.#request = request;
    const known = knownAnswer(request);
    if (known === undefined) this.#fetch(request).catch(() => undefined);
    else queueMicrotask(() => this.#showFor(request, known));
  }

  async #fetch(request: GraphqlRequest): Promise<void> {
    this.#showFor(request, await askGraphql(request));
  }

  #showFor(request: GraphqlRequest, answer: GraphqlAnswer): void {
    if (this.#connected && request === this.#request) this.#show(answer);
  }

  #show(answer: GraphqlAnswer): void {
    this.#shown = answer;
    const request = this.#request;
    this.#emit({
      data: deepFreeze(answer.data),
      errors: answer.errors,
      refresh: () => (request === undefined ? Promise.resolve() : this.#fetch(request)),
    });
  }
}
