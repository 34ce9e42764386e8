import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An order that stands in some text, and what a model that obeys it answers: any words, of any form. */
export interface Order {
  readonly order: string;
  readonly answer: string;
}

export interface ObeyingModel {
  /** Base address for each wire form. */
  readonly openAi: string;
  readonly anthropic: string;
  readonly bedrock: string;
  /** Everything it was sent, as text. */
  readonly heard: readonly { readonly path: string; readonly body: string; readonly authorization: string }[];
  /** Answers from now on; without an order that it reads, it hands back the example it was given. */
  obey(orders: readonly Order[]): void;
  /** The next answers, before anything else: a status with no usable body. */
  fail(...statuses: readonly number[]): void;
  stop(): Promise<void>;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

/** Every string in a request, joined: what a model reads, whatever the wire form. */
const readBy = (value: unknown): string => {
  if (typeof value === 'string') {
    try {
      const inner: unknown = JSON.parse(value);
      return typeof inner === 'object' && inner !== null ? readBy(inner) : value;
    } catch {
      return value;
    }
  }
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(readBy).join('\n');
};

const exampleIn = (body: string): string => {
  const found = /\\"example\\":\\"((?:[^"\\]|\\\\\\"|\\\\.|\\[^"])*?)\\",\\"longest/.exec(body)?.[1] ?? '';
  return JSON.parse(`"${JSON.parse(`"${found}"`) as string}"`) as string;
};

/** An answer in the form of the wire that was asked. */
const inWireForm = (path: string, text: string): unknown => {
  if (path.endsWith('/messages'))
    return {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'obeys',
      content: [{ type: 'text', text }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 400, output_tokens: 50 },
    };
  if (path.endsWith('/converse'))
    return {
      output: { message: { role: 'assistant', content: [{ text }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 400, outputTokens: 50, totalTokens: 450 },
      metrics: { latencyMs: 1 },
    };
  return {
    id: 'chat_1',
    object: 'chat.completion',
    created: 1,
    model: 'obeys',
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 400, completion_tokens: 50, total_tokens: 450 },
  };
};

/** A language model at the wire (OpenAI-compatible, Anthropic and Bedrock forms) that does whatever any text tells it. */
export const startObeyingModel = async (): Promise<ObeyingModel> => {
  const heard: { path: string; body: string; authorization: string }[] = [];
  let orders: readonly Order[] = [];
  const failures: number[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const path = request.url ?? '';
      const { authorization, 'x-api-key': key } = request.headers;
      heard.push({ path, body, authorization: authorization ?? String(key ?? '') });
      const status = failures.shift() ?? 200;
      response.writeHead(status, { 'content-type': 'application/json' });
      if (status !== 200) return response.end('{"error":{"message":"not now"}}');
      const read = readBy(JSON.parse(body));
      const obeyed = orders.find(({ order }) => read.includes(order));
      const answer = obeyed?.answer ?? JSON.stringify({ text: exampleIn(body) });
      return response.end(JSON.stringify(inWireForm(path, answer)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    openAi: `${base}/v1`,
    anthropic: `${base}/v1`,
    bedrock: base,
    heard,
    obey: (some) => (orders = some),
    fail: (...statuses) => void failures.push(...statuses),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
